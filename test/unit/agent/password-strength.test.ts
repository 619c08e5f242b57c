// How long a guesser needs, in words, and that what everybody knows is guessed at once.
import { describe, expect, it } from 'vitest';
import { bitsJudge, guessTimeInWords, passwordJudge } from '../../../src/node/password-strength.ts';

describe('the strength of a password', () => {
  it('is said as a time', () => {
    const seconds = 2 * 10_000;
    expect(guessTimeInWords(100)).toBe('less than a second');
    expect(guessTimeInWords(seconds)).toBe('about a second');
    expect(guessTimeInWords(90 * seconds)).toBe('about 2 minutes');
    expect(guessTimeInWords(3_600 * seconds)).toBe('about an hour');
    expect(guessTimeInWords(2 * 86_400 * seconds)).toBe('about 2 days');
    expect(guessTimeInWords(1e30)).toBe('thousands of years');
  });

  it('is nothing for what everybody uses, and much for five words from a die', async () => {
    const judge = passwordJudge();
    expect(await judge('password1')).toMatchObject({ score: 0, guessTime: 'less than a second' });
    expect((await judge('keyturn')).score).toBe(0);
    expect((await judge('P4$$w0rd')).score).toBe(0);
    const good = await judge('quartz-lantern-owl-mirror-saffron');
    expect(good).toMatchObject({ score: 4, guessTime: 'thousands of years' });
    // It is asked at every key press: processor time, since the wall's depends on the neighbours.
    const before = process.cpuUsage();
    await judge('aB3$'.repeat(250));
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(1_000);
    expect((await judge('')).score).toBe(0);
  });
});

describe('how much there is to guess in a value', () => {
  it('is below 80 bits for words that are written in signs, however they may be read', async () => {
    const judge = bitsJudge();
    const signs: Readonly<Record<string, string>> = { a: '4', e: '3', i: '1', o: '0', s: '$', t: '7' };
    for (const words of ['production database administrator', 'customer settlement treasury']) {
      const value = words.replaceAll(' ', '').replace(/[aeiost]/g, (letter) => signs[letter] ?? letter);
      expect(await judge(value), words).toBeLessThan(80);
    }
  });
});
