// How long an offline guesser would need for a password: zxcvbn behind a small port. Its dictionaries are large, so they are
// loaded when somebody first types a password, not when the agent starts.
import type { ZxcvbnFactory } from '@zxcvbn-ts/core';

export type PasswordStrength = {
  /** zxcvbn's 0 (guessed at once) to 4 (out of reach). */
  readonly score: 0 | 1 | 2 | 3 | 4;
  /** Words for the time; no sentence. */
  readonly guessTime: string;
  readonly warning: string;
  readonly suggestions: readonly string[];
};

export type JudgePassword = (password: string) => Promise<PasswordStrength>;

/**
 * Guesses a second of somebody who has the vault file and a rack of graphics cards: Argon2id with 64 MiB and more is bound by
 * memory bandwidth, which gives one card some hundred guesses a second at the vault's usual cost.
 */
const guessesPerSecond = 10_000;

/** Longer passwords are judged by their beginning: the estimate is made at every key press and costs time by their length. */
const maxJudged = 64;
/** Ways to read "P4$$w0rd" as a word that are tried. The library's 100 take a third of a second for 24 letters, these a tenth. */
const readings = 20;

const units = [
  { seconds: 31_557_600, one: 'a year', many: 'years' },
  { seconds: 2_629_800, one: 'a month', many: 'months' },
  { seconds: 86_400, one: 'a day', many: 'days' },
  { seconds: 3_600, one: 'an hour', many: 'hours' },
  { seconds: 60, one: 'a minute', many: 'minutes' },
  { seconds: 1, one: 'a second', many: 'seconds' },
] as const;

const oneSecond = units[5];

/** Guesses in words of time: half of them on average are needed. */
export const guessTimeInWords = (guesses: number): string => {
  const seconds = guesses / 2 / guessesPerSecond;
  if (seconds < 1) return 'less than a second';
  if (seconds >= 1_000 * units[0].seconds) return 'thousands of years';
  const unit = units.find((each) => seconds >= each.seconds) ?? oneSecond;
  const count = Math.round(seconds / unit.seconds);
  return count === 1 ? `about ${unit.one}` : `about ${String(count)} ${unit.many}`;
};

const mostBits = 1_000;

const load = async (): Promise<ZxcvbnFactory> => {
  const [core, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ]);
  return new core.ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
    translations: english.translations,
    l33tMaxSubstitutions: readings,
  });
};

/** Gives how many bits there are to guess in a text, by the same estimate: for values that no provider made at random. */
export const bitsJudge = (): ((text: string) => Promise<number>) => {
  let factory: Promise<ZxcvbnFactory> | null = null;
  return async (text) => {
    factory ??= load();
    return Math.min(mostBits, Math.log2((await factory).check(text.slice(0, maxJudged)).guesses));
  };
};

/** Judges passwords against common ones, English words, names, dates and keyboard walks. Also the words of this product. */
export const passwordJudge = (): JudgePassword => {
  let factory: Promise<ZxcvbnFactory> | null = null;
  return async (password) => {
    factory ??= load();
    const zxcvbn = await factory;
    const { score, guesses, feedback } = zxcvbn.check(password.slice(0, maxJudged), [
      'keyturn',
      'vault',
      'password',
    ]);
    return {
      score,
      guessTime: guessTimeInWords(guesses),
      warning: feedback.warning ?? '',
      suggestions: feedback.suggestions,
    };
  };
};
