// Days without a zone: expired from the earliest reading on.
import { describe, expect, it } from 'vitest';
import { addMonths, earliestExpiryMs, expiryState, parseDay } from '../../../src/core/keys/expiry.ts';

const at = (text: string): number => Date.parse(text);

describe('expiry', () => {
  it.each([
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-1-1',
    '26-01-01',
    '2026-01-01T00:00',
    '',
    'tomorrow',
  ])('%s is no day', (text) => {
    expect(parseDay(text)).toBeUndefined();
  });

  it('begins where the day begins first, at UTC+14', () => {
    expect(earliestExpiryMs('2026-12-04')).toBe(at('2026-12-03T10:00:00Z'));
    expect(expiryState('2026-12-04', at('2026-12-03T09:59:59Z'))).toBe('expiring');
    expect(expiryState('2026-12-04', at('2026-12-03T10:00:00Z'))).toBe('expired');
  });

  it.each([
    [undefined, 'none'],
    ['nonsense', 'none'],
    ['2027-06-01', 'ok'],
    ['2026-12-07', 'ok'],
    ['2026-12-06', 'expiring'],
    ['2026-11-22', 'expired'],
  ])('%s is %s on 22 November', (day, state) => {
    expect(expiryState(day, at('2026-11-22T08:00:00Z'))).toBe(state);
  });

  it.each([
    ['2026-08-31', 6, '2027-02-28'],
    ['2027-08-31', 6, '2028-02-29'],
    ['2026-11-22', 12, '2027-11-22'],
    ['2026-01-31', -1, '2025-12-31'],
  ])('%s and %i months is %s', (day, months, expected) => {
    expect(addMonths(day, months)).toBe(expected);
  });
});
