// One file that watching noticed, as a walk would have given it; nothing where a walk would have left it out.
import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { ignoreFileName, isLeftOut, parseIgnoreFile, type IgnoreScope } from '../../core/leaks/ignore.ts';
import { createWalk, type FileGroup } from '../../node/scan/walk.ts';

/** A file's group; none for what is gone, a link, or no file. */
export const groupOfFile = (path: string): readonly FileGroup[] =>
  createWalk([path], { notRead: () => undefined, onRepository: () => undefined }).next(1) ?? [];

const rulesIn = (folder: string): IgnoreScope['rules'] => {
  try {
    return parseIgnoreFile(readFileSync(join(folder, ignoreFileName), 'utf8'));
  } catch {
    return [];
  }
};

/** Whether an ignore file of a watched folder, or of one below it, leaves a path out. */
export const isLeftOutBelow = (roots: readonly string[], path: string): boolean =>
  roots.some((root) => {
    if (!path.startsWith(root + sep)) return false;
    const names = relative(root, path).split(sep);
    let scope: IgnoreScope | null = null;
    for (let depth = 0; depth < names.length; depth += 1) {
      const rules = rulesIn(join(root, ...names.slice(0, depth)));
      if (rules.length > 0) scope = { rules, depth, above: scope };
      const isFolder = depth < names.length - 1;
      if (scope !== null && isLeftOut(scope, names.slice(0, depth + 1), isFolder)) return true;
    }
    return false;
  });
