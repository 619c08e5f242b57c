// What the window makes of turns: their words, the dial, the order of the list, the plan's form, how a key is turned, the calendar.
import { describe, expect, test } from 'vitest';
import {
  layMonth,
  layMonths,
  monthFrom,
  nextDate,
} from '../../../src/renderer/features/turns/calendar-layout.ts';
import { closedPart, dialSize, layDial, nextMark } from '../../../src/renderer/features/turns/dial-layout.ts';
import {
  graceParts,
  lacking,
  localMoment,
  planInput,
  readGrace,
  readMoment,
  startInput,
  withWay,
} from '../../../src/renderer/features/turns/plan-form.ts';
import { careFormOf, careLines, readCare } from '../../../src/renderer/features/turns/turn-care-form.ts';
import { layTurns } from '../../../src/renderer/features/turns/turn-order.ts';
import {
  endWords,
  graceWords,
  leakLine,
  nowTitle,
  sentence,
  spanWords,
  stateLine,
  undoWords,
  untilLine,
} from '../../../src/renderer/features/turns/turn-words.ts';
import { needYou } from '../../../src/renderer/features/turns/turns-store.ts';
import type { TurnCare, TurnDate, TurnPlan, TurnStep, TurnView } from '../../../src/renderer/lib/types.ts';

const now = new Date(2026, 10, 22, 9, 30).getTime();
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const bothLive: readonly TurnStep[] = [
  'plan',
  'create',
  'keep',
  'test',
  'deliver',
  'promote',
  'grace',
  'revoke',
  'prove',
  'done',
];

/** A turn that stands at a step, everything before it done. */
const turnAt = (at: TurnStep, more: Partial<TurnView> = {}): TurnView => ({
  id: 'a'.repeat(32),
  keyId: 'b'.repeat(32),
  keyName: 'billing',
  projectId: 'c'.repeat(32),
  provider: 'circa',
  providerName: 'Circa',
  way: 'guided',
  shape: 'guided',
  order: 'overlap',
  reason: 'asked',
  by: 'app',
  state: 'running',
  waitsFor: '',
  againAtMs: null,
  step: at,
  steps: bothLive.map((step, index) => ({
    step,
    state: index < bothLive.indexOf(at) ? 'done' : index === bothLive.indexOf(at) ? 'now' : 'todo',
    atMs: index < bothLive.indexOf(at) ? now - hour : null,
    detail: '',
  })),
  tasks: [],
  journal: [],
  canUndo: true,
  canGiveUp: true,
  wantsValue: false,
  startedAtMs: now - day,
  graceUntilMs: null,
  foundAtMs: null,
  deadAtMs: null,
  outcome: null,
  ...more,
});

const over = (kind: NonNullable<TurnView['outcome']>['kind'], atMs = now): Partial<TurnView> => ({
  state: 'done',
  outcome: { kind, sentence: 'It is over.', next: '', atMs },
});

describe('words', () => {
  test.each([
    [20_000, 'less than a minute'],
    [12 * minute, '12 minutes'],
    [minute, '1 minute'],
    [3 * hour, '3 hours'],
    [7 * day, '7 days'],
  ])('%d ms', (ms, words) => expect(spanWords(ms)).toBe(words));

  test.each([
    [0, 'none'],
    [hour, '1 hour'],
    [36 * hour, '36 hours'],
    [day, '1 day'],
    [90 * minute, '90 minutes'],
  ])('a grace of %d ms', (ms, words) => expect(graceWords(ms)).toBe(words));

  test('one line says what it does, for whom it waits, until when', () => {
    expect(stateLine(turnAt('test'), now)).toBe('testing the new key…');
    const grace = turnAt('grace', { state: 'waiting', graceUntilMs: now + 5 * day });
    expect(stateLine(grace, now)).toBe('grace until Friday 27 Nov 09:30');
    expect(untilLine(grace, now)).toBe('until Friday 27 Nov 09:30');
    expect(nowTitle(grace)).toBe('Both keys live');
    const you = turnAt('create', { state: 'needs-you', waitsFor: 'make the new key in the portal' });
    expect(sentence(stateLine(you, now))).toBe('Make the new key in the portal.');
    expect(untilLine(you, now)).toBe('');
    const task = {
      id: 'd'.repeat(32),
      kind: 'ticket' as const,
      step: 'create' as const,
      title: 'Ask',
      detail: '',
      who: '',
      portal: null,
      dueOn: '2026-11-27',
      optional: false,
      doneAtMs: null,
    };
    expect(untilLine({ ...you, tasks: [task] }, now)).toBe('by Friday 27 Nov');
    expect(untilLine({ ...you, tasks: [{ ...task, optional: true }] }, now)).toBe('');
    expect(untilLine(turnAt('test', { state: 'waiting', againAtMs: now + hour }), now)).toBe(
      'looks again today 10:30',
    );
    expect(stateLine(turnAt('done', over('old-lives')), now)).toBe('turned, the old key lives on');
  });

  test('the time from finding to dead key is counted only for leaks, and never said twice', () => {
    expect(leakLine(turnAt('test'), now)).toBe('');
    expect(leakLine(turnAt('test', { foundAtMs: now - 12 * minute }), now)).toBe(
      'Found 12 minutes ago; the old key is not proven dead yet.',
    );
    const dead = { foundAtMs: now - hour, deadAtMs: now - 30 * minute };
    expect(leakLine(turnAt('create', dead), now)).toBe('From finding to dead key: 30 minutes.');
    expect(leakLine(turnAt('done', { ...dead, ...over('turned') }), now)).toBe('');
  });

  test('undo and end say what is true afterwards, wherever it stands', () => {
    expect(undoWords(turnAt('create'))).toEqual(['Nothing was made yet: everything stays as it is.']);
    expect(undoWords(turnAt('grace')).join(' ')).toContain('Env files get the old value again.');
    expect(undoWords(turnAt('test')).join(' ')).not.toContain('Env files');
    expect(undoWords(turnAt('test', { shape: 'overlap' })).at(-1)).toBe(
      'The new key is removed at the provider.',
    );
    expect(endWords(turnAt('create'))[0]).toBe('The old key stays the current one.');
    expect(endWords(turnAt('test'))[0]).toContain('stays among the versions');
    expect(endWords(turnAt('grace'))[0]).toBe('The new key stays the current one.');
    expect(endWords(turnAt('test', { shape: 'swap' }))[0]).toBe('The new key stays the current one.');
    expect(endWords(turnAt('grace'))[1]).toContain('is not revoked');
    expect(endWords(turnAt('prove'))[1]).toContain('Nobody asks any more');
  });
});

describe('the dial', () => {
  test('has a mark per step, the last at the top, and closes quarter by quarter', () => {
    const { marks, quarters } = layDial(turnAt('promote'));
    expect(marks.map(({ step }) => step)).toEqual(bothLive.slice(1, -1));
    expect(quarters).toBe(2);
    expect(marks.at(-1)).toMatchObject({ x: dialSize.width / 2, y: dialSize.height / 2 - dialSize.radius });
    expect(marks.find(({ step }) => step === 'deliver')).toMatchObject({
      x: dialSize.width / 2,
      y: dialSize.height / 2 + dialSize.radius,
      label: { anchor: 'middle' },
    });
    expect(layDial(turnAt('done')).quarters).toBe(4);
    expect(layDial(turnAt('plan')).quarters).toBe(0);
    expect(closedPart(turnAt('promote'))).toBe(0.5);
  });

  test('has fewer marks where the turn has fewer steps', () => {
    const swap = turnAt('test');
    const steps = swap.steps.filter(({ step }) => !['promote', 'grace', 'revoke'].includes(step));
    expect(layDial({ ...swap, steps }).marks).toHaveLength(5);
    expect(layDial({ ...swap, steps: [] })).toEqual({ marks: [], quarters: 0 });
  });

  test('no mark and no label stands outside the picture, and no two marks meet', () => {
    for (const count of [5, 7, 8]) {
      const turn = turnAt('test');
      const { marks } = layDial({ ...turn, steps: turn.steps.slice(1, count + 1) });
      for (const { x, y, label } of marks) {
        expect(x).toBeGreaterThan(10);
        expect(x).toBeLessThan(dialSize.width - 10);
        expect(y).toBeGreaterThan(10);
        expect(label.y).toBeGreaterThan(6);
        expect(label.y + 15).toBeLessThan(dialSize.height - 6);
      }
      marks.forEach((mark, index) => {
        const next = marks[(index + 1) % marks.length]!;
        expect(Math.hypot(mark.x - next.x, mark.y - next.y)).toBeGreaterThan(28);
      });
    }
  });

  test('what waits for a person is marked so, and only while it does', () => {
    const state = (turn: TurnView) => layDial(turn).marks.find(({ step }) => step === 'create')!.state;
    expect(state(turnAt('create', { state: 'needs-you' }))).toBe('you');
    expect(state(turnAt('create', { state: 'running' }))).toBe('now');
    expect(state(turnAt('test', { state: 'needs-you' }))).toBe('done');
  });

  test('arrow keys go round', () => {
    expect(nextMark(7, 8, 'ArrowRight')).toBe(0);
    expect(nextMark(0, 8, 'ArrowLeft')).toBe(7);
    expect(nextMark(3, 8, 'Home')).toBe(0);
    expect(nextMark(3, 8, 'End')).toBe(7);
    expect(nextMark(3, 8, 'a')).toBeNull();
    expect(nextMark(0, 0, 'ArrowRight')).toBeNull();
  });
});

test('what wants a person stands first, then what runs, then what waits; leaks before others; what is over by its end', () => {
  const named = (keyName: string, turn: TurnView): TurnView => ({ ...turn, keyName });
  const { open, ended } = layTurns([
    named('later', turnAt('grace', { state: 'waiting', graceUntilMs: now + 2 * day })),
    named('old', turnAt('done', over('turned', now - day))),
    named('runs', turnAt('test')),
    named('sooner', turnAt('grace', { state: 'waiting', graceUntilMs: now + day })),
    named('you', turnAt('create', { state: 'needs-you' })),
    named('new', turnAt('done', over('undone'))),
    named('leak', turnAt('create', { state: 'needs-you', reason: 'leak' })),
  ]);
  expect(open.map(({ keyName }) => keyName)).toEqual(['leak', 'you', 'runs', 'sooner', 'later']);
  expect(ended.map(({ keyName }) => keyName)).toEqual(['new', 'old']);
  expect(needYou(open)).toBe(2);
});

const plan = (more: Partial<TurnPlan> = {}): TurnPlan => ({
  keyId: 'b'.repeat(32),
  keyName: 'billing',
  provider: 'neon',
  providerName: 'Neon',
  way: 'personal',
  ways: [
    {
      id: 'personal',
      label: 'Its own',
      shape: 'overlap',
      permission: '',
      manager: null,
      inputs: [{ name: 'org', label: 'Organisation', help: '', required: true, value: '' }],
    },
  ],
  shape: 'overlap',
  order: 'overlap',
  managerKeyId: null,
  overlap: true,
  promise: '',
  consequences: [],
  blockers: [],
  steps: [],
  quota: null,
  choices: [],
  expiresOn: null,
  consumers: [],
  files: [],
  graceMs: hour,
  tasks: [],
  ...more,
});

describe('the plan', () => {
  test('asks only with what was chosen, and begins what was shown', () => {
    const { keyId } = plan();
    expect(planInput(keyId, { way: undefined, graceMs: 0, expiresOn: null })).toEqual({
      keyId,
      graceMs: 0,
      expiresOn: null,
    });
    expect(startInput(plan(), { removeFirst: 'x' }, null)).toEqual({
      keyId,
      removeFirst: 'x',
      way: 'personal',
      order: 'overlap',
      graceMs: hour,
    });
    expect(startInput(plan(), {}, { foundAtMs: 5 })).toMatchObject({ reason: 'leak', foundAtMs: 5 });
    expect(withWay({ order: 'overlap', graceMs: 5, oldRemoteId: 'x', inputs: { a: 'b' } }, 'other')).toEqual({
      way: 'other',
      order: 'overlap',
      graceMs: 5,
    });
  });

  test('says what must be chosen first', () => {
    const filled = { inputs: { org: 'acme' } };
    expect(lacking(plan(), {})).toBe('Fill in: Organisation.');
    expect(lacking(plan(), { inputs: { org: '  ' } })).toBe('Fill in: Organisation.');
    expect(lacking(plan(), filled)).toBe('');
    const choices = [{ id: '1', name: 'one', createdAt: '' }];
    expect(lacking(plan({ choices }), filled)).toBe('Say which key at Neon is the old one.');
    expect(lacking(plan({ choices }), { ...filled, oldRemoteId: '1' })).toBe('');
    expect(lacking(plan({ blockers: [{ message: 'No.', next: '' }] }), filled)).toContain('in the way');
  });

  test.each([
    ['36', 'hours', 36 * hour],
    [' 10 ', 'days', 10 * day],
    ['0', 'days', null],
    ['367', 'days', null],
    ['1.5', 'hours', null],
    ['', 'hours', null],
  ] as const)('a grace of "%s" %s', (text, unit, ms) => expect(readGrace(text, unit)).toBe(ms));

  test('lengths and moments come back as they were shown', () => {
    for (const ms of [hour, 36 * hour, 3 * day]) {
      const { count, unit } = graceParts(ms);
      expect(readGrace(count, unit)).toBe(ms);
    }
    expect(readMoment(localMoment(now), now)).toBe(now);
    expect(readMoment(localMoment(now + day), now)).toBeNull();
    expect(readMoment('', now)).toBeNull();
  });
});

test('how a key is turned is kept as it was filled in, and refused where it is none', () => {
  const care: TurnCare = {
    keyId: 'b'.repeat(32),
    way: null,
    managerKeyId: null,
    inputs: { org: 'acme' },
    graceMs: day,
    unattended: true,
    beforeExpiryDays: 14,
    hours: { from: 22, to: 5 },
  };
  const form = careFormOf(care);
  expect(readCare(care.keyId, form)).toEqual({ ok: true, care });
  expect(readCare(care.keyId, { ...form, anyHour: true, beforeExpiry: ' ', inputs: { org: ' ' } })).toEqual({
    ok: true,
    care: { ...care, hours: null, beforeExpiryDays: null, inputs: {} },
  });
  expect(readCare(care.keyId, { ...form, beforeExpiry: 'soon' })).toMatchObject({ field: 'beforeExpiry' });
  expect(readCare(care.keyId, { ...form, beforeExpiry: '400' })).toMatchObject({ field: 'beforeExpiry' });
  expect(readCare(care.keyId, { ...form, from: '5', to: '5' })).toMatchObject({ field: 'hours' });
  expect(careLines(care, 'root')).toEqual([
    ['Done with', 'root'],
    ['Grace', '1 day'],
    ['By itself', 'yes: a due turn begins when nobody is there'],
    ['Before its end', '14 days'],
    ['In these hours', '22:00 to 05:00'],
  ]);
});

describe('the calendar', () => {
  const entry = (on: string, keyName = 'billing'): TurnDate => ({
    keyId: 'b'.repeat(32),
    keyName,
    projectId: 'c'.repeat(32),
    day: on,
    why: 'age',
    text: '',
    unattended: false,
    rotationId: null,
  });

  test('lays a month in whole weeks from Monday on, with every day once', () => {
    for (let by = 0; by < 30; by += 1) {
      const id = monthFrom('2026-11', by);
      const { weeks } = layMonth(id, new Map(), now);
      const days = weeks.flat();
      expect(days.length % 7).toBe(0);
      expect(new Set(days.map(({ day: each }) => each)).size).toBe(days.length);
      expect(new Date(`${days[0]!.day}T12:00:00`).getDay()).toBe(1);
      const [year, month] = id.split('-').map(Number);
      expect(days.filter(({ inMonth }) => inMonth)).toHaveLength(new Date(year!, month!, 0).getDate());
      expect(weeks.every((week) => week.some(({ inMonth }) => inMonth))).toBe(true);
    }
    expect(monthFrom('2026-11', 2)).toBe('2027-01');
    expect(monthFrom('2026-01', -1)).toBe('2025-12');
  });

  test('puts each date on its day and counts it in its month alone', () => {
    const months = layMonths(
      '2026-11',
      12,
      [entry('2026-11-30'), entry('2026-12-01', 'a'), entry('2026-12-01', 'b')],
      now,
    );
    expect(months.map(({ count }) => count)).toEqual([1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(months[0]!.label).toBe('November 2026');
    const today = months[0]!.weeks.flat().find(({ isToday }) => isToday);
    expect(today?.day).toBe('2026-11-22');
    const first = months[1]!.weeks.flat().find(({ day: each }) => each === '2026-12-01');
    expect(first?.entries.map(({ keyName }) => keyName)).toEqual(['a', 'b']);
  });

  test('arrow keys go along the days, and to the nearest mark of the next week that has any', () => {
    const spots = [
      { row: 1, column: 5 },
      { row: 3, column: 0 },
      { row: 3, column: 4 },
      { row: 7, column: 2 },
    ];
    expect(nextDate(spots, 0, 'ArrowRight')).toBe(1);
    expect(nextDate(spots, 0, 'ArrowLeft')).toBeNull();
    expect(nextDate(spots, 0, 'ArrowDown')).toBe(2);
    expect(nextDate(spots, 3, 'ArrowUp')).toBe(1);
    expect(nextDate(spots, 3, 'ArrowDown')).toBeNull();
    expect(nextDate(spots, 2, 'End')).toBe(3);
    expect(nextDate(spots, 2, 'Home')).toBe(0);
    expect(nextDate(spots, 2, 'x')).toBeNull();
    expect(nextDate([], 0, 'ArrowDown')).toBeNull();
  });
});
