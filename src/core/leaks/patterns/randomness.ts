// Whether a text was drawn at random, as keys are, or written by somebody: words, the alphabet in order, a pattern repeated. Errs
// for random texts less than once in two thousand; test/unit/leaks/patterns/randomness.test.ts counts.
import { entropyPerCharacter } from '../../providers/entropy.ts';
import { isWordy } from '../wordy.ts';

/** The pairs of letters that make up three quarters of English, and a fifth of random letters. */
const usualPairs = new Set(
  (
    'th he in er an re on at en nd ti es or te of ed is it al ar st to nt ng se ha as ou io le ve co me de hi ri ro ic ne ea ra ce ' +
    'li ch ll be ma si om ur ca el ta la ns di fo ho pe ec pr no ct us ac ot il tr ly nc et ut ss so rs un lo wa ge ie wh ee wi em ' +
    'ad ol rt po we na ul ni ts mo ow pa im mi ai sh ir su id os iv ia am fi ci vi pl ig tu ev ld ry mp fe bl ab ke ey ap pi'
  ).split(' '),
);

/** By the number of pairs: how much of them must be usual to take a text for words. */
const wordShares = [
  { pairs: 20, share: 0.55 },
  { pairs: 14, share: 0.65 },
  { pairs: 10, share: 0.75 },
  { pairs: 7, share: 0.95 },
] as const;

/** True where most neighbouring letters are such as stand together in English. */
export const readsLikeWords = (text: string): boolean => {
  // Nobody changes between capital and small letters as often as chance does.
  if (!isWordy(text.replace(/[^A-Za-z]+/g, ''))) return false;
  const lower = text.toLowerCase();
  let pairs = 0;
  let usual = 0;
  for (let at = 0; at + 1 < lower.length; at += 1) {
    const pair = lower.slice(at, at + 2);
    if (!/^[a-z]{2}$/.test(pair)) continue;
    pairs += 1;
    if (usualPairs.has(pair)) usual += 1;
  }
  const rule = wordShares.find((entry) => pairs >= entry.pairs);
  return rule !== undefined && usual / pairs >= rule.share;
};

const mostOrdered = 0.5;
const shortestRun = 4;

/** 1 for `ab` and `90`, -1 for `ba`, 0 for `aa`; undefined for all else. */
const stepOf = (first: number, second: number): number | undefined => {
  const step = second - first;
  if (Math.abs(step) <= 1) return step;
  return first === 0x39 && second === 0x30 ? 1 : undefined;
};

/** True for `abcdef…`, `9876…`, `aaaa…` and what is mostly so. */
const isOrdered = (text: string): boolean => {
  const lower = text.toLowerCase();
  let ordered = 0;
  let run = 1;
  let direction: number | undefined;
  for (let at = 1; at <= lower.length; at += 1) {
    const step = stepOf(lower.charCodeAt(at - 1), lower.charCodeAt(at));
    if (step !== undefined && (step === direction || run === 1)) {
      run += 1;
    } else {
      if (run >= shortestRun) ordered += run;
      run = step === undefined ? 1 : 2;
    }
    direction = step;
  }
  return ordered > mostOrdered * text.length;
};

const longestPeriod = 12;
const mostRepeated = 0.7;
/** Fewer places than these may agree by chance. */
const leastCompared = 8;

/** True for a short pattern over and over, such as `deadbeefdeadbeef`. */
const isPeriodic = (text: string): boolean => {
  for (let period = 1; period <= longestPeriod && period + leastCompared <= text.length; period += 1) {
    let same = 0;
    for (let at = period; at < text.length; at += 1) if (text[at] === text[at - period]) same += 1;
    if (same > mostRepeated * (text.length - period)) return true;
  }
  return false;
};

/** Bits for each character that a text of such characters can have; those that letters and digits mix are counted whole. */
const alphabetBits = (whole: string): number => {
  const text = whole.replace(/[^0-9A-Za-z]/g, '');
  if (/^\d+$/.test(text)) return Math.log2(10);
  if (/^[0-9a-f]+$/i.test(text)) return 4;
  return /^[0-9a-z]+$/.test(text) || /^[0-9A-Z]+$/.test(text) ? Math.log2(36) : 6;
};

/** Of what a text of this length and alphabet could have at most. */
const leastShare = 0.63;

/**
 * True where a text may have been drawn at random.
 * @param text at least eight characters long
 */
export const isRandom = (text: string): boolean => {
  const most = Math.min(Math.log2(text.length), alphabetBits(text));
  if (entropyPerCharacter(text) < leastShare * most) return false;
  if (isOrdered(text) || isPeriodic(text)) return false;
  return /^[0-9a-f:.-]+$/i.test(text) || !readsLikeWords(text);
};
