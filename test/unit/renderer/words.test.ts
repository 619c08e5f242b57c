/// <reference types="vite/client" />
// What the window says: times, days, states, and which groups of a recovery code it asks for.
import { describe, expect, test } from 'vitest';
import {
  ago,
  clockTime,
  counted,
  daysUntil,
  expiryWords,
  shortExpiry,
} from '../../../src/renderer/lib/time-words.ts';
import { keyMark } from '../../../src/renderer/lib/key-state.ts';
import type { KeySummary } from '../../../src/renderer/lib/types.ts';
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
    ['2026-11-21', 'expired yesterday', 'expired'],
    ['2026-11-19', 'expired 3 days ago', 'expired'],
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
  const status = (
    state: KeySummary['status']['state'],
    checkedAt: number | null = null,
  ): KeySummary['status'] => ({
    state,
    reason: 'wrong team',
    next: '',
    checkedAt,
    sinceMs: checkedAt,
    workedAtMs: null,
  });
  test.each([
    ['not-checked', null, 'unasked', 'not asked yet'],
    ['not-checked', '2026-11-27', 'expiring', 'expires in 5 days'],
    ['not-checked', '2026-11-01', 'expired', 'expired 21 days ago'],
    ['valid', '2027-11-27', 'works', 'works'],
    ['blocked', '2026-11-23', 'blocked', 'works, but not here: wrong team'],
    ['expired', '2026-11-19', 'expired', 'expired 3 days ago'],
    ['unreachable', null, 'silent', 'no answer'],
    ['malformed', null, 'refused', 'not shaped like a key'],
  ] as const)('%s until %s', (state, expiresOn, mark, word) => {
    expect(keyMark({ status: status(state), expiresOn }, now)).toEqual({ mark, word });
  });

  test('a refused key says since when', () => {
    expect(keyMark({ status: status('invalid', now - 3 * day), expiresOn: null }, now).word).toBe(
      'refused 3 days ago',
    );
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
