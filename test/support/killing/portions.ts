// What is there after a write that is acknowledged in portions and was cut short: all from before, and whole portions of what comes after.
import { expect } from 'vitest';
import type { Seen } from './look.ts';

/** Everything from before, and whole portions of what comes after. */
export const expectPortions = (
  portion: number,
  { before, after, seen }: Readonly<Record<'before' | 'after' | 'seen', Seen>>,
  when: string,
): void => {
  const [first, last, lines] = [before, after, seen].map((text) => text.split('\n')) as [
    string[],
    string[],
    string[],
  ];
  const wanted = new Set(last);
  expect(
    lines.filter((line) => !wanted.has(line)),
    when,
  ).toEqual([]);
  expect(
    first.filter((line) => !lines.includes(line)),
    when,
  ).toEqual([]);
  const added = lines.length - first.length;
  // Keys come first, then plain variables: the last portion of each is smaller.
  const isWhole = added % portion === 0 || added > last.length - first.length - 2 * portion;
  expect(isWhole, `${when}: ${added}`).toBe(true);
};
