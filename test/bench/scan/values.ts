// The known keys of the corpus: 200 made-up values of twenty formats that the catalogue describes, the same for the same seed.
import fc from 'fast-check';
import { builtInProviders } from '../../../src/core/providers/provider-list.ts';
import { compilePattern } from '../../../src/core/providers/pattern.ts';
import { samplesOf } from '../../support/key-samples.ts';

export type PlantedValue = {
  readonly slot: number;
  readonly format: string;
  readonly value: string;
  readonly publicLength: number;
};

/** Formats of one-line secrets, at most one per provider, of lengths that people meet. */
const formats = builtInProviders.flatMap((provider) => {
  const format = provider.formats.find(({ match, sensitivity, pattern }) => {
    const { minLength, maxLength } = compilePattern(pattern);
    return (
      match === 'prefix' &&
      sensitivity === 'secret' &&
      'parts' in pattern &&
      minLength >= 20 &&
      maxLength <= 300
    );
  });
  return format === undefined ? [] : [{ name: `${provider.id}/${format.id}`, format }];
});

/** `count` values, spread over twenty formats. */
export const plantedValues = (count: number, seed: number): readonly PlantedValue[] => {
  const chosen = formats.slice(0, 20);
  return Array.from({ length: count }, (_, slot) => {
    const entry = chosen[slot % chosen.length];
    if (entry === undefined) throw new Error('no format');
    const [value] = fc.sample(samplesOf(entry.format), { numRuns: 1, seed: seed + slot });
    if (value === undefined) throw new Error('no sample');
    return { slot, format: entry.name, value, publicLength: entry.format.publicLength };
  });
};
