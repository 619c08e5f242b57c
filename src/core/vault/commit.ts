// Changes of records: checks what is asked, seals it before the lock is taken, compares revisions under the lock.
import { fail } from '../model/app-error.ts';
import type { JsonObject } from '../model/json.ts';
import type { Result } from '../model/result.ts';
import { ok } from '../model/result.ts';
import { fromHex, toHex, utf8 } from './bytes.ts';
import { canonicalJson } from './canonical-json.ts';
import { idBytes, tagOf } from './envelope.ts';
import { findEntry, withEntry, withoutEntry } from './leaves.ts';
import type { Session } from './session.ts';
import { deleteRow, putRow } from './tables.ts';
import type { AuditInput, Change, RecordTable } from './vault-types.ts';
import type { Draft, LeafDraft } from './write.ts';
import { write } from './write.ts';
import { conflictError, lockedError, unprovenError } from './words.ts';

/** Larger contents do not belong into a vault of keys. */
export const mostContentBytes = 4 * 1024 * 1024;

type Prepared = {
  readonly table: RecordTable;
  readonly id: Uint8Array;
  readonly name: string;
  readonly expected: number;
  /** Null for a removal. */
  readonly sealed: Uint8Array | null;
  readonly body?: JsonObject;
};

const badChange = (message: string): Result<never> =>
  fail('bad-input', message, 'Nothing was saved. Correct it and try again.');

const sealContent = (
  session: Session,
  change: { readonly table: RecordTable; readonly expected: number },
  id: Uint8Array,
  content: Uint8Array,
): Result<Uint8Array> =>
  content.length > mostContentBytes
    ? badChange(`A record may hold ${mostContentBytes / 1024 / 1024} MiB at most.`)
    : ok(session.envelope.seal(change.table, id, change.expected + 1, content));

const toCanonical = (body: JsonObject): Result<string> => {
  if (typeof body['type'] !== 'string') return badChange('A metadata record needs a type.');
  try {
    return ok(canonicalJson(body));
  } catch (problem) {
    if (problem instanceof RangeError) return badChange(`The record cannot be kept: ${problem.message}.`);
    throw problem;
  }
};

const prepare = (session: Session, change: Change): Result<Prepared> => {
  const id = fromHex(change.id);
  if (id?.length !== idBytes) return badChange('A record id has 32 hexadecimal digits.');
  if (!Number.isSafeInteger(change.expected) || change.expected < 0)
    return badChange('A revision is a whole number from 0.');
  const common = { table: change.table, id, name: change.id, expected: change.expected };
  if (change.op === 'delete') return ok({ ...common, sealed: null });
  if (change.table === 'secret') {
    const sealed = change.bytes.use((bytes) => sealContent(session, change, id, bytes));
    return sealed.ok ? ok({ ...common, sealed: sealed.value }) : sealed;
  }
  const text = toCanonical(change.body);
  if (!text.ok) return text;
  const sealed = sealContent(session, change, id, utf8(text.value));
  // Parsed again, so that memory holds what the file holds, whatever the caller does to its object.
  return sealed.ok
    ? ok({ ...common, sealed: sealed.value, body: JSON.parse(text.value) as JsonObject })
    : sealed;
};

/** Rows are stored by id: written in that order, a large import touches each page once. */
const inOrderOfRows = (left: Prepared, right: Prepared): number => {
  if (left.table !== right.table) return left.table < right.table ? -1 : 1;
  return left.name < right.name ? -1 : 1;
};

const prepareAll = (session: Session, changes: readonly Change[]): Result<readonly Prepared[]> => {
  const prepared: Prepared[] = [];
  const seen = new Set<string>();
  for (const change of changes) {
    const one = prepare(session, change);
    if (!one.ok) return one;
    const name = `${change.table} ${change.id}`;
    if (seen.has(name)) return badChange('One record is changed twice in one step.');
    seen.add(name);
    prepared.push(one.value);
  }
  return ok(prepared.sort(inOrderOfRows));
};

/** Compares revisions, writes the rows, and gives the lists as they are afterwards. */
const applyRows = (
  session: Session,
  prepared: readonly Prepared[],
): Result<ReadonlyMap<string, LeafDraft>> => {
  const drafts = new Map<string, LeafDraft>();
  for (const { table, id, name, expected, sealed } of prepared) {
    const bucket = id[0] as number;
    const key = `${table} ${bucket}`;
    const list = drafts.get(key)?.list ?? session.leaves[table][bucket] ?? null;
    if (list === null) return unprovenError();
    const revision = findEntry(list, id)?.revision ?? 0;
    if (revision !== expected || (sealed === null && revision === 0)) return conflictError(name);
    if (sealed === null) deleteRow(session.sql, table, id);
    else putRow(session.sql, table, id, { revision: expected + 1, sealed });
    const next =
      sealed === null
        ? withoutEntry(list, id)
        : withEntry(list, { id, revision: expected + 1, tag: tagOf(sealed) });
    drafts.set(key, { table, bucket, list: next });
  }
  return ok(drafts);
};

const remember = (session: Session, prepared: readonly Prepared[]): void => {
  for (const { table, id, name, expected, sealed, body } of prepared) {
    session.damage.delete(`${table} ${toHex(id)}`);
    if (table === 'secret') continue;
    session.snapshotBehind += 1;
    if (sealed === null || body === undefined) session.records.delete(name);
    else session.records.set(name, { id: name, revision: expected + 1, body });
  }
};

/** See OpenVault.commit. */
export const commitChanges = (
  session: Session,
  changes: readonly Change[],
  audit: readonly AuditInput[],
): Result<{ readonly counter: number }> => {
  if (!session.isOpen) return lockedError();
  const prepared = prepareAll(session, changes);
  if (!prepared.ok) return prepared;
  return write(session, (): Result<Draft> => {
    const leaves = applyRows(session, prepared.value);
    if (!leaves.ok) return leaves;
    return ok({ leaves: leaves.value, audit, afterwards: () => remember(session, prepared.value) });
  });
};
