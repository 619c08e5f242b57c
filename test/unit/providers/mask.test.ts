// Masks: what the portal shows may be shown; what could be guessed from the rest may not.
import { describe, expect, it } from 'vitest';
import { findProvider } from '../../../src/core/providers/catalogue.ts';
import { completeProvider } from '../../../src/core/providers/define-provider.ts';
import { exactly, literal, type Part } from '../../../src/core/providers/format.ts';
import { fullMask, maskField, maskValue, shownLength } from '../../../src/core/providers/mask.ts';
import { formatOf, sampleKey } from '../../support/key-samples.ts';

const withParts = (parts: readonly Part[], maskLength: number): number => {
  const circa = findProvider('circa')!;
  const [format] = completeProvider({
    ...circa,
    formats: [{ ...circa.formats[0]!, pattern: { parts }, publicLength: 3, maskLength }],
  }).formats;
  return shownLength(format!);
};

describe('a mask', () => {
  it('shows of a Circa key what the portal shows: 18 characters', () => {
    const key = sampleKey('circa', 'live');
    expect(maskValue(formatOf('circa', 'live'), key)).toBe(`${key.slice(0, 18)}…`);
  });

  it('shows of a Circle key its prefix and four characters', () => {
    const key = sampleKey('circle-mint', 'live');
    expect(maskValue(formatOf('circle-mint', 'live'), key)).toBe(`${key.slice(0, 17)}…`);
    expect(maskField(findProvider('circle-w3s'), 'secret', key)).toBe(`${key.slice(0, 17)}…`);
  });

  it('shows of a malformed value nothing but the literal prefix', () => {
    const key = sampleKey('circa', 'live');
    expect(maskField(findProvider('circa'), 'secret', key.slice(0, -1))).toBe('circa_live_…');
    expect(maskField(findProvider('circa'), 'secret', `${key}x`)).toBe('circa_live_…');
    expect(maskField(findProvider('circa'), 'secret', 'hunter2')).toBe(fullMask);
  });

  it('shows nothing of an unknown or shapeless value and does not tell its length', () => {
    expect(maskField(undefined, 'secret', 'hunter2')).toBe(fullMask);
    expect(maskField(undefined, 'secret', 'a much longer value than that')).toBe(fullMask);
    expect(maskField(findProvider('appcircle'), 'secret', 'q8F.tr3+Zk')).toBe(fullMask);
  });

  it('shows fields that are no secret', () => {
    expect(maskField(findProvider('circa'), 'teamId', 'abc')).toBe('abc');
    expect(maskField(findProvider('appcircle'), 'name', 'ci')).toBe('ci');
  });

  it('shows less where too little would stay hidden', () => {
    expect(withParts([literal('ab_'), exactly(20, 'hex')], 7)).toBe(3);
    expect(withParts([literal('ab_'), exactly(22, 'hex')], 7)).toBe(5);
    expect(withParts([literal('ab_'), exactly(32, 'hex')], 7)).toBe(7);
    expect(withParts([literal('ab_'), exactly(8, 'hex')], 7)).toBe(0);
  });
});
