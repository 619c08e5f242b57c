// Severity is a sum of facts: a worse fact never makes a finding look better, and every judgement says why.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeKinds, severities, type Finding } from '../../../src/core/model/finding.ts';
import { judgeFinding, worse, type ValueFacts } from '../../../src/core/leaks/severity.ts';
import { aPlace, noFacts } from '../../support/findings.ts';

type Subject = Pick<Finding, 'kind' | 'place' | 'facts'>;
const subject = (over: Partial<Subject> = {}): Subject => ({
  kind: 'live',
  place: aPlace,
  facts: noFacts,
  ...over,
});
const value = (over: Partial<ValueFacts> = {}): ValueFacts => ({ movesMoney: false, alive: null, ...over });
const rank = (severity: Finding['facts'] | string): number => severities.indexOf(severity as never);

const aSubject = fc.record({
  kind: fc.constantFrom('live' as const, 'test' as const, 'unknown' as const),
  place: fc.constantFrom(...placeKinds).map((kind) => ({ ...aPlace, kind })),
  facts: fc.record({
    pushed: fc.constantFrom(true, false, null),
    publicRemote: fc.constantFrom(true, false, null),
    ignored: fc.constantFrom(true, false, null),
    synchronised: fc.constantFrom('Dropbox', null),
    othersCanRead: fc.constantFrom(true, false, null),
  }),
});
const aValue = fc.record({ movesMoney: fc.boolean(), alive: fc.constantFrom(true, false, null) });

describe('severity', () => {
  it('is critical for a live key that moves money in a public repository, and low for a dead one anywhere', () => {
    const pushed = subject({
      place: { ...aPlace, kind: 'commit' },
      facts: { ...noFacts, pushed: true, publicRemote: true },
    });
    expect(judgeFinding(pushed, value({ movesMoney: true, alive: true }))).toMatchObject({
      severity: 'critical',
      why: [
        'It was pushed to a repository that anybody may read.',
        'It is a live key.',
        'It can move money.',
        expect.any(String),
        expect.any(String),
      ],
    });
    expect(judgeFinding(pushed, value({ movesMoney: true, alive: false })).severity).toBe('low');
  });

  it('tells a test key in an ignored file from a live key in a log', () => {
    const ignored = subject({
      kind: 'test',
      place: { ...aPlace, kind: 'env-file' },
      facts: { ...noFacts, ignored: true },
    });
    expect(judgeFinding(ignored, value()).severity).toBe('low');
    expect(judgeFinding(subject({ place: { ...aPlace, kind: 'log' } }), value()).severity).toBe('high');
  });

  it('never gets better by a worse fact', () => {
    const worsenings: readonly ((facts: Finding['facts']) => Finding['facts'])[] = [
      (facts) => ({ ...facts, pushed: true }),
      (facts) => ({ ...facts, synchronised: 'Dropbox' }),
      (facts) => ({ ...facts, othersCanRead: true }),
    ];
    fc.assert(
      fc.property(aSubject, aValue, fc.constantFrom(...worsenings), (finding, facts, worsen) => {
        const before = judgeFinding(finding, facts).severity;
        const after = judgeFinding({ ...finding, facts: worsen(finding.facts) }, facts).severity;
        expect(rank(after)).toBeLessThanOrEqual(rank(before));
        expect(rank(judgeFinding(finding, { ...facts, movesMoney: true }).severity)).toBeLessThanOrEqual(
          rank(before),
        );
      }),
      { numRuns: 1_000 },
    );
  });

  it('gives a short, different sentence for each reason', () => {
    fc.assert(
      fc.property(aSubject, aValue, (finding, facts) => {
        const { why } = judgeFinding(finding, facts);
        expect(new Set(why).size).toBe(why.length);
        for (const words of why) expect(words).toMatch(/^[A-Z].{5,120}\.$/);
      }),
    );
  });

  it('takes the worse of two', () => {
    expect(worse('low', 'critical')).toBe('critical');
    expect(worse('high', 'medium')).toBe('high');
  });
});
