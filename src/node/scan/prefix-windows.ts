// Chooses for each literal the four characters by which it is looked for, and shares the literals out among the sixteen bits of the
// search, so that ordinary text rarely passes it by chance. "Ordinary" is source code; any choice finds everything.
import type { PatternLiteral } from '../../core/leaks/matching.ts';

/** What the search tells of a byte at one place of a window: which low halves and which high halves may be, one bit each. */
export type Halves = { readonly low: number; readonly high: number };

export type PrefixWindow = {
  readonly literal: number;
  /** How far into the literal the window begins. */
  readonly shift: number;
  readonly places: readonly Halves[];
};

export const windowLength = 4;
export const bucketCount = 16;
const halves = 16;
const any: Halves = { low: 0xffff, high: 0xffff };

const halvesOf = (codes: readonly number[]): Halves => ({
  low: codes.reduce((all, code) => all | (1 << (code & 15)), 0),
  high: codes.reduce((all, code) => all | (1 << (code >> 4)), 0),
});

const letters = 'etaoinsrlcdupmfhgbvywxkjqz';
const commonSigns = ' \n.,"()_-/:=;\'{}';

/** How often each byte stands in source code, roughly. */
const frequencies: readonly number[] = Array.from({ length: 256 }, (_, code) => {
  const sign = String.fromCharCode(code);
  const letter = letters.indexOf(sign.toLowerCase());
  if (code >= 128) return 0.0003;
  if (letter >= 0) return (0.07 * 0.9 ** letter) / (sign === sign.toLowerCase() ? 1 : 6);
  if (/\d/.test(sign)) return 0.008;
  return commonSigns.includes(sign) ? 0.015 : 0.002;
});

/** Of every half byte of low halves, by high half and which of the two: summed shares. */
const halfShares: readonly Float64Array[] = Array.from({ length: halves * 2 }, (_, row) => {
  const shares = new Float64Array(256);
  const first = (row >> 1) * halves + (row & 1) * 8;
  for (let mask = 1; mask < 256; mask += 1) {
    const lowest = 31 - Math.clz32(mask & -mask);
    shares[mask] = (shares[mask & (mask - 1)] ?? 0) + (frequencies[first + lowest] ?? 0);
  }
  return shares;
});

/** Share of bytes that have one of the low halves and one of the high ones. */
const passing = (low: number, high: number): number => {
  let share = 0;
  for (let half = 0; half < halves; half += 1)
    if ((high & (1 << half)) !== 0)
      share += (halfShares[2 * half]?.[low & 255] ?? 0) + (halfShares[2 * half + 1]?.[low >> 8] ?? 0);
  return share;
};

const nothing: Halves = { low: 0, high: 0 };

/** Share of text that passes where either of two rows of places does. */
const unitedCost = (left: readonly Halves[], right: readonly Halves[]): number => {
  let cost = 1;
  for (const [place, { low, high }] of left.entries()) {
    const other = right[place] ?? nothing;
    cost *= passing(low | other.low, high | other.high);
  }
  return cost;
};

const costOf = (places: readonly Halves[]): number => unitedCost(places, places);

const unite = (left: readonly Halves[], right: readonly Halves[]): readonly Halves[] =>
  left.map(({ low, high }, place) => ({
    low: low | (right[place]?.low ?? 0),
    high: high | (right[place]?.high ?? 0),
  }));

const codesOf = (character: string, anyCase: boolean): readonly number[] =>
  anyCase ? [character.charCodeAt(0), character.toUpperCase().charCodeAt(0)] : [character.charCodeAt(0)];

const classes = new Map<string, Halves>();

/** Classes are few and stand behind many literals. */
const halvesOfClass = (range: string): Halves => {
  const known = classes.get(range);
  if (known !== undefined) return known;
  const member = new RegExp(`[${range}]`);
  const codes = Array.from({ length: 256 }, (_, code) => code);
  const fresh = halvesOf(codes.filter((code) => member.test(String.fromCharCode(code))));
  classes.set(range, fresh);
  return fresh;
};

/** What may stand at each place from the literal's beginning on. */
const placesOf = ({ text, anyCase, sequel }: PatternLiteral): readonly Halves[] => {
  const fixed = [...text].map((character) => halvesOf(codesOf(character, anyCase)));
  if (sequel.what !== 'run') return [...fixed, any];
  const inside = halvesOfClass(sequel.range);
  return [...fixed, ...Array.from({ length: Math.min(sequel.least, windowLength) }, () => inside)];
};

const windowsOf = (literal: PatternLiteral, index: number): readonly PrefixWindow[] => {
  const places = placesOf(literal);
  const windows = Array.from(literal.text, (_, shift) => ({
    literal: index,
    shift,
    places: places.slice(shift, shift + windowLength),
  })).filter((window) => window.places.length === windowLength);
  if (windows.length === 0) throw new Error(`the literal ${literal.text} is too short to be looked for`);
  return windows.toSorted((left, right) => costOf(left.places) - costOf(right.places));
};

type Bucket = {
  readonly windows: readonly PrefixWindow[];
  readonly places: readonly Halves[];
  readonly cost: number;
};

type Union = { readonly left: Bucket; readonly right: Bucket; readonly more: number };

const unionOf = (left: Bucket, right: Bucket): Union => ({
  left,
  right,
  more: unitedCost(left.places, right.places) - left.cost - right.cost,
});

const merge = ({ left, right }: Union): Bucket => {
  const places = unite(left.places, right.places);
  return { windows: [...left.windows, ...right.windows], places, cost: costOf(places) };
};

/** Merges the two whose union lets the least more pass, until there are as many as the search has bits. */
const shareOut = (windows: readonly PrefixWindow[]): readonly Bucket[] => {
  let buckets: Bucket[] = windows.map((window) => ({
    windows: [window],
    places: window.places,
    cost: costOf(window.places),
  }));
  let unions = buckets.flatMap((left, index) =>
    buckets.slice(index + 1).map((right) => unionOf(left, right)),
  );
  while (buckets.length > bucketCount) {
    const best = unions.reduce((least, union) => (union.more < least.more ? union : least));
    const merged = merge(best);
    const isLeft = (bucket: Bucket): boolean => bucket !== best.left && bucket !== best.right;
    buckets = buckets.filter(isLeft);
    unions = unions.filter(({ left, right }) => isLeft(left) && isLeft(right));
    unions.push(...buckets.map((bucket) => unionOf(bucket, merged)));
    buckets.push(merged);
  }
  return buckets;
};

/** The windows of all literals, by the bit of the search that stands for them. */
export const windowsFor = (literals: readonly PatternLiteral[]): readonly (readonly PrefixWindow[])[] => {
  const best = literals.flatMap((literal, index) => windowsOf(literal, index).slice(0, 1));
  return shareOut(best).map(({ windows }) => windows);
};
