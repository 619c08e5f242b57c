// The idle lock goes by the wall clock: sleep, clock changes and touches.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createIdleLock } from '../../../src/agent/idle-lock.ts';

const minute = 60_000;
let nowMs = 0;
let locked = 0;
const clock = { nowMs: () => nowMs, monotonicMs: () => nowMs };
const pass = (ms: number): void => {
  for (let left = ms; left > 0; left -= 1_000) {
    nowMs += Math.min(left, 1_000);
    vi.advanceTimersByTime(Math.min(left, 1_000));
  }
};

beforeEach(() => {
  vi.useFakeTimers();
  nowMs = 1_000_000;
  locked = 0;
});
afterEach(() => {
  vi.useRealTimers();
});

const make = (minutes: number): ReturnType<typeof createIdleLock> => {
  const lock = createIdleLock(clock, () => {
    locked += 1;
  });
  lock.set(true, minutes);
  return lock;
};

describe('the idle lock', () => {
  it('falls once its time has passed, and once only', () => {
    const lock = make(5);
    expect(lock.dueAtMs()).toBe(nowMs + 5 * minute);
    pass(5 * minute - 1_000);
    expect(locked).toBe(0);
    pass(2_000);
    expect(locked).toBe(1);
    pass(10 * minute);
    expect(locked).toBe(1);
    lock.stop();
  });

  it('is put off by a touch', () => {
    const lock = make(5);
    for (let round = 0; round < 5; round += 1) {
      pass(4 * minute);
      lock.touch();
    }
    expect(locked).toBe(0);
    pass(6 * minute);
    expect(locked).toBe(1);
    lock.stop();
  });

  it('falls at once after a sleep, even if somebody is there now', () => {
    const lock = make(5);
    nowMs += 60 * minute;
    lock.touch();
    expect(locked).toBe(1);
    lock.stop();
  });

  it('is not prolonged by a clock that is set back', () => {
    const lock = make(5);
    pass(4 * minute);
    nowMs -= 24 * 60 * minute;
    pass(2 * minute);
    expect(locked).toBe(1);
    lock.stop();
  });

  it('never falls where it is off or nothing is open', () => {
    const lock = make(0);
    expect(lock.dueAtMs()).toBeNull();
    pass(600 * minute);
    lock.set(false, 5);
    pass(600 * minute);
    expect(locked).toBe(0);
    lock.set(true, 1);
    pass(2 * minute);
    expect(locked).toBe(1);
    lock.stop();
  });
});
