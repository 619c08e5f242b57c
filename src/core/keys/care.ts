// What a person wants watched about a key: lead times, dates of its own, whether somebody left, what it waits for, whether its value is
// lost. A record beside the key, made when something is first said.
import { fail } from '../model/app-error.ts';
import type { RecordId } from '../model/ids.ts';
import type { KeyCare, OwnDate } from '../model/key-log.ts';
import { ok, type Result } from '../model/result.ts';
import type { Change } from '../vault/vault-types.ts';
import { currentVersion, type Book, type HeldKey } from './book.ts';
import { latestMs } from './calendar.ts';
import { lostSinceOf } from './due/attention.ts';
import { create, find, findLiving, noteKey, overwrite, type Edit, type Work } from './edit.ts';
import { parseDay } from './expiry.ts';

/** What a key has of which nobody said anything. */
export const usualCare = (keyId: RecordId): KeyCare => ({
  type: 'key-care',
  keyId,
  scheduled: 'as-provided',
  leadDays: null,
  rotateEveryDays: null,
  ownDates: [],
  snoozedUntilMs: null,
  ownerLeft: false,
  waiting: null,
});

/** As it is told: whether the current value is lost, in place of which version was. */
export type ToldCare = Omit<KeyCare, 'lost'> & { readonly lost: boolean };

/** `not-found`. */
export const readCare = (book: Book, keyId: RecordId): Result<ToldCare> => {
  const held = find(book.keys, keyId, 'key');
  if (!held.ok) return held;
  const care = book.cares.get(keyId)?.body ?? usualCare(keyId);
  return ok({ ...care, lost: lostSinceOf(held.value.body, care) !== null });
};

/** Derived, so that two processes that write the first one at once collide instead of making two. */
const firstId = ({ fingerprint }: Work, keyId: RecordId): RecordId =>
  fingerprint(new TextEncoder().encode(`key-care ${keyId}`));

/** Entries to change; those that are missing keep their value. */
export type SomeCare = {
  readonly [K in Exclude<keyof ToldCare, 'type' | 'keyId'>]?: ToldCare[K] | undefined;
};

const tidyDates = (dates: readonly OwnDate[]): Result<readonly OwnDate[]> => {
  const seen = new Map<string, OwnDate>();
  for (const date of dates) {
    if (parseDay(date.day) === undefined)
      return fail('bad-input', `${date.day} is no day of the calendar.`, 'Write it like 2026-11-22.', {
        field: 'ownDates',
      });
    seen.set(`${date.day} ${date.label}`, { label: date.label, day: date.day });
  }
  return ok([...seen.values()].sort((left, right) => (left.day < right.day ? -1 : 1)));
};

const tidyLeads = (days: readonly number[] | null): readonly number[] | null =>
  days === null ? null : [...new Set(days)].sort((left, right) => right - left);

const tooLate = (field: string): Result<never> =>
  fail('bad-input', 'That time lies beyond the year 9999.', 'Choose an earlier one.', { field });

const tidy = (care: KeyCare, nowMs: number): Result<KeyCare> => {
  if ((care.snoozedUntilMs ?? 0) >= latestMs) return tooLate('snoozedUntilMs');
  if ((care.waiting?.sinceMs ?? 0) >= latestMs) return tooLate('waiting');
  const ownDates = tidyDates(care.ownDates);
  if (!ownDates.ok) return ownDates;
  const { snoozedUntilMs } = care;
  return ok({
    ...care,
    leadDays: tidyLeads(care.leadDays),
    ownDates: ownDates.value,
    snoozedUntilMs: snoozedUntilMs !== null && snoozedUntilMs > nowMs ? snoozedUntilMs : null,
  });
};

const words: Readonly<Record<keyof SomeCare, string>> = {
  scheduled: 'unattended checks',
  leadDays: 'lead times',
  rotateEveryDays: 'age',
  ownDates: 'own dates',
  snoozedUntilMs: 'put off',
  ownerLeft: 'owner left',
  waiting: 'waiting for activation',
  lost: 'value lost',
};

const namesOf = (some: SomeCare): readonly (keyof SomeCare)[] =>
  (Object.keys(words) as readonly (keyof SomeCare)[]).filter((name) => some[name] !== undefined);

/** What was lost stays lost since then. Said of the version that is current now. */
const withLost = (care: KeyCare, { body }: HeldKey, isLost: boolean, nowMs: number): KeyCare => {
  if (isLost === (lostSinceOf(body, care) !== null)) return care;
  const { lost: _before, ...rest } = care;
  return isLost ? { ...rest, lost: { versionId: currentVersion(body).id, sinceMs: nowMs } } : rest;
};

const apply = (care: KeyCare, held: HeldKey, some: SomeCare, nowMs: number): KeyCare => {
  const { lost, ...others } = some;
  const given = Object.fromEntries(Object.entries(others).filter(([, value]) => value !== undefined));
  const next: KeyCare = { ...care, ...given };
  return lost === undefined ? next : withLost(next, held, lost, nowMs);
};

/** Writes what changed. `not-found`, `refused` for a removed key, `bad-input` for a day that is none. */
export const careForKey = (work: Work, keyId: RecordId, some: SomeCare): Result<Edit<undefined>> => {
  const found = findLiving(work.book, keyId);
  if (!found.ok) return found;
  const held = work.book.cares.get(keyId);
  const before = held?.body ?? usualCare(keyId);
  const names = namesOf(some);
  const next = tidy(apply(before, found.value, some, work.nowMs), work.nowMs);
  if (!next.ok) return next;
  const changed = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(next.value[name]));
  if (changed.length === 0) return ok({ value: undefined, changes: [], audit: [] });
  const change: Change =
    held === undefined ? create(firstId(work, keyId), next.value) : overwrite(held, next.value);
  const what = changed.map((name) => words[name]).join(', ');
  return ok({
    value: undefined,
    changes: [change],
    audit: [noteKey('key-care-changed', work, what, found.value)],
  });
};
