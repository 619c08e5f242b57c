// Where a repository lies: its folders, read without git, so that nothing of its settings can act. Linked worktrees, submodules, bare
// repositories and borrowed objects are followed by the files that git keeps about them (gitrepository-layout(5)), each within bounds.
import { closeSync, lstatSync, readdirSync, readSync, realpathSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { openRegular } from './pack-index.ts';

export type Repository = {
  /** Top folder of the work tree; of a bare repository its own. For people and for `Place.path`. */
  readonly top: string;
  readonly gitDir: string;
  /** Holds objects, refs and hooks: the same as `gitDir` but for linked worktrees. */
  readonly commonDir: string;
  readonly isBare: boolean;
  readonly idBytes: 20 | 32;
  /** Folders of objects: its own first, then those it borrows from. */
  readonly objectFolders: readonly string[];
  /** Its folder is our own user's: git may be asked. Somebody else's is only read. */
  readonly isOurs: boolean;
};

const smallFileBytes = 1_048_576;
const mostAlternates = 32;
const mostModules = 1_000;
const deepestModule = 12;

/** Text of a small regular file; null where there is none. */
export const readSmall = (path: string, mostBytes = smallFileBytes): string | null => {
  try {
    const { file } = openRegular(path);
    try {
      const bytes = Buffer.alloc(mostBytes);
      let filled = 0;
      while (filled < mostBytes) {
        const count = readSync(file, bytes, filled, mostBytes - filled, filled);
        if (count === 0) break;
        filled += count;
      }
      return bytes.toString('utf8', 0, filled);
    } finally {
      closeSync(file);
    }
  } catch {
    return null;
  }
};

const isFolder = (path: string): boolean => {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
};

const realOrNull = (path: string): string | null => {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
};

/** As git knows one: HEAD, and objects and refs of its own or of a common folder (setup.c, is_git_directory). */
const isGitDir = (path: string): boolean => {
  const head = readSmall(join(path, 'HEAD'), 1_024);
  if (head === null || !/^(ref: refs\/|[0-9a-f]{40})/.test(head)) return false;
  const common = commonDirOf(path);
  return isFolder(join(common, 'objects')) && isFolder(join(common, 'refs'));
};

const commonDirOf = (gitDir: string): string => {
  const line = readSmall(join(gitDir, 'commondir'), 16_384)?.split('\n', 1)[0];
  return line === undefined || line === '' ? gitDir : resolve(gitDir, line);
};

/** Where a `.git` file points to; null where it is none. */
const linkedGitDir = (path: string): string | null => {
  const line = /^gitdir: ([^\n\r\0]+)/.exec(readSmall(path, 16_384) ?? '')?.[1];
  return line === undefined ? null : resolve(dirname(path), line);
};

/** Ids of 32 bytes where the settings say so; read as text, since git's own reading would follow what they include. */
const idBytesOf = (commonDir: string): 20 | 32 =>
  /^\s*objectformat\s*=\s*"?sha256"?\s*$/im.test(readSmall(join(commonDir, 'config')) ?? '') ? 32 : 20;

const objectFoldersOf = (commonDir: string): readonly string[] => {
  const folders: string[] = [];
  const waiting = [join(commonDir, 'objects')];
  for (
    let next = waiting.shift();
    next !== undefined && folders.length < mostAlternates;
    next = waiting.shift()
  ) {
    const folder = realOrNull(next);
    if (folder === null || folders.includes(folder) || !isFolder(folder)) continue;
    folders.push(folder);
    const lines = (readSmall(join(folder, 'info', 'alternates')) ?? '').split('\n');
    for (const line of lines.slice(0, mostAlternates))
      if (line !== '' && !line.startsWith('#')) waiting.push(isAbsolute(line) ? line : join(folder, line));
  }
  return folders;
};

const isOurOwn = (...paths: readonly string[]): boolean => {
  if (process.platform === 'win32') return true;
  try {
    const { uid } = userInfo();
    return paths.every((path) => lstatSync(path).uid === uid);
  } catch {
    return false;
  }
};

const describe = (top: string, gitDir: string, isBare: boolean): Repository => {
  const commonDir = realOrNull(commonDirOf(gitDir)) ?? gitDir;
  return {
    top,
    gitDir,
    commonDir,
    isBare,
    idBytes: idBytesOf(commonDir),
    objectFolders: objectFoldersOf(commonDir),
    isOurs: isOurOwn(top, gitDir, commonDir),
  };
};

/** The repository whose work tree or git folder is exactly this folder; null where it is none. */
export const openRepository = (folder: string): Repository | null => {
  const real = realOrNull(folder);
  if (real === null) return null;
  const dotGit = join(real, '.git');
  const gitDir = isFolder(dotGit) ? dotGit : linkedGitDir(dotGit);
  if (gitDir !== null) {
    const realGitDir = realOrNull(gitDir);
    return realGitDir !== null && isGitDir(realGitDir) ? describe(real, realGitDir, false) : null;
  }
  if (!isGitDir(real)) return null;
  return basename(real) === '.git' ? describe(dirname(real), real, false) : describe(real, real, true);
};

/** The repository of a git folder that somebody named together with a work tree, as git does for its hooks; null where it is none. */
export const openGitDir = (gitDir: string, top: string): Repository | null => {
  const [real, realTop] = [realOrNull(gitDir), realOrNull(top)];
  return real === null || realTop === null || !isGitDir(real) ? null : describe(realTop, real, false);
};

/** The repository that a path lies in; null where there is none. */
export const findRepository = (path: string): Repository | null => {
  let folder = realOrNull(path) ?? resolve(path);
  for (;;) {
    const found = openRepository(folder);
    if (found !== null) return found;
    const above = dirname(folder);
    if (above === folder) return null;
    folder = above;
  }
};

/** Git folders of submodules, also where their work trees are gone: below `modules`, whose names may hold slashes. */
export const moduleGitDirs = ({ commonDir }: Repository): readonly string[] => {
  const found: string[] = [];
  const look = (folder: string, depth: number): void => {
    if (depth > deepestModule || found.length >= mostModules) return;
    if (isGitDir(folder)) {
      found.push(folder);
      look(join(folder, 'modules'), depth + 1);
      return;
    }
    let names: readonly string[];
    try {
      names = readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name);
    } catch {
      return;
    }
    for (const name of names.slice(0, mostModules)) look(join(folder, name), depth + 1);
  };
  look(join(commonDir, 'modules'), 0);
  return found;
};
