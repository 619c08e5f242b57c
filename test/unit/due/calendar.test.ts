// Days of the person's calendar: the same rule in the agent and in the window, in every zone and across every change of the clocks.
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import {
  addDays,
  daysBetween,
  daysLeft,
  personDay,
  personDayStartMs,
  personHour,
} from '../../../src/core/keys/calendar.ts';
import { earliestExpiryMs } from '../../../src/core/keys/expiry.ts';
import { daysUntil, today } from '../../../src/renderer/lib/time-words.ts';

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'Australia/Lord_Howe',
  // Clocks change at midnight: days there may begin at one.
  'America/Havana',
  'Africa/Cairo',
  // A whole day was left out: 30 December 2011.
  'Pacific/Apia',
];
const before = process.env['TZ'];
const inZone = <T>(zone: string, act: () => T): T => {
  process.env['TZ'] = zone;
  return act();
};
afterEach(() => {
  if (before === undefined) delete process.env['TZ'];
  else process.env['TZ'] = before;
});

const at = (text: string): number => Date.parse(text);
const zone = fc.constantFrom(...zones);
const moment = fc.integer({ min: at('2012-01-02T00:00:00Z'), max: at('2060-01-01T00:00:00Z') });
const distance = fc.integer({ min: -4_000, max: 4_000 });

describe('the person’s calendar', () => {
  it.each([
    ['UTC', '2026-11-22T23:30:00Z', '2026-11-22'],
    ['Europe/Berlin', '2026-11-22T23:30:00Z', '2026-11-23'],
    ['Asia/Kathmandu', '2026-11-22T18:15:00Z', '2026-11-23'],
    ['America/New_York', '2026-11-23T04:59:59Z', '2026-11-22'],
    ['Pacific/Kiritimati', '2026-11-22T10:00:00Z', '2026-11-23'],
  ])('in %s %s is on %s', (name, time, day) => {
    expect(inZone(name, () => personDay(at(time)))).toBe(day);
  });

  it('counts days as fingers do, whatever the hour and the clocks', () => {
    inZone('Europe/Berlin', () => {
      // Summer time ends between the two.
      expect(daysLeft('2026-10-26', at('2026-10-24T22:30:00Z'))).toBe(1);
      expect(daysLeft('2026-12-04', at('2026-11-22T07:00:00Z'))).toBe(12);
      expect(daysLeft('2026-12-04', at('2026-11-22T22:59:59Z'))).toBe(12);
      expect(daysLeft('2026-12-04', at('2026-11-22T23:00:00Z'))).toBe(11);
      expect(daysLeft('2028-03-01', at('2028-02-28T12:00:00Z'))).toBe(2);
      expect(daysLeft('2027-03-01', at('2027-02-28T12:00:00Z'))).toBe(1);
    });
    expect(daysLeft(undefined, 0)).toBeUndefined();
    expect(daysLeft('2027-02-29', 0)).toBeUndefined();
  });

  it('begins a day at one where the clocks leave midnight out', () => {
    inZone('America/Havana', () => {
      const start = personDayStartMs('2026-03-08') ?? 0;
      expect([personDay(start), personHour(start)]).toEqual(['2026-03-08', 1]);
      expect(personDay(start - 1)).toBe('2026-03-07');
    });
  });

  it('says what the window says, everywhere and at every time', () => {
    fc.assert(
      fc.property(zone, moment, distance, (name, nowMs, days) =>
        inZone(name, () => {
          const day = addDays(personDay(nowMs), days) ?? '';
          expect(daysLeft(day, nowMs)).toBe(days);
          expect(daysUntil(day, nowMs)).toBe(days);
          expect(personDay(nowMs)).toBe(today(nowMs));
        }),
      ),
      { numRuns: 500 },
    );
  });

  it('never counts up while time goes on, and loses one for each day that begins', () => {
    fc.assert(
      fc.property(zone, moment, fc.nat(200 * 3_600_000), distance, (name, nowMs, passed, days) =>
        inZone(name, () => {
          const day = addDays(personDay(nowMs), days) ?? '';
          const [first, second] = [daysLeft(day, nowMs) ?? 0, daysLeft(day, nowMs + passed) ?? 0];
          expect(second).toBeLessThanOrEqual(first);
          expect(first - second).toBe(daysBetween(personDay(nowMs), personDay(nowMs + passed)));
        }),
      ),
      { numRuns: 500 },
    );
  });

  it('begins each day where the day begins, and never before its earliest reading', () => {
    fc.assert(
      fc.property(zone, moment, (name, nowMs) =>
        inZone(name, () => {
          const day = personDay(nowMs);
          const start = personDayStartMs(day) ?? Number.NaN;
          expect(start).toBeLessThanOrEqual(nowMs);
          expect(personDay(start)).toBe(day);
          expect(personDay(start - 1)).not.toBe(day);
          expect(earliestExpiryMs(day)).toBeLessThanOrEqual(start);
        }),
      ),
      { numRuns: 500 },
    );
  });
});
