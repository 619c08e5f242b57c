// How the words of `due` and `care` are read: what is not meant so is an answer, never a guess.
import { describe, expect, it } from 'vitest';
import { parseWords } from '../../../src/cli/arguments.ts';
import { careOptions, changesFrom } from '../../../src/cli/commands/care-command.ts';
import { due, inWords } from '../../../src/cli/commands/due-command.ts';
import { parseDays } from '../../../src/cli/duration.ts';

const now = Date.UTC(2026, 10, 22, 12);
const day = 86_400_000;
const before = {
  scheduled: 'as-provided',
  leadDays: null,
  rotateEveryDays: null,
  ownDates: [{ label: 'contract ends', day: '2027-03-31' }],
  snoozedUntilMs: null,
  ownerLeft: false,
  lost: false,
  waiting: { who: 'a', what: 'b', sinceMs: 7 },
} as const;

const read = (...words: string[]): unknown => {
  const parsed = parseWords(['payouts', ...words], careOptions, 1);
  if (!parsed.ok) throw new Error(parsed.error.message);
  const changes = changesFrom(parsed.value, { ...before, ownDates: [...before.ownDates] }, now);
  return changes.ok ? changes.value : changes.error.kind;
};

describe('care', () => {
  it.each([
    [[], {}],
    [['--lead-days', '30, 14,7'], { leadDays: [30, 14, 7] }],
    [['--lead-days', 'none'], { leadDays: [] }],
    [['--lead-days', 'policy'], { leadDays: null }],
    [['--rotate-every', '90'], { rotateEveryDays: 90 }],
    [['--rotate-every', 'never'], { rotateEveryDays: 0 }],
    [['--rotate-every', 'policy'], { rotateEveryDays: null }],
    [['--owner-left', 'yes'], { ownerLeft: true }],
    [['--lost', 'yes'], { lost: true }],
    [['--lost', 'no', '--owner-left', 'no'], { lost: false, ownerLeft: false }],
    [['--waiting', 'none'], { waiting: null }],
    [
      ['--waiting', 'Circle: sign: the MSA'],
      { waiting: { who: 'Circle', what: 'sign: the MSA', sinceMs: 7 } },
    ],
    [['--snooze', '1d'], { snoozedUntilMs: now + day }],
    [['--snooze', 'off'], { snoozedUntilMs: null }],
    [['--snooze', '2027-01-02'], { snoozedUntilMs: new Date(2027, 0, 2).getTime() }],
    [['--scheduled', 'no'], { scheduled: 'no' }],
    [
      ['--own-date', 'a=b=2027-01-01', 'contract ends=2027-04-30'],
      {
        ownDates: [
          { label: 'contract ends', day: '2027-04-30' },
          { label: 'a=b', day: '2027-01-01' },
        ],
      },
    ],
    [['--own-date', 'contract ends='], { ownDates: [] }],
  ])('%j', (words, changes) => {
    expect(read(...words)).toEqual(changes);
  });

  it.each([
    [['--lead-days', '30;7']],
    [['--lead-days', '-1']],
    [['--own-date', 'no day']],
    [['--own-date', '=2027-01-01']],
    [['--own-date', 'x=1.1.2027']],
    [['--waiting', 'Circle']],
    [['--owner-left', 'perhaps']],
    [['--lost', 'maybe']],
    [['--snooze', 'later']],
    [['--rotate-every', '20y']],
    [['--scheduled', 'always']],
  ])('does not guess: %j', (words) => {
    expect(read(...words)).toBe('bad-input');
  });
});

describe('a span', () => {
  it.each([
    ['30d', 30],
    ['30', 30],
    ['2w', 14],
    ['6mo', 186],
    ['10y', 3_650],
    ['0d', 0],
    ['1h', 1],
    ['49h', 3],
    [' 5D ', 5],
  ])('%s is %i days', (text, days) => {
    expect(parseDays(text, '--within')).toEqual({ ok: true, value: days });
  });

  it.each(['', 'soon', '-1d', '1.5d', '11y', '1d2h', '99999'])('"%s" is none', (text) => {
    expect(parseDays(text, '--within')).toMatchObject({ ok: false, error: { kind: 'bad-input' } });
  });
});

describe('due', () => {
  it.each([
    [0, 'today'],
    [1, 'tomorrow'],
    [-1, 'yesterday'],
    [12, 'in 12 days'],
    [-3, '3 days ago'],
  ])('%i days is %s', (days, words) => {
    expect(inWords(days)).toBe(words);
  });

  it.each([[['--keep']], [['--names']], [['--within', 'soon']]])('does not guess: %j', async (words) => {
    const parsed = parseWords(words, due.options, 0);
    if (!parsed.ok) throw new Error(parsed.error.message);
    expect(await due.run({ words: parsed.value } as never)).toMatchObject({
      ok: false,
      error: { kind: 'bad-input' },
    });
  });
});
