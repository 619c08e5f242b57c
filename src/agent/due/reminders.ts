// Says in time what is due, locked or not: keeps the schedule outside the vault while the vault is open, and reads nothing else while it is
// not. It knows no name. docs/checking.md §5.
import { fail, type AppError } from '../../core/model/app-error.ts';
import type { KeyCare } from '../../core/model/key-log.ts';
import { ok, type Result } from '../../core/model/result.ts';
import type { Settings } from '../../core/model/settings.ts';
import type { Aead, Clock } from '../../core/ports.ts';
import { careForKey } from '../../core/keys/care.ts';
import { latestMs } from '../../core/keys/calendar.ts';
import { allDue, type Due } from '../../core/keys/due/due-list.ts';
import { makeSchedule, sameSchedule, snooze, type Schedule } from '../../core/keys/reminders/schedule.ts';
import {
  afterTelling,
  digestOf,
  isQuiet,
  untold,
  wanting,
  type Digest,
} from '../../core/keys/reminders/telling.ts';
import type { ScheduleEntry } from '../../core/keys/reminders/schedule.ts';
import type { Session } from '../session.ts';
import type { ReminderFile } from './reminder-file.ts';

export type Told = Digest & { readonly ids: string[] };
export type News = { readonly count: number; readonly ids: string[]; readonly news: Told | null };

export type ReminderParts = {
  readonly file: ReminderFile;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly aead: Pick<Aead, 'hash'>;
  readonly session: () => Session | null;
  readonly settings: () => Pick<Settings, 'reminders' | 'quietHours'>;
  /** Whether this process is one that a person hears: the app's. Others keep the schedule and tell nothing. */
  readonly tells: boolean;
  readonly emit: (news: News) => void;
};

export type Reminders = {
  /** What wants somebody now, after a look. */
  readonly read: () => readonly ScheduleEntry[];
  /** Tells what became due since the last look. */
  readonly look: () => void;
  /** Writes the schedule of the open vault, where it says something else than the file. */
  readonly keep: (session: Session, due: readonly Due[]) => void;
  /** Takes what was put off while the vault was locked into it. */
  readonly takeSnoozes: (session: Session, by: string) => Result<undefined>;
  /** Puts entries off. `not-found`, `bad-input`. */
  readonly snooze: (ids: readonly string[], untilMs: number, by: string) => Result<undefined>;
  readonly problem: () => AppError | null;
};

/** The most ids that an event carries; the count is always whole. */
const mostIds = 200;
const vaultBytes = 16;
const vaultDigits = 16;

const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

const snoozeKeys = (
  session: Session,
  by: string,
  untilOf: ReadonlyMap<string, number>,
): Result<undefined> => {
  const wanted = new Map<string, number>();
  for (const { id, held } of allDue(session.dueWork())) {
    const untilMs = untilOf.get(id);
    if (untilMs !== undefined) wanted.set(held.id, Math.max(untilMs, wanted.get(held.id) ?? 0));
  }
  if (wanted.size === 0)
    return fail('not-found', 'This reminder is no longer there.', 'Look at what is due.');
  for (const [keyId, snoozedUntilMs] of wanted) {
    const change: Pick<KeyCare, 'snoozedUntilMs'> = { snoozedUntilMs };
    const edit = careForKey(session.work(by), keyId, change);
    const done = edit.ok ? session.commit(edit.value) : edit;
    if (!done.ok) return done;
  }
  return ok(undefined);
};

export const createReminders = (parts: ReminderParts): Reminders => {
  const { file, clock } = parts;
  /** Null before the first look: whoever listens hears at once how things stand. */
  let saidBefore: string | null = null;
  /** A folder that cannot be written to must not make the same thing be told each minute. */
  let toldHere: Schedule['shown'] = [];

  const vaultMark = (session: Session): string =>
    toHex(
      parts.aead.hash(new TextEncoder().encode(`keyturn/reminders\0${session.vault.vaultId}`), vaultBytes),
    ).slice(0, vaultDigits);

  /** What may be used: not while reminders are off, and nothing of another vault than the open one. */
  const current = (): Schedule | null => {
    if (!parts.settings().reminders) return null;
    const read = file.read();
    if (!read.ok || read.value === null) return null;
    const session = parts.session();
    return session !== null && read.value.vault !== vaultMark(session) ? null : read.value;
  };

  const tell = (schedule: Schedule, nowMs: number): Told | null => {
    if (!parts.tells || isQuiet(parts.settings().quietHours, nowMs)) return null;
    const known = new Map(schedule.shown.map(({ id, upToMs }) => [id, upToMs]));
    for (const { id, upToMs } of toldHere) known.set(id, Math.max(upToMs, known.get(id) ?? -1));
    const ids = new Set(schedule.entries.map(({ id }) => id));
    const shown = [...known].filter(([id]) => ids.has(id)).map(([id, upToMs]) => ({ id, upToMs }));
    const entries = untold({ ...schedule, shown }, nowMs);
    if (entries.length === 0) return null;
    const next = afterTelling({ ...schedule, shown }, entries, nowMs);
    toldHere = next.shown;
    file.write(next);
    return { ...digestOf(entries, nowMs), ids: entries.slice(0, mostIds).map(({ id }) => id) };
  };

  const look = (): void => {
    const nowMs = clock.nowMs();
    if (!parts.settings().reminders) file.remove();
    const schedule = current();
    const entries = schedule === null ? [] : wanting(schedule, nowMs);
    const news = schedule === null ? null : tell(schedule, nowMs);
    const ids = entries.map(({ id }) => id);
    const said = ids.join(' ');
    if (news === null && said === saidBefore) return;
    saidBefore = said;
    parts.emit({ count: ids.length, ids: ids.slice(0, mostIds), news });
  };

  const snoozeLocked = (ids: readonly string[], untilMs: number): Result<undefined> => {
    const schedule = current();
    const next = schedule === null ? null : snooze(schedule, ids, untilMs);
    if (next === null || next.snoozed.every(({ id }) => !ids.includes(id)))
      return fail('not-found', 'This reminder is no longer there.', 'Look at what is due.');
    return file.write(next);
  };

  return {
    look,
    read: () => {
      look();
      const schedule = current();
      return schedule === null ? [] : wanting(schedule, clock.nowMs());
    },
    keep: (session, due) => {
      if (!parts.settings().reminders) {
        file.remove();
        return;
      }
      const read = file.read();
      if (!read.ok) return;
      const vault = vaultMark(session);
      const before = read.value?.vault === vault ? read.value : null;
      const next = makeSchedule(due, vault, before, clock.nowMs());
      if (!sameSchedule(read.value, next)) file.write(next);
    },
    takeSnoozes: (session, by) => {
      const schedule = current();
      const nowMs = clock.nowMs();
      const open = (schedule?.snoozed ?? []).filter(({ taken, untilMs }) => !taken && untilMs > nowMs);
      if (schedule === null || open.length === 0) return ok(undefined);
      const taken = snoozeKeys(session, by, new Map(open.map(({ id, untilMs }) => [id, untilMs])));
      return taken.ok || taken.error.kind === 'not-found' ? ok(undefined) : taken;
    },
    snooze: (ids, untilMs, by) => {
      if (untilMs <= clock.nowMs() || untilMs >= latestMs)
        return fail(
          'bad-input',
          'That time has passed, or lies beyond the year 9999.',
          'Choose another one.',
          {
            field: 'untilMs',
          },
        );
      const session = parts.session();
      const done =
        session === null
          ? snoozeLocked(ids, untilMs)
          : snoozeKeys(session, by, new Map(ids.map((id) => [id, untilMs])));
      return done;
    },
    problem: () => (parts.settings().reminders ? file.problem() : null),
  };
};
