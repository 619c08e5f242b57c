// The guard as somebody has it who never opens the app: what one command stored, the hook of the next commit knows, in whatever form.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newHome, sample, type Home } from '../support/cli.ts';
import { gitEnvironment } from '../support/git/scratch-repository.ts';

let home: Home;
let repo: string;
const value = sample.circleLive();

type Said = { readonly code: number | null; readonly said: string };

const gitWith = (more: NodeJS.ProcessEnv, ...words: string[]): Said => {
  const env = { ...gitEnvironment(home.folder), KEYTURN_HOME: home.home, ...more };
  const ran = spawnSync('git', words, { cwd: repo, env, encoding: 'utf8' });
  return { code: ran.status, said: ran.stdout + ran.stderr };
};

const git = (...words: string[]): Said => gitWith({}, ...words);

const commit = (name: string, content: string, env: NodeJS.ProcessEnv = {}): Said => {
  writeFileSync(join(repo, name), content);
  git('add', name);
  const done = gitWith(env, 'commit', '-q', '-m', name);
  git('reset', '-q');
  return done;
};

beforeAll(async () => {
  home = newHome();
  repo = join(home.folder, 'repo');
  mkdirSync(repo);
  git('init', '-q');
  expect((await home.run(['init'])).code).toBe(0);
});
afterAll(() => home.remove());

const disguised = (text: string): string => `{"a":"${Buffer.from(text).toString('base64')}"}\n`;

it('knows the keys that commands stored, and a key that is replaced afterwards', async () => {
  const stored = await home.run(['add', 'payouts', '--env', 'production', '--value-stdin'], { stdin: value });
  expect(stored.code, stored.err).toBe(0);
  expect(statSync(join(home.home, 'guard.fingerprints')).mode & 0o777).toBe(0o600);
  const installed = await home.run(['guard', 'install', repo]);
  expect(installed.out).not.toContain('no fingerprints');
  expect(commit('a.json', disguised(value))).toMatchObject({ code: 1 });
  const next = sample.circleLive();
  expect(commit('b.json', disguised(next))).toMatchObject({ code: 0 });
  const another = await home.run(['add', 'refunds', '--env', 'production', '--value-stdin'], { stdin: next });
  expect(another.code, another.err).toBe(0);
  const refused = commit('c.json', `${disguised(next)}\n`);
  expect(refused).toMatchObject({ code: 1 });
  expect(refused.said).toContain('c.json');
  expect(refused.said).not.toContain(next);
});

it('says where it knows no key yet, and that a scan makes the fingerprints', async () => {
  const file = join(home.home, 'guard.fingerprints');
  rmSync(file);
  const told = await home.run(['guard', 'status', repo]);
  expect(told.out).toContain('no fingerprints of your keys yet');
  await home.run(['scan', join(home.folder, 'repo', 'a.json')]);
  expect(existsSync(file)).toBe(true);
  expect((await home.run(['guard', 'status', repo])).out).not.toContain('no fingerprints');
});

it('names the key while the vault is open, not while it is locked, and a reason for once ends in the audit trail', async () => {
  // Of the person who runs the tests nothing is watched.
  const env = { HOME: home.folder };
  const next = sample.circleLive();
  const words = ['add', 'settlements', '--env', 'production', '--value-stdin'];
  expect((await home.run(words, { stdin: next, env })).code).toBe(0);
  expect((await home.run(['unlock'], { env })).code).toBe(0);
  // The agent that stays makes tables of its own, a moment after the unlock.
  await expect
    .poll(() => commit('d.json', disguised(next)).said, { timeout: 30_000, interval: 500 })
    .toContain('your key “settlements”');
  expect((await home.run(['lock'], { bare: true, env })).code).toBe(0);
  const locked = commit('e.json', disguised(next));
  expect(locked).toMatchObject({ code: 1 });
  expect(locked.said).toContain('a key of your vault');
  expect(locked.said).not.toContain('settlements');
  const reason = 'a sample of the sandbox, turned already';
  const once = commit('f.json', disguised(next), { KEYTURN_ALLOW: reason });
  expect(once).toMatchObject({ code: 0 });
  expect(once.said).toContain('audit trail when the vault is next unlocked');
  const waiting = readFileSync(join(home.home, 'guard.reasons'), 'utf8');
  for (const word of [next, next.slice(13, 40), 'settlements']) expect(waiting).not.toContain(word);
  // Once is once.
  expect(commit('g.json', disguised(next))).toMatchObject({ code: 1 });

  const trail = await home.json<{ events: readonly Record<string, unknown>[] }>(['audit'], { env });
  const allowed = JSON.stringify(trail).match(/"guard-allowed"/g) ?? [];
  expect(allowed).toHaveLength(1);
  for (const word of [reason, repo, 'f.json:1', 'pre-commit', 'git hook'])
    expect(JSON.stringify(trail)).toContain(word);
  expect(existsSync(join(home.home, 'guard.reasons'))).toBe(false);
}, 120_000);
