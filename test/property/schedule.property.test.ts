// Checks on their own, whatever the clock does: each key about once a day, none twice in a row, none never.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withAnswer, type Asked } from '../../src/core/keys/checks/log.ts';
import { nextAskMs, ownTimeMs, type LastAsked } from '../../src/core/keys/checks/schedule.ts';
import type { KeyLog } from '../../src/core/model/key-log.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const epoch = Date.UTC(2026, 0, 1);
const hash = fc.stringMatching(/^[0-9a-f]{32}$/);
const states = ['valid', 'invalid', 'unreachable'] as const;

/** Looks once a minute at most, as the agent does, and asks where it is due. */
const live = (
  ownMs: number,
  addedAtMs: number,
  ticks: readonly { readonly nowMs: number; readonly state: (typeof states)[number] }[],
): number[] => {
  let last: LastAsked | undefined;
  const asked: number[] = [];
  for (const { nowMs, state } of ticks) {
    if (nextAskMs(ownMs, last, addedAtMs, nowMs) > nowMs) continue;
    asked.push(nowMs);
    last = { state, toMs: nowMs };
  }
  return asked;
};

describe('the time of a key', () => {
  it('lies within the day, and 10,000 keys are spread over it', () => {
    fc.assert(
      fc.property(hash, (text) => {
        const time = ownTimeMs(text);
        expect(time).toBeGreaterThanOrEqual(0);
        expect(time).toBeLessThan(dayMs);
      }),
    );
    const perHour = Array.from({ length: 24 }, () => 0);
    for (const text of fc.sample(hash, { numRuns: 2_000, seed: 7 }))
      perHour[Math.floor(ownTimeMs(text) / hourMs)]! += 1;
    expect(Math.max(...perHour)).toBeLessThan(200);
  });
});

describe('a key that is looked at all the time', () => {
  const minutes = (days: number, state: (typeof states)[number]) =>
    Array.from({ length: days * 24 * 6 }, (_, at) => ({ nowMs: epoch + at * 600_000, state }));

  it('is asked once a day while it answers', () => {
    fc.assert(
      fc.property(fc.nat(dayMs - 1), (ownMs) => {
        const asked = live(ownMs, epoch, minutes(10, 'valid'));
        expect(asked.length).toBeGreaterThanOrEqual(9);
        expect(asked.length).toBeLessThanOrEqual(10);
        asked.slice(1).forEach((time, at) => expect(time - asked[at]!).toBe(dayMs));
      }),
      { numRuns: 30 },
    );
  });

  it('is asked every four hours while its provider is silent', () => {
    const asked = live(0, epoch, minutes(3, 'unreachable'));
    asked.slice(1).forEach((time, at) => expect(time - asked[at]!).toBe(4 * hourMs));
  });
});

describe('a clock that jumps', () => {
  const jump = fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 1, max: 90 * 60_000 }) },
    { weight: 1, arbitrary: fc.integer({ min: -400 * dayMs, max: -1 }) },
    { weight: 1, arbitrary: fc.integer({ min: dayMs, max: 400 * dayMs }) },
  );
  const steps = fc.array(fc.record({ byMs: jump, state: fc.constantFrom(...states) }), {
    minLength: 1,
    maxLength: 200,
  });

  it('asks no key more than once for each day, silence or step back', () => {
    fc.assert(
      fc.property(fc.nat(dayMs - 1), steps, (ownMs, all) => {
        let nowMs = epoch + 500 * dayMs;
        const ticks = all.map(({ byMs, state }) => ({ nowMs: (nowMs += byMs), state }));
        let last: LastAsked | undefined;
        for (const { nowMs: time, state } of ticks) {
          const next = nextAskMs(ownMs, last, epoch, time);
          if (next > time) continue;
          if (last !== undefined && time >= last.toMs)
            expect(time - last.toMs).toBeGreaterThanOrEqual(4 * hourMs);
          last = { state, toMs: time };
          // Having been asked, it is not due again at the same moment, wherever the clock stands.
          expect(nextAskMs(ownMs, last, epoch, time)).toBeGreaterThan(time);
        }
      }),
    );
  });

  it('leaves no key unasked: within 30 hours of a steady clock its turn comes', () => {
    fc.assert(
      fc.property(
        fc.nat(dayMs - 1),
        fc.integer({ min: -400, max: 400 }),
        fc.constantFrom(...states),
        (ownMs, days, state) => {
          const nowMs = epoch + 500 * dayMs;
          const last: LastAsked = { state, toMs: nowMs + days * dayMs };
          const asked = live(
            ownMs,
            epoch,
            Array.from({ length: 31 }, (_, at) => ({ nowMs: nowMs + at * hourMs, state })),
          );
          expect(asked.length).toBeGreaterThan(0);
          expect(nextAskMs(ownMs, last, epoch, nowMs)).toBeLessThanOrEqual(nowMs + 30 * hourMs);
        },
      ),
    );
  });

  it('leaves a log that can be read: no run ends before it began, and its times lie in it', () => {
    const asked = (atMs: number, state: (typeof states)[number]): Asked => ({
      keyId: '1'.repeat(32),
      versionId: '2'.repeat(32),
      state,
      reason: 'r',
      next: 'n',
      httpStatus: null,
      atMs,
      told: [],
    });
    fc.assert(
      fc.property(steps, (all) => {
        let nowMs = epoch + 500 * dayMs;
        let log: KeyLog | undefined;
        for (const { byMs, state } of all) log = withAnswer(log, asked((nowMs += byMs), state));
        for (const run of log!.runs) {
          expect(run.fromMs).toBeLessThanOrEqual(run.toMs);
          expect(run.timesMs.length).toBeLessThanOrEqual(200);
          expect(run.timesMs.length).toBeGreaterThan(0);
          for (const time of run.timesMs) expect(time).toBeLessThanOrEqual(run.toMs);
        }
        expect(log!.runs.length).toBeLessThanOrEqual(60);
      }),
    );
  });
});
