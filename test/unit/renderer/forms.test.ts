// What is typed into the forms about time and about providers becomes what is kept, or says which field is wrong and why.
import { describe, expect, test } from 'vitest';
import { careOf, formOf } from '../../../src/renderer/features/care/care-form.ts';
import { parseDays, parseLeadDays } from '../../../src/renderer/features/care/days.ts';
import { addressProblem } from '../../../src/renderer/features/providers/address.ts';
import {
  emptyPolicy,
  policyFormOf,
  policyWords,
  ruleOf,
} from '../../../src/renderer/features/settings/policy-form.ts';
import type { KeyCare, PolicyRule, ProjectView } from '../../../src/renderer/lib/types.ts';

describe('days', () => {
  test.each([
    ['30, 14 7;1', [30, 14, 7, 1]],
    ['1 30 1', [30, 1]],
    ['0', [0]],
    ['  ', null],
  ])('lead times “%s”', (typed, value) => {
    expect(parseLeadDays(typed)).toEqual({ ok: true, value });
  });

  test.each(['ten', '-1', '1.5', '3651', '30,x'])(
    '“%s” is no list of days, and the word that is wrong is named',
    (typed) => {
      const result = parseLeadDays(typed);
      expect(result.ok).toBe(false);
      expect(result.ok ? '' : result.message).toContain(typed.replace('30,', ''));
    },
  );

  test.each([
    ['', null],
    [' 90 ', 90],
    ['0', 0],
  ])('one number “%s”', (typed, value) => {
    expect(parseDays(typed)).toEqual({ ok: true, value });
  });

  test('a number that is none is refused', () => {
    expect([parseDays('soon').ok, parseDays('9999').ok]).toEqual([false, false]);
  });
});

const care: KeyCare = {
  scheduled: 'as-provided',
  leadDays: [30, 7],
  rotateEveryDays: 90,
  ownDates: [{ label: 'The contract ends', day: '2030-01-31' }],
  snoozedUntilMs: 5,
  ownerLeft: true,
  lost: true,
  waiting: { who: 'Circle support', what: 'enable the product', sinceMs: 1_000 },
};

describe('what to watch about a key', () => {
  test('what is opened and saved untouched stays as it was; it still waits since then', () => {
    const { scheduled: _scheduled, snoozedUntilMs: _snoozed, ...kept } = care;
    expect(careOf(formOf(care), care, 9_000)).toEqual({ ok: true, care: kept });
  });

  test('what begins to wait waits from now; what no longer waits forgets whom for', () => {
    const waits = careOf({ ...formOf({ ...care, waiting: null }), waits: true, who: ' Mei ' }, null, 9_000);
    expect(waits.ok && waits.care.waiting).toEqual({ who: 'Mei', what: '', sinceMs: 9_000 });
    const not = careOf({ ...formOf(care), waits: false }, care, 9_000);
    expect(not.ok && not.care.waiting).toBeNull();
  });

  test('the field that is wrong is named', () => {
    expect(careOf({ ...formOf(care), leadDays: 'often' }, care, 0)).toMatchObject({
      ok: false,
      field: 'leadDays',
    });
    expect(careOf({ ...formOf(care), rotateEveryDays: '-' }, care, 0)).toMatchObject({
      ok: false,
      field: 'rotateEveryDays',
    });
  });
});

const projects: readonly ProjectView[] = [
  {
    id: 'p',
    name: 'acme',
    keys: 0,
    environments: [
      { id: 'e', projectId: 'p', name: 'production', kind: 'production', order: 0, keys: 0, variables: 0 },
    ],
  },
];
const rule = (part: Partial<PolicyRule>): PolicyRule => ({
  projectId: null,
  environmentId: null,
  kind: null,
  leadDays: null,
  rotateEveryDays: null,
  unusedAfterDays: null,
  ...part,
});

describe('rules for many keys', () => {
  test.each([
    rule({ kind: 'live', rotateEveryDays: 90 }),
    rule({ projectId: 'p', leadDays: [14, 1] }),
    rule({ projectId: 'p', environmentId: 'e', kind: 'test', rotateEveryDays: 0, unusedAfterDays: 30 }),
  ])('survive being opened and saved: %o', (each) => {
    expect(ruleOf(policyFormOf(each))).toEqual({ ok: true, rule: each });
  });

  test('a rule that says nothing is refused', () => {
    expect(ruleOf({ ...emptyPolicy, rotateEveryDays: '' })).toMatchObject({
      ok: false,
      field: 'rotateEveryDays',
    });
  });

  test('are told in words', () => {
    expect(policyWords(rule({ kind: 'live', rotateEveryDays: 90, leadDays: [14, 1] }), projects)).toEqual([
      'Everywhere: live keys',
      'turned every 90 days; reminders 14, 1 days before',
    ]);
    expect(policyWords(rule({ projectId: 'p', environmentId: 'e', unusedAfterDays: 30 }), projects)).toEqual([
      'acme, production: all keys',
      'unused after 30 days',
    ]);
    expect(policyWords(rule({ projectId: 'gone', rotateEveryDays: 0 }), projects)[0]).toContain('gone');
  });
});

describe('a base URL', () => {
  test.each([
    '',
    'https://git.example.com/api',
    'http://localhost:3000',
    'http://127.0.0.1:80/x',
    'http://[::1]:9',
  ])('%s may be asked', (typed) => {
    expect(addressProblem(typed)).toBeNull();
  });

  test.each([
    ['git.example.com', /no address/],
    ['http://git.example.com', /https/],
    ['http://127.0.0.1.example.com', /https/],
    ['ftp://localhost', /https/],
    ['https://me:word@git.example.com', /password/],
  ])('%s may not', (typed, why) => {
    expect(addressProblem(typed)).toMatch(why);
  });
});
