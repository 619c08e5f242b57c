// The person's own calendar: which day it is where they are. Zone and clock changes are those of the process; the present is an argument.
// One rule for "in N days", here and in the window: whole days of that calendar from today until the day, as fingers count them.
import { dayOf, parseDay } from './expiry.ts';

const dayMs = 86_400_000;
/** The end of the year 9999: what lies beyond has no day of four digits for its year. */
export const latestMs = 253_402_300_800_000;

const two = (value: number): string => String(value).padStart(2, '0');

/** The person's day at a moment, as YYYY-MM-DD. @param timeMs epoch milliseconds */
export const personDay = (timeMs: number): string => {
  const date = new Date(timeMs);
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
};

/** The hour of the person's day, 0 to 23. */
export const personHour = (timeMs: number): number => new Date(timeMs).getHours();

/** The first moment of a day where the person is; undefined for text that is no day. A day may begin at one where clocks change at midnight. */
export const personDayStartMs = (day: string): number | undefined => {
  const start = parseDay(day);
  if (start === undefined) return undefined;
  const date = new Date(start);
  return new Date(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()).getTime();
};

/** The day that lies `days` after another one; undefined for text that is no day. */
export const addDays = (day: string, days: number): string | undefined => {
  const start = parseDay(day);
  const time = start === undefined ? Number.NaN : start + days * dayMs;
  return Math.abs(time) < latestMs ? dayOf(time) : undefined;
};

/** Whole days from one day to another; negative where the other one is earlier; undefined for text that is no day. */
export const daysBetween = (from: string, to: string): number | undefined => {
  const [first, last] = [parseDay(from), parseDay(to)];
  return first === undefined || last === undefined ? undefined : (last - first) / dayMs;
};

/** Whole days of the person's calendar that are left until a day: 0 on the day itself, negative afterwards. @param nowMs epoch milliseconds */
export const daysLeft = (day: string | undefined, nowMs: number): number | undefined =>
  day === undefined ? undefined : daysBetween(personDay(nowMs), day);
