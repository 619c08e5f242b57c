// One line of gitignore's language, matched without regular expressions: a pattern comes from a repository that may be made to attack
// the scanner, and this takes at most pattern times path, never more. Rules: git's documentation of gitignore and its wildmatch.c.

type Token =
  | { readonly is: 'one'; readonly code: number }
  | { readonly is: 'any' }
  | { readonly is: 'star' }
  | { readonly is: 'class'; readonly holds: (code: number) => boolean };
type Segment = readonly Token[] | '**';

export type IgnorePattern = {
  readonly segments: readonly Segment[];
  readonly negated: boolean;
  readonly foldersOnly: boolean;
};

const slash = 0x2f;
const backslash = 0x5c;

const between = (code: number, low: string, high: string): boolean =>
  code >= low.charCodeAt(0) && code <= high.charCodeAt(0);
const isDigit = (code: number): boolean => between(code, '0', '9');
const isUpper = (code: number): boolean => between(code, 'A', 'Z');
const isLower = (code: number): boolean => between(code, 'a', 'z');

/** Classes of POSIX by name, for ASCII. */
const namedClasses = new Map<string, (code: number) => boolean>([
  ['alnum', (code) => isDigit(code) || isUpper(code) || isLower(code)],
  ['alpha', (code) => isUpper(code) || isLower(code)],
  ['blank', (code) => code === 0x20 || code === 0x09],
  ['cntrl', (code) => code < 0x20 || code === 0x7f],
  ['digit', isDigit],
  ['graph', (code) => code > 0x20 && code < 0x7f],
  ['lower', isLower],
  ['print', (code) => code >= 0x20 && code < 0x7f],
  ['punct', (code) => code > 0x20 && code < 0x7f && !isDigit(code) && !isUpper(code) && !isLower(code)],
  ['space', (code) => code === 0x20 || (code >= 0x09 && code <= 0x0d)],
  ['upper', isUpper],
  ['xdigit', (code) => isDigit(code) || between(code, 'a', 'f') || between(code, 'A', 'F')],
]);

type ClassRead = { readonly holds: (code: number) => boolean; readonly next: number };

/** One character of a class, where a backslash takes away a meaning; null at the end of the text. */
const classCharacter = (
  text: string,
  at: number,
): { readonly code: number; readonly next: number } | null => {
  const escaped = text.charCodeAt(at) === backslash;
  const code = text.charCodeAt(at + (escaped ? 1 : 0));
  return Number.isNaN(code) ? null : { code, next: at + (escaped ? 2 : 1) };
};

/** Reads a class from behind its bracket. Null where it does not end: such a pattern matches nothing. */
const readClass = (text: string, from: number): ClassRead | null => {
  let at = from;
  const negated = text[at] === '!' || text[at] === '^';
  if (negated) at += 1;
  const parts: ((code: number) => boolean)[] = [];
  for (let isFirst = true; isFirst || text[at] !== ']'; isFirst = false) {
    if (text[at] === '[' && text[at + 1] === ':') {
      const end = text.indexOf(':]', at + 2);
      const named = end < 0 ? undefined : namedClasses.get(text.slice(at + 2, end));
      if (named === undefined) return null;
      parts.push(named);
      at = end + 2;
      continue;
    }
    const low = classCharacter(text, at);
    if (low === null) return null;
    at = low.next;
    let high = low.code;
    if (text[at] === '-' && at + 1 < text.length && text[at + 1] !== ']') {
      const end = classCharacter(text, at + 1);
      if (end === null) return null;
      high = end.code;
      at = end.next;
    }
    parts.push((code) => code >= low.code && code <= high);
  }
  return {
    holds: (code) => code !== slash && parts.some((part) => part(code)) !== negated,
    next: at + 1,
  };
};

/** Tokens of a pattern, slashes as null; null where it can match nothing. */
const tokensOf = (text: string): readonly (Token | null)[] | null => {
  const tokens: (Token | null)[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === slash) tokens.push(null);
    else if (text[at] === '*') tokens.push({ is: 'star' });
    else if (text[at] === '?') tokens.push({ is: 'any' });
    else if (text[at] === '[') {
      const read = readClass(text, at + 1);
      if (read === null) return null;
      tokens.push({ is: 'class', holds: read.holds });
      at = read.next - 1;
    } else if (code === backslash) {
      if (at + 1 >= text.length) return null;
      at += 1;
      tokens.push({ is: 'one', code: text.charCodeAt(at) });
    } else tokens.push({ is: 'one', code });
  }
  return tokens;
};

const segmentsOf = (tokens: readonly (Token | null)[]): readonly Segment[] => {
  const segments: Segment[] = [];
  let from = 0;
  for (let at = 0; at <= tokens.length; at += 1) {
    if (at < tokens.length && tokens[at] !== null) continue;
    const segment = tokens.slice(from, at).filter((token) => token !== null);
    // More than two stars between slashes are as good as two to git.
    const isDeep = segment.length >= 2 && segment.every((token) => token.is === 'star');
    segments.push(isDeep ? '**' : segment);
    from = at + 1;
  }
  return segments;
};

/** Spaces at the end do not count but where a backslash stands before them. */
const withoutTrailingSpaces = (line: string): string => {
  let end = line.length;
  while (end > 0 && line[end - 1] === ' ') {
    let backslashes = 0;
    while (line[end - 2 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 1) break;
    end -= 1;
  }
  return line.slice(0, end);
};

/** @returns null for a comment, an empty line, and a pattern that can match nothing */
export const parseIgnoreLine = (line: string): IgnorePattern | null => {
  if (line.startsWith('#')) return null;
  let text = withoutTrailingSpaces(line);
  const negated = text.startsWith('!');
  if (negated) text = text.slice(1);
  const foldersOnly = text.endsWith('/');
  if (foldersOnly) text = text.slice(0, -1);
  if (text === '') return null;
  const isAnchored = text.includes('/');
  const tokens = tokensOf(text.startsWith('/') ? text.slice(1) : text);
  if (tokens === null) return null;
  const segments = segmentsOf(tokens);
  return { segments: isAnchored ? segments : ['**', ...segments], negated, foldersOnly };
};

const fitsToken = (token: Token | undefined, code: number): boolean => {
  if (token === undefined || token.is === 'star') return false;
  if (token.is === 'any') return true;
  return token.is === 'one' ? token.code === code : token.holds(code);
};

/** One name against one segment. Going back to the last star alone is enough, since a star takes anything. */
const fitsSegment = (tokens: readonly Token[], name: string): boolean => {
  let token = 0;
  let star = -1;
  let resume = 0;
  for (let at = 0; at < name.length;) {
    if (tokens[token]?.is === 'star') {
      star = token;
      token += 1;
      resume = at;
    } else if (fitsToken(tokens[token], name.charCodeAt(at))) {
      token += 1;
      at += 1;
    } else if (star >= 0) {
      resume += 1;
      at = resume;
      token = star + 1;
    } else return false;
  }
  while (tokens[token]?.is === 'star') token += 1;
  return token === tokens.length;
};

/**
 * Whether a path fits a pattern, negation aside.
 * @param path names below the folder of the pattern's file
 */
export const fitsPattern = (pattern: IgnorePattern, path: readonly string[], isFolder: boolean): boolean => {
  if (pattern.foldersOnly && !isFolder) return false;
  /** Places in the path up to which the segments so far can reach. */
  let reached = new Set([0]);
  for (const [index, segment] of pattern.segments.entries()) {
    const next = new Set<number>();
    const isLast = index === pattern.segments.length - 1;
    if (segment === '**') {
      const lowest = Math.min(...reached);
      // At the end it stands for what is inside, so for one name at least.
      for (let at = lowest + (isLast ? 1 : 0); at <= path.length; at += 1) next.add(at);
    } else {
      for (const at of reached) {
        const name = path[at];
        if (name !== undefined && fitsSegment(segment, name)) next.add(at + 1);
      }
    }
    if (next.size === 0) return false;
    reached = next;
  }
  return reached.has(path.length);
};
