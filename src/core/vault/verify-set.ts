// Compares the rows that are there with those that the sealed leaves list (docs/vault-format-v1.md §6.3), and reports every
// difference by id. Gives back what may be read; deletes nothing.
import { integerId, isZero, sameBytes, toHex } from './bytes.ts';
import { tagOf } from './envelope.ts';
import type { Entry } from './leaves.ts';
import { bucketCount, entryAt, entryCount, findEntry, isLeafSound, leafKey, withEntry } from './leaves.ts';
import type { Manifest } from './manifest.ts';
import { leafTag, parseManifest } from './manifest.ts';
import { tolerant } from './row-lists.ts';
import type { Leaf, Session } from './session.ts';
import { addDamage } from './session.ts';
import type { SealedRow } from './tables.ts';
import { readLeafRows, readNumbered } from './tables.ts';
import type { RecordTable } from './vault-types.ts';

export const manifestKey = 1;

/** Null where the manifest is missing or not authentic. */
export const readManifest = (session: Session): Manifest | null => {
  const row = tolerant(
    () => readNumbered(session.sql, 'manifest', manifestKey),
    () => null,
  );
  if (row === null) return null;
  const content = session.envelope.open('manifest', integerId(manifestKey), row.revision, row.sealed);
  const manifest = content === null ? null : parseManifest(content);
  return manifest?.counter === row.revision ? manifest : null;
};

const bucketName = (bucket: number): string => `${toHex(Uint8Array.of(bucket))}*`;

/** Opens one leaf, or null where its bucket cannot be proven. */
export const openLeaf = (
  session: Session,
  manifest: Manifest,
  table: RecordTable,
  bucket: number,
  row: SealedRow | null,
): Leaf => {
  const key = leafKey(table, bucket);
  const wanted = leafTag(manifest.leafTags, key);
  if (isZero(wanted)) return new Uint8Array(0);
  if (row === null || !sameBytes(tagOf(row.sealed), wanted)) return null;
  const list = session.envelope.open('leaf', integerId(key), row.revision, row.sealed);
  return list !== null && isLeafSound(list, bucket) ? list : null;
};

/** Buckets of a table whose leaf differs between two manifests; all of them where there was none. */
export const changedBuckets = (
  table: RecordTable,
  before: Manifest | null,
  after: Manifest,
): readonly number[] =>
  Array.from({ length: bucketCount }, (_, bucket) => bucket).filter((bucket) => {
    const key = leafKey(table, bucket);
    return before === null || !sameBytes(leafTag(before.leafTags, key), leafTag(after.leafTags, key));
  });

export const readLeaves = (
  session: Session,
  buckets: Readonly<Record<RecordTable, readonly number[]>>,
): ReadonlyMap<number, SealedRow> => {
  const keys = (['meta', 'secret'] as const).flatMap((table) =>
    buckets[table].map((bucket) => leafKey(table, bucket)),
  );
  const oneByOne = (): ReadonlyMap<number, SealedRow> => {
    const rows = new Map<number, SealedRow>();
    for (const key of keys) {
      const row = tolerant(
        () => readNumbered(session.sql, 'leaf', key),
        () => null,
      );
      if (row !== null) rows.set(key, row);
    }
    return rows;
  };
  return keys.length <= 32 ? oneByOne() : tolerant(() => readLeafRows(session.sql), oneByOne);
};

const reasonFor = (listed: Entry, row: Entry | null): string => {
  if (row === null) return 'is missing';
  if (row.revision < listed.revision) return 'was put back to an earlier version';
  return 'is not what was last saved';
};

/** The entries of a bucket that are both listed and there, unchanged. Reports all others. */
export const provenRows = (
  session: Session,
  table: RecordTable,
  bucket: number,
  leaf: Leaf,
  rows: Uint8Array,
): Uint8Array => {
  if (leaf === null) {
    addDamage(session, table, bucketName(bucket), 'its list is damaged, so its records cannot be proven');
    return new Uint8Array(0);
  }
  if (sameBytes(leaf, rows)) return leaf;
  let proven: Uint8Array = new Uint8Array(0);
  for (let index = 0; index < entryCount(leaf); index += 1) {
    const listed = entryAt(leaf, index);
    const row = findEntry(rows, listed.id);
    if (row?.revision === listed.revision && sameBytes(row.tag, listed.tag))
      proven = withEntry(proven, listed);
    else addDamage(session, table, toHex(listed.id), reasonFor(listed, row));
  }
  for (let index = 0; index < entryCount(rows); index += 1) {
    const { id } = entryAt(rows, index);
    if (findEntry(leaf, id) === null) addDamage(session, table, toHex(id), 'does not belong to the vault');
  }
  return proven;
};
