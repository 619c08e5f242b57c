// The schedule outside the vault: when to say that something is due, while nobody can look into the vault. It holds dates, four words and
// opaque ids; no name, no provider, no key id. docs/checking.md §5.
import { latestMs } from '../calendar.ts';
import type { Due, DueWhy } from '../due/due-list.ts';

export type ScheduleEntry = {
  /** The id of the due list: a keyed hash. */
  readonly id: string;
  readonly kind: DueWhy;
  /** YYYY-MM-DD */
  readonly day: string;
  /** When to say so: full hours, soonest first. */
  readonly atMs: readonly number[];
};

export type Snooze = {
  readonly id: string;
  readonly untilMs: number;
  /** Whether the vault knows of it: one from while it was locked is taken in at the next unlock. */
  readonly taken: boolean;
};
/** Everything up to that time has been told of an entry. */
export type Shown = { readonly id: string; readonly upToMs: number };

export type Schedule = {
  readonly version: 1;
  /** 16 hex digits that tell one vault from another. */
  readonly vault: string;
  readonly writtenAtMs: number;
  readonly entries: readonly ScheduleEntry[];
  readonly shown: readonly Shown[];
  readonly snoozed: readonly Snooze[];
};

export const limits = { entries: 500, times: 40 } as const;

const hourMs = 3_600_000;

/** The next full hour: never before it is true. */
const toHour = (timeMs: number): number => Math.max(0, Math.ceil(timeMs / hourMs) * hourMs);

/** The newest past time and those that follow: what lies further back says nothing more. */
const timesOf = (due: Due, nowMs: number): readonly number[] => {
  // Weekly reminders of something late reach beyond the last day that a calendar has.
  const times = [...new Set(due.remindMs.map(toHour))].filter((time) => time <= latestMs);
  const past = times.filter((time) => time <= nowMs);
  return [...past.slice(-1), ...times.slice(past.length)].slice(0, limits.times);
};

const entryOf = (due: Due, nowMs: number): ScheduleEntry => ({
  id: due.id,
  kind: due.why,
  day: due.day,
  atMs: timesOf(due, nowMs),
});

const last = (entry: ScheduleEntry, nowMs: number): number | undefined =>
  entry.atMs.findLast((time) => time <= nowMs);

/** What was told before; of an entry that is new, what lies behind it: a person has just entered it and knows. */
const shownOf = (entry: ScheduleEntry, before: Schedule | null, nowMs: number): Shown | null => {
  const known = before?.shown.find(({ id }) => id === entry.id);
  if (known !== undefined) return known;
  if (before?.entries.some(({ id }) => id === entry.id) === true) return null;
  const upToMs = last(entry, nowMs);
  return upToMs === undefined ? null : { id: entry.id, upToMs };
};

/** What the vault says; else one that has run out and was not told yet. */
const snoozeOf = (due: Due, before: Schedule | null, nowMs: number): Snooze | null => {
  const { id, snoozedUntilMs } = due;
  if (snoozedUntilMs !== null) return { id, untilMs: snoozedUntilMs, taken: true };
  const over = before?.snoozed.find((each) => each.id === id && each.untilMs <= nowMs);
  const upToMs = before?.shown.find((each) => each.id === id)?.upToMs ?? -1;
  return over !== undefined && over.untilMs > upToMs ? { ...over, taken: true } : null;
};

const isThere = <T>(value: T | null): value is T => value !== null;

/**
 * The schedule of a due list, with what was told before.
 * @param before the schedule of the same vault, or null
 * @param nowMs epoch milliseconds
 */
export const makeSchedule = (
  due: readonly Due[],
  vault: string,
  before: Schedule | null,
  nowMs: number,
): Schedule => {
  const near = due
    .filter(({ leadDays, day }) => leadDays.length > 0 && isPlainDay(day))
    .map((each) => ({ each, distance: Math.abs(each.atMs - nowMs) }))
    .sort((left, right) => left.distance - right.distance)
    .slice(0, limits.entries)
    .map(({ each }) => each);
  const entries = near.map((each) => entryOf(each, nowMs));
  return {
    version: 1,
    vault,
    writtenAtMs: toHour(nowMs),
    entries,
    shown: entries.map((entry) => shownOf(entry, before, nowMs)).filter(isThere),
    snoozed: near.flatMap((each) => snoozeOf(each, before, nowMs) ?? []),
  };
};

const isPlainDay = (day: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(day);

/** Whether two schedules say the same; when they were written does not count. */
export const sameSchedule = (left: Schedule | null, right: Schedule): boolean =>
  left !== null &&
  JSON.stringify({ ...left, writtenAtMs: 0 }) === JSON.stringify({ ...right, writtenAtMs: 0 });

/** Entries put off until a time, over what was put off before. Ids that are in no entry are passed over. */
export const snooze = (schedule: Schedule, ids: readonly string[], untilMs: number): Schedule => {
  const wanted = new Set(schedule.entries.map(({ id }) => id).filter((id) => ids.includes(id)));
  const others = schedule.snoozed.filter(({ id }) => !wanted.has(id));
  return { ...schedule, snoozed: [...others, ...[...wanted].map((id) => ({ id, untilMs, taken: false }))] };
};
