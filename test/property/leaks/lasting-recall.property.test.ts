// While the vault is locked no value of 80 bits or more is missed: in every context, and cut at every place in every way.
import { describe, expect, test } from 'vitest';
import { sampleKey } from '../../support/key-samples.ts';
import { contexts, cuts } from '../../support/leaks/contexts.ts';
import { lastingOf, lastingValues } from '../../support/leaks/known.ts';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** The same for the same seed, and of every letter alike, as keys are. */
const lettersOf = (seed: number, length: number): string => {
  let state = seed;
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return letters[(state >>> 16) % letters.length] ?? '';
  }).join('');
};
const values = [sampleKey('anthropic', 'api', 3), `pre_${lettersOf(5, 24)}`, lettersOf(9, 40)];
const known = lastingOf(
  lastingValues(
    values.map((value, slot) => ({ slot, bytes: new TextEncoder().encode(value), publicLength: 4 })),
  ),
);
const found = (text: string, slot: number): boolean => known.find(text).some((match) => match.slot === slot);

test('none of the values is too weak', () => {
  expect(known.built.weak).toEqual([]);
  expect(known.built.unsearchable).toEqual([]);
});

describe.each(contexts)('$name', ({ write, holds }) => {
  test.each([...values.keys()])('holds value %i, and it is found', (slot) => {
    const value = values[slot]!;
    // Of a short value the longest disguises have no window of 80 bits: docs/fingerprints.md.
    if (holds?.test(value) === false) return;
    expect(found(write(value), slot)).toBe(true);
  });
});

test.each(cuts)('cut by $name, at every place', ({ before, glue, after }) => {
  const missed = values.flatMap((value, slot) =>
    Array.from({ length: value.length - 1 }, (_, index) => index + 1)
      .filter((at) => !found(`${before}${value.slice(0, at)}${glue}${value.slice(at)}${after}`, slot))
      .map((at) => `value ${slot} at ${at}`),
  );
  expect(missed).toEqual([]);
});

test('texts of letters that are no value give no match', () => {
  const text = Array.from({ length: 2_000 }, (_, seed) => lettersOf(seed + 100, 60)).join(' ');
  expect(known.find(text)).toEqual([]);
});
