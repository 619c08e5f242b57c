// Whether guards stay in place: husky, installed anew, sets its own folder of hooks, and the guard does not run any more. Seen where settings or
// hooks of a watched repository change, and told with the warnings of watching.
import { basename, dirname } from 'node:path';
import { guardStatus } from '../../node/guard/guard-status.ts';
import { readGuardState } from '../../node/guard/guard-state.ts';
import { shownPath } from '../../node/scan/file-path.ts';
import { openRepository } from '../../node/scan/git/repository.ts';

export type GuardWatch = {
  /** A file changed; anything but a repository's settings and hooks is nobody's business here. Says whether the warnings are others now. */
  readonly changed: (path: string) => boolean;
  readonly warnings: () => readonly string[];
};

const mostWarnings = 20;
const ofGit = new Set(['config', 'config.worktree', 'pre-commit', 'pre-push', 'guard.json']);

/** Folder of git that a file lies in: at its top, or in its folder of hooks or of the guard. */
const gitFolderOf = (path: string): string => {
  const folder = dirname(path);
  return ['hooks', 'keyturn'].includes(basename(folder)) ? dirname(folder) : folder;
};

export const createGuardWatch = (): GuardWatch => {
  const problems = new Map<string, string>();
  return {
    changed: (path) => {
      if (!ofGit.has(basename(path))) return false;
      const repository = openRepository(gitFolderOf(path));
      if (repository === null || !repository.isOurs) return false;
      const { top } = repository;
      const before = problems.get(top);
      const { problem } = readGuardState(repository) === null ? { problem: null } : guardStatus(repository);
      if (problem === null) problems.delete(top);
      else if (problems.size < mostWarnings || before !== undefined)
        problems.set(top, `The guard of ${shownPath(top)} is off. ${problem}`.slice(0, 1_900));
      return problems.get(top) !== before;
    },
    warnings: () => [...problems.values()],
  };
};
