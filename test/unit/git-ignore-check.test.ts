// Real repositories in temporary folders; the git that is asked is the real one.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { findGitPlace, isIgnored, isInsideGitWorkTree } from '../../src/node/git-ignore-check.ts';

const onUnix = process.platform === 'win32' ? [] : ['on a system with shell scripts and links'];
let folder = '';

const git = (where: string, ...words: string[]): void => {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org'];
  execFileSync('git', [...identity, '-C', where, ...words], {
    stdio: 'ignore',
    env: { PATH: process.env['PATH'], HOME: folder },
  });
};

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'keyturn-git-')));
  mkdirSync(join(folder, 'repository', 'deep', 'er'), { recursive: true });
  git(join(folder, 'repository'), 'init', '-q');
  writeFileSync(join(folder, 'repository', '.gitignore'), '.env\n*.secret\n!kept.secret\n');
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

describe('a path outside any work tree', () => {
  test('is not inside and not ignored', async () => {
    expect(await findGitPlace(join(folder, '.env'))).toEqual({
      insideWorkTree: false,
      ignored: false,
      by: 'search',
    });
  });

  test('stays outside though GIT_DIR and GIT_WORK_TREE claim it', async () => {
    vi.stubEnv('GIT_DIR', join(folder, 'repository', '.git'));
    vi.stubEnv('GIT_WORK_TREE', folder);
    expect(await isInsideGitWorkTree(join(folder, '.env'))).toBe(false);
  });
});

describe('a path in a work tree', () => {
  test('is ignored where .gitignore says so, at any depth, with exceptions', async () => {
    const at = (name: string) => findGitPlace(join(folder, 'repository', 'deep', 'er', name));
    expect(await at('.env')).toEqual({ insideWorkTree: true, ignored: true, by: 'git' });
    expect(await at('a.secret')).toMatchObject({ ignored: true });
    expect(await at('kept.secret')).toEqual({ insideWorkTree: true, ignored: false, by: 'git' });
    expect(await at('other.txt')).toMatchObject({ ignored: false });
  });

  test('is not ignored once git tracks it', async () => {
    const repository = join(folder, 'repository');
    writeFileSync(join(repository, '.env'), 'A=1\n');
    git(repository, 'add', '--force', '.env');
    expect(await isIgnored(join(repository, '.env'))).toBe(false);
  });

  test('is found from folders that do not exist yet', async () => {
    expect(await findGitPlace(join(folder, 'repository', 'new', 'folder', '.env'))).toMatchObject({
      insideWorkTree: true,
      ignored: true,
    });
  });

  test('is found in a worktree and in a submodule-like folder with a .git file', async () => {
    const repository = join(folder, 'repository');
    git(repository, 'commit', '-q', '--allow-empty', '-m', 'first');
    git(repository, 'worktree', 'add', '-q', join(folder, 'second'));
    expect(await findGitPlace(join(folder, 'second', 'x'))).toEqual({
      insideWorkTree: true,
      ignored: false,
      by: 'git',
    });
  });

  test.each(onUnix)('is found through a symbolic link, %s', async () => {
    symlinkSync(join(folder, 'repository', 'deep'), join(folder, 'link'));
    expect(await findGitPlace(join(folder, 'link', 'open.txt'))).toMatchObject({
      insideWorkTree: true,
      ignored: false,
    });
    expect(await findGitPlace(join(folder, 'link', '.env'))).toMatchObject({
      insideWorkTree: true,
      ignored: true,
    });
  });

  test.each(onUnix)('runs no program that the repository names, %s', async () => {
    const repository = join(folder, 'repository');
    const trap = join(folder, 'trap.sh');
    const proof = join(folder, 'ran');
    writeFileSync(trap, `#!/bin/sh\ntouch '${proof}'\n`);
    chmodSync(trap, 0o755);
    writeFileSync(join(repository, 'tracked'), 'x');
    git(repository, 'add', 'tracked');
    git(repository, 'config', 'core.fsmonitor', trap);
    git(repository, 'config', 'core.hooksPath', folder);
    expect(await isIgnored(join(repository, '.env'))).toBe(true);
    expect(await isIgnored(join(repository, 'tracked'))).toBe(false);
    expect(existsSync(proof)).toBe(false);
    git(repository, 'status');
    expect(existsSync(proof)).toBe(true);
  });
});

describe('where git cannot answer', () => {
  test('a search finds the repository and takes nothing for ignored', async () => {
    const path = join(folder, 'repository', 'deep', '.env');
    expect(await findGitPlace(path, 'no-such-git-program')).toEqual({
      insideWorkTree: true,
      ignored: false,
      by: 'search',
    });
    expect(await findGitPlace(join(folder, '.env'), 'no-such-git-program')).toMatchObject({
      insideWorkTree: false,
    });
  });

  test('a .git file that points nowhere counts as a work tree', async () => {
    mkdirSync(join(folder, 'orphan'));
    writeFileSync(join(folder, 'orphan', '.git'), `gitdir: ${join(folder, 'gone')}\n`);
    expect(await findGitPlace(join(folder, 'orphan', '.env'))).toEqual({
      insideWorkTree: true,
      ignored: false,
      by: 'search',
    });
  });
});
