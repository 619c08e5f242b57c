// What is to be said now, from the schedule outside the vault: one digest for everything that became due, nothing in quiet hours, nothing
// twice. Words without names, since this is said while the vault is locked and kept by the system that shows it.
import { daysLeft, personHour } from '../calendar.ts';
import type { DueWhy } from '../due/due-list.ts';
import type { Schedule, ScheduleEntry, Shown } from './schedule.ts';

const untilOf = (schedule: Schedule, id: string): number | undefined =>
  schedule.snoozed.find((each) => each.id === id)?.untilMs;

/** The newest time at which an entry was to be told, put off or not; undefined where none has come. */
const newest = (schedule: Schedule, entry: ScheduleEntry, nowMs: number): number | undefined => {
  const time = entry.atMs.findLast((each) => each <= nowMs);
  if (time === undefined) return undefined;
  const untilMs = untilOf(schedule, entry.id);
  return untilMs === undefined ? time : Math.max(time, untilMs);
};

/** What wants somebody now, told or not: what has come and is not put off. Soonest day first. */
export const wanting = (schedule: Schedule, nowMs: number): readonly ScheduleEntry[] =>
  schedule.entries
    .filter((entry) => {
      const time = newest(schedule, entry, nowMs);
      return time !== undefined && time <= nowMs;
    })
    .toSorted((left, right) => (left.day === right.day ? 0 : left.day < right.day ? -1 : 1));

const upTo = (schedule: Schedule, id: string): number =>
  schedule.shown.find((each) => each.id === id)?.upToMs ?? -1;

/** What is to be told and was not. */
export const untold = (schedule: Schedule, nowMs: number): readonly ScheduleEntry[] =>
  wanting(schedule, nowMs).filter(
    (entry) => (newest(schedule, entry, nowMs) ?? -1) > upTo(schedule, entry.id),
  );

/** The schedule once these have been told. What was told under a clock that ran ahead stays told. */
export const afterTelling = (schedule: Schedule, told: readonly ScheduleEntry[], nowMs: number): Schedule => {
  const ids = new Set(told.map(({ id }) => id));
  const others = schedule.shown.filter(({ id }) => !ids.has(id));
  const now: readonly Shown[] = told.map((entry) => ({
    id: entry.id,
    upToMs: Math.max(upTo(schedule, entry.id), newest(schedule, entry, nowMs) ?? 0),
  }));
  return { ...schedule, shown: [...others, ...now] };
};

export type QuietHours = { readonly from: number; readonly to: number };

/** Whether the person's hour lies within the quiet ones; they may go over midnight. */
export const isQuiet = ({ from, to }: QuietHours, nowMs: number): boolean => {
  const hour = personHour(nowMs);
  if (from === to) return false;
  return from < to ? hour >= from && hour < to : hour >= from || hour < to;
};

export type Digest = { readonly title: string; readonly body: string };

const expiring = (entries: readonly ScheduleEntry[], nowMs: number): readonly string[] => {
  const days = entries.map(({ day }) => daysLeft(day, nowMs) ?? 0);
  const past = days.filter((left) => left < 0).length;
  const ahead = days.filter((left) => left >= 0);
  const farthest = Math.max(0, ...ahead);
  const when = farthest === 0 ? 'today' : farthest === 1 ? 'by tomorrow' : `within ${String(farthest)} days`;
  return [
    ...(past === 0 ? [] : [past === 1 ? '1 has expired' : `${String(past)} have expired`]),
    ...(ahead.length === 0
      ? []
      : [`${String(ahead.length)} ${ahead.length === 1 ? 'expires' : 'expire'} ${when}`]),
  ];
};

const plain: Readonly<Record<Exclude<DueWhy, 'expires'>, readonly [one: string, many: string]>> = {
  rotate: ['wants turning', 'want turning'],
  date: ['has a date of your own', 'have a date of your own'],
  activate: ['waits to be activated', 'wait to be activated'],
};

/** One message for all of them. @param entries at least one */
export const digestOf = (entries: readonly ScheduleEntry[], nowMs: number): Digest => {
  const of = (kind: DueWhy): readonly ScheduleEntry[] => entries.filter((entry) => entry.kind === kind);
  const others = (['rotate', 'date', 'activate'] as const).flatMap((kind) => {
    const count = of(kind).length;
    return count === 0 ? [] : [`${String(count)} ${plain[kind][count === 1 ? 0 : 1]}`];
  });
  const parts = [...expiring(of('expires'), nowMs), ...others];
  return {
    title: entries.length === 1 ? 'A key wants you' : 'Your keys want you',
    body: `${parts.join(', ')}.`,
  };
};
