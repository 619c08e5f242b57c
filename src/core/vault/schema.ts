// A vault has exactly the tables its format names. A file that also brings a view, a trigger or an index was made by somebody else, and
// would run inside our own connection: it is refused before anything is read or written.
import type { Result } from '../model/result.ts';
import { done } from '../model/result.ts';
import type { Sql } from '../ports.ts';
import type { Migration } from './migrations/migration.ts';
import { damagedFileError } from './words.ts';

/** Compares the file's schema, statement by statement, with that of its format. */
export const checkSchema = (sql: Sql, path: string, migration: Migration): Result<undefined> => {
  const found = sql
    .all("SELECT sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite!_autoindex!_%' ESCAPE '!' ORDER BY sql")
    .map((row) => row[0]);
  const expected = [...migration.schema].sort();
  const isSame = found.length === expected.length && found.every((one, index) => one === expected[index]);
  return isSame ? done : damagedFileError(path, 'its tables are not those of a Keyturn vault.');
};
