// The schedule outside the vault: what it holds, what is said from it and when, whatever the clock does.
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { allDue, type Due } from '../../../src/core/keys/due/due-list.ts';
import { parseSchedule, writeSchedule } from '../../../src/core/keys/reminders/parse-schedule.ts';
import {
  limits,
  makeSchedule,
  sameSchedule,
  snooze,
  type Schedule,
  type ScheduleEntry,
} from '../../../src/core/keys/reminders/schedule.ts';
import {
  afterTelling,
  digestOf,
  isQuiet,
  untold,
  wanting,
} from '../../../src/core/keys/reminders/telling.ts';
import { dueDesk } from '../../support/due-desk.ts';

const at = (text: string): number => Date.parse(text);
const added = at('2026-11-01T12:00:00Z');
const hour = 3_600_000;
const day = 24 * hour;
const vault = '0123456789abcdef';
const before = process.env['TZ'];

beforeEach(() => {
  process.env['TZ'] = 'Europe/Berlin';
});
afterEach(() => {
  if (before === undefined) delete process.env['TZ'];
  else process.env['TZ'] = before;
});

const entry = (over: Partial<ScheduleEntry> = {}): ScheduleEntry => ({
  id: 'a'.repeat(32),
  kind: 'expires',
  day: '2026-12-04',
  atMs: [at('2026-11-26T10:00:00Z'), at('2026-12-03T10:00:00Z')],
  ...over,
});
const schedule = (...entries: ScheduleEntry[]): Schedule => ({
  version: 1,
  vault,
  writtenAtMs: 0,
  entries,
  shown: [],
  snoozed: [],
});
/** Looks and tells, as the agent does. */
const tell = (now: Schedule, nowMs: number): [ScheduleEntry[], Schedule] => {
  const told = [...untold(now, nowMs)];
  return [told, afterTelling(now, told, nowMs)];
};

describe('the schedule of a due list', () => {
  const dues = (): {
    readonly due: (nowMs: number) => readonly Due[];
    readonly made: ReturnType<typeof dueDesk>;
  } => {
    const made = dueDesk();
    made.key({ name: 'mail', kind: 'test', expiresOn: '2026-12-04' }, added);
    return { made, due: (nowMs) => allDue(made.work(nowMs)) };
  };

  it('holds ids, words, days and full hours, and nothing else', () => {
    const { due } = dues();
    const now = at('2026-11-22T08:12:34Z');
    const made = makeSchedule(due(now), vault, null, now);
    expect(made).toEqual({
      version: 1,
      vault,
      writtenAtMs: at('2026-11-22T09:00:00Z'),
      entries: [{ ...entry(), id: due(now)[0]?.id }],
      shown: [],
      snoozed: [],
    });
    expect(parseSchedule(writeSchedule(made))).toEqual(made);
    expect(sameSchedule(made, makeSchedule(due(now + 1), vault, made, now + day))).toBe(true);
  });

  it('takes what lies behind a new entry for known, and what lies behind an old one for missed', () => {
    const { due } = dues();
    const late = at('2026-11-28T08:00:00Z');
    const fresh = makeSchedule(due(late), vault, null, late);
    expect(untold(fresh, late)).toEqual([]);
    expect(wanting(fresh, late)).toHaveLength(1);
    const early = makeSchedule(due(added), vault, null, added);
    const missed = makeSchedule(due(late), vault, early, late);
    expect(untold(missed, late)).toHaveLength(1);
  });

  it('keeps what was told, and a snooze that ran out untold', () => {
    const { due } = dues();
    const early = makeSchedule(due(added), vault, null, added);
    const first = at('2026-11-26T12:00:00Z');
    const [, told] = tell(early, first);
    const put = snooze(told, [early.entries[0]?.id ?? ''], first + day);
    expect(untold(makeSchedule(due(first + hour), vault, told, first + hour), first + hour)).toEqual([]);
    const over = makeSchedule(due(first + 2 * day), vault, put, first + 2 * day);
    expect(untold(over, first + 2 * day)).toHaveLength(1);
  });

  it('is bounded: the nearest entries, the next times', () => {
    const made = dueDesk();
    const id = made.key({ name: 'mail', kind: 'test' }, added);
    const days = Array.from({ length: 700 }, (_, index) => ({
      label: `d${String(index)}`,
      day: new Date(added + (index + 1) * day).toISOString().slice(0, 10),
    }));
    made.care(id, { ownDates: days, leadDays: Array.from({ length: 100 }, (_, lead) => lead) });
    const result = makeSchedule(allDue(made.work(added)), vault, null, added);
    expect(result.entries).toHaveLength(limits.entries);
    expect(result.entries.every(({ atMs }) => atMs.length <= limits.times)).toBe(true);
    expect(Math.max(...result.entries.map((each) => at(each.day)))).toBeLessThan(added + 502 * day);
    expect(parseSchedule(writeSchedule(result))).toEqual(result);
  });
});

describe('what is written', () => {
  const anyDay = fc
    .integer({ min: at('0100-01-02T00:00:00Z'), max: at('9999-12-30T00:00:00Z') })
    .map((time) => new Date(time).toISOString().slice(0, 10));
  it('is always what is read again, whatever dates there are', () => {
    const made = dueDesk();
    const id = made.key({ name: 'mail', kind: 'live' }, added);
    fc.assert(
      fc.property(
        fc.uniqueArray(anyDay, { maxLength: 6 }),
        fc.uniqueArray(fc.nat(3_650), { maxLength: 20 }),
        fc.option(fc.integer({ min: 1, max: at('9999-12-30T00:00:00Z') })),
        fc.integer({ min: 0, max: at('9990-01-01T00:00:00Z') }),
        fc.constantFrom('UTC', 'Asia/Kolkata', 'America/Havana'),
        (days, leadDays, sinceMs, nowMs, zone) => {
          process.env['TZ'] = zone;
          made.care(
            id,
            {
              leadDays,
              rotateEveryDays: leadDays[0] ?? 0,
              ownDates: days.map((each) => ({ label: each, day: each })),
              waiting: sinceMs === null ? null : { who: 'a', what: 'b', sinceMs },
              snoozedUntilMs: sinceMs,
            },
            nowMs,
          );
          const due = allDue(made.work(nowMs));
          const first = makeSchedule(due, vault, null, nowMs);
          expect(parseSchedule(writeSchedule(first))).toEqual(first);
          const told = afterTelling(first, wanting(first, nowMs + 40 * day), nowMs + 40 * day);
          expect(parseSchedule(writeSchedule(told))).toEqual(told);
        },
      ),
      // The last week that a calendar has was found at random once.
      { numRuns: 200, examples: [[[], [], at('9999-10-08T16:00:00.001Z'), 0, 'UTC']] },
    );
  });
});

describe('what is said', () => {
  it('is said once, and once more at the next time', () => {
    const [first, one] = tell(schedule(entry()), at('2026-11-26T10:00:00Z'));
    expect(first).toHaveLength(1);
    const [again, two] = tell(one, at('2026-12-03T09:59:59Z'));
    expect(again).toHaveLength(0);
    const [last] = tell(two, at('2026-12-03T10:00:00Z'));
    expect(last).toHaveLength(1);
  });

  it('is caught up once where several times were missed', () => {
    const [first, after] = tell(schedule(entry()), at('2027-02-01T00:00:00Z'));
    expect(first).toHaveLength(1);
    expect(tell(after, at('2027-02-01T00:01:00Z'))[0]).toEqual([]);
    expect(wanting(after, at('2027-02-01T00:01:00Z'))).toHaveLength(1);
  });

  it('is not said while it is put off, and said when that is over', () => {
    const now = at('2026-11-26T12:00:00Z');
    const [, told] = tell(schedule(entry()), now);
    const put = snooze(told, [entry().id], now + 30 * day);
    expect(wanting(put, now + 10 * day)).toEqual([]);
    expect(untold(put, now + 10 * day)).toEqual([]);
    expect(untold(put, now + 30 * day)).toHaveLength(1);
    expect(snooze(told, ['b'.repeat(32)], now + day)).toEqual(told);
  });

  it.each([
    [22, 8, '2026-11-22T20:59:59Z', false],
    [22, 8, '2026-11-22T21:00:00Z', true],
    [22, 8, '2026-11-23T06:59:59Z', true],
    [22, 8, '2026-11-23T07:00:00Z', false],
    [0, 6, '2026-11-22T23:30:00Z', true],
    [0, 6, '2026-11-23T05:00:00Z', false],
    [9, 9, '2026-11-23T08:30:00Z', false],
    // Summer time: the same hour of the day is another hour of UTC.
    [22, 8, '2026-07-22T20:00:00Z', true],
    [22, 8, '2026-07-23T06:00:00Z', false],
  ])('quiet from %i to %i at %s: %s', (from, to, time, quiet) => {
    expect(isQuiet({ from, to }, at(time))).toBe(quiet);
  });

  it('is one message without names', () => {
    const now = at('2026-11-27T12:00:00Z');
    const entries = [
      entry(),
      entry({ day: '2026-11-28' }),
      entry({ day: '2026-11-20' }),
      entry({ kind: 'rotate' }),
      entry({ kind: 'date' }),
      entry({ kind: 'date' }),
      entry({ kind: 'activate' }),
    ];
    expect(digestOf(entries, now)).toEqual({
      title: 'Your keys want you',
      body: '1 has expired, 2 expire within 7 days, 1 wants turning, 2 have a date of your own, 1 waits to be activated.',
    });
    expect(digestOf([entry({ day: '2026-11-27' })], now)).toEqual({
      title: 'A key wants you',
      body: '1 expires today.',
    });
    expect(digestOf([entry({ day: '2026-11-28' })], now).body).toBe('1 expires by tomorrow.');
  });
});

const id = fc.integer({ min: 0, max: 5 }).map((digit) => String(digit).repeat(32));
const anyEntry = fc
  .record({
    id,
    kind: fc.constantFrom('expires' as const, 'rotate' as const, 'date' as const, 'activate' as const),
    day: fc.constantFrom('2026-12-04', '2027-03-28', '2028-02-29'),
    hours: fc.uniqueArray(fc.nat(2_000), { minLength: 0, maxLength: 6 }),
  })
  .map(({ hours, ...rest }) => ({
    ...rest,
    atMs: hours.sort((left, right) => left - right).map((each) => added + each * hour),
  }));
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ move: fc.integer({ min: 0, max: 3 * day }) }) },
  { weight: 2, arbitrary: fc.record({ move: fc.integer({ min: -100 * day, max: 100 * day }) }) },
  { weight: 2, arbitrary: fc.record({ snooze: id, forMs: fc.integer({ min: 1, max: 20 * day }) }) },
  { weight: 1, arbitrary: fc.constant({ restart: true as const }) },
);

describe('whatever the clock does', () => {
  it('nothing is said early, twice, in quiet hours or while put off; nothing that came is left unsaid', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyEntry, { selector: (each) => each.id, maxLength: 6 }),
        fc.array(step, { maxLength: 60 }),
        fc.constantFrom('UTC', 'Europe/Berlin', 'America/Havana', 'Asia/Kathmandu'),
        (entries, steps, zone) => {
          process.env['TZ'] = zone;
          const quiet = { from: 22, to: 8 };
          let now = added;
          let held = schedule(...entries);
          const said = new Set<string>();
          for (const each of steps) {
            if ('snooze' in each) held = snooze(held, [each.snooze], now + each.forMs);
            else if ('restart' in each) held = parseSchedule(writeSchedule(held)) ?? schedule();
            else now += each.move;
            if (isQuiet(quiet, now)) continue;
            const told = untold(held, now);
            for (const one of told) {
              const until = held.snoozed.find((other) => other.id === one.id)?.untilMs;
              const time = one.atMs.findLast((other) => other <= now) ?? Number.NaN;
              const mark = `${one.id} ${String(Math.max(time, until ?? 0))}`;
              expect(time).toBeLessThanOrEqual(now);
              if (until !== undefined) expect(until).toBeLessThanOrEqual(now);
              expect(said).not.toContain(mark);
              said.add(mark);
            }
            held = afterTelling(held, told, now);
            expect(untold(held, now)).toEqual([]);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('a clock that runs says every time at which nobody was away', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyEntry, { selector: (each) => each.id, maxLength: 6 }), (entries) => {
        let held = schedule(...entries);
        let count = 0;
        for (let now = added; now <= added + 2_001 * hour; now += hour) {
          const told = untold(held, now);
          count += told.length;
          held = afterTelling(held, told, now);
        }
        expect(count).toBe(entries.reduce((sum, each) => sum + each.atMs.length, 0));
      }),
      { numRuns: 30 },
    );
  });
});

describe('a file that is no schedule', () => {
  const good = schedule(entry());
  const write = (over: object): string => JSON.stringify({ ...good, ...over });
  it.each([
    ['nothing', ''],
    ['another kind', '[]'],
    ['a later version', write({ version: 2 })],
    ['one more entry', write({ name: 'mail' })],
    ['an entry that says more', write({ entries: [{ ...entry(), name: 'mail' }] })],
    ['a key’s id that is none', write({ entries: [entry({ id: 'mail' })] })],
    ['a day that is none', write({ entries: [entry({ day: '2026-02-30' })] })],
    ['a time that is no full hour', write({ entries: [entry({ atMs: [1] })] })],
    ['times that go back', write({ entries: [entry({ atMs: [2 * hour, hour] })] })],
    ['an id twice', write({ entries: [entry(), entry()] })],
    ['something shown that is not there', write({ shown: [{ id: 'b'.repeat(32), upToMs: 0 }] })],
    [
      'too many',
      write({ entries: Array.from({ length: 501 }, (_, n) => entry({ id: String(n).padStart(32, '0') })) }),
    ],
  ])('%s', (_what, text) => {
    expect(parseSchedule(text)).toBeNull();
  });

  it('while this one is', () => {
    expect(parseSchedule(write({}))).toEqual(good);
  });
});
