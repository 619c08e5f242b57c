// Which name stands before which value around a word such as `token`: in environment files, JSON, YAML, headers, code, XML, on a
// command line. Reads a bounded stretch forwards; src/engine/prefixes.ts asks the same question roughly before.
import { plainName } from '../../providers/assignments.ts';

export type NamedValue = {
  readonly name: string;
  readonly plain: string;
  readonly nameStart: number;
  readonly start: number;
  readonly end: number;
  /** A quote on either side. */
  readonly quoted: boolean;
};

const longestName = 64;
const nameEnd = /[\w.-]*/y;
/** What may stand between a name and its value, or between the words between them. */
const glue = /[\s"'`\\\])(:=>,?|&;]{1,16}/y;
const sign = /[:=>]/;
const comparison = /[=!<>]=/;
/** The next line belongs to something else, unless a sign says that the value is to come. */
const nextLine = /^[^:=]*[\r\n]/;
const value = /[!#$%*+\-./0-9:=?@A-Z^_a-z~]{1,512}/y;
/** Types, schemes and the like between name and value: `apiKey: string = "…"`, `Authorization: Bearer …`. */
const between = /^[A-Za-z]{1,12}$/;
const mostBetween = 2;

/** Characters of names, looked at backwards. */
const nameCharacter = /[\w.-]/;

const nameStart = (text: string, at: number): number => {
  let start = at;
  while (start > 0 && at - start < longestName && nameCharacter.test(text[start - 1] ?? '')) start -= 1;
  // The n of `\n` is none of the name's.
  const escaped = text[start - 1] === '\\' && /[nrt]/.test(text[start] ?? '') && start < at;
  return escaped ? start + 1 : start;
};

const matchEnd = (pattern: RegExp, text: string, at: number): number => {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
};

const isQuote = (character: string | undefined): boolean =>
  character === '"' || character === "'" || character === '`';

/** `setenv("NAME", "value")`: two texts side by side, and nothing else in either. */
const isSideBySide = (text: string, from: number, passed: string): boolean =>
  isQuote(text[from - 1]) && /^\\?["'`][ \t]*,[ \t]*\\?["'`]$/.test(passed);

const setting = /(?:^|[\s;&|])(?:ENV|ARG|setenv|export|set(?: -[A-Za-z]{1,3})?)[ \t]{1,4}$/;
/** As in `.netrc`. */
const loginBefore = /(?:^|\s)login[ \t]\S{1,80}\s{1,8}$/;

/** `ENV NAME value`, `set -gx NAME value`, `login me password value`: a space is all that stands between. */
const isToldWithoutSign = (text: string, from: number, name: string): boolean => {
  const before = text.slice(Math.max(0, from - longestName), from);
  return setting.test(before) || (name === 'password' && loginBefore.test(before));
};

/**
 * The value behind the name that has the characters `at` to `wordEnd`.
 * @param text a stretch with at least 64 characters before and 700 behind, where there are so many
 */
export const namedValueAt = (text: string, at: number, wordEnd: number): NamedValue | undefined => {
  const from = nameStart(text, at);
  const to = matchEnd(nameEnd, text, wordEnd);
  if (to - from > longestName * 2) return undefined;
  const flag = text.slice(from, to).startsWith('-');
  const name = text.slice(from, to).replace(/^[-.]+|[-.]+$/g, '');
  let position = to;
  let isAssigned = false;
  for (let words = 0; words <= mostBetween; words += 1) {
    const start = matchEnd(glue, text, position);
    if (start === position) return undefined;
    const passed = text.slice(position, start);
    if (comparison.test(passed) || nextLine.test(passed)) return undefined;
    if (words === 0)
      isAssigned = flag || isSideBySide(text, from, passed) || isToldWithoutSign(text, from, name);
    isAssigned ||= sign.test(passed) && !passed.includes(',');
    const end = matchEnd(value, text, start);
    if (end === start) return undefined;
    if (!between.test(text.slice(start, end))) {
      const quoted = isQuote(text[start - 1]) && (isQuote(text[end]) || text[end] === '\\');
      return isAssigned ? { name, plain: plainName(name), nameStart: from, start, end, quoted } : undefined;
    }
    position = end;
  }
  return undefined;
};
