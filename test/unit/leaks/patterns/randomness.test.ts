// Random texts pass for random, words and patterns do not: what a key's body is told from a stand-in by.
import { describe, expect, it } from 'vitest';
import { isRandom, readsLikeWords } from '../../../../src/core/leaks/patterns/randomness.ts';
import { isWordy } from '../../../../src/core/leaks/wordy.ts';
import { drawFrom, randomText } from '../../../support/random-keys.ts';

describe('randomness', () => {
  it.each([
    ['0-9A-Za-z', 10],
    ['0-9A-Za-z', 20],
    ['0-9A-Za-z', 36],
    ['0-9A-Za-z_\\-', 27],
    ['0-9A-Za-z+/', 64],
    ['0-9a-z', 20],
    ['0-9a-z', 40],
    ['0-9a-f', 32],
    ['0-9a-f', 64],
    ['A-Z2-7', 16],
    ['0-9', 20],
  ])('of 20,000 texts of [%s], %i long, all but ten are taken for drawn at random', (range, length) => {
    const draw = drawFrom(length);
    const rejected = Array.from({ length: 20_000 }, () => randomText(draw, range, length)).filter(
      (text) => !isRandom(text),
    );
    expect(rejected.length).toBeLessThanOrEqual(10);
  });

  it.each([
    'thisisnotarealkey',
    'your_secret_token_here',
    'compile_pattern_internal_flags',
    'getAuthorizationToken',
    'correct-horse-battery',
    'abcdefghijklmnopqrst',
    'zyxwvutsrqponmlk',
    '1234567890123456',
    'AbCdEfGhIjKlMnOpQrStUvWx',
    'aaaaaaaaaaaaaaaaaaaa',
    '00000000000000000001',
    'deadbeefdeadbeefdeadbeefdeadbeef',
    '0123456789abcdef0123456789abcdef',
    'abcabcabcabcabcabc',
    'a1a1a1a1a1a1a1a1a1a1',
  ])('%s was written by somebody', (text) => expect(isRandom(text)).toBe(false));

  it('knows words by their pairs of letters, and names by how long their words are', () => {
    expect(['theInternationalStandard', 'configuration_service'].every(readsLikeWords)).toBe(true);
    expect(['XMLHttpRequest', 'nextPageToken', 'HTTP', 'lower'].every(isWordy)).toBe(true);
    expect(['aBcDeFgH', 'xKqZvBnM', 'bcdfghjk'].some(isWordy)).toBe(false);
  });
});
