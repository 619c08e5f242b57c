// A lock between processes, held by the operating system: SQLite's own, on a file that nothing is ever written into. The death of a process frees it.
import Database from 'better-sqlite3';
import { fail } from '../core/model/app-error.ts';
import { err, ok, type Result } from '../core/model/result.ts';
import { sqliteError } from './io-words.ts';

/**
 * Takes the lock without waiting, and makes the file where it is missing.
 * @param path absolute
 * @returns the way to let go of it; `busy` where another process or another holder has it, `io`
 */
export const lockFile = (path: string): Result<() => void> => {
  let database: Database.Database | undefined;
  try {
    database = new Database(path, { timeout: 0 });
    database.exec('BEGIN EXCLUSIVE');
    const held = database;
    return ok(() => {
      held.close();
    });
  } catch (problem) {
    database?.close();
    const known = sqliteError(problem, path);
    if (known !== null) return err(known);
    // better-sqlite3 says in a TypeError that the folder is missing.
    if (problem instanceof TypeError)
      return fail('io', 'The folder of the vault is not there.', 'Check the path.', { file: path });
    throw problem;
  }
};
