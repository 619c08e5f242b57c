// The Store port on better-sqlite3: connections with the settings that docs/vault-format-v1.md §2 asks for. Knows no table.
import { closeSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import { fail } from '../core/model/app-error.ts';
import type { Result } from '../core/model/result.ts';
import { err, ok } from '../core/model/result.ts';
import type { Sql, SqlRow, SqlValue, Store } from '../core/ports.ts';
import { StoreFailure } from '../core/ports.ts';
import { holdFile } from './held-files.ts';
import { fileError, sqliteError } from './io-words.ts';

const busyTimeoutMs = 5000;

const journalModes = { wal: 'WAL', rollback: 'DELETE' } as const;

const careful = ['secure_delete = ON', 'trusted_schema = OFF', 'cell_size_check = ON', 'temp_store = MEMORY'];

/** Plain arrays of bytes: a Buffer's slice() would be a view where everyone expects a copy. */
const plain = (value: unknown): SqlValue =>
  Buffer.isBuffer(value)
    ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    : (value as SqlValue);

const connection = (database: Database.Database, path: string): Sql => {
  const letGo = holdFile(path);
  const prepared = new Map<string, Database.Statement>();
  const statement = (sql: string): Database.Statement => {
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    const made = database.prepare(sql);
    prepared.set(sql, made.reader ? made.raw(true) : made);
    return made;
  };
  const guarded = <T>(action: () => T): T => {
    try {
      return action();
    } catch (problem) {
      const known = sqliteError(problem, path);
      throw known === null ? problem : new StoreFailure(known);
    }
  };
  return {
    run: (sql, params = []) =>
      guarded(() => {
        const made = statement(sql);
        if (!made.reader) return made.run(...params).changes;
        made.all(...params);
        return 0;
      }),
    all: (sql, params = []) =>
      guarded(() => (statement(sql).all(...params) as unknown[][]).map((row): SqlRow => row.map(plain))),
    close: () => {
      database.close();
      letGo();
    },
  };
};

const openWith = (path: string, options: Database.Options, settings: readonly string[]): Result<Sql> => {
  let database: Database.Database | undefined;
  try {
    database = new Database(path, { timeout: busyTimeoutMs, ...options });
    for (const setting of [...careful, ...settings]) database.pragma(setting);
    return ok(connection(database, path));
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

/** SQLite files through better-sqlite3. */
export const sqliteStore = (): Store => ({
  open: (path, journal) =>
    openWith(path, { fileMustExist: true }, [
      `journal_mode = ${journalModes[journal]}`,
      'synchronous = FULL',
    ]),
  create: (path) => {
    try {
      closeSync(openSync(path, 'wx', 0o600));
    } catch (problem) {
      return err(fileError(problem, path));
    }
    return openWith(path, {}, ['page_size = 4096', 'journal_mode = DELETE', 'synchronous = FULL']);
  },
});
