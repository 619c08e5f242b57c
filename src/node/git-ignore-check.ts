// Says whether a file would lie in a git work tree, and whether git ignores it there: an export is refused where the next
// `git add` could take it. Asks the real git, with nothing of the repository's own settings run; in doubt it says "not ignored".
import { execFile } from 'node:child_process';
import { lstatSync, realpathSync } from 'node:fs';
import { basename, dirname, join, parse, resolve } from 'node:path';

export type GitPlace = {
  readonly insideWorkTree: boolean;
  /** True only where git itself said so. A tracked file is never ignored. */
  readonly ignored: boolean;
  /** Who answered: `git`, or a search for a `.git` entry where git is absent or refuses to. */
  readonly by: 'git' | 'search';
};

const timeoutMs = 10_000;

/** Settings of a repository that name programs to run are overridden (git-config, core.fsmonitor and core.hooksPath). */
const harmless = [
  '-c',
  'core.fsmonitor=false',
  '-c',
  `core.hooksPath=${process.platform === 'win32' ? 'NUL' : '/dev/null'}`,
];

/** The environment without GIT_*: a hook that runs us has set some, and they would point git elsewhere. */
const cleanEnvironment = (): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.toUpperCase().startsWith('GIT_')),
  ),
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C',
});

type Answer = { readonly status: number; readonly output: string };

/** Runs git on a folder; null where there is no git to run, or no answer in time. */
const askGit = (program: string, folder: string, words: readonly string[]): Promise<Answer | null> =>
  new Promise((resolvePromise) => {
    const options = {
      // Not the repository: on Windows a program in the working folder would be found before the real git.
      cwd: dirname(process.execPath),
      env: cleanEnvironment(),
      timeout: timeoutMs,
      windowsHide: true,
    };
    execFile(program, [...harmless, '-C', folder, ...words], options, (problem, output) => {
      if (problem === null) resolvePromise({ status: 0, output });
      else if (typeof problem.code === 'number') resolvePromise({ status: problem.code, output });
      else resolvePromise(null);
    });
  });

const exists = (path: string): boolean => {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false;
  }
};

/** Whether the folder or one above it holds a `.git` folder or file. */
const findsGitAbove = (folder: string): boolean => {
  let current = folder;
  while (!exists(join(current, '.git'))) {
    if (current === parse(current).root) return false;
    current = dirname(current);
  }
  return true;
};

/** The nearest folder that exists, without symbolic links, and the rest of the path below it. */
const realPlace = (path: string): { readonly folder: string; readonly file: string } => {
  let folder = dirname(path);
  let rest = basename(path);
  while (!exists(folder) && folder !== dirname(folder)) {
    rest = join(basename(folder), rest);
    folder = dirname(folder);
  }
  const real = realpathSync(folder);
  return { folder: real, file: join(real, rest) };
};

/**
 * True or false where git knows; null where it cannot say: no git, a repository of somebody else's, a `.git` file that points
 * nowhere, and also "not a repository", since a search above mount points sees more than git does.
 */
const askWorkTree = async (program: string, folder: string): Promise<boolean | null> => {
  const answer = await askGit(program, folder, ['rev-parse', '--is-inside-work-tree']);
  return answer?.status === 0 ? answer.output.trim() === 'true' : null;
};

/**
 * Where a file stands as to git. The file need not exist; symbolic links in its folders are followed.
 * @param path absolute, or taken from the working folder
 * @param program the git to ask; found on the PATH by default
 */
export const findGitPlace = async (path: string, program = 'git'): Promise<GitPlace> => {
  const { folder, file } = realPlace(resolve(path));
  const inside = await askWorkTree(program, folder);
  if (inside === null) return { insideWorkTree: findsGitAbove(folder), ignored: false, by: 'search' };
  if (!inside) return { insideWorkTree: false, ignored: false, by: 'git' };
  const answer = await askGit(program, folder, ['check-ignore', '--quiet', '--', file]);
  return { insideWorkTree: true, ignored: answer?.status === 0, by: 'git' };
};

/** Whether the path lies in a git work tree. */
export const isInsideGitWorkTree = async (path: string): Promise<boolean> =>
  (await findGitPlace(path)).insideWorkTree;

/** Whether git ignores the path; false outside work trees, for tracked files, and where git cannot be asked. */
export const isIgnored = async (path: string): Promise<boolean> => (await findGitPlace(path)).ignored;
