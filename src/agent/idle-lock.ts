// Locks when nobody has asked for anything for a while. Compares wall time at every tick instead of trusting one long timer:
// a machine that slept wakes up past its time and is locked at once, whatever the timers did meanwhile.
import type { Clock } from '../core/ports.ts';

const tickMs = 1_000;

export type IdleLock = {
  /** Somebody is there. */
  readonly touch: () => void;
  /** Begins or ends counting; minutes may change while it runs, 0 never locks. */
  readonly set: (running: boolean, minutes: number) => void;
  /** When the lock will fall if nothing happens; null where it will not. */
  readonly dueAtMs: () => number | null;
  readonly stop: () => void;
};

export const createIdleLock = (clock: Clock, onDue: () => void): IdleLock => {
  let lastMs = clock.nowMs();
  let lastTickMs = lastMs;
  let idleMs = 0;
  let running = false;

  const dueAtMs = (): number | null => (running && idleMs > 0 ? lastMs + idleMs : null);

  const tick = (): void => {
    const nowMs = clock.nowMs();
    // Set back by hand or by the network: what has been counted stays counted, and the rest is not prolonged.
    if (nowMs < lastTickMs) lastMs -= lastTickMs - nowMs;
    lastTickMs = nowMs;
    const due = dueAtMs();
    if (due !== null && nowMs >= due) {
      running = false;
      onDue();
    }
  };

  const timer = setInterval(tick, tickMs);
  timer.unref();
  return {
    touch: () => {
      tick();
      lastMs = clock.nowMs();
      lastTickMs = lastMs;
    },
    set: (nowRunning, minutes) => {
      if (nowRunning && !running) {
        lastMs = clock.nowMs();
        lastTickMs = lastMs;
      }
      running = nowRunning;
      idleMs = minutes * 60_000;
    },
    dueAtMs,
    stop: () => {
      clearInterval(timer);
    },
  };
};
