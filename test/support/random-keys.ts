// Keys as providers make them: every character drawn evenly. fast-check's own samples (key-samples.ts) favour the odd and the
// repeated, which is right for parsers and wrong where randomness itself is judged.
import { alphabets, type KeyFormat, type Part } from '../../src/core/providers/format.ts';
import { diagnose } from '../../src/core/providers/malformed.ts';

/** Numbers from 0 to `below`, the same for the same seed. */
export type Draw = (below: number) => number;

/** Source: Tommy Ettinger, mulberry32. */
export const drawFrom = (seed: number): Draw => {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
};

const members = new Map<string, string>();

/** The characters of the inside of a regular expression's brackets. */
const charactersOf = (range: string): string => {
  const known = members.get(range);
  if (known !== undefined) return known;
  const test = new RegExp(`[${range}]`);
  const fresh = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code))
    .filter((character) => test.test(character))
    .join('');
  members.set(range, fresh);
  return fresh;
};

/** `length` characters of a class, drawn evenly. */
export const randomText = (draw: Draw, range: string, length: number): string => {
  const characters = charactersOf(range);
  return Array.from({ length }, () => characters[draw(characters.length)] ?? '').join('');
};

const randomPart = (draw: Draw, part: Part): string => {
  if ('literal' in part) return part.literal;
  if ('oneOf' in part) return part.oneOf[draw(part.oneOf.length)] ?? '';
  // Longest forms are thousands of characters; a key is nearly always near the shortest.
  const length = part.min + draw(Math.min(part.max - part.min, 40) + 1);
  return randomText(draw, alphabets[part.alphabet].range, length);
};

const atomAndCount =
  /(\\.|\[(?:\\.|[^\]\\])+\]|\((?:\\.|\[(?:\\.|[^\]\\])+\]|[^()\\])*\)|[^\\[(])(?:\{(\d+)(?:,(\d+))?\}|(\?))?/g;

/** One text that a bounded source without nested groups fits. */
const randomSource = (draw: Draw, source: string): string =>
  [...source.matchAll(atomAndCount)]
    .map(([, atom = '', min, max, maybe]) => {
      const least = maybe === undefined ? Number(min ?? 1) : 0;
      const most = maybe === undefined ? Number(max ?? min ?? 1) : 1;
      const count = least + draw(Math.min(most - least, 40) + 1);
      if (atom.startsWith('(')) {
        const choices = atom
          .slice(1, -1)
          .replace(/^\?(?::|<\w+>)/, '')
          .split('|');
        return Array.from({ length: count }, () =>
          randomSource(draw, choices[draw(choices.length)] ?? ''),
        ).join('');
      }
      if (atom.startsWith('[')) return randomText(draw, atom.slice(1, -1), count);
      return (atom.startsWith('\\') ? atom.slice(1) : atom).repeat(count);
    })
    .join('');

const once = (format: KeyFormat, draw: Draw): string =>
  'parts' in format.pattern
    ? format.pattern.parts.map((part) => randomPart(draw, part)).join('')
    : randomSource(draw, format.pattern.source);

/** A well-formed key of a format that reads like no placeholder. */
export const randomKey = (format: KeyFormat, draw: Draw): string => {
  for (let tries = 0; tries < 100; tries += 1) {
    const key = once(format, draw);
    if (diagnose(format, key) === undefined) return key;
  }
  throw new Error(`no key of ${format.id}`);
};
