// All SQL of the vault but the schema (migrations/). Columns of whole tables come back joined in one value: fetching 20,000 rows
// one by one costs more than everything else at opening (test/bench/vault-bench.ts).
import type { Result } from '../model/result.ts';
import { err } from '../model/result.ts';
import type { Sql } from '../ports.ts';
import { StoreFailure } from '../ports.ts';
import { tagBytes } from './envelope.ts';
import { packColumns } from './leaves.ts';
import type { Slot } from './slots.ts';
import type { RecordTable } from './vault-types.ts';

export type SealedRow = { readonly revision: number; readonly sealed: Uint8Array };

/** group_concat() joins bytes as they are; the cast turns the text that it claims to be back into bytes. */
const joined = (column: string): string => `CAST(group_concat(${column}, '') AS BLOB)`;
const wellFormed = 'length(id) = 16 AND length(sealed) >= 40';

const columnsSql = (table: RecordTable, condition: string): string =>
  `SELECT ${joined('id')}, group_concat(revision, ','), ${joined(`substr(sealed, -${tagBytes})`)}
   FROM ${table} WHERE ${wellFormed}${condition}`;

const bucketCondition = ' AND id >= ? AND id < ?';

/** First id of a bucket, and an upper bound of its last: a longer blob sorts after its prefix. */
const bucketBounds = (bucket: number): readonly [Uint8Array, Uint8Array] => {
  const from = new Uint8Array(16);
  from[0] = bucket;
  const to = new Uint8Array(17).fill(0xff);
  if (bucket < 255) to.fill(0).fill(bucket + 1, 0, 1);
  return [from, bucket < 255 ? to.subarray(0, 16) : to];
};

const numbers = (text: unknown): readonly number[] =>
  typeof text === 'string' && text !== '' ? text.split(',').map(Number) : [];

const bytes = (value: unknown): Uint8Array => (value instanceof Uint8Array ? value : new Uint8Array(0));

/** Ids, revisions and tags of a table or of one bucket, packed as a leaf lists them. Opens nothing. */
export const readRowList = (sql: Sql, table: RecordTable, bucket?: number): Uint8Array => {
  const found =
    bucket === undefined
      ? sql.all(columnsSql(table, ''))
      : sql.all(columnsSql(table, bucketCondition), bucketBounds(bucket));
  const [ids, revisions, tags] = found[0] ?? [];
  return packColumns(bytes(ids), numbers(revisions), bytes(tags));
};

export type TableProof = {
  /** id (16) ‖ tag (16) of every row, in the order of ids. */
  readonly pairs: Uint8Array;
  readonly revisionSum: number;
};

/** The cheapest reading that shows whether a table is what its leaves list: no row is fetched on its own. */
export const readTableProof = (sql: Sql, table: RecordTable): TableProof => {
  const [pairs, revisionSum] =
    sql.all(`SELECT ${joined(`id || substr(sealed, -${tagBytes})`)}, total(revision) FROM ${table}`)[0] ?? [];
  return { pairs: bytes(pairs), revisionSum: Number(revisionSum) };
};

/** Rows that are no records at all, such as an id of another length. */
export const countMisfits = (sql: Sql, table: RecordTable): number =>
  Number(sql.all(`SELECT count(*) FROM ${table} WHERE NOT (${wellFormed})`)[0]?.[0] ?? 0);

export type SealedColumn = {
  readonly ids: Uint8Array;
  readonly lengths: readonly number[];
  readonly sealed: Uint8Array;
};

/** Every sealed row of the metadata, back to back. */
export const readAllSealed = (sql: Sql): SealedColumn => {
  const [ids, lengths, sealed] =
    sql.all(
      `SELECT ${joined('id')}, group_concat(length(sealed), ','), ${joined('sealed')} FROM meta WHERE ${wellFormed}`,
    )[0] ?? [];
  return { ids: bytes(ids), lengths: numbers(lengths), sealed: bytes(sealed) };
};

const toRow = (row: readonly unknown[] | undefined): SealedRow | null =>
  row === undefined ? null : { revision: Number(row[0]), sealed: bytes(row[1]) };

export const readRow = (sql: Sql, table: RecordTable, id: Uint8Array): SealedRow | null =>
  toRow(sql.all(`SELECT revision, sealed FROM ${table} WHERE id = ?`, [id])[0]);

/** Ids that begin with these bytes. */
export const readIdsBetween = (sql: Sql, table: RecordTable, prefix: Uint8Array): readonly Uint8Array[] => {
  const from = new Uint8Array(16);
  from.set(prefix);
  const to = new Uint8Array(17).fill(0xff);
  to.set(prefix);
  return sql
    .all(`SELECT id FROM ${table} WHERE id >= ? AND id < ? ORDER BY id`, [from, to])
    .map(([id]) => bytes(id));
};

export const putRow = (sql: Sql, table: RecordTable, id: Uint8Array, row: SealedRow): void => {
  sql.run(`INSERT OR REPLACE INTO ${table} (id, revision, sealed) VALUES (?, ?, ?)`, [
    id,
    row.revision,
    row.sealed,
  ]);
};

export const deleteRow = (sql: Sql, table: RecordTable, id: Uint8Array): void => {
  sql.run(`DELETE FROM ${table} WHERE id = ?`, [id]);
};

type NumberedTable = 'leaf' | 'manifest' | 'cache';

export const readNumbered = (sql: Sql, table: NumberedTable, key: number): SealedRow | null =>
  toRow(sql.all(`SELECT revision, sealed FROM ${table} WHERE k = ?`, [key])[0]);

export const readLeafRows = (sql: Sql): ReadonlyMap<number, SealedRow> =>
  new Map(
    sql
      .all('SELECT k, revision, sealed FROM leaf')
      .map(([key, revision, sealed]) => [Number(key), { revision: Number(revision), sealed: bytes(sealed) }]),
  );

export const putNumbered = (sql: Sql, table: NumberedTable, key: number, row: SealedRow): void => {
  sql.run(`INSERT OR REPLACE INTO ${table} (k, revision, sealed) VALUES (?, ?, ?)`, [
    key,
    row.revision,
    row.sealed,
  ]);
};

export const deleteNumbered = (sql: Sql, table: NumberedTable, key: number): void => {
  sql.run(`DELETE FROM ${table} WHERE k = ?`, [key]);
};

/** The manifest's counter as it stands in the clear: enough to see that somebody else committed. */
export const readCounter = (sql: Sql): number =>
  Number(sql.all('SELECT revision FROM manifest WHERE k = 1')[0]?.[0] ?? -1);

export const readSlots = (sql: Sql): readonly Slot[] =>
  sql
    .all('SELECT id, body FROM slot ORDER BY id')
    .map(([id, body]) => ({ id: bytes(id), body: bytes(body) }));

export const putSlot = (sql: Sql, slot: Slot): void => {
  sql.run('INSERT INTO slot (id, body) VALUES (?, ?)', [slot.id, slot.body]);
};

export const deleteSlot = (sql: Sql, id: Uint8Array): void => {
  sql.run('DELETE FROM slot WHERE id = ?', [id]);
};

export const readHeader = (sql: Sql): { readonly body: Uint8Array; readonly mac: Uint8Array } | null => {
  const row = sql.all('SELECT body, mac FROM header WHERE k = 1')[0];
  return row === undefined ? null : { body: bytes(row[0]), mac: bytes(row[1]) };
};

export const putHeader = (sql: Sql, body: Uint8Array, mac: Uint8Array): void => {
  sql.run('INSERT OR REPLACE INTO header (k, body, mac) VALUES (1, ?, ?)', [body, mac]);
};

export const putAudit = (sql: Sql, sequence: number, sealed: Uint8Array): void => {
  sql.run('INSERT INTO audit (seq, sealed) VALUES (?, ?)', [sequence, sealed]);
};

/** A line under a new key, in the place of the same line under the old one. */
export const replaceAudit = (sql: Sql, sequence: number, sealed: Uint8Array): void => {
  sql.run('UPDATE audit SET sealed = ? WHERE seq = ?', [sealed, sequence]);
};

/** Audit lines below `before`, newest first, or from `from` upwards. */
export const readAuditDown = (sql: Sql, before: number, limit: number): readonly AuditRow[] =>
  toAudit(sql.all('SELECT seq, sealed FROM audit WHERE seq < ? ORDER BY seq DESC LIMIT ?', [before, limit]));

export const readAuditUp = (sql: Sql, from: number, limit: number): readonly AuditRow[] =>
  toAudit(sql.all('SELECT seq, sealed FROM audit WHERE seq >= ? ORDER BY seq LIMIT ?', [from, limit]));

export type AuditRow = { readonly sequence: number; readonly sealed: Uint8Array };

const toAudit = (rows: readonly (readonly unknown[])[]): readonly AuditRow[] =>
  rows.map(([sequence, sealed]) => ({ sequence: Number(sequence), sealed: bytes(sealed) }));

/**
 * Runs `action` between BEGIN and COMMIT; rolls back where it fails or throws. Failures of the store come back as values.
 * Reading (DEFERRED) always ends in ROLLBACK: after a damaged page SQLite refuses to commit even nothing.
 */
export const inTransaction = <T>(
  sql: Sql,
  kind: 'DEFERRED' | 'IMMEDIATE',
  action: () => Result<T>,
): Result<T> =>
  attemptStore(() => {
    sql.run(`BEGIN ${kind}`);
    try {
      const outcome = action();
      if (outcome.ok && kind === 'IMMEDIATE') sql.run('COMMIT');
      else rollBack(sql);
      return outcome;
    } catch (problem) {
      rollBack(sql);
      throw problem;
    }
  });

/** Turns what a store throws into a value; bugs go on flying. */
export const attemptStore = <T>(action: () => Result<T>): Result<T> => {
  try {
    return action();
  } catch (problem) {
    if (problem instanceof StoreFailure) return err(problem.error);
    throw problem;
  }
};

/** SQLite may have rolled back by itself (disk full, I/O error): then there is nothing left to do. */
const rollBack = (sql: Sql): void => {
  try {
    sql.run('ROLLBACK');
  } catch (problem) {
    if (problem instanceof StoreFailure) return;
    if (!(problem instanceof Error && /no transaction is active/.test(problem.message))) throw problem;
  }
};
