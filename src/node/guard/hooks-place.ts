// Where a repository's hooks are, and who put them there. Git is asked, with the person's own settings, since those may name a folder for
// all repositories; asking about settings runs nothing.
import { homedir } from 'node:os';
import { basename, isAbsolute, join, resolve, sep } from 'node:path';
import { readSmall, type Repository } from '../scan/git/repository.ts';
import { readSetting } from '../scan/git/settings.ts';

export const hooksOwners = ['git', 'core.hooksPath', 'husky', 'lefthook', 'global'] as const;
export type HooksOwner = (typeof hooksOwners)[number];

export type HooksPlace = {
  readonly owner: HooksOwner;
  /** Absolute, as seen from this work tree. */
  readonly folder: string;
  /** As the setting has it, for a hook that runs at the top of whichever work tree; null where there is no setting. */
  readonly setting: string | null;
  /** Which settings say so. */
  readonly scope: 'none' | 'local' | 'worktree' | 'global' | 'system';
};

const scopes = ['local', 'worktree', 'global', 'system'] as const;

const expand = (path: string): string =>
  path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(1)) : path;

const ownerOfSetting = (folder: string, scope: HooksPlace['scope']): HooksOwner => {
  if (scope === 'global' || scope === 'system') return 'global';
  // husky 9 points to `.husky/_`, husky 5 to 8 to `.husky`.
  if (folder.split(sep).includes('.husky') || basename(folder) === '.husky') return 'husky';
  return 'core.hooksPath';
};

/** lefthook writes into the folder that git has anyway. */
const isLefthooks = (hook: string): boolean => /\blefthook\b/i.test(readSmall(hook, 16_384) ?? '');

/** Where git would look for hooks if the guard were not there. */
export const findHooksPlace = (repository: Repository): HooksPlace => {
  const found = readSetting(repository, 'core.hooksPath');
  const scope = scopes.find((name) => name === found?.scope);
  if (found === null || scope === undefined || found.value === '') {
    const folder = join(repository.commonDir, 'hooks');
    const owner = isLefthooks(join(folder, 'pre-commit')) ? 'lefthook' : 'git';
    return { owner, folder, setting: null, scope: 'none' };
  }
  const setting = expand(found.value);
  const folder = isAbsolute(setting) ? setting : resolve(repository.top, setting);
  return { owner: ownerOfSetting(folder, scope), folder, setting, scope };
};
