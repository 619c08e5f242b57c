// A format's pattern as a row of atoms, so that it can be told what stands around a literal: which characters, and how many at least.
import { alphabets, type Part, type Pattern } from '../../providers/format.ts';
import { escapeLiteral } from '../../providers/pattern.ts';

/** A stretch of characters of one class; `range` is the inside of a regular expression's brackets. */
export type Atom = { readonly range: string; readonly min: number; readonly max: number };

const visible = '!-~';
/** What nothing is known about: a group with its choices. */
const anything: Atom = { range: visible, min: 0, max: Infinity };

/** A text as the inside of brackets. */
const rangeOf = (text: string): string =>
  [...new Set(text)].map((sign) => sign.replace(/[\\\]^-]/, '\\$&')).join('');

const textAtom = (texts: readonly string[]): Atom => {
  const lengths = texts.map(({ length }) => length);
  return { range: rangeOf(texts.join('')), min: Math.min(...lengths), max: Math.max(...lengths) };
};

const partAtom = (part: Part): Atom => {
  if ('literal' in part) return textAtom([part.literal]);
  if ('oneOf' in part) return textAtom(part.oneOf);
  return { range: alphabets[part.alphabet].range, min: part.min, max: part.max };
};

const atomAndCount =
  /(\\.|\[(?:\\.|[^\]\\])+\]|\((?:\\.|\[(?:\\.|[^\]\\])+\]|[^()\\])*\)|[^\\[(])(?:\{(\d+)(?:,(\d+))?\}|(\?))?/gy;

/** A minus sign at the end of a class would make a range of what is put behind it. */
const joinable = (range: string): string => range.replace(/(?<!\\)-$/, '\\-').replace(/^-/, '\\-');

/** A group without groups inside: whatever its choices have. */
const groupAtom = (group: string): Atom => {
  const choices = group
    .slice(1, -1)
    .replace(/^\?(?::|<\w+>)/, '')
    .split('|')
    .map(sourceAtoms);
  return {
    range: choices
      .flat()
      .map(({ range }) => range)
      .join(''),
    min: Math.min(...choices.map(leastOf)),
    max: Infinity,
  };
};

/** How many characters a row of atoms has at least. */
export const leastOf = (atoms: readonly Atom[]): number => atoms.reduce((sum, { min }) => sum + min, 0);

const plainAtom = (text: string): Omit<Atom, 'min' | 'max'> =>
  text.startsWith('[')
    ? { range: joinable(text.slice(1, -1)) }
    : { range: text === '.' ? visible : text.startsWith('\\') ? text : rangeOf(text) };

const sourceAtom = ([, text = '', min, max, maybe]: RegExpExecArray): Atom => {
  // What is left of nested groups, and negated classes: nothing is known.
  if (/^(?:[()|*+]|\[\^)/.test(text) && !(text.startsWith('(') && text.endsWith(')'))) return anything;
  const one = text.startsWith('(') ? groupAtom(text) : { ...plainAtom(text), min: 1, max: 1 };
  if (maybe !== undefined) return { range: one.range, min: 0, max: one.max };
  return {
    range: one.range,
    min: one.min * Number(min ?? 1),
    max: one.max * Number(max ?? min ?? 1),
  };
};

/** Atoms of a bounded source; what is nested counts as something that nothing is known about. */
const sourceAtoms = (source: string): readonly Atom[] => {
  const atoms: Atom[] = [];
  const reader = new RegExp(atomAndCount);
  for (let match = reader.exec(source); match !== null; match = reader.exec(source)) {
    atoms.push(sourceAtom(match));
    if (reader.lastIndex >= source.length) return atoms;
  }
  return [...atoms, anything];
};

/** What stands around a literal of a pattern. */
export type AroundLiteral = { readonly before: readonly Atom[]; readonly after: readonly Atom[] };

/** The atoms around a literal; undefined where the pattern does not have it as such, but among choices. */
export const aroundLiteral = (pattern: Pattern, text: string): AroundLiteral | undefined => {
  if ('parts' in pattern) {
    const index = pattern.parts.findIndex((part) =>
      'literal' in part ? part.literal === text : 'oneOf' in part && part.oneOf.includes(text),
    );
    if (index < 0) return undefined;
    const atoms = pattern.parts.map(partAtom);
    return { before: atoms.slice(0, index), after: atoms.slice(index + 1) };
  }
  const escaped = escapeLiteral(text);
  const at = pattern.source.indexOf(escaped);
  if (at < 0) return undefined;
  const [before, after] = [pattern.source.slice(0, at), pattern.source.slice(at + escaped.length)];
  return { before: before === '' ? [] : sourceAtoms(before), after: after === '' ? [] : sourceAtoms(after) };
};
