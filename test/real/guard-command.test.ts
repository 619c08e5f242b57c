// The guard as somebody has it who never opens the app: what one command stored, the hook of the next commit knows, in whatever form.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newHome, sample, type Home } from '../support/cli.ts';
import { gitEnvironment } from '../support/git/scratch-repository.ts';

let home: Home;
let repo: string;
const value = sample.circleLive();

const git = (...words: string[]): { readonly code: number | null; readonly said: string } => {
  const env = { ...gitEnvironment(home.folder), KEYTURN_HOME: home.home };
  const ran = spawnSync('git', words, { cwd: repo, env, encoding: 'utf8' });
  return { code: ran.status, said: ran.stdout + ran.stderr };
};

const commit = (name: string, content: string): ReturnType<typeof git> => {
  writeFileSync(join(repo, name), content);
  git('add', name);
  const done = git('commit', '-q', '-m', name);
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
