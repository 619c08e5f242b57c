// Settings of a repository as git itself sees them: read with all the files that git reads, and written where git writes them. The one
// place where a person's own settings matter; `git config` runs nothing that they name.
import { spawnSync } from 'node:child_process';
import type { Repository } from './repository.ts';

const mostMs = 10_000;

const environment = (): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(
    Object.entries(process.env).filter(
      // Hooks and tests say where a person's settings are with these.
      ([name]) => !name.startsWith('GIT_') || /^GIT_CONFIG_(GLOBAL|SYSTEM|NOSYSTEM)$/.test(name),
    ),
  ),
  LC_ALL: 'C',
});

const config = (repository: Repository, words: readonly string[]): Buffer | null => {
  if (!repository.isOurs) return null;
  const ran = spawnSync('git', ['--no-pager', `--git-dir=${repository.gitDir}`, 'config', ...words], {
    cwd: repository.top,
    env: environment(),
    timeout: mostMs,
    killSignal: 'SIGKILL',
    stdio: ['ignore', 'pipe', 'ignore'],
    windowsHide: true,
  });
  return ran.status === 0 ? ran.stdout : null;
};

export type Setting = { readonly value: string; readonly scope: string };

/** The value that counts, and which settings it comes from; null where there is none. */
export const readSetting = (repository: Repository, name: string): Setting | null => {
  const printed = config(repository, ['-z', '--show-scope', '--get', name])?.toString('utf8').split('\0');
  const [scope, value] = printed ?? [];
  return scope === undefined || value === undefined ? null : { scope, value };
};

/** Sets or, with null, removes a setting of the repository. @param scope whose file */
export const writeSetting = (
  repository: Repository,
  scope: 'local' | 'worktree',
  name: string,
  value: string | null,
): boolean =>
  config(repository, value === null ? [`--${scope}`, '--unset', name] : [`--${scope}`, name, value]) !== null;
