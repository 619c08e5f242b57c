// The machine's clock, as a port so that tests can own time.
import type { Clock } from '../core/ports.ts';

export const nodeClock = (): Clock => ({
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
});
