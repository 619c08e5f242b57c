// What the turn files of guided providers promise, held against the providers' own files: nobody is left without a way, limits and classes
// are the same ones, and what only a person can do is said.
import { describe, expect, it } from 'vitest';
import { findProvider } from '../../../../src/core/providers/catalogue.ts';
import { builtInProviders } from '../../../../src/core/providers/provider-list.ts';
import { turnFor, waysFor } from '../../../../src/core/providers/turning/turn-catalogue.ts';
import { builtInTurns } from '../../../../src/core/providers/turning/turn-list.ts';

const turns = builtInTurns.map((turn) => [turn.provider, turn] as const);
const guidedOnly = turns.filter(([, { ways }]) => ways.every(({ shape }) => shape === 'guided'));

describe('every provider', () => {
  it.each(builtInProviders.map(({ id }) => id))(
    '%s is turned by its file, or by its guide to the end',
    (id) => {
      const steps = findProvider(id)?.rotation.steps.map((step) => step.id) ?? [];
      const ways = turnFor(id)?.ways ?? [];
      const isLed = ['create', 'verify', 'revoke', 'prove'].every((step) => steps.includes(step as never));
      expect(ways.length > 0 || isLed).toBe(true);
      // Where no way fits a format, the guide does.
      const formats = findProvider(id)?.formats ?? [];
      for (const format of formats)
        if (ways.length === 0 || waysFor(turnFor(id)!, new Set([format.id])).length === 0)
          expect(isLed, format.id).toBe(true);
    },
  );

  it.each(turns)('%s names formats and managers that there are', (id, { ways }) => {
    const known = new Set(findProvider(id)?.formats.map((format) => format.id));
    for (const { formats = [], manager } of ways) {
      for (const format of formats) expect(known).toContain(format);
      if (manager !== 'self')
        for (const other of manager.providers) expect(findProvider(other)).toBeDefined();
    }
  });
});

describe('guided in the portal', () => {
  it.each(guidedOnly)('%s says who may do it, and its limit is the provider’s own', (id, { ways }) => {
    const provider = findProvider(id)!;
    const limit = provider.limits.find(({ approximate }) => !approximate);
    for (const way of ways) {
      expect(way.permission.length).toBeGreaterThan(10);
      expect(way.make).toBeUndefined();
      if (way.quota !== undefined && limit !== undefined) expect(way.quota).toBe(limit.max);
    }
  });

  it.each(turns.filter(([, { ways }]) => ways.some(({ shape }) => shape === 'chain' || shape === 'swap')))(
    '%s says what ends at once is not revoked, and how access comes back',
    (_, { ways }) => {
      for (const way of ways.filter(({ shape }) => shape === 'chain' || shape === 'swap')) {
        expect(way.revoke).toEqual([]);
        expect(way.wayBack?.length ?? 0).toBeGreaterThan(20);
      }
    },
  );

  it('Circle Mint: ten keys, and a ticket for keys of limited access, with days', () => {
    const turn = turnFor('circle-mint')!;
    expect(turn.ways[0]?.quota).toBe(10);
    const classes = new Set(findProvider('circle-mint')?.classes.map((entry) => entry.id));
    for (const id of turn.assistance?.classes ?? []) expect(classes).toContain(id);
    expect(turn.assistance?.classes).toEqual(['restricted', 'read-only']);
    expect(turn.assistance?.days).toBeGreaterThan(0);
    expect(turn.assistance?.who).toMatch(/representative/);
  });

  it('the Console of Circle needs nobody: restricted access is chosen there', () => {
    expect(turnFor('circle-w3s')?.assistance).toBeUndefined();
  });

  it('Appcircle proposes the same day, which prolongs nothing', () => {
    expect(turnFor('appcircle')?.ways[0]?.expiry).toBe('same-day');
    expect(findProvider('appcircle')?.rotation.steps[0]?.text).toMatch(/same date does not last longer/);
  });

  it('a personal key of Appcircle has no place for a second one', () => {
    expect(turnFor('appcircle-pak')?.ways[0]?.quota).toBe(1);
    expect(findProvider('appcircle-pak')?.rotation.overlap).toBe(false);
  });

  it('Circa promises that a revoked key is refused at once', () => {
    expect(turnFor('circa')?.ways[0]?.patience).toEqual({ newSeconds: 0, oldSeconds: 0 });
  });

  it('GitLab’s call is never repeatable, and its date is always given', () => {
    for (const { make, reuseKills } of turnFor('gitlab')!.ways) {
      expect(reuseKills).toBe(true);
      expect(make?.call).toMatchObject({ repeatable: false, body: { value: { expires_at: '{expiresOn}' } } });
    }
  });

  it('GitHub is asked without a login, and Stripe’s preview is a fact and no call', () => {
    expect(turnFor('github-pat')?.ways[0]?.revoke?.[0]).toMatchObject({ by: 'nobody' });
    expect(turnFor('stripe')?.ways[0]?.revoke).toBeUndefined();
    expect(turnFor('stripe')?.facts.find(({ id }) => id === 'preview')?.uncertain).toBe(true);
  });
});
