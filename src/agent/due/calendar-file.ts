// The calendar as a file: written where a person said, over a calendar of ours and over nothing else.
import { fail, type AppError } from '../../core/model/app-error.ts';
import { ok, type Result } from '../../core/model/result.ts';
import type { Files } from '../../core/ports.ts';
import type { Due } from '../../core/keys/due/due-list.ts';
import { calendarOf, isOwnCalendar } from '../../core/keys/ical/calendar.ts';

export type Wanted = { readonly path: string; readonly withNames: boolean };

const maxBytes = 16_777_216;
const fileMode = 0o600;

const notOurs = (path: string): Result<never> =>
  fail(
    'refused',
    'There is a file of that name that Keyturn did not write as a calendar. It was left as it is.',
    'Choose another name.',
    { file: path },
  );

/** The calendar that stands there, or null for none. */
const before = (files: Files, path: string): Result<string | null> => {
  if (!files.exists(path)) return ok(null);
  const bytes = files.read(path, maxBytes);
  if (!bytes.ok) return bytes;
  const text = new TextDecoder().decode(bytes.value);
  return isOwnCalendar(text) ? ok(text) : notOurs(path);
};

/** Writes a calendar, unless it says the same already. `bad-input`, `refused`, `io`. */
export const writeCalendar = (
  files: Files,
  { path, withNames }: Wanted,
  due: readonly Due[],
  nowMs: number,
): Result<{ readonly file: string; readonly entries: number }> => {
  if (!path.toLowerCase().endsWith('.ics'))
    return fail('bad-input', 'A calendar’s name ends in .ics.', 'Choose a name such as keys.ics.', {
      file: path,
    });
  const there = before(files, path);
  if (!there.ok) return there;
  const { text, entries } = calendarOf(due, withNames, there.value, nowMs);
  if (text !== there.value) {
    const written = files.writeAtomic(path, new TextEncoder().encode(text), fileMode);
    if (!written.ok) return written;
  }
  return ok({ file: path, entries });
};

export type KeptCalendar = {
  readonly keep: (wanted: Wanted | null, due: readonly Due[], nowMs: number) => void;
  /** Why it could not be written the last time. */
  readonly problem: () => AppError | null;
};

export const keepCalendar = (files: Files): KeptCalendar => {
  let problem: AppError | null = null;
  return {
    keep: (wanted, due, nowMs) => {
      const written = wanted === null ? ok(undefined) : writeCalendar(files, wanted, due, nowMs);
      problem = written.ok ? null : written.error;
    },
    problem: () => problem,
  };
};
