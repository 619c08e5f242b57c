// When what stands outside the vault is written and looked at: after changes, not after each; at a lock; whatever the clock does.
import { describe, expect, it } from 'vitest';
import { createDueKeeper } from '../../../src/agent/due/due-keeper.ts';
import type { Session } from '../../../src/agent/session.ts';
import { ok } from '../../../src/core/model/result.ts';
import { dueDesk } from '../../support/due-desk.ts';

const start = Date.UTC(2026, 10, 22, 12);
const minute = 60_000;

const make = (tells = true) => {
  const state = { nowMs: start, isOpen: true, isEnded: false };
  const done: string[] = [];
  const { work } = dueDesk();
  const session = { dueWork: () => work(state.nowMs), ended: () => state.isEnded } as unknown as Session;
  const keeper = createDueKeeper({
    clock: { nowMs: () => state.nowMs },
    session: () => (state.isOpen ? session : null),
    settings: () => ({ calendarFile: null }),
    reminders: {
      look: () => done.push('look'),
      keep: () => done.push('keep'),
      takeSnoozes: () => ok(undefined),
      read: () => [],
      snooze: () => ok(undefined),
      problem: () => null,
    },
    calendar: { keep: () => undefined, problem: () => null },
    tells,
  });
  const tick = (afterMs: number): string[] => {
    state.nowMs += afterMs;
    keeper.tick();
    return done.splice(0);
  };
  return { state, keeper, session, tick, take: () => done.splice(0) };
};

describe('what stands outside the vault', () => {
  it('is written at the unlock, hourly, and looked at each minute', () => {
    const { keeper, tick } = make();
    keeper.opened();
    expect(tick(0)).toEqual(['keep', 'look']);
    expect(tick(59_000)).toEqual([]);
    expect(tick(1_000)).toEqual(['look']);
    expect(tick(60 * minute)).toEqual(['keep', 'look']);
  });

  it('is written once for many changes, and whole at the lock', () => {
    const { keeper, session, tick, take } = make();
    tick(0);
    for (let change = 0; change < 5; change += 1) {
      keeper.changed();
      expect(tick(500)).toEqual([]);
    }
    expect(tick(500)).toEqual(['keep', 'look']);
    keeper.changed();
    expect(tick(100)).toEqual([]);
    keeper.settle(session);
    expect(take()).toEqual(['keep']);
    keeper.settle(session);
    expect(take()).toEqual([]);
  });

  it.each([-10 * minute, -400 * 24 * 60 * minute, 400 * 24 * 60 * minute])(
    'is looked at once when the clock jumps by %i ms, and then as ever',
    (jump) => {
      const { state, tick } = make();
      state.isOpen = false;
      expect(tick(0)).toEqual(['look']);
      expect(tick(jump)).toEqual(['look']);
      expect(tick(1_000)).toEqual([]);
      expect(tick(minute)).toEqual(['look']);
    },
  );

  it('is kept by a command line that changed something, and looked at by none', () => {
    const { keeper, tick, state } = make(false);
    keeper.opened();
    expect(tick(10 * minute)).toEqual([]);
    keeper.changed();
    expect(tick(0)).toEqual(['keep']);
    state.isOpen = false;
    keeper.changed();
    expect(tick(10 * minute)).toEqual([]);
  });

  it('is left alone once the session has ended', () => {
    const { keeper, session, state, take } = make();
    keeper.changed();
    state.isEnded = true;
    keeper.settle(session);
    expect(take()).toEqual([]);
  });
});
