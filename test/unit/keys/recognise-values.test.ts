// What values say by themselves, and when they say nothing.
import { describe, expect, it } from 'vitest';
import { findProvider } from '../../../src/core/providers/catalogue.ts';
import { recogniseValues } from '../../../src/core/keys/recognise-values.ts';
import { sampleKey } from '../../support/key-samples.ts';

const live = sampleKey('circa', 'live', 4);
const told = (secret: string, chosen?: string): readonly unknown[] => {
  const { provider, kind } = recogniseValues(chosen === undefined ? undefined : findProvider(chosen), {
    secret,
  });
  return [provider?.id, kind];
};

describe('values tell provider and kind', () => {
  it.each([
    ['a whole key', live, 'circa', 'live'],
    ['a key with a character missing', live.slice(0, -1), 'circa', 'live'],
    ['a key with a character too many', `${live}0`, 'circa', 'live'],
    ['a test key', sampleKey('circa', 'test'), 'circa', 'test'],
    ['a sandbox key of Circle', sampleKey('circle-mint', 'sandbox'), 'circle-mint', 'test'],
    ['something without a prefix', 'q8F.tr3+Zk-0Pl', undefined, 'unknown'],
    ['a text with a key in it', `my key ${live} here`, undefined, 'unknown'],
  ])('%s', (_, secret, provider, kind) => {
    expect(told(secret)).toEqual([provider, kind]);
  });

  it('and what a person chose stands', () => {
    expect(told(sampleKey('circle-mint', 'live'), 'circle-w3s')).toEqual(['circle-w3s', 'live']);
    expect(told('q8F.tr3+Zk-0Pl', 'appcircle')).toEqual(['appcircle', 'unknown']);
  });
});
