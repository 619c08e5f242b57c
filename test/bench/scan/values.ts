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

/** Words of JavaScript that fast-check likes to cut up and put into texts: a program draws no such key, and the corpus' code is full of them. */
const words = [
  'propertyIsEnumerable',
  'toLocaleString',
  'hasOwnProperty',
  'isPrototypeOf',
  'constructor',
  'prototype',
  '__defineGetter__',
  '__lookupSetter__',
  'valueOf',
  'caller',
  'length',
];
const pieceLength = 5;
const pieces = words.flatMap((word) =>
  Array.from({ length: word.length - pieceLength + 1 }, (_, at) => word.slice(at, at + pieceLength)),
);
const isDrawn = (text: string): boolean => !pieces.some((piece) => text.includes(piece));

const sampleOf = (entry: (typeof formats)[number], seed: number): string => {
  const values = fc.sample(samplesOf(entry.format), { numRuns: 20, seed });
  const value = values.find((each) => isDrawn(each.slice(entry.format.publicLength)));
  if (value === undefined) throw new Error('no sample');
  return value;
};

/** `count` values, spread over twenty formats. */
export const plantedValues = (count: number, seed: number): readonly PlantedValue[] => {
  const chosen = formats.slice(0, 20);
  return Array.from({ length: count }, (_, slot) => {
    const entry = chosen[slot % chosen.length];
    if (entry === undefined) throw new Error('no format');
    return {
      slot,
      format: entry.name,
      value: sampleOf(entry, seed + slot),
      publicLength: entry.format.publicLength,
    };
  });
};
