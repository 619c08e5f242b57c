// What is left out: folders that hold other people's code or caches, by default, and what a `.keyturnignore` says. `.gitignore` says
// nothing here: what git leaves out is where keys are. Whatever is left out is named (NotRead).
import { fitsPattern, parseIgnoreLine, type IgnorePattern } from './ignore-pattern.ts';

export const ignoreFileName = '.keyturnignore';
/** Longest ignore file that is heeded, in bytes, and the most rules of one: a repository's file must not slow a scan down. */
export const maxIgnoreBytes = 65_536;
export const maxIgnoreRules = 2_000;

/** Rules of one file and of those above it. */
export type IgnoreScope = {
  readonly rules: readonly IgnorePattern[];
  /** How many names the walk had gone down to the folder of the file. */
  readonly depth: number;
  readonly above: IgnoreScope | null;
};

/** @param text of a `.keyturnignore`: gitignore's language */
export const parseIgnoreFile = (text: string): readonly IgnorePattern[] =>
  text
    .replace(/^\uFEFF/, '')
    .split('\n', maxIgnoreRules * 4)
    .map((line) => parseIgnoreLine(line.endsWith('\r') ? line.slice(0, -1) : line))
    .filter((rule) => rule !== null)
    .slice(0, maxIgnoreRules);

/**
 * Whether the rules leave a path out. The innermost file that says something decides, and in it the last rule that fits.
 * @param path names from the walk's root down
 */
export const isLeftOut = (scope: IgnoreScope | null, path: readonly string[], isFolder: boolean): boolean => {
  for (let each = scope; each !== null; each = each.above) {
    const below = path.slice(each.depth);
    const rule = each.rules.findLast((pattern) => fitsPattern(pattern, below, isFolder));
    if (rule !== undefined) return !rule.negated;
  }
  return false;
};
