// Brings the session's memory in line with the file: everything at opening, only what changed when another process committed.
// Runs inside a transaction, so that what is compared belongs together. Throws StoreFailure where the disk fails.
import { isLastLine } from './audit-trail.ts';
import { toHex } from './bytes.ts';
import { headerMac } from './header.ts';
import { leafKey } from './leaves.ts';
import type { Manifest } from './manifest.ts';
import { listsSlot } from './manifest.ts';
import { openAllRecords, openSomeRecords } from './open-records.ts';
import { joinLists, rowsByBucket, tolerant } from './row-lists.ts';
import type { Session } from './session.ts';
import { addDamage, clearBucketDamage } from './session.ts';
import { countMisfits, readAuditDown, readCounter, readHeader, readSlots } from './tables.ts';
import type { RecordTable } from './vault-types.ts';
import { changedBuckets, openLeaf, provenRows, readLeaves, readManifest } from './verify-set.ts';

const recordTables = ['meta', 'secret'] as const;

type Buckets = Readonly<Record<RecordTable, readonly number[]>>;

/** Opens the leaves asked for and compares their rows. Gives back the proven entries of the metadata. */
const proveBuckets = (session: Session, manifest: Manifest, buckets: Buckets): Uint8Array => {
  const leafRows = readLeaves(session, buckets);
  const proven: Record<RecordTable, Uint8Array[]> = { meta: [], secret: [] };
  for (const table of recordTables) {
    const leaves = session.leaves[table];
    for (const bucket of buckets[table]) {
      clearBucketDamage(session, table, bucket);
      const row = leafRows.get(leafKey(table, bucket)) ?? null;
      leaves[bucket] = openLeaf(session, manifest, table, bucket, row);
    }
    const rows = rowsByBucket(session.sql, table, buckets[table], leaves);
    for (const bucket of buckets[table])
      proven[table].push(
        provenRows(session, table, bucket, leaves[bucket] ?? null, rows.get(bucket) ?? new Uint8Array(0)),
      );
  }
  return joinLists(proven.meta);
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
  const { aead } = session.ports;
  if (header === null || !aead.equal(header.mac, headerMac(aead, session.keyring, header.body, slots)))
    addDamage(session, 'header', '1', 'the ways to open this vault are not all as they were last saved');
  if (manifest === null) return;
  for (const slot of slots)
    if (slot.body.length < 100 || !listsSlot(manifest, slot))
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
  const everything = {
    meta: changedBuckets('meta', null, manifest),
    secret: changedBuckets('secret', null, manifest),
  };
  const list = proveBuckets(session, manifest, everything);
  openAllRecords(session, list);
  for (const table of recordTables) {
    const misfits = tolerant(
      () => countMisfits(session.sql, table),
      () => 1,
    );
    if (misfits > 0) addDamage(session, table, 'misfits', `${misfits} rows are no records`);
  }
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
  const list = proveBuckets(session, after, buckets);
  openSomeRecords(session, buckets.meta, list);
  proveAuditEnd(session, after);
  session.manifest = after;
  return true;
};
