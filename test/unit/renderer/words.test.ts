/// <reference types="vite/client" />
// What the window says: times, days, states, and which groups of a recovery code it asks for.
import { describe, expect, test } from 'vitest';
import {
  ago,
  clockTime,
  counted,
  daysUntil,
  dayWords,
  expiryWords,
  inDaysWords,
  momentWords,
  shortExpiry,
  today,
} from '../../../src/renderer/lib/time-words.ts';
import { keyMark } from '../../../src/renderer/lib/key-state.ts';
import { countStates, parseQuery, stateOf, withState } from '../../../src/renderer/lib/key-filter.ts';
import { sampleSummary, type SampleFacts } from './sample-summary.ts';
import { askedGroups, groupsOf, sameGroup } from '../../../src/renderer/features/recovery/groups.ts';
import { changedVariables } from '../../../src/renderer/features/add/save-key.ts';
import { nearest, lockChoices } from '../../../src/renderer/features/settings/choices.ts';
import { tintOf } from '../../../src/renderer/ui/provider-tile.tsx';

const now = new Date(2026, 10, 22, 9, 30).getTime();
const minute = 60_000;
const day = 24 * 60 * minute;

describe('times', () => {
  test.each([
    [10_000, 'just now'],
    [4 * minute, '4 min ago'],
    [3 * 60 * minute, '3 h ago'],
    [30 * 60 * minute, 'yesterday'],
    [5 * day, '5 days ago'],
    [40 * day, '13 Oct'],
  ])('%d ms before', (passed, words) => {
    expect(ago(now - passed, now)).toBe(words);
  });

  test.each([
    [252_000, '4:12'],
    [900, '0:01'],
    [-5, '0:00'],
    [3_852_000, '1:04:12'],
  ])('%d ms left', (left, words) => {
    expect(clockTime(left)).toBe(words);
  });

  test.each([
    ['2026-11-22', 'expires today', 'today'],
    ['2026-11-23', 'expires tomorrow', '1 d'],
    ['2026-11-27', 'expires in 5 days', '5 d'],
    ['2026-11-21', 'expired yesterday', '1 d ago'],
    ['2026-11-19', 'expired 3 days ago', '3 d ago'],
    ['2027-04-22', 'expires on 22 Apr 2027', '5 mo'],
  ])('a key until %s', (until, words, short) => {
    expect(expiryWords(until, now)).toBe(words);
    expect(shortExpiry(until, now)).toBe(short);
  });

  test('days are those of the calendar, also across a change of the clocks', () => {
    expect(daysUntil('2027-03-29', new Date(2027, 2, 27, 23, 59).getTime())).toBe(2);
  });

  test('numbers carry their unit', () => {
    expect([counted(1, 'key'), counted(2, 'key'), counted(10_000, 'entry', 'entries')]).toEqual([
      '1 key',
      '2 keys',
      '10,000 entries',
    ]);
  });
});

describe('states', () => {
  const marked = (facts: SampleFacts): readonly string[] => {
    const { mark, word, short } = keyMark(sampleSummary('k', facts), now);
    return [mark, word, short];
  };

  test.each<readonly [SampleFacts, string, string, string]>([
    [{}, 'unasked', 'not asked yet', 'not asked'],
    [{ state: 'valid' }, 'works', 'works', 'works'],
    [{ state: 'not-checkable' }, 'unasked', 'cannot be asked', 'cannot ask'],
    [{ state: 'unreachable' }, 'silent', 'no answer', 'no answer'],
    [{ state: 'malformed' }, 'refused', 'not shaped like a key', 'wrong form'],
    [{ state: 'invalid', sinceMs: now - 3 * day }, 'refused', 'refused since Thursday', 'refused'],
    [
      { state: 'blocked', reason: 'The team is not one of its own. Ask for it.' },
      'blocked',
      'works, but not here: The team is not one of its own',
      'not here',
    ],
    [{ state: 'not-activated' }, 'waiting', 'waiting to be activated', 'waiting'],
    [{ state: 'expired', expiresOn: '2026-11-19' }, 'expired', 'expired 3 days ago', 'expired'],
    // The provider may say so before the date that was noted.
    [{ state: 'expired', expiresOn: '2026-12-19' }, 'expired', 'expired', 'expired'],
  ])('%o', (facts, ...shown) => {
    expect(marked(facts)).toEqual(shown);
  });

  test.each<readonly [SampleFacts, string, string]>([
    [{ state: 'valid', attention: ['expiring'], expiresOn: '2026-11-27' }, 'expiring', 'expires in 5 days'],
    [{ state: 'valid', attention: ['overdue'], rotateBy: '2026-11-12' }, 'overdue', 'turn it: due 12 Nov'],
    [{ attention: ['waiting'] }, 'waiting', 'waiting to be activated'],
    [
      { state: 'not-checked', attention: ['expired'], expiresOn: '2026-11-01' },
      'expired',
      'expired 21 days ago',
    ],
    // A date that draws near is no reason to hide that it is refused, or that nobody answers.
    [{ state: 'invalid', attention: ['expiring'], expiresOn: '2026-11-27' }, 'refused', 'refused'],
    [{ state: 'unreachable', attention: ['overdue'], rotateBy: '2026-11-12' }, 'silent', 'no answer'],
    [{ state: 'valid', attention: ['owner-left', 'unused'] }, 'works', 'works'],
    // What nobody has is of no use, whatever its provider said of it; that it is refused says more.
    [{ state: 'valid', attention: ['overdue', 'lost'] }, 'overdue', 'its value is lost'],
    [{ state: 'valid', silentSinceMs: now - day, attention: ['lost'] }, 'overdue', 'its value is lost'],
    [{ attention: ['waiting', 'lost'] }, 'overdue', 'its value is lost'],
    [{ state: 'invalid', attention: ['lost'] }, 'refused', 'refused'],
    // What was known before is no reason to hide that nobody answers any more; a refusal is.
    [{ state: 'valid', silentSinceMs: now - day }, 'silent', 'no answer since yesterday'],
    [{ state: 'invalid', silentSinceMs: now - day }, 'refused', 'refused'],
  ])('with what wants a person: %o', (facts, mark, word) => {
    expect(marked(facts).slice(0, 2)).toEqual([mark, word]);
  });

  test('the states that must be told apart at a glance have marks and words of their own', () => {
    const states = ['expired', 'invalid', 'blocked', 'unreachable', 'valid', 'not-activated'] as const;
    const all = states.map((state) => marked({ state }));
    expect(new Set(all.map(([mark]) => mark)).size).toBe(states.length);
    expect(new Set(all.map(([, , short]) => short)).size).toBe(states.length);
  });
});

describe('moments', () => {
  test.each([
    [2 * 60 * minute, 'today 07:30'],
    [day, 'yesterday 09:30'],
    [5 * day, 'Tuesday 09:30'],
    [6 * day, 'Monday 09:30'],
    [7 * day, '15 Nov 09:30'],
    [8 * day, '14 Nov 09:30'],
    [400 * day, '18 Oct 2025 09:30'],
    [-day, 'tomorrow 09:30'],
    [-2 * day, 'Tuesday 24 Nov 09:30'],
    [-6 * day, 'Saturday 28 Nov 09:30'],
    [-7 * day, '29 Nov 09:30'],
    [-400 * day, '27 Dec 2027 09:30'],
  ])('%d ms before', (passed, words) => {
    expect(momentWords(now - passed, now)).toBe(words);
  });

  test.each([dayWords, (atMs: number, nowMs: number) => ago(atMs, nowMs)])(
    'no two days read alike, whenever it is asked',
    (words) => {
      for (let hour = 0; hour < 24; hour += 3) {
        const asked = now + hour * 60 * minute;
        const said = new Map<string, string>();
        for (let hours = -24 * 30; hours <= (words === dayWords ? 24 * 30 : 0); hours += 1) {
          const atMs = asked + hours * 60 * minute;
          const text = words(atMs, asked);
          // Hours and minutes are counted, not days.
          if (/\b(?:h|min) ago$|^just now$/.test(text)) continue;
          const known = said.get(text) ?? today(atMs);
          expect(today(atMs), text).toBe(known);
          said.set(text, known);
        }
      }
    },
  );

  test.each([
    [0, 'today'],
    [1, 'tomorrow'],
    [-1, 'yesterday'],
    [5, 'in 5 days'],
    [-3, '3 days ago'],
  ])('%d days', (days, words) => {
    expect(inDaysWords(days)).toBe(words);
  });
});

describe('words of the find field', () => {
  const expired = sampleSummary('old', { state: 'expired', provider: 'circa', kind: 'live' });
  const overdue = sampleSummary('turn', { state: 'valid', attention: ['overdue'] });
  const lost = sampleSummary('gone', { state: 'invalid', attention: ['lost'] });
  const left = (query: string): readonly string[] => {
    const { fits } = parseQuery(query);
    return [expired, overdue, lost].filter((key) => fits?.(key) ?? true).map(({ name }) => name);
  };

  test.each([
    ['state:expired', ['old']],
    ['state:overdue', ['turn']],
    ['state:lost', ['gone']],
    ['state:refused', ['gone']],
    ['provider:circa kind:live', ['old']],
    ['provider:none', ['turn', 'gone']],
    ['state:works provider:circa', []],
    ['STATE:Expired', ['old']],
    ['plain words', ['old', 'turn', 'gone']],
  ])('%s', (query, names) => {
    expect(left(query)).toEqual(names);
  });

  test('what is left is sought as text; an unknown word and an address stay text', () => {
    expect(parseQuery('pay state:expired outs').text).toBe('pay outs');
    expect(parseQuery('state:nonsense https://x').text).toBe('state:nonsense https://x');
  });

  test('a chosen state takes the place of another, and goes away again', () => {
    expect(withState('pay state:expired', 'overdue')).toBe('state:overdue pay');
    expect(withState('state:overdue pay', null)).toBe('pay');
    expect([stateOf('pay state:overdue'), stateOf('state:nonsense')]).toEqual(['overdue', null]);
  });

  test('only filters that find something are offered, with their number', () => {
    expect(countStates([expired, overdue, overdue, lost])).toEqual([
      { word: 'refused', label: 'Refused', count: 1 },
      { word: 'expired', label: 'Expired', count: 1 },
      { word: 'lost', label: 'Value lost', count: 1 },
      { word: 'overdue', label: 'Due to be turned', count: 2 },
      { word: 'works', label: 'Works', count: 2 },
    ]);
  });
});

describe('a recovery code', () => {
  const code = 'AAAA-BBBB-CCCC-DDDD-EEEE-FFFF-GGGG-HHHH';
  test('is read in its groups, with or without dashes', () => {
    expect(groupsOf(code)).toHaveLength(8);
    expect(groupsOf(code.replaceAll('-', ''))).toEqual(groupsOf(code));
  });

  test('one group of each half is asked for', () => {
    const [first, second] = askedGroups(groupsOf(code));
    expect(first).toBeGreaterThanOrEqual(0);
    expect(first).toBeLessThan(4);
    expect(second).toBeGreaterThanOrEqual(4);
    expect(second).toBeLessThan(8);
  });

  test('case and blanks do not matter, another group does', () => {
    expect(sameGroup(' aaaa ', 'AAAA')).toBe(true);
    expect(sameGroup('AAAB', 'AAAA')).toBe(false);
    expect(sameGroup('', undefined)).toBe(false);
  });
});

describe('small decisions', () => {
  test('only variables that differ are sent; an empty one keeps the field out of exports', () => {
    const fields = [
      { name: 'secret', variable: 'A_KEY' },
      { name: 'teamId', variable: 'A_TEAM' },
      { name: 'name', variable: null },
    ];
    expect(changedVariables(fields, {})).toEqual({});
    expect(changedVariables(fields, { secret: 'A_KEY', teamId: ' ', name: 'A_NAME' })).toEqual({
      teamId: null,
      name: 'A_NAME',
    });
  });

  test('a lock time from elsewhere is shown by the nearest step, and never only for never', () => {
    expect([nearest(lockChoices, 7), nearest(lockChoices, 0), nearest(lockChoices, 1_440)]).toEqual([
      '5',
      '0',
      '240',
    ]);
  });

  test('near names have tiles that are told apart', () => {
    const ids = ['circle-mint', 'circle-w3s', 'circa', 'appcircle', 'appcircle-pak'];
    expect(new Set(ids.map(tintOf)).size).toBe(ids.length);
  });
});
