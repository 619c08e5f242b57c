// Moments that answers tell, in the one form in which they are kept: YYYY-MM-DD where a day was told, else ISO 8601 in UTC.
// Strict: what cannot be read is not told, rather than told wrongly.

const dayForm = /^(\d{4})-(\d{2})-(\d{2})$/;
const timeForm =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,12})?)?\s?(Z|z|UTC|GMT|[+-]\d{2}:?\d{2})?$/;
const httpForm =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d{2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** Years 2000 to 9999: outside of them a number was meant in another unit. */
const earliestMs = Date.UTC(2000, 0, 1);
const latestMs = Date.UTC(9999, 11, 31);

const isDay = (year: number, month: number, day: number): boolean => {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};

/** A moment as ISO 8601 in UTC, to the second; undefined where no key's date can be meant. */
export const isoOf = (ms: number): string | undefined =>
  Number.isFinite(ms) && ms >= earliestMs && ms <= latestMs
    ? `${new Date(Math.floor(ms / 1_000) * 1_000).toISOString().slice(0, 19)}Z`
    : undefined;

const offsetMs = (zone: string | undefined): number => {
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(zone ?? '');
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return (match[1] === '-' ? -minutes : minutes) * 60_000;
};

const readTime = (text: string): string | undefined => {
  const match = timeForm.exec(text);
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (!isDay(year, month, day) || hour > 24 || minute > 59 || second > 60) return undefined;
  return isoOf(Date.UTC(year, month - 1, day, hour, minute, second) - offsetMs(match[7]));
};

const readHttpDate = (text: string): string | undefined => {
  const match = httpForm.exec(text);
  if (match === null) return undefined;
  const month = months.indexOf(match[2] as (typeof months)[number]);
  return isoOf(
    Date.UTC(Number(match[3]), month, Number(match[1]), Number(match[4]), Number(match[5]), Number(match[6])),
  );
};

/** ISO 8601 with or without a zone (UTC then), YYYY-MM-DD, GitHub's `2026-12-31 10:00:00 UTC`, or a date as HTTP has it. */
export const readDate = (text: string): string | undefined => {
  const trimmed = text.trim();
  const day = dayForm.exec(trimmed);
  if (day !== null) {
    const real = isDay(Number(day[1]), Number(day[2]), Number(day[3]));
    return real && isoOf(Date.parse(`${trimmed}T00:00:00Z`)) !== undefined ? trimmed : undefined;
  }
  return readTime(trimmed) ?? readHttpDate(trimmed);
};
