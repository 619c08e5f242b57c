// Where a value may begin and end: not in the middle of a word, but right behind an escape, whose last character looks like a letter
// (`\n`, `%3D`, `\u0022`, `\x1b`).
import { alphabets, type KeyFormat } from '../../providers/format.ts';
import { inAlphabet } from '../../providers/pattern.ts';

const wordCharacter = /[0-9A-Za-z_]/;
/** An escape that ends where the value begins, and the escapes of colours in a terminal's output. */
const escapeBefore = /(?:\\+(?:[nrtbfv0]|u[0-9a-f]{4}|x[0-9a-f]{2})|%[0-9a-f]{2}|\x1b\[[0-9;]{0,8}m)$/i;
const longestEscape = 12;

/** True where what stands before `start` belongs to the same word. */
export const beginsWithinWord = (text: string, start: number): boolean => {
  if (start === 0 || !wordCharacter.test(text[start - 1] ?? '')) return false;
  return !escapeBefore.test(text.slice(Math.max(0, start - longestEscape), start));
};

/** True within base64, where every few thousand characters look like the beginning of some key. */
export const beginsWithinBase64 = (text: string, start: number): boolean =>
  /[0-9A-Za-z]{6}[+/]$/.test(text.slice(Math.max(0, start - 7), start));

/** Signs of a hidden rest: three dots, stars, and (as bytes of UTF-8) the ellipsis, bullets, full blocks. */
const hiddenRest = /^(?:\.{3}|\*{2}|\xe2\x80\xa6|\xe2\x80\xa2|\xe2\x96\x88|x{4})/;

/** True where the value goes on hidden: `sk_live_51Habc…`. */
export const isCutOff = (text: string, end: number): boolean => hiddenRest.test(text.slice(end, end + 4));

/** True where the character behind the value belongs to it, so that it is of another length than the format says. */
export const runsOn = (format: KeyFormat, text: string, end: number): boolean => {
  const next = text[end] ?? '';
  if (next === '' || !format.rightBoundary) return false;
  if (wordCharacter.test(next)) return true;
  if (!('parts' in format.pattern)) return false;
  const last = format.pattern.parts.findLast((part) => 'alphabet' in part);
  // A sign in prose or code may follow on any value; one of its own alphabet between two characters of it may not.
  return (
    last !== undefined &&
    inAlphabet(last.alphabet, next) &&
    alphabets[last.alphabet].size < 90 &&
    wordCharacter.test(text[end + 1] ?? '')
  );
};
