// Finds values that a literal gives away. indexOf leads to the places, a sticky bounded matcher decides there, and every
// search goes on behind what it looked at, so that hostile text costs time in proportion to its length.
import type { AnchorPlaces } from './anchor-scan.ts';
import { compilePattern, fitsFormat, inAlphabet, type Anchor } from './pattern.ts';
import type { KeyFormat } from './format.ts';
import { diagnose, type Malformed } from './malformed.ts';
import { isPlaceholder, looksMasked } from './placeholder.ts';
import type { ProviderDefinition } from './provider.ts';
import { endsRun, isDelimited, looksLikeWord, maxRun, runFinder, surplusEnd } from './surroundings.ts';
import { isComposite } from './take-apart.ts';
import type { TextRange } from './text-range.ts';

export type Hit = {
  readonly provider: ProviderDefinition;
  readonly format: KeyFormat;
  readonly range: TextRange;
  readonly malformed: readonly Malformed[];
  readonly suggested: TextRange | undefined;
  readonly glued: boolean;
};

/** Text with the extent of the one value that it may be, and where literals stand in it. */
export type Reading = { readonly text: string; readonly lone: TextRange; readonly places: AnchorPlaces };

const maxHitsPerFormat = 2000;
/** A prefix of this length says enough to be taken in the middle of a word. */
const tellingLength = 8;
/** Prefixes up to this length, made of letters alone, are the beginnings of many words. */
const wordLength = 3;
/** How far the length of a value behind such a prefix may be off. */
const wordTolerance = 4;
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

/** False for short runs of letters such as `AC`, which may well stand again inside a value. */
const standsAlone = (prefix: string): boolean => prefix.length > 4 || /^.{3}[^0-9A-Za-z]$/.test(prefix);

/** True where the prefix stands again in the same run of characters: that one is judged. */
const repeatsAt = (text: string, start: number, prefixEnd: number): boolean => {
  if (!standsAlone(text.slice(start, prefixEnd))) return false;
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
const isNear = (format: KeyFormat, prefix: string, length: number): boolean => {
  const { minLength, maxLength } = compilePattern(format.pattern);
  if (prefix.length >= tellingLength) return true;
  return /^[a-z]+$/i.test(prefix) && prefix.length <= wordLength
    ? length >= minLength - wordTolerance && length <= maxLength + wordTolerance
    : length >= minLength * 0.6 && length <= maxLength * 1.5;
};

/** A name in code or prose such as `re_use_the_old_key` or `key-management-service`: its beginning is short, the rest words. */
const isName = (prefix: string, rest: string): boolean =>
  prefix.length < tellingLength && /^[a-z]{1,30}(?:[_-][a-z]{1,30}){1,20}$/.test(rest);

/** In the middle of a text, and behind a short prefix, only a wrong length means a key: everything else is another word. */
const isOnlyOfWrongLength = ({ code }: Malformed, rest: string): boolean =>
  (code === 'too-short' || code === 'too-long') && /\d/.test(rest);

const illFormed = (
  provider: ProviderDefinition,
  format: KeyFormat,
  reading: Reading,
  start: number,
  prefixEnd: number,
  endOfRun: (start: number) => number,
): Hit | undefined => {
  const { text, lone } = reading;
  if (/\s/.test(text[prefixEnd] ?? '') || repeatsAt(text, start, prefixEnd)) return undefined;
  const wholeLone = isWholeValue(format, reading, start);
  const end = wholeLone ? lone.end : withoutPunctuation(text, prefixEnd, endOfRun(prefixEnd));
  const range = { start, end };
  const prefix = text.slice(start, prefixEnd);
  if (!isNear(format, prefix, end - start)) return undefined;
  const rest = text.slice(prefixEnd, end);
  if (!wholeLone) {
    const assigned = text[start - 1] === '=' || (isDelimited(text, range) && rest !== '');
    if (!assigned && (rest.length < mentionLength || isPlaceholder(rest))) return undefined;
    if (/\s/.test(rest) || (text[start - 1] !== '=' && rest.length < mentionLength && looksMasked(rest)))
      return undefined;
  }
  const problem = diagnose(format, text.slice(start, end));
  if (!problem) return undefined;
  if (!wholeLone && prefix.length < tellingLength && !isOnlyOfWrongLength(problem, rest)) return undefined;
  return { provider, format, range, malformed: [problem], suggested: undefined, glued: false };
};

const startsInsideWord = (text: string, start: number, anchor: Anchor): boolean =>
  anchor.text.length < tellingLength && /\w/.test(text[start - 1] ?? '');

const holdsAgain = (anchor: Anchor, rest: string): boolean =>
  standsAlone(anchor.text) && rest.includes(anchor.text);

/** `DO` stands before many words: a longer run of letters is one, unless it is all there is. */
const isLongWord = (anchor: Anchor, hit: Hit, { text, lone }: Reading): boolean =>
  anchor.text.length <= wordLength &&
  hit.suggested !== undefined &&
  !(hit.range.start === lone.start && hit.range.end === lone.end) &&
  !/\d/.test(text.slice(hit.range.start, hit.range.end));

const hitsAtAnchor = (
  provider: ProviderDefinition,
  format: KeyFormat,
  reading: Reading,
  anchor: Anchor,
): readonly Hit[] => {
  const { text } = reading;
  const { sticky, minLength } = compilePattern(format.pattern);
  const hits: Hit[] = [];
  const offset = anchor.offset ?? 0;
  const places = reading.places(anchor.text);
  const endOfRun = runFinder(text);
  let next = 0;
  for (const [index, at] of places.entries()) {
    if (hits.length >= maxHitsPerFormat) break;
    const start = at - offset;
    if (at < next || start < 0) continue;
    const prefixEnd = at + anchor.text.length;
    next = prefixEnd;
    if (startsInsideWord(text, start, anchor)) continue;
    sticky.lastIndex = start;
    // Whatever would fit here would hold its own beginning again: not even tried.
    const isCrowded =
      standsAlone(anchor.text) && (places[index + 1] ?? Infinity) < start + minLength - anchor.text.length;
    const matched =
      !isCrowded && sticky.test(text) && !holdsAgain(anchor, text.slice(prefixEnd, sticky.lastIndex));
    if (matched && isName(anchor.text, text.slice(prefixEnd, sticky.lastIndex))) continue;
    const hit = matched
      ? wellFormed(provider, format, reading, { start, end: sticky.lastIndex })
      : offset === 0
        ? illFormed(provider, format, reading, start, prefixEnd, endOfRun)
        : undefined;
    if (!hit || isLongWord(anchor, hit, reading)) continue;
    hits.push(hit);
    next = Math.max(next, (hit.suggested ?? hit.range).end);
  }
  return hits;
};

/** A point that may end the value or the sentence ends the sentence, unless the value is assigned, quoted or all there is. */
const withoutFullStop = (format: KeyFormat, reading: Reading, range: TextRange): TextRange => {
  const { text } = reading;
  const shorter = { start: range.start, end: range.end - 1 };
  const endsSentence = text[shorter.end] === '.' && /^(?:\s|$)/.test(text.slice(range.end, range.end + 1));
  return endsSentence &&
    !isLone(reading, range) &&
    !isDelimited(text, range) &&
    fitsFormat(format, text.slice(shorter.start, shorter.end))
    ? shorter
    : range;
};

const hitsAnywhere = (
  provider: ProviderDefinition,
  format: KeyFormat,
  reading: Reading,
  anchors: readonly Anchor[],
): readonly Hit[] => {
  const { text } = reading;
  if (!anchors.some((anchor) => reading.places(anchor.text).length > 0)) return [];
  const search = new RegExp(compilePattern(format.pattern).source, 'g');
  const hits: Hit[] = [];
  for (const match of text.matchAll(search)) {
    if (hits.length >= maxHitsPerFormat) break;
    const range = withoutFullStop(format, reading, {
      start: match.index,
      end: match.index + match[0].length,
    });
    if (/^\w/.test(match[0]) && /\w/.test(text[range.start - 1] ?? '')) continue;
    hits.push(
      isComposite(format)
        ? { provider, format, range, malformed: [], suggested: undefined, glued: false }
        : wellFormed(provider, format, reading, range),
    );
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
