// A turn's record with what is written beside it: the new value as a version of its own, which version is current, what was learnt of whether
// they work. One commit, computed from the book as it is now. docs/rotation.md §2.1.
import type { RecordId } from '../../model/ids.ts';
import type { KeyVersion, StoredKey } from '../../model/key.ts';
import type { Rotation } from '../../model/rotation.ts';
import type { Effect, Values } from '../../rotation/desk.ts';
import type { AuditInput, Change } from '../../vault/vault-types.ts';
import { currentVersion, type HeldKey, type HeldRotation } from '../book.ts';
import type { Asked } from '../checks/log.ts';
import { recordAnswers } from '../checks/record.ts';
import { noteKey, overwrite, type Edit, type Work } from '../edit.ts';
import { dayOf } from '../expiry.ts';
import { makeVersion, nextNumber } from '../fields.ts';
import { readStored, toBody } from '../stored.ts';
import { putTurnCare, turnCareOf } from './turn-care.ts';

/** What an effect comes to. */
type Effected = {
  readonly rotation: Rotation;
  /** The key as it is then; the same object where nothing of it changes. */
  readonly key: StoredKey;
  readonly changes: readonly Change[];
  readonly audit: readonly AuditInput[];
};

const variablesOf = (key: StoredKey): Readonly<Record<string, string | null>> =>
  Object.fromEntries(currentVersion(key).fields.map(({ name, variable }) => [name, variable]));

const newVersion = (work: Work, { body }: HeldKey, values: Values) =>
  makeVersion(work, {
    provider: body.provider === null ? undefined : work.provider(body.provider),
    keyName: body.name,
    values,
    variables: variablesOf(body),
    number: nextNumber(body),
  });

/** Dates of the key before it was turned, kept for the way back. Not names that a provider file may use. */
const datesBefore = 'keyturn dates';

const withDates = (rotation: Rotation, { createdOn, expiresOn }: StoredKey): Rotation => ({
  ...rotation,
  learnt: { ...rotation.learnt, [datesBefore]: JSON.stringify([createdOn, expiresOn]) },
});

const datesFrom = ({ learnt }: Rotation): Pick<StoredKey, 'createdOn' | 'expiresOn'> | undefined => {
  const kept = learnt[datesBefore];
  if (kept === undefined) return undefined;
  const [createdOn, expiresOn] = JSON.parse(kept) as [string | null, string | null];
  return { createdOn, expiresOn };
};

const replaced = (version: KeyVersion, nowMs: number): KeyVersion =>
  version.replacedAtMs === null ? { ...version, replacedAtMs: nowMs } : version;

/** By which id the provider knows the current value: the next turn revokes that one. */
const knownAs = (work: Work, keyId: RecordId, remoteId: string | null): readonly Change[] => {
  const care = turnCareOf(work.book, keyId);
  return care.remoteId === remoteId ? [] : putTurnCare(work, { ...care, remoteId });
};

/** The version becomes the current one, and every other one is an earlier one. */
const becomesCurrent = (work: Work, held: HeldKey, next: Rotation, version: KeyVersion): Effected => {
  const { body } = held;
  const number = Math.max(version.number, nextNumber(body));
  const versions = body.versions.map((each) => replaced(each, work.nowMs));
  const key: StoredKey = {
    ...body,
    versions: [...versions, { ...version, number, replacedAtMs: null }],
    createdOn: dayOf(work.nowMs),
    expiresOn: next.expiresOn,
    changedAtMs: work.nowMs,
  };
  const what = `version ${String(number)} is the current one`;
  return {
    rotation: withDates({ ...next, pending: null, newVersionId: version.id }, body),
    key,
    changes: knownAs(work, held.id, next.newRemoteId),
    audit: [noteKey('key-turned', work, what, held)],
  };
};

const keep = (work: Work, held: HeldKey, next: Rotation, values: Values): Effected => {
  const { version, changes } = newVersion(work, held, values);
  return {
    rotation: { ...next, pending: version },
    key: held.body,
    changes,
    audit: [
      noteKey('key-turn-kept', work, `version ${String(version.number)}, not yet the current one`, held),
    ],
  };
};

const keepCurrent = (work: Work, held: HeldKey, next: Rotation, values: Values): Effected => {
  const { version, changes } = newVersion(work, held, values);
  const current = becomesCurrent(work, held, next, version);
  return { ...current, changes: [...changes, ...current.changes] };
};

/** The new value stays among the versions, as an earlier one. */
const shelved = (key: StoredKey, pending: KeyVersion, nowMs: number): readonly KeyVersion[] => {
  const number = Math.max(pending.number, nextNumber(key));
  return [...key.versions.slice(0, -1), { ...replaced(pending, nowMs), number }, currentVersion(key)];
};

/** Another value that a person has put in meanwhile stays the current one. */
const putBack = (work: Work, held: HeldKey, next: Rotation): Effected => {
  const { body } = held;
  const { pending } = next;
  const nothing = { rotation: next, key: body, changes: [], audit: [] };
  if (pending !== null)
    return {
      ...nothing,
      rotation: { ...next, pending: null, newVersionId: pending.id },
      key: { ...body, versions: shelved(body, pending, work.nowMs), changedAtMs: work.nowMs },
    };
  const old = body.versions.find(({ id }) => id === next.oldVersionId);
  if (old === undefined || currentVersion(body).id !== next.newVersionId) return nothing;
  const others = body.versions.filter(({ id }) => id !== old.id).map((each) => replaced(each, work.nowMs));
  const key = {
    ...body,
    ...datesFrom(next),
    versions: [...others, { ...old, replacedAtMs: null }],
    changedAtMs: work.nowMs,
  };
  const what = `version ${String(old.number)} is the current one again`;
  return {
    ...nothing,
    key,
    changes: knownAs(work, held.id, next.oldRemoteId),
    audit: [noteKey('key-turned-back', work, what, held)],
  };
};

const drop = (work: Work, held: HeldKey, next: Rotation): Effected => {
  const id = next.pending?.id;
  const expected = id === undefined ? 0 : work.secretRevision(id);
  return {
    rotation: { ...next, pending: null },
    key: held.body,
    changes: id === undefined || expected === 0 ? [] : [{ op: 'delete', table: 'secret', id, expected }],
    audit: [],
  };
};

const effected = (work: Work, held: HeldKey, next: Rotation, effect: Effect | undefined): Effected => {
  if (effect === undefined) return { rotation: next, key: held.body, changes: [], audit: [] };
  if (effect.type === 'keep') return keep(work, held, next, effect.values);
  if (effect.type === 'keep-current') return keepCurrent(work, held, next, effect.values);
  if (effect.type === 'put-back') return putBack(work, held, next);
  if (effect.type === 'drop') return drop(work, held, next);
  if (next.pending === null) throw new Error('a turn has nothing to promote');
  return becomesCurrent(work, held, next, next.pending);
};

const endedLine = (work: Work, held: HeldKey, before: Rotation, after: Rotation): readonly AuditInput[] =>
  before.outcome === null && after.outcome !== null
    ? [noteKey('key-turn-ended', work, after.outcome.sentence, held)]
    : [];

/** A version of the turn that is not the key's any more says nothing of the key's state: no line for it. */
const answerChanges = (work: Work, answers: readonly Asked[]): readonly Change[] =>
  recordAnswers(work, answers).changes;

/** What is written with a turn's record. */
export type Saving = {
  readonly key: HeldKey;
  readonly turn: HeldRotation;
  readonly next: Rotation;
  readonly effect?: Effect | undefined;
  /** What was heard of the old and the new value since the last saving. */
  readonly answers: readonly Asked[];
};

/** The edit that saves a turn; its value is the record as it is then, `pending` and `newVersionId` filled in. */
export const saveTurn = (work: Work, { key, turn, next, effect, answers }: Saving): Edit<Rotation> => {
  const done = effected(work, key, next, effect);
  if (readStored(toBody(done.rotation)) === null)
    throw new Error('a turn would be written that cannot be read');
  return {
    value: done.rotation,
    changes: [
      ...done.changes,
      ...(done.key === key.body ? [] : [overwrite(key, done.key)]),
      overwrite(turn, done.rotation),
      ...answerChanges(work, answers),
    ],
    audit: [...done.audit, ...endedLine(work, key, turn.body, done.rotation)],
  };
};

/** The version whose value is asked with: the old one, or the new one wherever it is. Undefined where it is not there (any more). */
export const versionOf = (
  key: StoredKey,
  rotation: Rotation,
  whose: 'old' | 'new',
): KeyVersion | undefined => {
  const id: RecordId | null = whose === 'old' ? rotation.oldVersionId : rotation.newVersionId;
  if (whose === 'new' && rotation.pending !== null) return rotation.pending;
  return key.versions.find((version) => version.id === id);
};
