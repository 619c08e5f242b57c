// Keys that look real and are nobody's, made from the provider files at test time: no key-like literal in the repository.
import fc from 'fast-check';
import type { KeyFormat } from '../../src/core/providers/format.ts';
import { diagnose } from '../../src/core/providers/malformed.ts';
import { compilePattern } from '../../src/core/providers/pattern.ts';
import { findProvider } from '../../src/core/providers/catalogue.ts';

/** Well-formed values of a format, without the ones that read like a placeholder. */
export const samplesOf = (format: KeyFormat): fc.Arbitrary<string> =>
  fc
    .stringMatching(new RegExp(`^(?:${compilePattern(format.pattern).source})$`), { size: 'max' })
    .filter((value) => diagnose(format, value) === undefined);

/** A format by provider and id; throws where there is none. */
export const formatOf = (provider: string, id: string): KeyFormat => {
  const format = findProvider(provider)?.formats.find((entry) => entry.id === id);
  if (!format) throw new Error(`no format ${provider}/${id}`);
  return format;
};

/** One sample, the same for the same seed. */
export const sampleKey = (provider: string, id: string, seed = 1): string => {
  const [value] = fc.sample(samplesOf(formatOf(provider, id)), { numRuns: 1, seed });
  if (value === undefined) throw new Error('no sample');
  return value;
};
