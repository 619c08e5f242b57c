// Repositories for tests, made with the real git in a folder of their own, with nobody's settings.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export type Scratch = {
  readonly folder: string;
  /** Runs git in the repository; gives what it printed. */
  readonly git: (...words: readonly string[]) => string;
  readonly write: (path: string, content: string | Uint8Array) => string;
  /** Writes a file, stages all and commits; gives the commit's id. */
  readonly commit: (path: string, content: string | Uint8Array, message?: string) => string;
  readonly remove: () => void;
};

export const gitEnvironment = (home: string): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'))),
  HOME: home,
  XDG_CONFIG_HOME: join(home, '.config'),
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'A Person',
  GIT_AUTHOR_EMAIL: 'person@example.org',
  GIT_COMMITTER_NAME: 'A Person',
  GIT_COMMITTER_EMAIL: 'person@example.org',
});

export const scratchFolder = (): string => realpathSync(mkdtempSync(join(tmpdir(), 'keyturn-git-')));

/** @param init words for `git init` @param at where; a temporary folder by default */
export const scratchRepository = (init: readonly string[] = [], at?: string): Scratch => {
  const folder = at ?? join(scratchFolder(), 'repo');
  const home = dirname(folder);
  mkdirSync(folder, { recursive: true });
  const git = (...words: readonly string[]): string =>
    execFileSync('git', words, {
      cwd: folder,
      env: gitEnvironment(home),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 268_435_456,
    });
  git('init', '-q', '-b', 'main', ...init);
  const write = (path: string, content: string | Uint8Array): string => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  };
  return {
    folder,
    git,
    write,
    commit: (path, content, message = `change ${path}`) => {
      write(path, content);
      git('add', '-A', '-f');
      git('commit', '-q', '-m', message);
      return git('rev-parse', 'HEAD').trim();
    },
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
};
