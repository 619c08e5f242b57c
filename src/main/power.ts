// Locks when the person leaves the machine: screen locked, sleep, another user's turn, shutdown. Which of them lock is the
// person's choice; the system's events are only told here, once.
import type { Settings } from '../core/model/settings.ts';

export const lockTriggers = {
  'lock-screen': (settings: Settings) => settings.lockOnSystemLock,
  'user-did-resign-active': (settings: Settings) => settings.lockOnSystemLock,
  suspend: (settings: Settings) => settings.lockOnSleep,
  /** Nobody chooses to stay unlocked through a shutdown. */
  shutdown: () => true,
} as const satisfies Readonly<Record<string, (settings: Settings) => boolean>>;

export type LockTrigger = keyof typeof lockTriggers;

/** As much of Electron's powerMonitor as is used. */
export type PowerEvents = { on(event: LockTrigger, listener: () => void): unknown };

/** Connects the system's events to the lock. */
export const lockOnPowerEvents = (
  power: PowerEvents,
  settings: () => Settings,
  lock: (trigger: LockTrigger) => void,
): void => {
  for (const trigger of Object.keys(lockTriggers) as readonly LockTrigger[]) {
    power.on(trigger, () => {
      if (lockTriggers[trigger](settings())) lock(trigger);
    });
  }
};
