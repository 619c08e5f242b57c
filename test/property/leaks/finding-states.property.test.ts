// The states of a finding, driven at random against a small model of the world: where the value stands, whether it is alive, what a person said.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/core/model/finding.ts';
import {
  accept,
  afterGone,
  afterLife,
  afterSeen,
  afterTime,
  reopen,
} from '../../../src/core/leaks/states.ts';
import { aFinding } from '../../support/findings.ts';
import { noon } from '../../support/key-book.ts';

type Event =
  | { readonly what: 'seen' | 'gone' | 'dies' | 'revives' | 'reopen' }
  | { readonly what: 'accept'; readonly forMs: number }
  | { readonly what: 'time'; readonly ms: number };

const anEvent: fc.Arbitrary<Event> = fc.oneof(
  fc
    .constantFrom('seen' as const, 'gone' as const, 'dies' as const, 'revives' as const, 'reopen' as const)
    .map((what) => ({ what })),
  fc.integer({ min: -5, max: 50 }).map((forMs) => ({ what: 'accept' as const, forMs })),
  fc.integer({ min: 0, max: 40 }).map((ms) => ({ what: 'time' as const, ms })),
);

type World = {
  there: boolean;
  dead: boolean;
  nowMs: number;
  returned: boolean;
  acceptedUntilMs: number | null;
};

const step = (finding: Finding, world: World, event: Event): Finding => {
  switch (event.what) {
    case 'seen': {
      const wasGone = !world.there;
      world.there = true;
      if (wasGone) {
        world.returned = true;
        world.acceptedUntilMs = null;
      }
      return afterSeen(finding, world.nowMs);
    }
    case 'gone':
      world.there = false;
      world.acceptedUntilMs = null;
      return afterGone(finding, world.dead, world.nowMs);
    case 'dies':
    case 'revives':
      world.dead = event.what === 'dies';
      return afterLife(finding, world.dead, world.nowMs);
    case 'accept': {
      const accepted = accept(finding, { reason: 'known', untilMs: world.nowMs + event.forMs }, world.nowMs);
      expect(accepted.ok).toBe(world.there && event.forMs > 0);
      if (!accepted.ok) return finding;
      world.acceptedUntilMs = world.nowMs + event.forMs;
      return accepted.value;
    }
    case 'reopen': {
      const opened = reopen(finding, world.nowMs);
      expect(opened.ok).toBe(finding.state === 'accepted');
      if (!opened.ok) return finding;
      world.acceptedUntilMs = null;
      world.returned = false;
      return opened.value;
    }
    case 'time':
      world.nowMs += event.ms;
  }
  return afterTime(finding, world.nowMs);
};

const expectTrue = (finding: Finding, before: Finding, world: World): void => {
  const holds = world.acceptedUntilMs !== null && world.acceptedUntilMs > world.nowMs;
  if (!world.there) expect(finding.state).toBe(world.dead ? 'resolved' : 'gone');
  else expect(['open', 'accepted', 'returned']).toContain(finding.state);
  // Dead alone resolves nothing; gone alone does not either.
  expect(finding.state === 'resolved').toBe(!world.there && world.dead);
  if (finding.state === 'accepted') expect(finding.accepted?.untilMs).toBe(world.acceptedUntilMs);
  else expect(finding.accepted).toBeNull();
  if (world.there && holds) expect(finding.state).toBe('accepted');
  expect(finding.firstSeenMs).toBe(before.firstSeenMs);
  expect(finding.lastSeenMs).toBeGreaterThanOrEqual(before.lastSeenMs);
  if (finding.state !== before.state) expect(finding.stateAtMs).toBe(world.nowMs);
};

describe('the states of a finding', () => {
  it('follow what is true of the value and what a person said, in whatever order it happens', () => {
    fc.assert(
      fc.property(fc.array(anEvent, { maxLength: 60 }), (events) => {
        const world: World = {
          there: true,
          dead: false,
          nowMs: noon,
          returned: false,
          acceptedUntilMs: null,
        };
        let finding = aFinding();
        for (const event of events) {
          const before = finding;
          finding = step(finding, world, event);
          expectTrue(finding, before, world);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('call what was gone and is seen again returned, never open as if it were new', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.array(fc.boolean(), { maxLength: 5 }), (dead, lives) => {
        let finding = afterGone(aFinding(), dead, noon + 1);
        for (const alive of lives) finding = afterLife(finding, !alive, noon + 2);
        expect(afterSeen(finding, noon + 3).state).toBe('returned');
      }),
    );
  });
});
