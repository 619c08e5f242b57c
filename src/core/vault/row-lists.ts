// Fetches what rows a table really has, bucket by bucket, even where SQLite itself stumbles over a damaged page: the rest
// must stay readable. Opens nothing.
import type { Sql } from '../ports.ts';
import { StoreFailure } from '../ports.ts';
import { tagOf } from './envelope.ts';
import type { Entry } from './leaves.ts';
import { bucketCount, entryAt, entryBytes, entryCount, withEntry } from './leaves.ts';
import type { Leaf } from './session.ts';
import { readRow, readRowList } from './tables.ts';
import type { RecordTable } from './vault-types.ts';

/** Beyond this many buckets one pass over the table is cheaper. */
const fewBuckets = 32;

/** `fallback` where the file is damaged at that place; other failures go on. */
export const tolerant = <T>(action: () => T, fallback: () => T): T => {
  try {
    return action();
  } catch (problem) {
    if (problem instanceof StoreFailure && problem.error.kind === 'damaged') return fallback();
    throw problem;
  }
};

/** Cuts a sorted list of a whole table at the buckets. */
export const splitByBucket = (list: Uint8Array): readonly Uint8Array[] => {
  const buckets: Uint8Array[] = [];
  let from = 0;
  for (let bucket = 0; bucket < bucketCount; bucket += 1) {
    let to = from;
    while (to < list.length && list[to] === bucket) to += entryBytes;
    buckets.push(list.subarray(from, to));
    from = to;
  }
  return buckets;
};

/** Looks for each listed row on its own; those that cannot be read are simply not there. */
const rowsOneByOne = (sql: Sql, table: RecordTable, leaf: Leaf): Uint8Array => {
  let found: Uint8Array = new Uint8Array(0);
  for (let index = 0; leaf !== null && index < entryCount(leaf); index += 1) {
    const { id } = entryAt(leaf, index);
    const row = tolerant(
      () => readRow(sql, table, id),
      () => null,
    );
    if (row !== null && row.sealed.length >= entryBytes)
      found = withEntry(found, { id, revision: row.revision, tag: tagOf(row.sealed) } satisfies Entry);
  }
  return found;
};

const rowsOfBucket = (sql: Sql, table: RecordTable, bucket: number, leaf: Leaf): Uint8Array =>
  tolerant(
    () => readRowList(sql, table, bucket),
    () => rowsOneByOne(sql, table, leaf),
  );

/** Lists of the rows that are there, for the buckets asked for. */
export const rowsByBucket = (
  sql: Sql,
  table: RecordTable,
  buckets: readonly number[],
  leaves: readonly Leaf[],
): ReadonlyMap<number, Uint8Array> => {
  const oneByOne = (): ReadonlyMap<number, Uint8Array> =>
    new Map(buckets.map((bucket) => [bucket, rowsOfBucket(sql, table, bucket, leaves[bucket] ?? null)]));
  if (buckets.length <= fewBuckets) return oneByOne();
  return tolerant(() => {
    const all = splitByBucket(readRowList(sql, table));
    return new Map(buckets.map((bucket) => [bucket, all[bucket] as Uint8Array]));
  }, oneByOne);
};
