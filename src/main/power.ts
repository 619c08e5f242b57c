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

type IdleState = 'active' | 'idle' | 'locked' | 'unknown';

/** How long a screen may be locked unnoticed. */
const lookEveryMs = 2_000;
/** The question wants a threshold for "idle", which nobody here asks about. */
const idleAfterSeconds = 86_400;

/**
 * Linux has no event for a locked screen, but tells when it is asked. Only the change counts: a desktop that says "locked"
 * for ever must not lock the vault for ever.
 */
export const lockOnScreenLock = (
  power: { getSystemIdleState(idleThreshold: number): IdleState },
  every: (ms: number, task: () => void) => void,
  settings: () => Settings,
  lock: (trigger: LockTrigger) => void,
): void => {
  let wasLocked = power.getSystemIdleState(idleAfterSeconds) === 'locked';
  every(lookEveryMs, () => {
    const isLocked = power.getSystemIdleState(idleAfterSeconds) === 'locked';
    if (isLocked && !wasLocked && lockTriggers['lock-screen'](settings())) lock('lock-screen');
    wasLocked = isLocked;
  });
};
