// Changes one file of a person in one step, so that at every moment it is whole: read with what it is, written beside, and put in its place
// only if it is still exactly what was read. Mode stays; links, other people's files and files with several names are refused.
import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
  type BigIntStats,
} from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { fail } from '../../core/model/app-error.ts';
import { done, ok, type Result } from '../../core/model/result.ts';
import { fileError } from '../../node/io-words.ts';

/** Larger files are not changed: their former bytes must go into the vault first. */
export const mostScrubBytes = 16 * 1024 * 1024;

export type FileAsRead = { readonly bytes: Uint8Array; readonly mode: number; readonly identity: string };

const identityOf = (facts: BigIntStats): string =>
  [facts.dev, facts.ino, facts.size, facts.mtimeNs, facts.ctimeNs].join(' ');

const refusal = (facts: BigIntStats, path: string): Result<never> | null => {
  if (!facts.isFile())
    return fail('refused', 'This is no regular file.', 'Change it by hand.', { file: path });
  if (facts.nlink > 1n)
    return fail('refused', 'This file has several names (hard links).', 'Change it by hand.', { file: path });
  if (process.getuid !== undefined && facts.uid !== BigInt(process.getuid()))
    return fail('refused', 'This file belongs to another user.', 'Change it by hand.', { file: path });
  if (facts.size > BigInt(mostScrubBytes))
    return fail('refused', 'This file is too large to be kept in the vault first.', 'Change it by hand.', {
      file: path,
    });
  return null;
};

const gone = (path: string): Result<never> =>
  fail('not-found', 'That file is not there any more.', 'Scan again to see where the key is now.', {
    file: path,
  });

const noFollow = constants.O_NOFOLLOW ?? 0;

/** Reads a file that may be changed. The caller wipes the bytes. */
export const readForScrub = (path: string): Result<FileAsRead> => {
  const found = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  if (found === undefined) return gone(path);
  const refused = refusal(found, path);
  if (refused !== null) return refused;
  try {
    const file = openSync(path, constants.O_RDONLY | noFollow);
    try {
      const facts = fstatSync(file, { bigint: true });
      const bytes = new Uint8Array(Number(facts.size));
      let length = 0;
      while (length < bytes.length) {
        const count = readSync(file, bytes, length, bytes.length - length, length);
        if (count === 0) break;
        length += count;
      }
      return ok({
        bytes: bytes.subarray(0, length),
        mode: Number(facts.mode & 0o7777n),
        identity: identityOf(facts),
      });
    } finally {
      closeSync(file);
    }
  } catch (problem) {
    return { ok: false, error: fileError(problem, path) };
  }
};

const changed = (path: string): Result<never> =>
  fail(
    'conflict',
    'The file has changed meanwhile. Nothing was written.',
    'Look at it again, then try once more.',
    {
      file: path,
    },
  );

const writeBeside = (sibling: string, bytes: Uint8Array, mode: number): void => {
  const file = openSync(sibling, 'wx', 0o600);
  try {
    if (process.platform !== 'win32') fchmodSync(file, mode);
    for (let offset = 0; offset < bytes.length;) offset += writeSync(file, bytes, offset);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
};

const flushFolder = (path: string): void => {
  if (process.platform === 'win32') return;
  const folder = openSync(dirname(path), constants.O_RDONLY);
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
};

/** Puts other bytes in the place of a file that is still what was read. `conflict` where it is not. */
export const replaceScrubbed = (path: string, before: FileAsRead, bytes: Uint8Array): Result<undefined> => {
  const sibling = `${path}.keyturn-${randomBytes(6).toString('hex')}`;
  try {
    writeBeside(sibling, bytes, before.mode);
    const now = lstatSync(path, { bigint: true, throwIfNoEntry: false });
    if (now === undefined || identityOf(now) !== before.identity) return changed(path);
    renameSync(sibling, path);
    flushFolder(path);
    return done;
  } catch (problem) {
    return { ok: false, error: fileError(problem, path) };
  } finally {
    rmSync(sibling, { force: true });
  }
};
