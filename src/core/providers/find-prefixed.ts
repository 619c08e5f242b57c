// Finds values that a literal gives away. indexOf leads to the places, a sticky bounded matcher decides there, and every
// search goes on behind what it looked at, so that hostile text costs time in proportion to its length.
import { compilePattern, fitsFormat, inAlphabet, type Anchor } from './pattern.ts';
import type { KeyFormat } from './format.ts';
import { diagnose, type Malformed } from './malformed.ts';
import { isPlaceholder, looksMasked } from './placeholder.ts';
import type { ProviderDefinition } from './provider.ts';
import { endsRun, isDelimited, looksLikeWord, maxRun, runEnd, surplusEnd } from './surroundings.ts';
import type { TextRange } from './text-range.ts';

export type Hit = {
  readonly provider: ProviderDefinition;
  readonly format: KeyFormat;
  readonly range: TextRange;
  readonly malformed: readonly Malformed[];
  readonly suggested: TextRange | undefined;
  readonly glued: boolean;
};

/** Text with the extent of the one value that it may be. */
export type Reading = { readonly text: string; readonly lone: TextRange };

const maxHitsPerFormat = 2000;
/** A prefix of this length says enough to be taken in the middle of a word. */
const tellingLength = 8;
/** Shorter rests behind a prefix are mentions of it ("keys begin with …"), not values. */
const mentionLength = 8;

const endsInAlphabet = (format: KeyFormat, character: string): boolean => {
  if (!('parts' in format.pattern)) return /\w/.test(character);
  const last = format.pattern.parts[format.pattern.parts.length - 1];
  return last !== undefined && 'alphabet' in last && inAlphabet(last.alphabet, character);
};

const isLone = (reading: Reading, range: TextRange): boolean =>
  range.start === reading.lone.start && range.end === reading.lone.end;

const wellFormed = (
  provider: ProviderDefinition,
  format: KeyFormat,
  reading: Reading,
  range: TextRange,
): Hit => {
  const { text } = reading;
  const longer = { start: range.start, end: surplusEnd(text, range.end) };
  const surplus = text.slice(range.end, longer.end);
  const value = text.slice(range.start, range.end);
  const plain = { provider, format, range, suggested: undefined, glued: false };
  if (surplus === '') {
    const problem = diagnose(format, value);
    return { ...plain, malformed: problem ? [problem] : [] };
  }
  const alone = isLone(reading, longer) || isDelimited(text, longer);
  const mayRunOn = !format.rightBoundary || !endsInAlphabet(format, surplus[0] ?? '');
  if (!alone && mayRunOn && looksLikeWord(surplus)) return { ...plain, malformed: [], glued: true };
  const problem = diagnose(format, text.slice(range.start, longer.end));
  return { ...plain, range: longer, malformed: problem ? [problem] : [], suggested: range };
};

const withoutPunctuation = (text: string, start: number, end: number): number => {
  let last = end;
  while (last > start && /[.:!?]/.test(text[last - 1] ?? '') && !text.slice(start, last).endsWith('...'))
    last -= 1;
  return last;
};

/** True where the prefix stands again in the same run of characters: that one is judged. */
const repeatsAt = (text: string, start: number, prefixEnd: number): boolean => {
  const next = text.indexOf(text.slice(start, prefixEnd), prefixEnd);
  return next >= 0 && next < prefixEnd + maxRun && !endsRun(text.slice(prefixEnd, next));
};

/** True where the text is this one value, be it broken by a space or a line break that does not belong there. */
const isWholeValue = (format: KeyFormat, { text, lone }: Reading, start: number): boolean => {
  if (lone.start !== start || lone.end - start > compilePattern(format.pattern).maxLength * 2) return false;
  const value = text.slice(start, lone.end);
  return !/\s/.test(value) || fitsFormat(format, value.replace(/\s/g, ''));
};

/** Behind a short prefix such as `SK` only what has about the right length is a key gone wrong: SKILLS is a word. */
const isNear = (format: KeyFormat, prefixLength: number, length: number): boolean => {
  const { minLength, maxLength } = compilePattern(format.pattern);
  return prefixLength >= tellingLength || (length >= minLength * 0.6 && length <= maxLength * 1.5);
};

const illFormed = (
  provider: ProviderDefinition,
  format: KeyFormat,
  reading: Reading,
  start: number,
  prefixEnd: number,
): Hit | undefined => {
  const { text, lone } = reading;
  if (/\s/.test(text[prefixEnd] ?? '') || repeatsAt(text, start, prefixEnd)) return undefined;
  const wholeLone = isWholeValue(format, reading, start);
  const end = wholeLone ? lone.end : withoutPunctuation(text, prefixEnd, runEnd(text, prefixEnd));
  const range = { start, end };
  const rest = text.slice(prefixEnd, end);
  if (!wholeLone) {
    const assigned = text[start - 1] === '=' || (isDelimited(text, range) && rest !== '');
    if (!assigned && (rest.length < mentionLength || isPlaceholder(rest))) return undefined;
    if (/\s/.test(rest) || (text[start - 1] !== '=' && rest.length < mentionLength && looksMasked(rest)))
      return undefined;
  }
  if (!isNear(format, prefixEnd - start, end - start)) return undefined;
  const problem = diagnose(format, text.slice(start, end));
  if (!problem) return undefined;
  return { provider, format, range, malformed: [problem], suggested: undefined, glued: false };
};

const startsInsideWord = (text: string, start: number, anchor: Anchor): boolean =>
  anchor.text.length < tellingLength && /\w/.test(text[start - 1] ?? '');

const hitsAtAnchor = (
  provider: ProviderDefinition,
  format: KeyFormat,
  reading: Reading,
  anchor: Anchor,
): readonly Hit[] => {
  const { text } = reading;
  const { sticky } = compilePattern(format.pattern);
  const hits: Hit[] = [];
  const offset = anchor.offset ?? 0;
  let from = 0;
  while (hits.length < maxHitsPerFormat) {
    const at = text.indexOf(anchor.text, from);
    if (at < 0) break;
    const start = at - offset;
    from = at + anchor.text.length;
    if (start < 0 || startsInsideWord(text, start, anchor)) continue;
    sticky.lastIndex = start;
    const matched = sticky.test(text) && !text.slice(from, sticky.lastIndex).includes(anchor.text);
    const hit = matched
      ? wellFormed(provider, format, reading, { start, end: sticky.lastIndex })
      : offset === 0
        ? illFormed(provider, format, reading, start, from)
        : undefined;
    if (!hit) continue;
    hits.push(hit);
    from = Math.max(from, (hit.suggested ?? hit.range).end);
  }
  return hits;
};

const hitsAnywhere = (
  provider: ProviderDefinition,
  format: KeyFormat,
  reading: Reading,
  anchors: readonly Anchor[],
): readonly Hit[] => {
  if (!anchors.some((anchor) => reading.text.includes(anchor.text))) return [];
  const search = new RegExp(compilePattern(format.pattern).source, 'g');
  const hits: Hit[] = [];
  for (const match of reading.text.matchAll(search)) {
    if (hits.length >= maxHitsPerFormat) break;
    const range = { start: match.index, end: match.index + match[0].length };
    hits.push({ provider, format, range, malformed: [], suggested: undefined, glued: false });
  }
  return hits;
};

/** All hits of one prefix format, in order of their places. */
export const findPrefixed = (
  provider: ProviderDefinition,
  format: KeyFormat,
  reading: Reading,
): readonly Hit[] => {
  const { anchors } = compilePattern(format.pattern);
  const fixed = anchors.filter((anchor) => anchor.offset !== null);
  if (fixed.length < anchors.length) return hitsAnywhere(provider, format, reading, anchors);
  return fixed.flatMap((anchor) => hitsAtAnchor(provider, format, reading, anchor));
};
