// Brings the session's memory in line with the file: everything at opening, only what changed when another process committed.
// Runs inside a transaction, so that what is compared belongs together. Throws StoreFailure where the disk fails.
import { isLastLine } from './audit-trail.ts';
import { concat, sameBytes, toHex } from './bytes.ts';
import { isHeaderRight } from './header.ts';
import type { Result } from '../model/result.ts';
import { done } from '../model/result.ts';
import { bucketCount, leafKey, matchesPairs, sumOfRevisions } from './leaves.ts';
import type { Manifest } from './manifest.ts';
import { listsSlot } from './manifest.ts';
import { openAllRecords, openSomeRecords } from './open-records.ts';
import { rowsByBucket, tolerant } from './row-lists.ts';
import type { Leaf, Session } from './session.ts';
import { addDamage, clearBucketDamage } from './session.ts';
import { countMisfits, readAuditDown, readCounter, readHeader, readSlots, readTableProof } from './tables.ts';
import type { Snapshot } from './snapshot.ts';
import { knownLeaves, readSnapshot } from './snapshot.ts';
import type { RecordTable } from './vault-types.ts';
import { newerFormatError, replacedKeyError } from './words.ts';
import { changedBuckets, openLeaf, provenRows, readLeaves, readManifest } from './verify-set.ts';

const everyBucket = Array.from({ length: bucketCount }, (_, bucket) => bucket);
const recordTables = ['meta', 'secret'] as const;

type Buckets = Readonly<Record<RecordTable, readonly number[]>>;

/** Puts the lists of these buckets into memory: from the snapshot where it is still right, from the leaves otherwise. */
const readLists = (
  session: Session,
  manifest: Manifest,
  buckets: Buckets,
  snapshot: Snapshot | null,
): void => {
  const unknown: Record<RecordTable, number[]> = { meta: [], secret: [] };
  for (const table of recordTables) {
    const known = snapshot === null ? null : knownLeaves(snapshot, manifest, table);
    for (const bucket of buckets[table]) {
      clearBucketDamage(session, table, bucket);
      const list = known?.get(bucket);
      if (list === undefined) unknown[table].push(bucket);
      else session.leaves[table][bucket] = list;
    }
  }
  const rows = readLeaves(session, unknown);
  for (const table of recordTables)
    for (const bucket of unknown[table]) {
      const row = rows.get(leafKey(table, bucket)) ?? null;
      session.leaves[table][bucket] = openLeaf(session, manifest, table, bucket, row);
    }
};

/** Compares the rows of these buckets with their lists. Gives the proven entries by ascending id. */
const proveBuckets = (session: Session, table: RecordTable, buckets: readonly number[]): Uint8Array => {
  const leaves = session.leaves[table];
  const rows = rowsByBucket(session.sql, table, buckets, leaves);
  return concat(
    buckets.map((bucket) =>
      provenRows(session, table, bucket, leaves[bucket] ?? null, rows.get(bucket) ?? new Uint8Array(0)),
    ),
  );
};

/** The lists of all buckets as one: that of the snapshot itself where every bucket has its list from there. Null where one is damaged. */
const wholeList = (
  leaves: readonly Leaf[],
  table: RecordTable,
  snapshot: Snapshot | null,
): Uint8Array | null => {
  const whole = snapshot?.lists[table];
  const isWhole = (list: Uint8Array): boolean => {
    let length = 0;
    for (const leaf of leaves) length += leaf?.buffer === list.buffer ? leaf.length : Number.NaN;
    return length === list.length;
  };
  if (whole !== undefined && isWhole(whole)) return whole;
  return leaves.includes(null) ? null : concat(leaves.map((leaf) => leaf ?? new Uint8Array(0)));
};

/** The same for a whole table: in one comparison where all is well. */
const proveTable = (session: Session, table: RecordTable, snapshot: Snapshot | null): Uint8Array => {
  const list = wholeList(session.leaves[table], table, snapshot);
  const proof = tolerant(
    () => readTableProof(session.sql, table),
    () => null,
  );
  if (
    list !== null &&
    proof !== null &&
    proof.revisionSum === sumOfRevisions(list) &&
    matchesPairs(list, proof.pairs)
  )
    return list;
  const misfits = tolerant(
    () => countMisfits(session.sql, table),
    () => 0,
  );
  if (misfits > 0) addDamage(session, table, 'misfits', `${misfits} rows are no records`);
  return proveBuckets(session, table, everyBucket);
};

const proveAuditEnd = (session: Session, manifest: Manifest): void => {
  const last = tolerant(
    () => readAuditDown(session.sql, Number.MAX_SAFE_INTEGER, 1)[0],
    () => undefined,
  );
  if (!isLastLine(session, last, manifest.auditCount, manifest.auditHead))
    addDamage(session, 'audit', String(manifest.auditCount), 'the trail does not end as it was last saved');
};

/** Slots that the manifest does not know, or knows and misses, and a header that is not as it was last saved. */
const proveHeader = (session: Session, manifest: Manifest | null): void => {
  const slots = tolerant(
    () => readSlots(session.sql),
    () => [],
  );
  const header = tolerant(
    () => readHeader(session.sql),
    () => null,
  );
  if (header === null || !isHeaderRight(session, header, slots))
    addDamage(session, 'header', '1', 'the ways to open this vault are not all as they were last saved');
  if (manifest === null) return;
  for (const slot of slots)
    if (slot.body.length < 116 || !listsSlot(manifest, slot))
      addDamage(session, 'slot', toHex(slot.id), 'does not belong to the vault, or was put back');
};

const forgetAll = (session: Session): void => {
  session.manifest = null;
  session.records.clear();
  session.damage.clear();
  for (const table of recordTables) session.leaves[table].fill(null);
};

/** Reads and proves the whole vault. Damage is reported, not thrown. */
export const loadAll = (session: Session): void => {
  forgetAll(session);
  const manifest = readManifest(session);
  proveHeader(session, manifest);
  if (manifest === null) {
    addDamage(session, 'manifest', '1', 'the list of everything is damaged, so nothing can be proven');
    return;
  }
  const snapshot = tolerant(
    () => readSnapshot(session),
    () => null,
  );
  readLists(session, manifest, { meta: everyBucket, secret: everyBucket }, snapshot);
  openAllRecords(session, proveTable(session, 'meta', snapshot), snapshot);
  proveTable(session, 'secret', snapshot);
  proveAuditEnd(session, manifest);
  session.manifest = manifest;
};

/**
 * Picks up what others committed. Must run inside a transaction.
 * @returns whether anything was
 */
export const loadChanges = (session: Session): boolean => {
  const before = session.manifest;
  if (before !== null && readCounter(session.sql) === before.counter) return false;
  const after = before === null ? null : readManifest(session);
  if (after === null) {
    loadAll(session);
    return true;
  }
  const buckets = {
    meta: changedBuckets('meta', before, after),
    secret: changedBuckets('secret', before, after),
  };
  readLists(session, after, buckets, null);
  openSomeRecords(session, buckets.meta, proveBuckets(session, 'meta', buckets.meta));
  proveBuckets(session, 'secret', buckets.secret);
  proveAuditEnd(session, after);
  session.manifest = after;
  return true;
};

/** Another process has replaced the vault key: neither the list of everything nor our way in is there any more. */
const isUnderAnotherKey = (session: Session): boolean => {
  const { manifest, openedWith, sql } = session;
  if (manifest === null || readCounter(sql) === manifest.counter || readManifest(session) !== null)
    return false;
  const slots = tolerant(
    () => readSlots(sql),
    () => [openedWith],
  );
  return slots.length > 0 && !slots.some((slot) => sameBytes(slot.id, openedWith.id));
};

/**
 * As {@link loadChanges}, for every call that reads or writes: remembers for refresh() that something changed, and stops where a
 * later Keyturn has brought the file to its own format in the meantime.
 */
export const follow = (session: Session): Result<undefined> => {
  if (isUnderAnotherKey(session)) return replacedKeyError(session.path);
  if (loadChanges(session)) session.hasUntoldChanges = true;
  const format = session.manifest?.format ?? session.format;
  return format === session.format ? done : newerFormatError(session.path, format);
};
