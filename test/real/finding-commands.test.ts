// The commands that a finding in a repository comes with, run by a real shell and a real git. git-filter-repo is stood in for by a script that
// does what its manual says of the rest of the repository: it takes the remote away and resets the work tree.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commandsFor } from '../../src/core/leaks/findings/commands.ts';
import { aFinding, aPlace, noFacts } from '../support/findings.ts';

let folder: string;
let repo: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kt-it's a folder-"));
  repo = join(folder, 'shop');
  execFileSync('git', ['init', '-q', repo]);
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const git = (...words: readonly string[]): string =>
  execFileSync('git', ['-C', repo, '-c', 'user.name=t', '-c', 'user.email=t@localhost', ...words], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim();
const put = (text: string): void => writeFileSync(join(repo, 'a.txt'), text);
const commit = (text: string): string => {
  put(text);
  git('add', '.');
  git('commit', '-qm', text);
  return git('rev-parse', 'HEAD');
};

const program = (name: string, script: string): void => {
  mkdirSync(join(folder, 'bin'), { recursive: true });
  const file = join(folder, 'bin', name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
};
const run = (commands: readonly string[]): ReturnType<typeof spawnSync> =>
  spawnSync('sh', ['-c', commands.join('\n')], {
    env: {
      ...process.env,
      PATH: `${join(folder, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`,
      XDG_RUNTIME_DIR: folder,
      DONE: join(folder, 'done'),
    },
  });
const at = (kind: 'stash' | 'commit', id: string, pushed: boolean) =>
  aFinding({
    place: { ...aPlace, kind, path: repo, inside: 'a.txt', commit: id },
    facts: { ...noFacts, pushed },
  });

describe('a finding in a stash', () => {
  it('has a command that drops that stash, and no other', () => {
    commit('one');
    for (const text of ['first', 'second', 'third']) {
      put(text);
      git('stash', 'push', '-q', '-m', text);
    }
    const second = git('rev-parse', 'stash@{1}');
    run(commandsFor(at('stash', second, false), null));
    const left = git('stash', 'list', '--format=%s');
    expect(left.split('\n').map((line) => line.replace(/^.*: /, ''))).toEqual(['third', 'first']);
    // Once it is gone there is nothing to drop any more.
    run(commandsFor(at('stash', second, false), null));
    expect(git('stash', 'list', '--format=%s')).toBe(left);
  });
});

describe('a finding in a commit', () => {
  const done = (): string =>
    existsSync(join(folder, 'done')) ? readFileSync(join(folder, 'done'), 'utf8') : '';
  beforeEach(() => {
    program(
      'git-filter-repo',
      `for last; do :; done; echo "$* $(cat "$last" 2>/dev/null)" > "$DONE"; git reset -q --hard; git remote remove origin 2>/dev/null; exit 0`,
    );
    program('keyturn', 'echo "$*"');
  });

  it('has commands that rewrite it with the value of the key, put the remote back and push', () => {
    const bare = join(folder, 'remote.git');
    execFileSync('git', ['init', '-q', '--bare', bare]);
    const id = commit('one');
    git('remote', 'add', 'origin', bare);
    run(commandsFor(at('commit', id, true), "o'key"));
    expect(done()).toContain('--force --replace-text');
    expect(done()).toContain("reveal o'key --yes");
    expect(git('remote', 'get-url', 'origin')).toBe(bare);
    expect(git('ls-remote', 'origin')).toContain(id);
    expect(existsSync(join(folder, 'keyturn-expressions'))).toBe(false);
  });

  it('take the file out of it where the value has no name, and push nothing that was not pushed', () => {
    const commands = commandsFor(at('commit', commit('one'), false), null);
    expect(commands.join('\n')).not.toContain('push');
    run(commands);
    expect(done()).toContain('--force --invert-paths --path a.txt');
  });

  it('do nothing where there are changes that would be lost', () => {
    const id = commit('one');
    put('not committed');
    run(commandsFor(at('commit', id, false), null));
    expect(done()).toBe('');
    expect(readFileSync(join(repo, 'a.txt'), 'utf8')).toBe('not committed');
  });
});
