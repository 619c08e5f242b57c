// When the daily backup is looked after: a moment after unlocking, then every few minutes, and before a command's process ends. Between
// two calls, never during one; its failure is kept by backups.ts and stops nothing.
import type { Clock } from '../core/ports.ts';
import type { Backups } from './backups.ts';
import type { Mutex } from './mutex.ts';
import type { Session } from './session.ts';

/** Whoever has just unlocked is waiting for something else. */
const firstLookMs = 20_000;
const everyMs = 300_000;

type Parts = {
  readonly backups: Pick<Backups, 'daily'>;
  readonly exclusive: Mutex;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly session: () => Session | null;
};

export type DailyBackup = {
  /** To be called every second or so. */
  readonly tick: () => void;
  /** Looks at once. */
  readonly now: () => Promise<void>;
};

export const createDailyBackup = ({ backups, exclusive, clock, session }: Parts): DailyBackup => {
  let dueAtMs: number | null = null;

  const now = async (): Promise<void> => {
    if (session() === null) return;
    await exclusive(async () => {
      const mine = session();
      if (mine !== null && !mine.ended()) await backups.daily(mine.vault);
    });
  };

  return {
    now,
    tick: () => {
      if (session() === null) {
        dueAtMs = null;
        return;
      }
      const nowMs = clock.monotonicMs();
      dueAtMs ??= nowMs + firstLookMs;
      if (nowMs < dueAtMs) return;
      dueAtMs = nowMs + everyMs;
      void now();
    },
  };
};
