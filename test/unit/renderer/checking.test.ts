// What the window makes of answers, of what is due, and of names that are near one another.
import { describe, expect, test } from 'vitest';
import { checkSentence, sortResults } from '../../../src/renderer/features/checks/sort-results.ts';
import {
  askedSentence,
  lifePassed,
  sinceSentence,
} from '../../../src/renderer/features/checks/status-words.ts';
import { dueMark, groupDue, isPutOff, snoozeTimes } from '../../../src/renderer/features/due/due-groups.ts';
import { findProviders } from '../../../src/renderer/features/providers/provider-find.ts';
import type { CheckResult, DueEntry, KeySummary, ProviderEntry } from '../../../src/renderer/lib/types.ts';
import { sampleSummary, type SampleFacts } from './sample-summary.ts';

const now = new Date(2026, 10, 22, 9, 30).getTime();
const hour = 3_600_000;
const day = 24 * hour;

describe('a state over time', () => {
  const said = (facts: SampleFacts): string => sinceSentence(sampleSummary('k', facts).status, now);

  test.each<readonly [SampleFacts, string]>([
    [{ state: 'valid', sinceMs: now - 51 * day }, 'works since 2 Oct'],
    [{ state: 'invalid', sinceMs: now - 2 * day, workedAtMs: now - 5 * day }, 'worked until Tuesday 09:30'],
    [{ state: 'invalid', sinceMs: now - 2 * day }, 'so since Friday'],
    // What works elsewhere is seen to work each time that it is asked: that is no end.
    [{ state: 'blocked', sinceMs: now - 2 * day, workedAtMs: now }, 'so since Friday'],
    [{ state: 'blocked', sinceMs: now - 2 * day, workedAtMs: now - 3 * day }, 'worked until Thursday 09:30'],
    [{ state: 'expired', workedAtMs: now - 3 * hour }, 'worked until today 06:30'],
    [{ state: 'valid', silentSinceMs: now - hour, workedAtMs: now - 2 * hour }, 'worked until today 07:30'],
    [{ state: 'not-checked' }, ''],
  ])('%o', (facts, sentence) => {
    expect(said(facts)).toBe(sentence);
  });

  test('nobody has asked, or when somebody did', () => {
    const status = (checkedAt: number | null): KeySummary['status'] =>
      sampleSummary('k', { checkedAt }).status;
    expect([askedSentence(status(null), now), askedSentence(status(now - 3 * hour), now)]).toEqual([
      'never asked',
      'asked 3 h ago',
    ]);
  });

  test('how much of its time has passed stays between nothing and all', () => {
    expect(lifePassed(Date.parse('2026-11-12'), '2026-12-02', Date.parse('2026-11-22'))).toBe(0.5);
    expect(lifePassed(Date.parse('2026-11-12'), '2026-11-20', now)).toBe(1);
    expect(lifePassed(null, '2026-12-02', now)).toBeNull();
    expect(lifePassed(now, '2026-01-01', now)).toBeNull();
  });
});

const result = (
  name: string,
  before: CheckResult['before'],
  state: CheckResult['state'],
  differs: CheckResult['differs'] = [],
): CheckResult => ({
  id: name,
  name,
  provider: null,
  state,
  reason: '',
  next: '',
  httpStatus: null,
  checkedAt: now,
  before,
  expiresAt: null,
  scopes: [],
  differs,
});

describe('a check of all', () => {
  const results = [
    result('a', 'valid', 'valid'),
    result('b', 'not-checked', 'valid'),
    result('c', 'valid', 'invalid'),
    result('d', 'unreachable', 'unreachable'),
    result('e', 'valid', 'valid', ['expiresAt']),
    result('f', 'not-checked', 'expired'),
  ];

  test('tells what changed, what is still wrong, and what is as it was', () => {
    const { changed, broken, same } = sortResults(results);
    expect([changed, broken, same].map((each) => each.map(({ name }) => name))).toEqual([
      ['c', 'f', 'e'],
      ['d'],
      ['a', 'b'],
    ]);
  });

  test('ends in a sentence', () => {
    expect(checkSentence(results, false)).toBe(
      '6 keys asked: 3 work, 1 is refused, 1 has expired, 1 had no answer. 3 changed.',
    );
    expect(checkSentence([result('a', 'valid', 'valid')], true)).toBe(
      'Stopped. 1 key asked: 1 works. Nothing changed.',
    );
    expect(checkSentence([], true)).toBe('Stopped. No key was asked.');
  });
});

const due = (name: string, inDays: number, part: Partial<DueEntry> = {}): DueEntry => ({
  id: name,
  keyId: name,
  name,
  provider: null,
  kind: 'live',
  environmentIds: [],
  why: 'expires',
  what: 'expires',
  due: '2026-11-22',
  dueMs: now + inDays * day,
  inDays,
  now: true,
  snoozedUntilMs: null,
  ...part,
});

describe('what is due', () => {
  test('stands in stretches of time, soonest first, without what was put off', () => {
    const groups = groupDue(
      [
        due('week', 7),
        due('past', -3),
        due('off', 0, { snoozedUntilMs: now + 1 }),
        due('later', 31),
        due('older', -9),
        due('today', 0),
      ],
      now,
    );
    expect(groups.map(({ title, entries }) => [title, ...entries.map(({ name }) => name)])).toEqual([
      ['Past', 'older', 'past'],
      ['Today', 'today'],
      ['Within 7 days', 'week'],
      ['Later', 'later'],
    ]);
  });

  test('what was put off comes back by itself', () => {
    expect([
      isPutOff(due('a', 0, { snoozedUntilMs: now }), now),
      isPutOff(due('a', 0, { snoozedUntilMs: now + 1 }), now),
    ]).toEqual([false, true]);
  });

  test.each([
    ['expires', 3, 'expiring'],
    ['expires', -1, 'expired'],
    ['rotate', 3, 'overdue'],
    ['activate', 3, 'waiting'],
    ['date', 3, 'date'],
  ] as const)('%s in %d days wears %s', (why, inDays, mark) => {
    expect(dueMark({ why, inDays })).toBe(mark);
  });

  test('an hour is an hour, tomorrow is nine in the morning also across a change of the clocks', () => {
    const beforeChange = new Date(2027, 2, 27, 23, 59).getTime();
    const [inAnHour, tomorrow, week] = snoozeTimes(beforeChange).map(({ untilMs }) => untilMs);
    expect(inAnHour).toBe(beforeChange + hour);
    expect([new Date(tomorrow ?? 0).getDate(), new Date(tomorrow ?? 0).getHours()]).toEqual([28, 9]);
    expect([new Date(week ?? 0).getDate(), new Date(week ?? 0).getHours()]).toEqual([3, 9]);
  });
});

const provider = (
  id: string,
  name: string,
  domain: string,
  nearNames: ProviderEntry['nearNames'] = [],
): ProviderEntry => ({
  id,
  name,
  domain,
  monogram: 'Xx',
  category: 'saas',
  nearNames,
  check: true,
  rotate: 'guided',
  origin: 'built-in',
  keys: 0,
  configured: false,
});

describe('finding a provider', () => {
  const all = [
    provider('circle-mint', 'Circle Mint', 'circle.com', [
      { name: 'Circa', domain: 'circa.ai', difference: 'company data' },
      { name: 'Circleback', domain: 'circleback.ai', difference: 'meeting notes' },
    ]),
    provider('circleci', 'CircleCI', 'circleci.com'),
    provider('appcircle', 'Appcircle', 'appcircle.io'),
    provider('circa', 'Circa', 'circa.ai'),
    provider('stripe', 'Stripe', 'stripe.com'),
  ];
  const found = (query: string): readonly (readonly string[])[] => {
    const { named, near, onlyNames } = findProviders(all, query);
    return [named.map(({ id }) => id), near.map(({ entry }) => entry.id), onlyNames.map(({ name }) => name)];
  };

  test('a whole word names only what is called so; near names stand apart', () => {
    expect(found('circle')).toEqual([['circle-mint'], ['appcircle', 'circa', 'circleci'], ['Circleback']]);
    expect(found('Circa')).toEqual([['circa'], ['circle-mint'], []]);
    expect(found('circleci.com')).toEqual([['circleci'], [], []]);
  });

  test('the beginning of a word finds all that begin so', () => {
    expect(found('circ')[0]).toEqual(['circa', 'circle-mint', 'circleci']);
    expect(found('str')[0]).toEqual(['stripe']);
  });

  test('a name that is known only as one to be careful with is said', () => {
    expect(found('circleback')).toEqual([[], [], ['Circleback']]);
  });

  test('the difference is said from either side', () => {
    const { near } = findProviders(all, 'circa');
    expect(near[0]?.difference).toBe('company data');
  });

  test('nothing typed shows all by name; nonsense finds nothing', () => {
    expect(found('')[0]).toEqual(['appcircle', 'circa', 'circle-mint', 'circleci', 'stripe']);
    expect(found('zzz')).toEqual([[], [], []]);
  });
});
