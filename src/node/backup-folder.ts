// The folder of automatic backups, as files: listed by name, made private, tidied after a crash. Knows names, never contents.
import { chmodSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readBackupName, type BackupName } from '../core/transfer/backup-names.ts';
import type { AppError } from '../core/model/app-error.ts';
import { ok, type Result } from '../core/model/result.ts';
import { fileError } from './io-words.ts';

export type BackupFile = BackupName & { readonly path: string; readonly bytes: number };

const folderMode = 0o700;
/** A sibling that is younger may belong to a backup that is being written. */
const abandonedMs = 3_600_000;

const attempt = <T>(folder: string, act: () => T): Result<T, AppError> => {
  try {
    return ok(act());
  } catch (problem) {
    return { ok: false, error: fileError(problem, folder) };
  }
};

const isMissing = (problem: unknown): boolean =>
  problem instanceof Error && 'code' in problem && problem.code === 'ENOENT';

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder);
  } catch (problem) {
    if (isMissing(problem)) return [];
    throw problem;
  }
};

/** Our backups in no particular order; a folder that is not there has none. `io` where it cannot be read. */
export const listBackups = (folder: string): Result<readonly BackupFile[], AppError> =>
  attempt(folder, () =>
    namesIn(folder).flatMap((name): BackupFile[] => {
      const read = readBackupName(name);
      const path = join(folder, name);
      const facts = read === null ? undefined : statSync(path, { throwIfNoEntry: false });
      return read === null || facts?.isFile() !== true ? [] : [{ ...read, path, bytes: facts.size }];
    }),
  );

/** Makes the folder where it is missing, readable by its owner alone. */
export const makeBackupFolder = (folder: string): Result<undefined, AppError> =>
  attempt(folder, () => {
    const made = mkdirSync(folder, { recursive: true, mode: folderMode });
    if (made !== undefined && process.platform !== 'win32') chmodSync(folder, folderMode);
    return undefined;
  });

/** A damaged vault that was replaced is kept with its log. */
const removeWithLog = (path: string): void => {
  for (const end of ['', '-wal']) rmSync(`${path}${end}`, { force: true });
};

/** A sibling may have been given a sibling of its own: a backup is read back before it has its name. */
const unfinished = /^(.+\.keyturn-backup)\.[0-9a-f]{12}\.tmp(?:\.[0-9a-f]{12}\.tmp)?(?:-journal|-wal|-shm)?$/;

/** The log of a copy whose process was killed before the file itself had its name. */
const lonelyLog = /^(.+\.keyturn-backup)-wal$/;

/** Removes backups by name, and what a crash left of unfinished ones. Best effort: the next time tries again. */
export const tidyBackups = (folder: string, surplus: readonly string[], nowMs: number): void => {
  attempt(folder, () => {
    for (const name of surplus) if (readBackupName(name) !== null) removeWithLog(join(folder, name));
    const all = new Set(namesIn(folder));
    for (const name of all) {
      const lone = lonelyLog.exec(name)?.[1];
      const target = unfinished.exec(name)?.[1] ?? (lone !== undefined && !all.has(lone) ? lone : undefined);
      if (target === undefined || readBackupName(target) === null) continue;
      const facts = statSync(join(folder, name), { throwIfNoEntry: false });
      if (facts !== undefined && Math.abs(nowMs - facts.mtimeMs) > abandonedMs)
        rmSync(join(folder, name), { force: true });
    }
  });
};
