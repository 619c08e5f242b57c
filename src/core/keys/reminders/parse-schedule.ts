// Reads the schedule outside the vault. Strict and total: what this would not have written is no schedule, and is never used or
// written over.
import { isBoolean, isListOf, isOneOf, isShape, isText, type Guard } from '../guards.ts';
import { latestMs } from '../calendar.ts';
import { parseDay } from '../expiry.ts';
import { dueWhys } from '../due/due-list.ts';
import { limits, type Schedule } from './schedule.ts';

const isTime: Guard<number> = (value): value is number =>
  typeof value === 'number' &&
  Number.isSafeInteger(value) &&
  !Object.is(value, -0) &&
  value >= 0 &&
  value <= latestMs;

const isHour: Guard<number> = (value): value is number => isTime(value) && value % 3_600_000 === 0;

const isHex =
  (digits: number): Guard<string> =>
  (value): value is string =>
    isText(value) && value.length === digits && /^[0-9a-f]+$/.test(value);

const isDay: Guard<string> = (value): value is string => isText(value) && parseDay(value) !== undefined;

const atMost =
  <T>(most: number, guard: Guard<readonly T[]>): Guard<readonly T[]> =>
  (value): value is readonly T[] =>
    Array.isArray(value) && value.length <= most && guard(value);

const isId = isHex(32);

const isVersion: Guard<1> = (value): value is 1 => value === 1;

const isRising: Guard<readonly number[]> = (value): value is readonly number[] =>
  atMost(limits.times, isListOf(isHour))(value) &&
  value.every((time, index) => index === 0 || time > (value[index - 1] ?? 0));

const isSchedule: Guard<Schedule> = isShape({
  version: isVersion,
  vault: isHex(16),
  writtenAtMs: isHour,
  entries: atMost(
    limits.entries,
    isListOf(isShape({ id: isId, kind: isOneOf(dueWhys), day: isDay, atMs: isRising })),
  ),
  shown: atMost(limits.entries, isListOf(isShape({ id: isId, upToMs: isTime }))),
  snoozed: atMost(limits.entries, isListOf(isShape({ id: isId, untilMs: isTime, taken: isBoolean }))),
});

const areDistinct = (list: readonly { readonly id: string }[]): boolean =>
  new Set(list.map(({ id }) => id)).size === list.length;

/** Every name in it belongs to an entry, and to one. */
const isWhole = ({ entries, shown, snoozed }: Schedule): boolean => {
  const ids = new Set(entries.map(({ id }) => id));
  return (
    [entries, shown, snoozed].every(areDistinct) && [...shown, ...snoozed].every(({ id }) => ids.has(id))
  );
};

/** The schedule that a text holds; null for anything else. */
export const parseSchedule = (text: string): Schedule | null => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  return isSchedule(value) && isWhole(value) ? value : null;
};

/** The text of a schedule, ended by a line end. */
export const writeSchedule = (schedule: Schedule): string => `${JSON.stringify(schedule)}\n`;
