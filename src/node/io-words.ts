// Errors of the operating system and of SQLite in words a person can act on. One table each; codes that are not in it are
// bugs or surprises and are not swallowed.
import { constants } from 'node:os';
import type { AppError } from '../core/model/app-error.ts';

type Words = Omit<AppError, 'where'>;

const full: Words = {
  kind: 'io',
  message: 'The disk is full. Nothing was changed.',
  next: 'Make room and try again.',
};
const quota: Words = {
  kind: 'io',
  message: 'Your quota, or another limit on space or file size, is reached. Nothing was changed.',
  next: 'Make room or have the limit raised, and try again.',
};
const forbidden: Words = {
  kind: 'io',
  message: 'Keyturn may not read or write here: the file or its folder is read-only for you.',
  next: 'Choose another folder, or change the permissions of this one, and try again.',
};
const gone: Words = {
  kind: 'io',
  message: 'The folder or file is not there.',
  next: 'Check the path; create the folder first if it is new.',
};
const absent: Words = {
  kind: 'not-found',
  message: 'There is no such file.',
  next: 'Check the path.',
};
const faulty: Words = {
  kind: 'io',
  message:
    'The disk or drive did not answer as it should. What was saved before is untouched as far as Keyturn can tell.',
  next: 'Check the drive and its connection, then try again.',
};
const unwritten: Words = {
  kind: 'io',
  message:
    'The disk did not take what was to be written: your quota or another limit on space is reached, or it is failing. What was saved before is untouched.',
  next: 'Look at the space and the quota that are left, make room, and try again; if there is enough, check the drive.',
};
const taken: Words = {
  kind: 'already-exists',
  message: 'There is a file of that name already. It was not touched.',
  next: 'Choose another name, or move that file away first.',
};
const folder: Words = {
  kind: 'not-a-vault',
  message: 'This is a folder, not a vault file.',
  next: 'Choose the vault file inside it.',
};
const busy: Words = {
  kind: 'busy',
  message: 'Another program is writing to the vault and did not finish in time. Nothing was changed.',
  next: 'Close other Keyturn windows and commands, then try again.',
};
const malformed: Words = {
  kind: 'damaged',
  message: 'Part of the vault file is damaged on disk.',
  next: 'Make a copy of the file as it is, then restore your latest backup.',
};
const foreign: Words = {
  kind: 'not-a-vault',
  message: 'This file is no Keyturn vault.',
  next: 'Choose another file.',
};

const bySystemCode: Readonly<Record<string, Words>> = {
  ENOSPC: full,
  EDQUOT: quota,
  EFBIG: quota,
  EACCES: forbidden,
  EPERM: forbidden,
  EROFS: forbidden,
  ENOENT: gone,
  ENOTDIR: gone,
  ENAMETOOLONG: gone,
  ELOOP: gone,
  EIO: faulty,
  EMFILE: faulty,
  ENFILE: faulty,
  EBUSY: busy,
  EEXIST: taken,
  EISDIR: folder,
};

const bySqliteCode: Readonly<Record<string, Words>> = {
  SQLITE_FULL: full,
  SQLITE_READONLY: forbidden,
  SQLITE_PERM: forbidden,
  SQLITE_CANTOPEN: forbidden,
  SQLITE_IOERR: faulty,
  // SQLite knows a full disk by ENOSPC alone: a quota (EDQUOT) and a largest file size (EFBIG) are failures of writing to it.
  SQLITE_IOERR_WRITE: unwritten,
  SQLITE_IOERR_FSYNC: unwritten,
  SQLITE_IOERR_TRUNCATE: unwritten,
  SQLITE_IOERR_SHMSIZE: unwritten,
  SQLITE_PROTOCOL: busy,
  SQLITE_BUSY: busy,
  SQLITE_LOCKED: busy,
  SQLITE_CORRUPT: malformed,
  // A changed length claims more than SQLite takes: no row that we wrote is that long.
  SQLITE_TOOBIG: malformed,
  SQLITE_NOTADB: foreign,
};

/** Node has no name for a quota that is used up (libuv maps no EDQUOT): it says UNKNOWN, and the system's number. */
const isQuota = (problem: Error): boolean =>
  'errno' in problem && typeof problem.errno === 'number' && -problem.errno === constants.errno.EDQUOT;

const codeOf = (problem: unknown): string => {
  if (!(problem instanceof Error) || !('code' in problem)) return '';
  return isQuota(problem) ? 'EDQUOT' : String(problem.code);
};

/** As {@link fileError}, for reading: a file that is not there is `not-found`, not a failing disk. */
export const readError = (problem: unknown, file: string): AppError =>
  codeOf(problem) === 'ENOENT' ? { ...absent, where: { file } } : fileError(problem, file);

/** Words for an error of node:fs, with the file it is about; rethrows what it does not know. */
export const fileError = (problem: unknown, file: string): AppError => {
  const words = bySystemCode[codeOf(problem)];
  if (words === undefined) throw problem;
  return { ...words, where: { file } };
};

/** Words for an error of better-sqlite3; extended codes (SQLITE_IOERR_WRITE) count as their family. Null where unknown. */
export const sqliteError = (problem: unknown, file: string): AppError | null => {
  const code = codeOf(problem);
  const family = code.split('_').slice(0, 2).join('_');
  const words = bySqliteCode[code] ?? bySqliteCode[family] ?? bySystemCode[code];
  return words === undefined ? null : { ...words, where: { file } };
};
