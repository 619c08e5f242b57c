// The schedule outside the vault as a file: read anew each time, since a command line may have written it meanwhile; written whole, for its
// owner alone. One that is no schedule of this version is neither used nor written over, and doctor says so.
import { fail, type AppError } from '../../core/model/app-error.ts';
import { ok, type Result } from '../../core/model/result.ts';
import type { Files } from '../../core/ports.ts';
import { parseSchedule, writeSchedule } from '../../core/keys/reminders/parse-schedule.ts';
import type { Schedule } from '../../core/keys/reminders/schedule.ts';

const maxBytes = 1_048_576;
const fileMode = 0o600;

export type ReminderFile = {
  /** Null where there is none. */
  readonly read: () => Result<Schedule | null>;
  readonly write: (schedule: Schedule) => Result<undefined>;
  /** Removes it, unless it is something else. */
  readonly remove: () => void;
  readonly problem: () => AppError | null;
};

export const createReminderFile = (files: Files, path: string): ReminderFile => {
  const unreadable = (why: string): Result<never> =>
    fail(
      'bad-input',
      `The reminders beside the vault cannot be read: ${why}. Nothing is told while the vault is locked.`,
      `Delete ${path}: it is written again at the next unlock.`,
      { file: path },
    );

  const decode = (bytes: Uint8Array): string | null => {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
      return null;
    }
  };

  const read = (): Result<Schedule | null> => {
    if (!files.exists(path)) return ok(null);
    const bytes = files.read(path, maxBytes);
    if (!bytes.ok) return unreadable(bytes.error.message);
    const text = decode(bytes.value);
    const schedule = text === null ? null : parseSchedule(text);
    return schedule === null ? unreadable('it is no schedule of this version') : ok(schedule);
  };

  return {
    read,
    write: (schedule) => {
      const there = read();
      if (!there.ok) return there;
      return files.writeAtomic(path, new TextEncoder().encode(writeSchedule(schedule)), fileMode);
    },
    remove: () => {
      const there = read();
      if (there.ok && there.value !== null) files.remove(path);
    },
    problem: () => {
      const there = read();
      return there.ok ? null : there.error;
    },
  };
};
