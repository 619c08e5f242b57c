// Ranges keep pointing at the right characters of the original when invisible ones are set aside.
import { describe, expect, it } from 'vitest';
import { cleanText, overlapTest, readRange, uncovered } from '../../../src/core/providers/text-range.ts';

describe('a cleaned text', () => {
  const original = '\uFEFFab\u200Bcd\u200B\u200Bef\u2060';
  const clean = cleanText(original);

  it('has only what can be seen, with plain spaces', () => {
    expect(clean.text).toBe('abcdef');
    expect(cleanText('a\u00A0b\u202Fc').text).toBe('a b c');
  });

  it.each([
    [0, 2, 1, 3],
    [0, 4, 1, 6],
    [2, 4, 4, 6],
    [4, 6, 8, 10],
    [0, 6, 1, 10],
    [3, 3, 5, 5],
  ])('%i to %i is %i to %i of the original', (start, end, from, to) => {
    const range = clean.toOriginal({ start, end });
    expect(range).toEqual({ start: from, end: to });
    expect(readRange(original, range)).toBe(clean.text.slice(start, end));
  });
});

describe('ranges', () => {
  const ranges = [
    { start: 10, end: 12 },
    { start: 2, end: 4 },
  ];

  it.each([
    [0, 2, false],
    [0, 3, true],
    [3, 4, true],
    [4, 10, false],
    [4, 11, true],
    [11, 20, true],
    [12, 20, false],
  ])('%i to %i overlaps: %s', (start, end, expected) => {
    expect(overlapTest(ranges)({ start, end })).toBe(expected);
  });

  it('leave gaps', () => {
    expect(uncovered(15, ranges)).toEqual([
      { start: 0, end: 2 },
      { start: 4, end: 10 },
      { start: 12, end: 15 },
    ]);
    expect(uncovered(3, [{ start: 0, end: 3 }])).toEqual([]);
    expect(uncovered(12, [...ranges, { start: 0, end: 3 }])).toEqual([{ start: 4, end: 10 }]);
  });
});
