// Turns a pattern into matchers and numbers, once per format. Matchers are sticky so that a caller decides where to look:
// literals are found by indexOf first, which keeps the cost on text without keys near zero.
import { alphabets, type AlphabetName, type KeyFormat, type Part, type Pattern } from './format.ts';

/** A literal that every match contains, and how far into the match it stands (null: anywhere up to maxLength). */
export type Anchor = { readonly text: string; readonly offset: number | null };

export type CompiledPattern = {
  readonly anchors: readonly Anchor[];
  readonly sticky: RegExp;
  readonly whole: RegExp;
  /** Source without anchors, for generators. */
  readonly source: string;
  readonly minLength: number;
  readonly maxLength: number;
};

/** A text as part of a regular expression that fits it and nothing else. */
export const escapeLiteral = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

const partSource = (part: Part): string => {
  if ('literal' in part) return escapeLiteral(part.literal);
  if ('oneOf' in part) return `(?:${part.oneOf.map(escapeLiteral).join('|')})`;
  const { range } = alphabets[part.alphabet];
  return part.min === part.max ? `[${range}]{${part.min}}` : `[${range}]{${part.min},${part.max}}`;
};

/** Shortest and longest text that a part fits. */
export const partLengths = (part: Part): readonly [number, number] => {
  if ('literal' in part) return [part.literal.length, part.literal.length];
  if ('oneOf' in part) {
    const lengths = part.oneOf.map((choice) => choice.length);
    return [Math.min(...lengths), Math.max(...lengths)];
  }
  return [part.min, part.max];
};

const anchorsOf = (parts: readonly Part[]): readonly Anchor[] => {
  let offset = 0;
  for (const part of parts) {
    if ('literal' in part) return [{ text: part.literal, offset }];
    if ('oneOf' in part) return part.oneOf.map((text) => ({ text, offset }));
    if (part.min !== part.max) return [];
    offset += part.min;
  }
  return [];
};

const compileParts = (parts: readonly Part[]): CompiledPattern => {
  const source = parts.map(partSource).join('');
  const lengths = parts.map(partLengths);
  return {
    anchors: anchorsOf(parts),
    sticky: new RegExp(source, 'y'),
    whole: new RegExp(`^(?:${source})$`),
    source,
    minLength: lengths.reduce((sum, [min]) => sum + min, 0),
    maxLength: lengths.reduce((sum, [, max]) => sum + max, 0),
  };
};

/** Shortest text of a source without groups and choices; 1 where it has some, or does not begin with its literal. */
const leastLength = ({ source, anchors }: Extract<Pattern, { source: string }>): number => {
  const bare = source.replace(/\\./g, 'x').replace(/\[[^\]]*\]/g, 'x');
  if (/[()|]/.test(bare) || !anchors.some((text) => source.startsWith(escapeLiteral(text)))) return 1;
  const pieces = bare.match(/.(?:\{\d+(?:,\d+)?\}|\?)?/g) ?? [];
  return pieces.reduce(
    (sum, piece) => sum + (piece.endsWith('?') ? 0 : Number(/\{(\d+)/.exec(piece)?.[1] ?? 1)),
    0,
  );
};

const compileSource = (pattern: Extract<Pattern, { source: string }>): CompiledPattern => ({
  anchors: pattern.anchors.map((text) => ({
    text,
    offset: pattern.source.startsWith(escapeLiteral(text)) ? 0 : null,
  })),
  sticky: new RegExp(pattern.source, 'y'),
  whole: new RegExp(`^(?:${pattern.source})$`),
  source: pattern.source,
  minLength: leastLength(pattern),
  maxLength: pattern.maxLength,
});

const compiled = new WeakMap<Pattern, CompiledPattern>();

/** Compiles once per pattern object. */
export const compilePattern = (pattern: Pattern): CompiledPattern => {
  const known = compiled.get(pattern);
  if (known) return known;
  const fresh = 'parts' in pattern ? compileParts(pattern.parts) : compileSource(pattern);
  compiled.set(pattern, fresh);
  return fresh;
};

/** The literal text a format begins with; empty where it begins with something variable. */
export const literalPrefixOf = (pattern: Pattern): string => {
  if ('source' in pattern) {
    const [anchor = '', ...others] = pattern.anchors;
    return others.length === 0 && pattern.source.startsWith(escapeLiteral(anchor)) ? anchor : '';
  }
  const first = pattern.parts[0];
  return first !== undefined && 'literal' in first ? first.literal : '';
};

/** True where `value` as a whole is of this format. */
export const fitsFormat = (format: KeyFormat, value: string): boolean =>
  value.length <= compilePattern(format.pattern).maxLength &&
  compilePattern(format.pattern).whole.test(value);

const memberTests = new Map<AlphabetName, RegExp>();

/** True where the character belongs to the alphabet. */
export const inAlphabet = (alphabet: AlphabetName, character: string): boolean => {
  let test = memberTests.get(alphabet);
  if (!test) {
    test = new RegExp(`^[${alphabets[alphabet].range}]$`);
    memberTests.set(alphabet, test);
  }
  return test.test(character);
};

/**
 * Bits that stay unknown to someone who sees the first `shown` characters, at least. Literals count for nothing; a pattern
 * that is not written by parts gives 0, so that nothing beyond its public part is ever shown.
 */
export const bitsBeyond = (pattern: Pattern, shown: number): number => {
  if (!('parts' in pattern)) return 0;
  let start = 0;
  let bits = 0;
  for (const part of pattern.parts) {
    const [min] = partLengths(part);
    if ('alphabet' in part) {
      const hidden = Math.max(0, min - Math.max(0, shown - start));
      bits += hidden * Math.log2(alphabets[part.alphabet].size);
    }
    start += min;
  }
  return bits;
};
