// How a key is turned, as the person set it: a record beside the key, made when something is first said. docs/rotation.md §2.6.
import { fail } from '../../model/app-error.ts';
import type { RecordId } from '../../model/ids.ts';
import { ok, type Result } from '../../model/result.ts';
import type { TurnCare } from '../../model/rotation.ts';
import type { Change } from '../../vault/vault-types.ts';
import type { Book } from '../book.ts';
import { create, find, findLiving, noteKey, overwrite, type Edit, type Work } from '../edit.ts';

/** What a key has of which nobody said anything. */
export const usualTurnCare = (keyId: RecordId): TurnCare => ({
  type: 'turn-care',
  keyId,
  way: null,
  managerKeyId: null,
  inputs: {},
  graceMs: null,
  unattended: false,
  beforeExpiryDays: null,
  hours: null,
  remoteId: null,
});

export const turnCareOf = (book: Book, keyId: RecordId): TurnCare =>
  book.turnCares.get(keyId)?.body ?? usualTurnCare(keyId);

/** Derived, so that two processes that write the first one at once collide instead of making two. */
const firstId = ({ fingerprint }: Work, keyId: RecordId): RecordId =>
  fingerprint(new TextEncoder().encode(`turn-care ${keyId}`));

/** The change that writes it; none where it says that already. */
export const putTurnCare = (work: Work, care: TurnCare): readonly Change[] => {
  const held = work.book.turnCares.get(care.keyId);
  if (held === undefined) return [create(firstId(work, care.keyId), care)];
  return JSON.stringify(held.body) === JSON.stringify(care) ? [] : [overwrite(held, care)];
};

/** What a person says; the provider's id of the value is the machine's. */
export type GivenTurnCare = Omit<TurnCare, 'type' | 'remoteId'>;

/** `not-found`, `refused` for a removed key, `bad-input` for hours that are none. */
export const careForTurn = (work: Work, given: GivenTurnCare): Result<Edit<undefined>> => {
  const found = findLiving(work.book, given.keyId);
  if (!found.ok) return found;
  if (given.hours !== null && given.hours.from === given.hours.to)
    return fail('bad-input', 'Those hours begin when they end.', 'Write them like 9-17.', { field: 'hours' });
  if (given.managerKeyId !== null) {
    const manager = find(work.book.keys, given.managerKeyId, 'key');
    if (!manager.ok) return manager;
  }
  const { remoteId } = turnCareOf(work.book, given.keyId);
  const { keyId, way, managerKeyId, inputs, graceMs, unattended, beforeExpiryDays, hours } = given;
  const said = { way, managerKeyId, inputs, graceMs, unattended, beforeExpiryDays, hours };
  const changes = putTurnCare(work, { type: 'turn-care', keyId, ...said, remoteId });
  if (changes.length === 0) return ok({ value: undefined, changes, audit: [] });
  const what = unattended ? 'may be turned when nobody is there' : 'is turned when a person says so';
  return ok({ value: undefined, changes, audit: [noteKey('key-turn-set', work, what, found.value)] });
};
