// Whole files with the guarantees a vault needs: written beside, flushed, then given their name; never half there, never over
// another file unless asked. Errors of the system come back in words.
import {
  closeSync,
  constants,
  existsSync,
  fchmodSync,
  fstatSync,
  fsyncSync,
  linkSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { fail } from '../core/model/app-error.ts';
import type { Result } from '../core/model/result.ts';
import { done, err, ok } from '../core/model/result.ts';
import type { Files } from '../core/ports.ts';
import { readingFile } from './held-files.ts';
import { fileError, readError } from './io-words.ts';

const copyPortion = 1_048_576;

const attempt = <T>(path: string, action: () => T, wordsFor = fileError): Result<T> => {
  try {
    return ok(action());
  } catch (problem) {
    return err(wordsFor(problem, path));
  }
};

/** Makes a rename or link durable. Windows cannot open a folder, and needs no such thing. */
const flushFolder = (path: string): void => {
  if (process.platform === 'win32') return;
  const folder = openSync(dirname(path), constants.O_RDONLY);
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
};

const flush = (path: string): void => {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
};

const siblingOf = (path: string): string => `${path}.${randomBytes(6).toString('hex')}.tmp`;

const writeWhole = (path: string, bytes: Uint8Array, mode: number): void => {
  const file = openSync(path, 'wx', mode);
  try {
    if (process.platform !== 'win32') fchmodSync(file, mode);
    for (let offset = 0; offset < bytes.length;) offset += writeSync(file, bytes, offset);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
};

/** link() fails where the name is taken, which rename() does not; file systems without links get a check and a rename. */
const nameOnce = (from: string, to: string): void => {
  try {
    linkSync(from, to);
    rmSync(from, { force: true });
  } catch (problem) {
    const code = problem instanceof Error && 'code' in problem ? problem.code : '';
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EOPNOTSUPP' && code !== 'EMLINK') throw problem;
    if (existsSync(to)) throw Object.assign(new Error('taken'), { code: 'EEXIST' });
    renameSync(from, to);
  }
  flushFolder(to);
};

/** Runs `action` on a temporary sibling, which is gone afterwards whatever happens. */
const through = (path: string, action: (sibling: string) => void): Result<undefined> => {
  const sibling = siblingOf(path);
  const outcome = attempt(path, () => action(sibling));
  rmSync(sibling, { force: true });
  return outcome.ok ? done : outcome;
};

const readOpen = (file: number, length: number): Uint8Array => {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const count = readSync(file, bytes, filled, length - filled, filled);
    if (count === 0) break;
    filled += count;
  }
  return bytes.subarray(0, filled);
};

type Peeked = ReturnType<Files['peek']>;

const peekOpen = (file: number, path: string, maxBytes: number): Peeked => {
  const facts = fstatSync(file);
  if (facts.isDirectory()) throw Object.assign(new Error('folder'), { code: 'EISDIR' });
  if (!facts.isFile())
    return fail('not-a-vault', 'This is no file but a device or pipe.', 'Choose a file.', { file: path });
  return ok({ size: facts.size, head: readOpen(file, Math.min(facts.size, maxBytes)) });
};

const peek: Files['peek'] = (path, maxBytes) => {
  const peeked = attempt(path, () => readingFile(path, (file) => peekOpen(file, path, maxBytes)), readError);
  return peeked.ok ? peeked.value : peeked;
};

/** Through a descriptor of ours, and not by copyFile, which would close one of a file that SQLite may have open. */
const copyBytes = (from: string, to: string): void => {
  const target = openSync(to, 'r+');
  try {
    readingFile(from, (file) => {
      const portion = new Uint8Array(copyPortion);
      for (let at = 0; ;) {
        const count = readSync(file, portion, 0, copyPortion, at);
        if (count === 0) break;
        for (let offset = 0; offset < count;) offset += writeSync(target, portion, offset, count - offset);
        at += count;
      }
    });
    fsyncSync(target);
  } finally {
    closeSync(target);
  }
};

const read: Files['read'] = (path, maxBytes) => {
  const found = peek(path, maxBytes);
  if (!found.ok) return found;
  if (found.value.size > maxBytes)
    return fail('bad-input', `The file is larger than ${maxBytes} bytes.`, 'Choose a smaller file.', {
      file: path,
    });
  return ok(found.value.head);
};

/** The Files port on node:fs. */
export const nodeFiles = (): Files => ({
  peek,
  read,
  exists: (path) => existsSync(path),
  identity: (path) => {
    try {
      const { dev, ino } = statSync(path, { bigint: true });
      return `${String(dev)} ${String(ino)}`;
    } catch {
      // A folder that may not be looked into any more is as good as gone.
      return null;
    }
  },
  writeAtomic: (path, bytes, mode) =>
    through(path, (sibling) => {
      writeWhole(sibling, bytes, mode);
      renameSync(sibling, path);
      flushFolder(path);
    }),
  createNew: (path, bytes, mode) =>
    through(path, (sibling) => {
      writeWhole(sibling, bytes, mode);
      nameOnce(sibling, path);
    }),
  moveNew: (from, to) =>
    attempt(to, () => {
      flush(from);
      nameOnce(from, to);
      return undefined;
    }),
  copyNew: (from, to, mode) =>
    attempt(to, () => {
      closeSync(openSync(to, 'wx', mode));
      copyBytes(from, to);
      return undefined;
    }),
  lengthen: (path, size) =>
    attempt(path, () => {
      truncateSync(path, size);
      return undefined;
    }),
  remove: (path) => rmSync(path, { force: true }),
});
