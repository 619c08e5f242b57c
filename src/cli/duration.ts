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
