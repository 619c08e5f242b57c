// The single-instance lock, for real: one file per userData folder, taken atomically, given up with its process; a
// second instance leaves a note in a folder that the first one watches.
import {
  linkSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  watch,
  writeFileSync,
  type FSWatcher,
} from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

export type SecondInstance = {
  readonly argv: string[];
  readonly workingDirectory: string;
  readonly additionalData: unknown;
};

type Lock = { readonly file: string; readonly watcher: FSWatcher };
let held: Lock | undefined;

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

const take = (file: string): boolean => {
  const own = `${file}.${String(process.pid)}`;
  writeFileSync(own, String(process.pid));
  try {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      try {
        // A hard link either is made whole or is not: no moment with an empty lock file.
        linkSync(own, file);
        return true;
      } catch {
        const owner = Number(readFileSync(file, 'utf8'));
        if (Number.isInteger(owner) && isAlive(owner)) return false;
        rmSync(file, { force: true });
      }
    }
    return false;
  } finally {
    rmSync(own, { force: true });
  }
};

const readNotes = (folder: string, onSecond: (second: SecondInstance) => void): void => {
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.json'))) {
    const file = join(folder, name);
    try {
      const note = JSON.parse(readFileSync(file, 'utf8')) as SecondInstance;
      rmSync(file, { force: true });
      onSecond(note);
    } catch {
      // Another reader took it first.
    }
  }
};

export const requestLock = (
  userData: string,
  additionalData: unknown,
  onSecond: (second: SecondInstance) => void,
): boolean => {
  if (held) return true;
  const file = join(userData, 'SingletonLock');
  const notes = join(userData, 'SingletonNotes');
  mkdirSync(notes, { recursive: true });
  if (!take(file)) {
    const name = join(notes, randomUUID());
    const note: SecondInstance = {
      argv: process.argv,
      workingDirectory: process.cwd(),
      additionalData: additionalData ?? null,
    };
    writeFileSync(name, JSON.stringify(note));
    renameSync(name, `${name}.json`);
    return false;
  }
  for (const stale of readdirSync(notes)) rmSync(join(notes, stale), { force: true });
  const watcher = watch(notes, () => readNotes(notes, onSecond));
  watcher.unref();
  held = { file, watcher };
  return true;
};

export const hasLock = (): boolean => held !== undefined;

export const releaseLock = (): void => {
  held?.watcher.close();
  if (held) rmSync(held.file, { force: true });
  held = undefined;
};
