// Spans of time as people type them: 12h, 30d, 2w, 6mo, 1y. Whole days, since everything that is due is due on a day.
import { fail } from '../core/model/app-error.ts';
import { ok, type Result } from '../core/model/result.ts';

const daysOf: Readonly<Record<string, number>> = { h: 1 / 24, d: 1, w: 7, mo: 31, y: 365 };
const mostDays = 3_650;

/** A span in days, rounded up. `bad-input`. @param option named in the words */
export const parseDays = (text: string, option: string): Result<number> => {
  const match = /^(\d{1,5})(h|d|w|mo|y)?$/.exec(text.trim().toLowerCase());
  const days = match === null ? Number.NaN : Math.ceil(Number(match[1]) * (daysOf[match[2] ?? 'd'] ?? 1));
  return days <= mostDays
    ? ok(days)
    : fail('bad-input', `${option} ${text} is no span of at most ten years.`, 'Write 30d, 2w, 6mo or 1y.', {
        field: option,
      });
};

const msOf: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};
const longestSpanMs = 366 * 86_400_000;

/** A span to the second: 0, 90s, 15m, 12h, 7d, 2w; a bare number is days. At most a year. `bad-input`. @param option named in the words */
export const parseSpanMs = (text: string, option: string): Result<number> => {
  const match = /^(\d{1,8})(s|m|h|d|w)?$/.exec(text.trim().toLowerCase());
  const ms = match === null ? Number.NaN : Number(match[1]) * (msOf[match[2] ?? 'd'] ?? 0);
  return ms <= longestSpanMs
    ? ok(ms)
    : fail(
        'bad-input',
        `${option} ${text} is no span of at most a year.`,
        'Write 0, 90s, 15m, 12h, 7d or 2w.',
        { field: option },
      );
};
