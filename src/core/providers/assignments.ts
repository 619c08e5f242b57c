// Finds `NAME=value`, `name: value`, `"name": "value"` and their relatives in any text: environment files, headers, JSON,
// YAML, shell, forms on a command line. Not a parser of these languages: it only says which name stands before which value.
import type { TextRange } from './text-range.ts';

export type Assignment = {
  readonly name: string;
  /** The name without case, `-`, `_` and `.`: what names are compared by. */
  readonly plain: string;
  readonly nameRange: TextRange;
  readonly value: TextRange;
};

const maxValueLength = 4096;
// Linear: a name starts only where no name character precedes it, and its length is bounded.
const nameAndSign =
  /(?<![\w.-])([A-Za-z_][\w.-]{0,63})(?![\w.-])["'\]\\]{0,3}[ \t]{0,4}(?::=|=>|[:=])[ \t]{0,4}([\\"'`]{0,3})/g;
const bareEnd = /[\s"'`,;&|<>)\]}\\]/;

/** Looks for ends of values from left to right and remembers the last one, so that nested assignments stay linear. */
const endFinder = (text: string): ((start: number, quotes: string) => number) => {
  const last = new Map<string, { readonly from: number; readonly end: number }>();
  return (start, quotes) => {
    const quote = quotes.slice(-1);
    const escaped = quotes.includes('\\');
    const known = last.get(quotes);
    if (known && start >= known.from && start <= known.end) return known.end;
    let index = start;
    while (index < text.length) {
      const character = text[index] ?? '';
      if (quote === '' ? bareEnd.test(character) : character === quote || character === '\n') break;
      if (escaped && character === '\\') break;
      index += 1;
    }
    last.set(quotes, { from: start, end: index });
    return index;
  };
};

const scheme = /(?:Bearer|Basic|Token)[ \t]{1,4}/iy;

/** Names compare without regard to case, `-`, `_` and `.`. */
export const plainName = (name: string): string => name.toLowerCase().replace(/[-_.]/g, '');

/** All assignments in a text, in order; at most `limit`. Values that are variables themselves (`$NAME`) are left out. */
export const findAssignments = (text: string, limit = 5000): readonly Assignment[] => {
  const found: Assignment[] = [];
  const endOf = endFinder(text);
  for (const match of text.matchAll(nameAndSign)) {
    if (found.length >= limit) break;
    const [whole, name = '', quotes = ''] = match;
    const opened = match.index + whole.length;
    scheme.lastIndex = opened;
    const start = scheme.test(text) ? scheme.lastIndex : opened;
    const end = endOf(start, quotes);
    if (end === start || end - start > maxValueLength || text[start] === '$') continue;
    found.push({
      name,
      plain: plainName(name),
      nameRange: { start: match.index, end: match.index + name.length },
      value: { start, end },
    });
  }
  return found;
};

type Hints = { readonly whole: ReadonlySet<string>; readonly beginnings: readonly string[] };

const hintsOf = new WeakMap<readonly string[], Hints>();

const readHints = (hints: readonly string[]): Hints => {
  const known = hintsOf.get(hints);
  if (known) return known;
  const upper = hints.map((hint) => hint.toUpperCase());
  const fresh = {
    whole: new Set(upper.filter((hint) => !hint.endsWith('*'))),
    beginnings: upper.filter((hint) => hint.endsWith('*')).map((hint) => hint.slice(0, -1)),
  };
  hintsOf.set(hints, fresh);
  return fresh;
};

/** True where a variable's name is one of the hints: whole names, or beginnings that end in `*`. */
export const nameFits = (hints: readonly string[], name: string): boolean => {
  const { whole, beginnings } = readHints(hints);
  const upper = name.toUpperCase();
  return whole.has(upper) || beginnings.some((beginning) => upper.startsWith(beginning));
};
