// What stands around a value: whether the text is this value alone, and where a run of characters ends. Decides between
// "glued to the next word" (a document) and "one character too many" (a value).
import type { TextRange } from './text-range.ts';

const wrapping =
  /^(?:\s|["'`(<[{]|export\s|set\s|\$env:|[A-Za-z_][\w.-]{0,63}["']?[ \t]*[:=][ \t]*(?=\S)|(?:Bearer|Basic|Token)[ \t]+|-H[ \t]+|--header[ \t]+)/i;
const closing = /[\s"'`)>\]},;]/;
const delimiter = /[\s"'`,;<>()[\]{}|&\\]/;
/** How far a run of characters is followed. */
export const maxRun = 600;
// Native runs: several thousand starts in one line of hostile text must not cost a function call per character.
const run = new RegExp(`[^\\s"'\`,;<>()[\\]{}|&\\\\]{0,${maxRun}}`, 'y');
const surplus = new RegExp(`[\\w+/-]{0,${maxRun}}`, 'y');

const stickyEnd = (pattern: RegExp, text: string, start: number): number => {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : start;
};

/** Extent of the text without white space, quotes, `NAME=`, `Bearer ` around it. `NAME:` of a key prefix stays. */
export const loneRange = (text: string, prefixes: readonly string[]): TextRange => {
  let start = 0;
  for (let round = 0; round < 12; round += 1) {
    const ahead = text.slice(start, start + 200);
    const trimmed = ahead.trimStart();
    if (prefixes.some((prefix) => trimmed.startsWith(prefix))) {
      start += ahead.length - trimmed.length;
      break;
    }
    const match = wrapping.exec(ahead);
    if (!match) break;
    start += match[0].length;
  }
  let end = text.length;
  while (end > start && closing.test(text[end - 1] ?? '')) end -= 1;
  return { start, end };
};

/** End of the run of characters from `start` that a value could be made of; bounded. */
export const runEnd = (text: string, start: number): number => stickyEnd(run, text, start);

/** `runEnd` for places that are asked about from left to right: every character is looked at once, whatever their number. */
export const runFinder = (text: string): ((start: number) => number) => {
  let from = 0;
  let reached = 0;
  let isOpen = false;
  return (start) => {
    if (start < from || start >= reached) {
      from = start;
      reached = runEnd(text, start);
      isOpen = reached === start + maxRun;
    }
    while (isOpen && reached < start + maxRun) {
      const further = runEnd(text, reached);
      isOpen = further === reached + maxRun;
      reached = further;
    }
    return Math.min(reached, start + maxRun);
  };
};

/** True where a stretch of text contains a character that ends a run. */
export const endsRun = (text: string): boolean => delimiter.test(text);

/** The letters, digits and signs of keys that follow directly on `end`; bounded. */
export const surplusEnd = (text: string, end: number): number => stickyEnd(surplus, text, end);

/** True where the value is assigned with `=`, or stands in quotes of its own: then every character belongs to it. */
export const isDelimited = (text: string, range: TextRange): boolean => {
  const before = text[range.start - 1] ?? '';
  const after = text[range.end] ?? '';
  if (before === '=') return after === '' || delimiter.test(after);
  return /["'`]/.test(before) && after === before;
};

/** True for what looks like the beginning of a sentence run into a value, as `Where` or `Key`. */
export const looksLikeWord = (surplus: string): boolean => /^[A-Z][a-z]{1,30}$/.test(surplus);
