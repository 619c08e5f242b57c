// The pictures as numbers: what stands where on the strip, the timeline, the matrix and the ages, and where arrow keys lead.
import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { layStrip, monthStarts } from '../../../src/renderer/features/checks/strip-layout.ts';
import { layAges } from '../../../src/renderer/features/overview/age-layout.ts';
import {
  nextCell,
  projectMatrix,
  providerMatrix,
} from '../../../src/renderer/features/overview/matrix-layout.ts';
import {
  layTimeline,
  markSize,
  nextSpot,
  type TimelineEvent,
} from '../../../src/renderer/features/overview/timeline-layout.ts';
import type { CheckRun, EnvironmentView } from '../../../src/renderer/lib/types.ts';
import { sampleSummary } from './sample-summary.ts';

const now = new Date(2026, 10, 22, 9, 30).getTime();
const hour = 3_600_000;
const day = 24 * hour;

const run = (state: CheckRun['state'], ...daysAgo: readonly number[]): CheckRun => {
  const timesMs = daysAgo.map((days) => now - days * day).sort((left, right) => left - right);
  const [fromMs, toMs] = [timesMs[0] ?? now, timesMs.at(-1) ?? now];
  return {
    state,
    reason: state,
    next: '',
    httpStatus: 200,
    version: 1,
    fromMs,
    toMs,
    count: timesMs.length,
    timesMs,
  };
};

describe('the strip of 90 days', () => {
  test('has one tick per day that was asked, the oldest first, and forgets what is older', () => {
    const ticks = layStrip([run('valid', 120, 89, 10, 9), run('invalid', 1, 0)], now);
    expect(ticks.map(({ place, state }) => [place, state])).toEqual([
      [0, 'valid'],
      [79, 'valid'],
      [80, 'valid'],
      [88, 'invalid'],
      [89, 'invalid'],
    ]);
  });

  test('shows the bad news of a day that had both, and says that it did', () => {
    const ticks = layStrip([run('valid', 3), run('invalid', 3), run('unreachable', 3)], now);
    expect(ticks).toHaveLength(1);
    expect(ticks[0]).toMatchObject({ state: 'invalid', times: 3, mixed: true, day: '2026-11-19' });
  });

  test('never has more than 90 ticks, whatever was kept', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.double({ min: 0, max: 400, noNaN: true }), { minLength: 1 })),
        (all) => {
          const ticks = layStrip(
            all.map((daysAgo) => run('valid', ...daysAgo)),
            now,
          );
          const places = ticks.map(({ place }) => place);
          expect(new Set(places).size).toBe(places.length);
          expect(places.every((place) => place >= 0 && place < 90)).toBe(true);
        },
      ),
    );
  });

  test('names the months that begin within it', () => {
    expect(monthStarts(now)).toEqual([
      { place: 7, label: 'Sept' },
      { place: 37, label: 'Oct' },
      { place: 68, label: 'Nov' },
    ]);
  });
});

const lanes = [
  { id: 'prod', name: 'production' },
  { id: 'dev', name: 'development' },
];
const event = (id: string, on: string, ...laneIds: string[]): TimelineEvent => ({ id, day: on, laneIds });

describe('the timeline', () => {
  test('stacks what would cover each other and leaves alone what does not', () => {
    const laid = layTimeline(
      lanes,
      [
        event('a', '2026-12-04', 'prod'),
        event('b', '2026-12-05', 'prod'),
        event('c', '2027-06-01', 'prod', 'dev'),
      ],
      800,
      now,
    );
    const [prod, dev] = laid.lanes;
    expect(prod?.marks.map(({ events }) => events[0]?.id)).toEqual(['a', 'b', 'c']);
    expect(prod?.marks[0]?.x).toBe(prod?.marks[1]?.x);
    expect((prod?.marks[1]?.y ?? 0) - (prod?.marks[0]?.y ?? 0)).toBe(markSize);
    expect(dev?.marks).toHaveLength(1);
    expect(prod?.height).toBeGreaterThan(dev?.height ?? 0);
    expect(dev?.top).toBe(prod?.height);
  });

  test('a stack that would be too high ends in one mark for all the others', () => {
    const many = Array.from({ length: 40 }, (_, index) => event(`e${index}`, '2027-01-10', 'prod'));
    const marks = layTimeline(lanes, many, 800, now).lanes[0]?.marks ?? [];
    expect(marks.map(({ events }) => events.length)).toEqual([1, 1, 38]);
  });

  test('marks of a lane never cover each other and never leave the picture; nothing is lost', () => {
    const days = fc
      .integer({ min: -400, max: 800 })
      .map((days) => new Date(now + days * day).toISOString().slice(0, 10));
    fc.assert(
      fc.property(fc.array(days, { maxLength: 60 }), fc.integer({ min: 200, max: 2_000 }), (all, width) => {
        const laid = layTimeline(
          lanes,
          all.map((each, index) => event(String(index), each, 'prod')),
          width,
          now,
        );
        const marks = laid.lanes[0]?.marks ?? [];
        expect(marks.flatMap(({ events }) => events)).toHaveLength(all.length);
        for (const [index, mark] of marks.entries()) {
          expect(mark.x).toBeGreaterThanOrEqual(markSize / 2);
          expect(mark.x).toBeLessThanOrEqual(width - markSize / 2);
          expect(mark.y + markSize / 2).toBeLessThanOrEqual(laid.lanes[0]?.height ?? 0);
          for (const other of marks.slice(index + 1)) {
            const apart = Math.abs(mark.x - other.x) >= markSize || Math.abs(mark.y - other.y) >= markSize;
            expect(apart).toBe(true);
          }
        }
      }),
    );
  });

  test('today stands near the left edge, and twelve months follow with the year where it begins', () => {
    const laid = layTimeline(lanes, [], 800, now);
    expect(laid.todayX).toBeGreaterThan(markSize);
    expect(laid.todayX).toBeLessThan(80);
    expect(laid.months.map(({ label }) => label).slice(0, 3)).toEqual(['Dec', '2027', 'Feb']);
    expect(laid.months).toHaveLength(12);
    const close = (width: number): readonly boolean[] =>
      layTimeline(lanes, [], width, now).months.map(({ named }) => named);
    expect(close(4_000)).not.toContain(false);
    // On the last days of a month its successor would stand on the word "today".
    const late = layTimeline(lanes, [], 800, Date.UTC(2026, 10, 28, 12)).months;
    expect(late.map(({ named }) => named)).toEqual([false, ...Array.from({ length: 11 }, () => true)]);
  });

  test('arrow keys go along a lane and to the nearest mark of the next lane that has one', () => {
    const three = [{ marks: [{ x: 10 }, { x: 90 }] }, { marks: [] }, { marks: [{ x: 20 }, { x: 80 }] }];
    expect(nextSpot(three, { lane: 0, mark: 0 }, 'ArrowRight')).toEqual({ lane: 0, mark: 1 });
    expect(nextSpot(three, { lane: 0, mark: 1 }, 'ArrowRight')).toBeNull();
    expect(nextSpot(three, { lane: 0, mark: 1 }, 'ArrowDown')).toEqual({ lane: 2, mark: 1 });
    expect(nextSpot(three, { lane: 2, mark: 0 }, 'ArrowUp')).toEqual({ lane: 0, mark: 0 });
    expect(nextSpot(three, { lane: 0, mark: 0 }, 'ArrowUp')).toBeNull();
    expect(nextSpot(three, { lane: 2, mark: 0 }, 'End')).toEqual({ lane: 2, mark: 1 });
  });
});

const environment = (id: string, kind: EnvironmentView['kind']): EnvironmentView => ({
  id,
  projectId: 'p',
  name: id,
  kind,
  order: 0,
  keys: 0,
  variables: 0,
});
const environments = [environment('dev', 'development'), environment('prod', 'production')];
const circle = { id: 'circle-mint', name: 'Circle Mint', domain: 'circle.com', monogram: 'CM' };
const providers = new Map([[circle.id, circle]]);

describe('the matrix', () => {
  const keys = [
    sampleSummary('a', {
      provider: circle.id,
      environmentIds: ['prod'],
      kind: 'live',
      variables: ['CIRCLE_API_KEY'],
    }),
    sampleSummary('b', {
      provider: circle.id,
      environmentIds: ['prod'],
      kind: 'live',
      variables: ['CIRCLE_OTHER'],
      state: 'invalid',
    }),
    sampleSummary('c', { environmentIds: ['dev'], variables: ['OTHER'] }),
  ];

  test('production comes first; a cell has its keys by mark, the loudest first', () => {
    const { columns, rows } = providerMatrix(keys, environments, providers, now);
    expect(columns.map(({ id }) => id)).toEqual(['prod', 'dev']);
    expect(rows.map(({ name }) => name)).toEqual(['Circle Mint', 'No provider']);
    expect(rows[0]?.cells[0]).toMatchObject({
      marks: [
        { mark: 'refused', count: 1 },
        { mark: 'unasked', count: 1 },
      ],
      live: 2,
      missing: [],
    });
  });

  test('an empty cell names what the others have; without a provider nothing is missing', () => {
    const { rows } = providerMatrix(keys, environments, providers, now);
    expect(rows[0]?.cells[1]?.missing).toEqual(['CIRCLE_API_KEY', 'CIRCLE_OTHER']);
    expect(rows[1]?.cells[0]?.missing).toEqual([]);
  });

  test('projects stand by the kinds of their environments', () => {
    const { columns, rows } = projectMatrix(keys, [{ id: 'p', name: 'acme', keys: 3, environments }], now);
    expect(columns.map(({ name }) => name)).toEqual(['Production', 'Development']);
    expect(rows[0]?.cells.map((cell) => cell.keys.length)).toEqual([2, 1]);
  });

  test('arrow keys stay inside', () => {
    const size = { rows: 2, columns: 3 };
    expect(nextCell({ row: 0, column: 0 }, size, 'ArrowDown')).toEqual({ row: 1, column: 0 });
    expect(nextCell({ row: 0, column: 0 }, size, 'ArrowUp')).toBeNull();
    expect(nextCell({ row: 1, column: 2 }, size, 'ArrowRight')).toBeNull();
    expect(nextCell({ row: 1, column: 2 }, size, 'Home')).toEqual({ row: 1, column: 0 });
    expect(nextCell({ row: 1, column: 2 }, size, 'x')).toBeNull();
  });
});

describe('ages', () => {
  test('those furthest past their limit come first; keys without a limit are counted', () => {
    const old = sampleSummary('old', { valueSinceMs: now - 120 * day, rotateBy: '2026-10-23' });
    const young = sampleSummary('young', { valueSinceMs: now - 30 * day, rotateBy: '2027-01-21' });
    const ages = layAges([young, sampleSummary('free', {}), old], now);
    expect(
      ages.bars.map(({ key, ageDays, limitDays, overdue }) => [key.name, ageDays, limitDays, overdue]),
    ).toEqual([
      ['old', 120, 90, true],
      ['young', 30, 90, false],
    ]);
    expect(ages.bars[0]).toMatchObject({ length: 1, limit: 0.75 });
    expect(ages).toMatchObject({ withLimit: 2, overdue: 1, without: 1 });
  });
});
