// Seals every row of a vault anew under another key, some at a time and outside any lock; then, under the lock, writes them all, sealing
// once more only what somebody changed in between. Part of replace-key.ts.
import type { JsonObject } from '../model/json.ts';
import type { Result } from '../model/result.ts';
import { done, ok } from '../model/result.ts';
import { noAuditHead, resealLine } from './audit-trail.ts';
import { sameBytes, toHex, utf8 } from './bytes.ts';
import { canonicalJson } from './canonical-json.ts';
import { tagBytes, tagOf } from './envelope.ts';
import type { Entry } from './leaves.ts';
import { entryAt, entryBytes, entryCount, leafCount } from './leaves.ts';
import { follow } from './load.ts';
import { readSecretNow, readSecretOf } from './read-secret.ts';
import type { Session } from './session.ts';
import type { Slot } from './slots.ts';
import {
  deleteNumbered,
  deleteSlot,
  putRow,
  putSlot,
  readAuditUp,
  readSlots,
  replaceAudit,
} from './tables.ts';
import type { AuditInput, RecordTable, ReplaceKey } from './vault-types.ts';
import { damagedRecordError, lockedError, unprovenError } from './words.ts';
import type { LeafDraft } from './write.ts';
import { checkPlace, writeDraft } from './write.ts';

type Row = { readonly tag: Uint8Array; readonly sealed: Uint8Array };

export type Resealed = {
  readonly total: number;
  /** By table and id: the tag of the row it was made from, and the row under the new key. */
  readonly rows: Map<string, Row>;
  /** Bodies as they read under the new key, by id. */
  readonly bodies: Map<string, JsonObject>;
  /** Audit lines under the new key, from the first. */
  readonly lines: Uint8Array[];
  head: Uint8Array;
};

/** Rows between two looks at the clock and at the wish to stop. */
const portion = 200;
const tables = ['secret', 'meta'] as const;

const eachEntry = function* (session: Session, table: RecordTable): Generator<Entry | null> {
  for (const leaf of session.leaves[table]) {
    if (leaf === null) yield null;
    else for (let index = 0; index < entryCount(leaf); index += 1) yield entryAt(leaf, index);
  }
};

/** How rows are read: each in a transaction of its own, or all within the one that writes. */
type Work = Pick<ReplaceKey, 'rewrite'> & { readonly read: typeof readSecretOf };

const resealSecret = (
  session: Session,
  next: Session,
  { id, revision }: Entry,
  { read }: Work,
): Result<Uint8Array> => {
  const secret = read(session, toHex(id));
  if (!secret.ok) return secret;
  const sealed = secret.value.use((bytes) => next.envelope.seal('secret', id, revision, bytes));
  secret.value.wipe();
  return ok(sealed);
};

const resealMeta = (
  session: Session,
  next: Session,
  { id, revision }: Entry,
  { rewrite, read }: Work,
  bodies: Map<string, JsonObject>,
): Result<Uint8Array> => {
  const name = toHex(id);
  const record = session.records.get(name);
  if (record === undefined) return damagedRecordError(name);
  const text = canonicalJson(
    rewrite(record.body, {
      readSecret: (secretId) => read(session, secretId),
      fingerprint: (bytes) =>
        toHex(next.ports.aead.hash(bytes, tagBytes, next.keyring.subkey('fingerprint'))),
    }),
  );
  bodies.set(name, JSON.parse(text) as JsonObject);
  return ok(next.envelope.seal('meta', id, revision, utf8(text)));
};

const resealRow = (
  session: Session,
  next: Session,
  table: RecordTable,
  entry: Entry,
  work: Work,
  into: Resealed,
): Result<Uint8Array> => {
  const sealed =
    table === 'secret'
      ? resealSecret(session, next, entry, work)
      : resealMeta(session, next, entry, work, into.bodies);
  if (sealed.ok) into.rows.set(`${table} ${toHex(entry.id)}`, { tag: entry.tag, sealed: sealed.value });
  return sealed;
};

/** Lines that were added since the last look. */
const resealTrail = (session: Session, next: Session, into: Resealed, limit: number): Result<number> => {
  const page = readAuditUp(session.sql, into.lines.length + 1, limit);
  for (const row of page) {
    const made = row.sequence === into.lines.length + 1 ? resealLine(session, next, row, into.head) : null;
    if (made === null) return unprovenError();
    into.lines.push(made.sealed);
    into.head = made.hash;
  }
  return ok(page.length);
};

const countAll = (session: Session): number => {
  const rows = tables.flatMap((table) => session.leaves[table]).map((leaf) => leaf?.length ?? 0);
  return rows.reduce((sum, length) => sum + length, 0) / entryBytes + (session.manifest?.auditCount ?? 0);
};

/** Null where the caller asked to stop. */
export const resealAll = async (
  session: Session,
  next: Session,
  work: ReplaceKey,
): Promise<Result<Resealed | null>> => {
  const into: Resealed = {
    total: countAll(session),
    rows: new Map(),
    bodies: new Map(),
    lines: [],
    head: noAuditHead(),
  };
  let passed = 0;
  for (const table of tables) {
    const entries = [...eachEntry(session, table)];
    for (const entry of entries) {
      if (passed % portion === 0) {
        if (!(await work.step(Math.min(passed, into.total), into.total))) return ok(null);
        if (!session.isOpen) return lockedError();
      }
      if (entry === null) return unprovenError();
      passed += 1;
      const sealed = resealRow(session, next, table, entry, { ...work, read: readSecretOf }, into);
      // Removed or changed by somebody since: what is there now is sealed under the lock.
      if (!sealed.ok && sealed.error.kind !== 'not-found' && sealed.error.kind !== 'damaged') return sealed;
    }
  }
  for (let count = portion; count === portion;) {
    if (!(await work.step(Math.min(passed, into.total), into.total))) return ok(null);
    if (!session.isOpen) return lockedError();
    const page = resealTrail(session, next, into, portion);
    if (!page.ok) return page;
    count = page.value;
    passed += count;
  }
  return ok(into);
};

/** Rows that somebody changed since they were sealed. Before any is written: a key's record is read beside its values. */
const catchUp = (session: Session, next: Session, work: Work, into: Resealed): Result<undefined> => {
  for (const table of tables)
    for (const entry of eachEntry(session, table)) {
      if (entry === null) return unprovenError();
      const known = into.rows.get(`${table} ${toHex(entry.id)}`);
      if (known !== undefined && sameBytes(known.tag, entry.tag)) continue;
      const sealed = resealRow(session, next, table, entry, work, into);
      if (!sealed.ok) return sealed;
    }
  return done;
};

/** Puts all rows of a bucket in their new form and gives their new list. */
const writeBucket = (
  session: Session,
  table: RecordTable,
  list: Uint8Array,
  rows: Resealed['rows'],
): Uint8Array => {
  const after = list.slice();
  for (let index = 0; index < entryCount(list); index += 1) {
    const { id, revision } = entryAt(list, index);
    const { sealed } = rows.get(`${table} ${toHex(id)}`) as Row;
    putRow(session.sql, table, id, { revision, sealed });
    after.set(tagOf(sealed), (index + 1) * entryBytes - tagBytes);
  }
  return after;
};

const writeRows = (
  session: Session,
  next: Session,
  rows: Resealed['rows'],
): ReadonlyMap<string, LeafDraft> => {
  const drafts = new Map<string, LeafDraft>();
  for (const table of tables)
    for (const [bucket, before] of session.leaves[table].entries()) {
      if (before === null || before.length === 0) continue;
      const list = writeBucket(session, table, before, rows);
      drafts.set(`${table} ${bucket}`, { table, bucket, list });
      next.leaves[table][bucket] = list;
    }
  return drafts;
};

type Closing = { readonly slots: readonly Slot[]; readonly audit: readonly AuditInput[] };

/** Writes everything; runs inside the one transaction. Sets the lists and the manifest of `next`. */
export const writeResealed = (
  session: Session,
  next: Session,
  into: Resealed,
  { rewrite }: Pick<ReplaceKey, 'rewrite'>,
  closing: Closing,
): Result<undefined> => {
  const followed = follow(session);
  if (!followed.ok) return followed;
  const placed = checkPlace(session);
  if (!placed.ok) return placed;
  const before = session.manifest;
  if (before === null || session.damage.size > 0) return unprovenError();
  const caught = catchUp(session, next, { rewrite, read: readSecretNow }, into);
  if (!caught.ok) return caught;
  const leaves = writeRows(session, next, into.rows);
  const rest = resealTrail(session, next, into, Number.MAX_SAFE_INTEGER);
  if (!rest.ok) return rest;
  if (into.lines.length !== before.auditCount) return unprovenError();
  for (const [index, sealed] of into.lines.entries()) replaceAudit(session.sql, index + 1, sealed);
  deleteNumbered(session.sql, 'cache', 1);
  for (const slot of readSlots(session.sql)) deleteSlot(session.sql, slot.id);
  for (const slot of closing.slots) putSlot(session.sql, slot);
  next.manifest = writeDraft(
    next,
    { ...before, auditHead: into.head, leafTags: new Uint8Array(leafCount * tagBytes) },
    { leaves, audit: closing.audit, slots: closing.slots },
  );
  return done;
};
