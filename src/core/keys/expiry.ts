// Dates of keys. A provider's expiry is a day without a zone, so a key may end anywhere within about two days: it is called
// expired from the earliest reading of that day on, since a warning too early does no harm. How many days are left is told by
// calendar.ts.

const dayMs = 86_400_000;
/** The earliest place on earth where a day begins: UTC+14. */
const earliestZoneMs = 14 * 3_600_000;
const form = /^(\d{4})-(\d{2})-(\d{2})$/;

export type ExpiryState = 'none' | 'ok' | 'expiring' | 'expired';

/** Keys expire on few different days, and a list asks for each of them several times. */
const parsed = new Map<string, number>();
const mostParsed = 4_096;

/** Start of a day in UTC, in ms since the epoch; undefined for text that is no day of the calendar. */
export const parseDay = (text: string): number | undefined => {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const time = readDay(text);
  if (parsed.size >= mostParsed) parsed.clear();
  if (time !== undefined) parsed.set(text, time);
  return time;
};

const readDay = (text: string): number | undefined => {
  const match = form.exec(text);
  if (!match) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const time = Date.UTC(year, month - 1, day);
  const date = new Date(time);
  const real =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real ? time : undefined;
};

/** The day of a moment in UTC, as YYYY-MM-DD. */
export const dayOf = (timeMs: number): string => new Date(timeMs).toISOString().slice(0, 10);

/** The moment from which a key of unknown zone counts as expired, in ms since the epoch. */
export const earliestExpiryMs = (day: string): number | undefined => {
  const start = parseDay(day);
  return start === undefined ? undefined : start - earliestZoneMs;
};

/**
 * State of an expiry.
 * @param day YYYY-MM-DD, or undefined for a key without one
 * @param leadDays from how many days before on it is called expiring
 */
export const expiryState = (day: string | undefined, nowMs: number, leadDays = 14): ExpiryState => {
  const end = day === undefined ? undefined : earliestExpiryMs(day);
  if (end === undefined) return 'none';
  if (nowMs >= end) return 'expired';
  return nowMs >= end - leadDays * dayMs ? 'expiring' : 'ok';
};

/** The day that lies `months` after a day, at the end of a shorter month. */
export const addMonths = (day: string, months: number): string | undefined => {
  const start = parseDay(day);
  if (start === undefined) return undefined;
  const date = new Date(start);
  const target = date.getUTCFullYear() * 12 + date.getUTCMonth() + months;
  const year = Math.floor(target / 12);
  const month = target % 12;
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return dayOf(Date.UTC(year, month, Math.min(date.getUTCDate(), last)));
};
