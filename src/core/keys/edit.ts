// What every change of the domain is: records to write and audit lines to keep, computed from a book and committed by the
// agent in one transaction. Nothing here touches a vault.
import { fail } from '../model/app-error.ts';
import type { RecordId } from '../model/ids.ts';
import type { JsonObject } from '../model/json.ts';
import type { Err, Result } from '../model/result.ts';
import type { ProviderDefinition } from '../providers/provider.ts';
import type { AuditInput, Change } from '../vault/vault-types.ts';
import type { Book, Held, HeldKey } from './book.ts';
import { toBody, type Stored } from './stored.ts';

/** What a change is computed from; time, ids and the vault's fingerprint are given. */
export type Work = {
  readonly book: Book;
  readonly newId: () => RecordId;
  /** Milliseconds since the Unix epoch. */
  readonly nowMs: number;
  /** Who does it, in words. */
  readonly by: string;
  readonly fingerprint: (bytes: Uint8Array) => string;
  readonly provider: (id: string) => ProviderDefinition | undefined;
  readonly secretRevision: (id: RecordId) => number;
};

/** Secret bytes in `changes` belong to the edit: whoever commits it wipes them. */
export type Edit<T> = {
  readonly value: T;
  readonly changes: readonly Change[];
  readonly audit: readonly AuditInput[];
};

/** Writes a record that must not exist yet. */
export const create = (id: RecordId, body: Stored): Change => ({
  op: 'put',
  table: 'meta',
  id,
  body: toBody(body),
  expected: 0,
});

/** Writes over the record as the book holds it; somebody else's change in between is a conflict. */
export const overwrite = <S extends Stored>(held: Held<S>, body: S): Change => ({
  op: 'put',
  table: 'meta',
  id: held.id,
  body: toBody(body),
  expected: held.revision,
});

export const erase = (held: Held<Stored>): Change => ({
  op: 'delete',
  table: 'meta',
  id: held.id,
  expected: held.revision,
});

/**
 * An audit line. The name is kept with it, because a line outlives its key.
 * @param what a sentence without a secret
 */
export const note = (
  event: string,
  by: string,
  what: string,
  key?: { id: RecordId; name: string },
): AuditInput => {
  const detail: JsonObject = key === undefined ? { what } : { what, name: key.name };
  return key === undefined ? { event, by, detail } : { event, by, detail, keyId: key.id };
};

/** An audit line about a key that is held. */
export const noteKey = (event: string, work: Pick<Work, 'by'>, what: string, held: HeldKey): AuditInput =>
  note(event, work.by, what, { id: held.id, name: held.body.name });

export const noSuch = (what: string): Err =>
  fail('not-found', `There is no such ${what}.`, 'It may have been removed: look at the list again.');

/** Finds a record or says what is missing. */
export const find = <S>(map: ReadonlyMap<RecordId, Held<S>>, id: RecordId, what: string): Result<Held<S>> => {
  const held = map.get(id);
  return held === undefined ? noSuch(what) : { ok: true, value: held };
};

/** A key that is there and not removed. */
export const findLiving = (book: Book, id: RecordId): Result<HeldKey> => {
  const held = find(book.keys, id, 'key');
  if (held.ok && held.value.body.removedAtMs !== null) {
    return fail('refused', `${held.value.body.name} is removed.`, 'Take it back out of the bin first.');
  }
  return held;
};

/** What is the same in two names to a person who reads them: case, width and spaces at the ends do not count. */
export const foldName = (name: string): string => name.normalize('NFKC').trim().toLowerCase();

/** Whether a person would take two names for one. */
export const sameName = (left: string, right: string): boolean => foldName(left) === foldName(right);
