// The four documents that the product was asked to understand, with made-up keys in the places of the published ones. What
// is glued together there is glued together here.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { publicFingerprint } from '../../../src/core/providers/fingerprint.ts';
import { recognise } from '../../../src/core/providers/recognise.ts';
import { readRange } from '../../../src/core/providers/text-range.ts';
import { sampleKey } from '../../support/key-samples.ts';

const folder = resolve(import.meta.dirname, '../../fixtures/seeds');
const team = '0b6f9c28-0f4e-4e7f-a36d-2ff989045d11';
const read = (name: string, values: Readonly<Record<string, string>> = {}): string =>
  Object.entries(values).reduce(
    (text, [slot, value]) => text.replaceAll(`{{${slot}}}`, value),
    readFileSync(resolve(folder, `${name}.txt`), 'utf8'),
  );

describe('the seed documents', () => {
  it.each(Array.from({ length: 25 }, (_, seed) => seed))(
    'gives all places of the Circa key (sample %i)',
    (seed) => {
      const key = sampleKey('circa', 'live', seed);
      const text = read('circa', { CIRCA_LIVE: key, TEAM_ID: team });
      const { candidates, missing } = recognise(text);
      expect(candidates).toHaveLength(1);
      const [found] = candidates;
      expect(found).toMatchObject({ provider: 'circa', kind: 'live', confidence: 'certain', malformed: [] });
      expect(found?.occurrences.map((range) => readRange(text, range))).toEqual([key, key, key]);
      expect(found?.fields.map((field) => [field.name, readRange(text, field.range)])).toEqual([
        ['secret', key],
        ['teamId', team],
      ]);
      expect(found?.glued).toBe(true);
      expect(missing).toEqual([[]]);
    },
  );

  it('knows the key that Circa publishes for nobody’s', () => {
    const halves = ['circa_', 'live_', '6JeiZORoVyRPqYBu', 'c3ft7kIWjlA7w25h'];
    const text = read('circa', { CIRCA_LIVE: halves.join(''), TEAM_ID: team });
    expect(recognise(text).candidates[0]?.publishedSample).toBe(true);
    expect(recognise(sampleKey('circa', 'live')).candidates[0]?.publishedSample).toBe(false);
    expect(publicFingerprint('')).toBe('cbf29ce484222325');
    expect(publicFingerprint('a')).toBe('af63dc4c8601ec8c');
  });

  it.each(['circle', 'integral'])('finds no key in %s, which has none', (name) => {
    expect(recognise(read(name)).candidates).toEqual([]);
  });

  it('takes your_secret of Appcircle for no secret', () => {
    expect(recognise(read('appcircle')).candidates).toEqual([]);
  });

  it('takes a real value in its place for a possible pair', () => {
    const secret = sampleKey('appcircle-pak', 'key', 3).slice(0, 40);
    const text = read('appcircle').replace('your_secret', secret);
    const { candidates } = recognise(text);
    expect(candidates).toHaveLength(1);
    expect(candidates[0]).toMatchObject({ provider: 'appcircle', confidence: 'possible', malformed: [] });
    expect(candidates[0]?.fields.map((field) => [field.name, readRange(text, field.range)])).toEqual([
      ['secret', secret],
      ['name', 'apikey1'],
    ]);
  });

  it.each([
    ['circle-mint', 'live'],
    ['circle-mint', 'sandbox'],
    ['circle-w3s', 'test'],
  ])('finds a key of %s (%s) glued to the words of the Circle page', (provider, format) => {
    const key = sampleKey(provider, format, 9);
    const text = read('circle').replace('Copy API key', `Copy API key${key}Select X`);
    const { candidates } = recognise(text);
    expect(candidates.map((found) => found.provider)).toEqual([provider]);
    expect(candidates[0]?.malformed).toEqual([]);
    expect(readRange(text, candidates[0]!.occurrences[0]!)).toBe(key);
  });
});
