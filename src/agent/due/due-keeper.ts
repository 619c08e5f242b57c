// Keeps what stands outside the vault about dates up with it: the schedule and the calendar. After a change and at an unlock it is due
// for a look; between two calls, never during one. Looks at the schedule once a minute, and at once after a jump of the clock.
import type { Clock } from '../../core/ports.ts';
import { allDue } from '../../core/keys/due/due-list.ts';
import type { Settings } from '../../core/model/settings.ts';
import type { Session } from '../session.ts';
import type { KeptCalendar } from './calendar-file.ts';
import type { Reminders } from './reminders.ts';

const lookEveryMs = 60_000;
/** Of many changes in a row not each is written: a lock writes what is left. */
const keepEveryMs = 3_000;
/** What is within its lead time changes with the hour, whether anybody changes something or not. */
const refreshEveryMs = 3_600_000;

type Parts = {
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly session: () => Session | null;
  readonly settings: () => Pick<Settings, 'calendarFile'>;
  readonly reminders: Reminders;
  readonly calendar: KeptCalendar;
  /** Whether this process tells: then it also looks after what another one changed. */
  readonly tells: boolean;
};

export type DueKeeper = {
  /** Something changed in the vault or in the settings. */
  readonly changed: () => void;
  /** A vault was opened. */
  readonly opened: () => void;
  /** Keeps and looks at once. */
  readonly now: () => void;
  /** To be called every second or so. */
  readonly tick: () => void;
  /** Writes what changed before the vault is let go. */
  readonly settle: (session: Session) => void;
};

export const createDueKeeper = (parts: Parts): DueKeeper => {
  const { clock, reminders, calendar } = parts;
  let isBehind = false;
  let lookedAtMs = Number.NEGATIVE_INFINITY;
  let keptAtMs = Number.NEGATIVE_INFINITY;

  const passed = (sinceMs: number, spanMs: number): boolean => {
    const passedMs = clock.nowMs() - sinceMs;
    // Set back counts as passed: what was said about the time no longer holds.
    return passedMs >= spanMs || passedMs < 0;
  };

  const keep = (session: Session): void => {
    const nowMs = clock.nowMs();
    keptAtMs = nowMs;
    // What cannot be taken in stays where it is and is tried again at the next change.
    reminders.takeSnoozes(session, 'app');
    isBehind = false;
    const due = allDue(session.dueWork());
    reminders.keep(session, due);
    calendar.keep(parts.settings().calendarFile, due, nowMs);
  };

  return {
    changed: () => {
      isBehind = true;
    },
    opened: () => {
      if (parts.tells) isBehind = true;
    },
    tick: () => {
      const session = parts.session();
      const isOld = parts.tells && passed(keptAtMs, refreshEveryMs);
      const wasBehind = isBehind && (session === null || passed(keptAtMs, keepEveryMs));
      if (wasBehind) isBehind = false;
      if (session !== null && (wasBehind || isOld)) keep(session);
      if (!parts.tells || (!wasBehind && !passed(lookedAtMs, lookEveryMs))) return;
      lookedAtMs = clock.nowMs();
      reminders.look();
    },
    now: () => {
      const session = parts.session();
      if (session !== null) keep(session);
      lookedAtMs = clock.nowMs();
      reminders.look();
    },
    settle: (session) => {
      if (isBehind && !session.ended()) keep(session);
    },
  };
};
