// A moment at which something ends, with its uncertainty. A provider's day has no zone: it begins at its earliest reading. A person's own
// day begins where they are. A time is that time. docs/checking.md §4.
import type { KeyLog } from '../../model/key-log.ts';
import type { StoredKey } from '../../model/key.ts';
import { currentVersion } from '../book.ts';
import { addDays, personDay, personDayStartMs } from '../calendar.ts';
import { earliestExpiryMs } from '../expiry.ts';

const dayMs = 86_400_000;

export type End = {
  /** YYYY-MM-DD, by which days are counted. */
  readonly day: string;
  /** The moment from which it counts, in epoch milliseconds. */
  readonly atMs: number;
  /** The moment so many days before, by the same reading. */
  readonly before: (days: number) => number;
};

/** A provider's day, by its earliest reading; null for text that is no day. */
export const endOfDay = (day: string): End | null => {
  const atMs = earliestExpiryMs(day);
  return atMs === undefined ? null : { day, atMs, before: (days) => atMs - days * dayMs };
};

/** An exact time. */
export const endOfTime = (atMs: number): End => ({
  day: personDay(atMs),
  atMs,
  before: (days) => atMs - days * dayMs,
});

/** A day of the person's own calendar: days before it begin when they begin, whatever the clocks do. */
export const endOfOwnDay = (day: string): End | null => {
  const atMs = personDayStartMs(day);
  if (atMs === undefined) return null;
  return { day, atMs, before: (days) => personDayStartMs(addDays(day, -days) ?? day) ?? atMs - days * dayMs };
};

const isTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z$/;

/** What was told: a day, or ISO 8601 in UTC; null for anything else. */
export const endOfTold = (value: string): End | null => {
  if (!isTime.test(value)) return endOfDay(value);
  const atMs = Date.parse(value);
  return Number.isFinite(atMs) ? endOfTime(atMs) : null;
};

export type Expiry = {
  readonly end: End;
  /** Whether it is the provider's own word. */
  readonly told: boolean;
};

/** What a provider said about the current value: an answer about an older one is another key's. */
const toldOf = (key: StoredKey, log: KeyLog | undefined): End | null => {
  const entry = log?.told.find(({ fact }) => fact === 'expiresAt');
  if (entry === undefined || typeof entry.value !== 'string') return null;
  return entry.atMs < currentVersion(key).addedAtMs ? null : endOfTold(entry.value);
};

/** When a key ends: by its own date, or by the provider's word where that is earlier. Null where nobody knows. */
export const expiryOf = (key: StoredKey, log: KeyLog | undefined): Expiry | null => {
  const own = key.expiresOn === null ? null : endOfDay(key.expiresOn);
  const told = toldOf(key, log);
  // The same day with its time is no other date: the recorded one stays, and warns earlier.
  if (told !== null && (own === null || (told.atMs < own.atMs && told.day < own.day)))
    return { end: told, told: true };
  return own === null ? null : { end: own, told: false };
};
