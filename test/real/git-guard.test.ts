// The guard with the real git: it stops a commit that carries a key, runs what was there before, and goes without a trace. Each way in which
// a repository can have hooks: none, a file, husky, lefthook, a setting of its own or for all repositories, linked worktrees.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { takeReasons } from '../../src/node/guard/guard-reasons.ts';
import { guardStatus } from '../../src/node/guard/guard-status.ts';
import { installGuard, removeGuard } from '../../src/node/guard/install-guard.ts';
import { openRepository, type Repository } from '../../src/node/scan/git/repository.ts';
import { gitEnvironment, scratchRepository, type Scratch } from '../support/git/scratch-repository.ts';
import { writeLasting } from '../../src/node/scan/lasting-file.ts';
import { buildLastingTables } from '../../src/node/scan/lasting-tables.ts';
import { sampleKey } from '../support/key-samples.ts';

const program = resolve(import.meta.dirname, '../../out/cli/guard.cjs');

const made: Scratch[] = [];
const saved = { ...process.env };
/** A repository whose person has no settings but those of the test. */
const scratchAt = (at?: string, init: readonly string[] = []): Scratch & { readonly home: string } => {
  const scratch = scratchRepository(init, at);
  made.push(scratch);
  const home = resolve(scratch.folder, '..');
  process.env['GIT_CONFIG_GLOBAL'] = join(home, 'gitconfig');
  process.env['GIT_CONFIG_NOSYSTEM'] = '1';
  return { ...scratch, home };
};
afterEach(() => {
  for (const scratch of made.splice(0)) scratch.remove();
  for (const name of Object.keys(process.env)) if (!(name in saved)) delete process.env[name];
  Object.assign(process.env, saved);
});

const opened = ({ folder }: { readonly folder: string }): Repository => {
  const repository = openRepository(folder);
  if (repository === null) throw new Error('no repository');
  return repository;
};

const install = (scratch: { readonly folder: string; readonly home: string }, prePush = false): void => {
  const parts = { node: process.execPath, program, home: join(scratch.home, 'vault') };
  expect(installGuard(opened(scratch), parts, prePush)).toMatchObject({ ok: true });
};

type Ran = { readonly code: number | null; readonly said: string };

/** git as a person runs it, with the settings of the test for all repositories. */
const git = (
  scratch: { readonly folder: string; readonly home: string },
  words: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Ran => {
  const ran = spawnSync('git', words, {
    cwd: scratch.folder,
    env: { ...gitEnvironment(scratch.home), GIT_CONFIG_GLOBAL: join(scratch.home, 'gitconfig'), ...env },
    encoding: 'utf8',
  });
  return { code: ran.status, said: ran.stdout + ran.stderr };
};

const stage = (scratch: Scratch, name: string, content: string): void => {
  scratch.write(name, content);
  scratch.git('add', '-f', name);
};

const key = (seed = 1): string => sampleKey('stripe', 'secret-live', seed);

/** A hook that notes that it ran, with what it was given, where it stood and what it could read. */
const notingHook = (note: string): string =>
  `#!/bin/sh\nprintf '%s\\n' "$0 $# $* in $(pwd)" >> '${note}'\ncat >> '${note}'\n[ ! -e refuse ]\n`;

const putHook = (path: string, text: string, mode = 0o755): void => {
  mkdirSync(resolve(path, '..'), { recursive: true });
  writeFileSync(path, text);
  chmodSync(path, mode);
};

/** Names, modes and bytes of everything below git's folder that installing may touch. */
const pictureOf = ({ folder }: { readonly folder: string }): string => {
  const lines: string[] = [];
  const look = (path: string): void => {
    for (const name of readdirSync(path).toSorted()) {
      const each = join(path, name);
      const facts = statSync(each);
      if (facts.isDirectory()) look(each);
      else lines.push(`${each} ${facts.mode.toString(8)} ${readFileSync(each).toString('base64')}`);
    }
  };
  const dotGit = opened({ folder }).commonDir;
  look(join(dotGit, 'hooks'));
  lines.push(
    readFileSync(join(dotGit, 'config'), 'latin1'),
    readdirSync(dotGit)
      .filter((name) => name !== 'index' && name !== 'objects')
      .toSorted()
      .join(),
  );
  if (existsSync(join(folder, '.husky'))) look(join(folder, '.husky'));
  return lines.join('\n');
};

/** Stops a key, lets the rest through, and runs the hook that was there exactly when the guard let the commit through. */
const checkStops = (scratch: Scratch & { readonly home: string }, note: string | null): void => {
  const ran = (): string => (note !== null && existsSync(note) ? readFileSync(note, 'utf8') : '');
  stage(scratch, 'app.js', `const key = '${key()}';\n`);
  const stopped = git(scratch, ['commit', '-m', 'with a key']);
  expect(stopped).toMatchObject({ code: 1 });
  expect(stopped.said).toContain('app.js:1');
  expect(stopped.said).toContain('KEYTURN_ALLOW=');
  expect(stopped.said).not.toContain(key());
  expect(ran()).toBe('');
  stage(scratch, 'app.js', 'const key = process.env.KEY;\n');
  expect(git(scratch, ['commit', '-m', 'without'])).toMatchObject({ code: 0 });
  if (note === null) return;
  expect(ran()).not.toBe('');
  scratch.write('refuse', '');
  stage(scratch, 'b', 'x\n');
  expect(git(scratch, ['commit', '-m', 'refused by the other hook']).code).toBe(1);
};

describe('the guard', () => {
  it('stops a key in a repository without hooks, and goes without a trace', () => {
    const scratch = scratchAt();
    scratch.commit('a', 'x\n');
    const before = pictureOf(scratch);
    install(scratch);
    expect(guardStatus(opened(scratch))).toMatchObject({
      installed: true,
      owner: 'git',
      chained: null,
      problem: null,
    });
    checkStops(scratch, null);
    expect(removeGuard(opened(scratch)).ok).toBe(true);
    expect(pictureOf(scratch).replace(/,COMMIT_EDITMSG|COMMIT_EDITMSG,/g, '')).toBe(
      before.replace(/,COMMIT_EDITMSG|COMMIT_EDITMSG,/g, ''),
    );
    expect(guardStatus(opened(scratch))).toMatchObject({ installed: false });
    stage(scratch, 'app.js', `const key = '${key(3)}';\n`);
    expect(git(scratch, ['commit', '-m', 'nobody looks any more']).code).toBe(0);
  });

  it('runs a hook that was there after itself, and gives its bytes and mode back', () => {
    const scratch = scratchAt();
    scratch.commit('a', 'x\n');
    const note = join(scratch.home, 'note');
    const hook = join(scratch.folder, '.git', 'hooks', 'pre-commit');
    putHook(hook, notingHook(note), 0o750);
    const before = pictureOf(scratch);
    install(scratch);
    // Twice is once.
    install(scratch);
    expect(guardStatus(opened(scratch)).chained).toBe(`${hook}.before-keyturn`);
    checkStops(scratch, note);
    expect(removeGuard(opened(scratch)).ok).toBe(true);
    expect(pictureOf(scratch)).toBe(before);
  });

  it('stands before husky, whose folder it does not touch', () => {
    const scratch = scratchAt();
    scratch.commit('a', 'x\n');
    const note = join(scratch.home, 'note');
    // As husky 9 lays it out: stubs in `_`, a dispatcher that finds the hook by its own name and place.
    putHook(join(scratch.folder, '.husky', 'pre-commit'), notingHook(note), 0o644);
    putHook(
      join(scratch.folder, '.husky', '_', 'h'),
      '#!/usr/bin/env sh\nn=$(basename "$0")\ns=$(dirname "$(dirname "$0")")/$n\n[ ! -f "$s" ] && exit 0\nsh -e "$s" "$@"\n',
      0o644,
    );
    for (const name of ['pre-commit', 'commit-msg'])
      putHook(join(scratch.folder, '.husky', '_', name), '#!/usr/bin/env sh\n. "$(dirname "$0")/h"\n');
    scratch.git('config', 'core.hooksPath', '.husky/_');
    const message = join(scratch.home, 'message');
    putHook(join(scratch.folder, '.husky', 'commit-msg'), `#!/bin/sh\ncp "$1" '${message}'\n`);
    const before = pictureOf(scratch);
    install(scratch);
    expect(guardStatus(opened(scratch))).toMatchObject({ installed: true, owner: 'husky' });
    checkStops(scratch, note);
    expect(readFileSync(message, 'utf8')).toContain('without');
    // husky sets its folder anew with the next install of packages: that is said.
    scratch.git('config', 'core.hooksPath', '.husky/_');
    expect(guardStatus(opened(scratch)).problem).toContain('.husky/_');
    install(scratch);
    expect(removeGuard(opened(scratch)).ok).toBe(true);
    expect(pictureOf(scratch)).toBe(before);
    expect(scratch.git('config', 'core.hooksPath').trim()).toBe('.husky/_');
  });

  it('runs what lefthook wrote into git’s folder', () => {
    const scratch = scratchAt();
    scratch.commit('a', 'x\n');
    const note = join(scratch.home, 'note');
    // Like its template: it calls the program by a fixed name of the hook.
    putHook(
      join(scratch.folder, '.git', 'hooks', 'pre-commit'),
      `#!/bin/sh\ncall_lefthook() { printf '%s\\n' "lefthook $*" >> '${note}'; }\ncall_lefthook run "pre-commit" "$@"\n[ ! -e refuse ]\n`,
    );
    const before = pictureOf(scratch);
    install(scratch);
    expect(guardStatus(opened(scratch)).owner).toBe('lefthook');
    checkStops(scratch, note);
    expect(readFileSync(note, 'utf8')).toContain('lefthook run pre-commit');
    removeGuard(opened(scratch));
    expect(pictureOf(scratch)).toBe(before);
  });

  it('stands before a folder of hooks for all repositories, in this one alone', () => {
    const scratch = scratchAt();
    const other = scratchRepository([], join(scratch.home, 'other'));
    const note = join(scratch.home, 'note');
    const folder = join(scratch.home, "hooks for 'all' $HOME");
    putHook(join(folder, 'pre-commit'), notingHook(note));
    chmodSync(folder, 0o555);
    writeFileSync(join(scratch.home, 'gitconfig'), `[core]\n\thooksPath = "${folder}"\n`);
    scratch.write('a', 'x\n');
    const before = pictureOf(scratch);
    install(scratch);
    expect(guardStatus(opened(scratch))).toMatchObject({ installed: true, owner: 'global', chained: folder });
    checkStops(scratch, note);
    other.write('app.js', `const key = '${key()}';\n`);
    other.git('add', '-A');
    expect(git({ ...other, home: scratch.home }, ['commit', '-m', 'elsewhere']).code).toBe(0);
    expect(removeGuard(opened(scratch)).ok).toBe(true);
    expect(pictureOf(scratch).replace(/COMMIT_EDITMSG,|logs,/g, '')).toBe(
      before.replace(/COMMIT_EDITMSG,|logs,/g, ''),
    );
    chmodSync(folder, 0o755);
  });

  it('looks in linked worktrees, at their own index, and at commits of parts', () => {
    const scratch = scratchAt();
    scratch.commit('a', 'x\n');
    scratch.git('worktree', 'add', '-q', join(scratch.home, 'linked'));
    const linked = { folder: join(scratch.home, 'linked'), home: scratch.home };
    install(linked);
    expect(guardStatus(opened(scratch)).installed).toBe(true);
    writeFileSync(join(linked.folder, 'app.js'), `const key = '${key()}';\n`);
    writeFileSync(join(linked.folder, 'fine'), 'fine\n');
    git(linked, ['add', '-A']);
    expect(git(linked, ['commit', '-m', 'with']).code).toBe(1);
    // Of the two only one is in this commit: git makes an index of its own for it.
    expect(git(linked, ['commit', '-m', 'part', 'fine']).code).toBe(0);
    expect(git(linked, ['commit', '-m', 'other part', 'app.js']).code).toBe(1);
    writeFileSync(join(scratch.folder, 'a'), `const key = '${key()}';\n`);
    // Nothing is staged here, but `-a` stages for the commit.
    expect(git(scratch, ['commit', '-am', 'all']).code).toBe(1);
  });

  it('looks at what a push would bring, and gives the hook that was there what git gave', () => {
    const scratch = scratchAt();
    const note = join(scratch.home, 'note');
    scratchRepository(['--bare'], join(scratch.home, 'server'));
    scratch.commit('a', 'x\n');
    scratch.git('remote', 'add', 'origin', join(scratch.home, 'server'));
    putHook(join(scratch.folder, '.git', 'hooks', 'pre-push'), notingHook(note));
    install(scratch, true);
    expect(guardStatus(opened(scratch)).prePush).toBe(true);
    expect(git(scratch, ['push', '-q', 'origin', 'main']).code).toBe(0);
    expect(readFileSync(note, 'utf8')).toMatch(
      /pre-push.* 2 origin .*\nrefs\/heads\/main [0-9a-f]{40} refs\/heads\/main 0{40}\n$/,
    );
    stage(scratch, 'b', `token: ${key()}\n`);
    expect(git(scratch, ['commit', '--no-verify', '-m', 'hidden']).code).toBe(0);
    scratch.git('rm', '-q', 'b');
    expect(git(scratch, ['commit', '-m', 'taken out again']).code).toBe(0);
    const pushed = git(scratch, ['push', '-q', 'origin', 'main']);
    expect(pushed.code).toBe(1);
    expect(pushed.said).toContain('Nothing was pushed');
    expect(git(scratch, ['push', '-q', 'origin', 'main'], { KEYTURN_ALLOW: 'the server is mine' }).code).toBe(
      0,
    );
    expect(git(scratch, ['push', '-q', 'origin', ':main']).said).not.toContain('Nothing was pushed');
  });

  it('lets one commit through with a reason, which waits for the audit trail without the value', () => {
    const scratch = scratchAt();
    scratch.commit('a', 'x\n');
    install(scratch);
    stage(scratch, 'app.js', `\nconst key = '${key()}';\n`);
    const let1 = git(scratch, ['commit', '-m', 'once'], { KEYTURN_ALLOW: 'a sample for the docs' });
    expect(let1).toMatchObject({ code: 0 });
    expect(let1.said).toContain('let through');
    stage(scratch, 'b.js', `const key = '${key(4)}';\n`);
    expect(git(scratch, ['commit', '-m', 'again']).code).toBe(1);
    expect(git(scratch, ['commit', '-m', 'again'], { KEYTURN_ALLOW: `it is ${key(4)}` }).code).toBe(0);
    const home = join(scratch.home, 'vault');
    const file = readFileSync(join(home, 'guard.reasons'), 'utf8');
    expect(statSync(join(home, 'guard.reasons')).mode & 0o777).toBe(0o600);
    for (const value of [key(), key(4)]) expect(file).not.toContain(value);
    const taken: unknown[] = [];
    takeReasons(home, () => false);
    takeReasons(home, (reasons) => {
      taken.push(...reasons);
      return true;
    });
    expect(taken).toEqual([
      expect.objectContaining({
        hook: 'pre-commit',
        repo: scratch.folder,
        reason: 'a sample for the docs',
        places: ['app.js:2'],
        count: 1,
      }),
      expect.objectContaining({ reason: '(left out: it held a key)' }),
    ]);
    expect(readdirSync(home).filter((name) => name.startsWith('guard.reasons'))).toEqual([]);
  });

  it('knows keys by the fingerprints of the vault, in any form, while that is locked', () => {
    const scratch = scratchAt();
    scratch.commit('a', 'x\n');
    install(scratch);
    const own = randomBytes(24).toString('base64url');
    const home = join(scratch.home, 'vault');
    mkdirSync(home, { recursive: true });
    const value = { slot: 7, bytes: new TextEncoder().encode(own), publicLength: 0, estimateBits: 140 };
    const built = buildLastingTables(
      [value],
      { bytes: (count: number) => Uint8Array.from(randomBytes(count)) },
      'now',
    );
    writeFileSync(join(home, 'guard.fingerprints'), writeLasting(built.tables));
    for (const form of [own, Buffer.from(own).toString('base64'), Buffer.from(own).toString('hex')]) {
      stage(scratch, 'app.js', `// one\nconst it = '${form}';\n`);
      const ran = git(scratch, ['commit', '-m', 'x']);
      expect(ran.code, form.length.toString()).toBe(1);
      expect(ran.said).toContain('app.js:2  a key of your vault');
      expect(ran.said).not.toContain('no fingerprints');
    }
    const damaged = readFileSync(join(home, 'guard.fingerprints'));
    damaged[40] = (damaged[40] ?? 0) ^ 1;
    writeFileSync(join(home, 'guard.fingerprints'), damaged);
    const ran = git(scratch, ['commit', '-m', 'x']);
    expect(ran).toMatchObject({ code: 0 });
    expect(ran.said).toContain('could not be read');
  });

  it('does not stop a change beside a key that was there before, and says so', () => {
    const scratch = scratchAt();
    scratch.commit('app.js', `const key = '${key()}';\n`);
    install(scratch);
    stage(scratch, 'app.js', `const key = '${key()}';\nmore();\n`);
    const ran = git(scratch, ['commit', '-m', 'beside']);
    expect(ran.code).toBe(0);
    expect(ran.said).toContain('held a key before');
  });

  it('stops nobody where it cannot look: its program gone, Node gone, no fingerprints', () => {
    const scratch = scratchAt();
    scratch.commit('a', 'x\n');
    const parts = { node: '/nowhere/node', program: '/nowhere/guard.cjs', home: join(scratch.home, 'vault') };
    expect(installGuard(opened(scratch), parts, false).ok).toBe(true);
    stage(scratch, 'app.js', `const key = '${key()}';\n`);
    const ran = git(scratch, ['commit', '-m', 'unlooked']);
    expect(ran.code).toBe(0);
    expect(ran.said).toContain('keyturn guard install');
    install(scratch);
    stage(scratch, 'b', 'fine\n');
    expect(git(scratch, ['commit', '-m', 'said']).said).toContain('no fingerprints');
  });

  it('asks git itself where the hook’s answer is cut or missing, and finds what is packed, and where links point', () => {
    const scratch = scratchAt();
    scratch.commit('a', 'x\n');
    install(scratch);
    stage(scratch, 'app.js', `const key = '${key()}';\n`);
    symlinkSync(key(3), join(scratch.folder, 'link'));
    scratch.git('add', 'link');
    // Puts what is staged into a pack: no object lies loose then.
    scratch.git('repack', '-adq');
    for (const input of ['', 'keyturn-staged-not', ':100644 100644 keyturn-staged']) {
      const ran = spawnSync(process.execPath, [program, 'pre-commit', '--staged'], {
        cwd: scratch.folder,
        env: { ...process.env, KEYTURN_HOME: join(scratch.home, 'vault') },
        input,
        encoding: 'utf8',
      });
      expect(ran.status, input).toBe(1);
      expect(ran.stderr).toContain('app.js:1');
      expect(ran.stderr).toContain('link (where the link points to):1');
    }
    expect(git(scratch, ['commit', '-m', 'packed']).said).toContain('app.js:1');
  });

  it('neutralises names that would steer the terminal', () => {
    const scratch = scratchAt();
    scratch.commit('a', 'x\n');
    install(scratch);
    stage(scratch, 'evil\u001b]0;owned\u0007.js', `const key = '${key()}';\n`);
    const ran = git(scratch, ['commit', '-m', 'x']);
    expect(ran.code).toBe(1);
    expect(ran.said).toContain('evil\\x1b]0;owned\\x07.js:1');
    expect(ran.said).not.toContain('\u001b');
  });

  it('refuses where it could not keep its promise, and changes nothing', () => {
    const bare = scratchAt(undefined, ['--bare']);
    const parts = { node: process.execPath, program, home: '/nowhere' };
    expect(installGuard(opened(bare), parts, false)).toMatchObject({ ok: false, error: { kind: 'refused' } });
    const scratch = scratchAt();
    expect(installGuard({ ...opened(scratch), isOurs: false }, parts, false)).toMatchObject({ ok: false });
    // Something of the name that a hook is moved to, and nobody knows whose.
    const hooks = join(scratch.folder, '.git', 'hooks');
    putHook(join(hooks, 'pre-commit'), 'one');
    putHook(join(hooks, 'pre-commit.before-keyturn'), 'two');
    const before = pictureOf(scratch);
    expect(installGuard(opened(scratch), parts, false)).toMatchObject({
      ok: false,
      error: { kind: 'refused' },
    });
    expect(pictureOf(scratch)).toBe(before);
  });

  it('does not overwrite what another program put in its place, and keeps links', () => {
    const scratch = scratchAt();
    const hook = join(scratch.folder, '.git', 'hooks', 'pre-commit');
    putHook(join(scratch.folder, 'shared-hook'), '#!/bin/sh\nexit 0\n');
    symlinkSync('../../shared-hook', hook);
    install(scratch);
    stage(scratch, 'a', 'x\n');
    expect(git(scratch, ['commit', '-m', 'x']).code).toBe(0);
    putHook(`${hook}.new`, '#!/bin/sh\n# theirs\n');
    spawnSync('mv', [`${hook}.new`, hook]);
    expect(guardStatus(opened(scratch)).problem).toContain('Another program');
    expect(removeGuard(opened(scratch))).toMatchObject({ ok: false, error: { kind: 'refused' } });
    expect(readFileSync(hook, 'utf8')).toContain('theirs');
    spawnSync('rm', [hook]);
    expect(removeGuard(opened(scratch)).ok).toBe(true);
    expect(readFileSync(hook, 'utf8')).toBe('#!/bin/sh\nexit 0\n');
    expect(
      readdirSync(join(scratch.folder, '.git', 'hooks')).filter((name) => name.includes('keyturn')),
    ).toEqual([]);
  });
});
