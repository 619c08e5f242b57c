// Watching well-known places that come while the vault is open, and what is copied in a tmux server of our own: with the real agent and the
// real scanner, nobody asks for a scan.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unlockedAgent, type TestAgent } from '../support/agents.ts';
import { sampleKey } from '../support/key-samples.ts';

const valueOf = (seed: number): string => sampleKey('stripe', 'secret-live', seed);
const hasTmux = spawnSync('tmux', ['-V']).status === 0;
const saved = { HOME: process.env['HOME'], TMUX_TMPDIR: process.env['TMUX_TMPDIR'] };
const within = { timeout: 60_000, interval: 250 };

let tested: TestAgent;
let person: string;

const put = (path: string, text: string): string => {
  const file = join(person, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
  return file;
};

const places = async () => {
  const { findings } = await tested.get('leaks.list', { states: ['open', 'returned'] });
  return findings.map(({ place: { path, inside } }) => (inside === '' ? path : `${path} ${inside}`));
};

beforeAll(async () => {
  person = realpathSync(mkdtempSync(join(tmpdir(), 'keyturn-person-')));
  process.env['HOME'] = person;
  process.env['TMUX_TMPDIR'] = person;
  put('.bash_history', 'ls\n');
  tested = await unlockedAgent({ background: true });
  await tested.get('watch.set', { on: true }, 'window');
});
afterAll(() => {
  tested.remove();
  for (const [name, value] of Object.entries(saved)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  rmSync(person, { recursive: true, force: true });
});

describe('a well-known place that comes later', () => {
  it('is read when it is noticed, a file and a folder, and watched from then on', async () => {
    await expect.poll(async () => (await tested.get('watch.read', {})).watching, within).toBe(true);
    const file = put('.netrc', `machine api.stripe.com password ${valueOf(51)}\n`);
    const first = put('.claude/projects/a/1.jsonl', `{"text":"${valueOf(52)}"}\n`);
    await expect.poll(places, within).toEqual(expect.arrayContaining([file, first]));
    const second = put('.claude/projects/b/2.jsonl', `{"text":"${valueOf(53)}"}\n`);
    await expect.poll(places, within).toContain(second);
  });
});

const testTmux = (): void => {
  it('is told when something is copied, and when it is let go', async () => {
    const folder = join(person, `tmux-${String(process.getuid?.())}`);
    const socket = join(folder, 'default');
    mkdirSync(folder, { mode: 0o700 });
    const tmux = (...words: readonly string[]): void => {
      execFileSync('tmux', ['-S', socket, '-f', '/dev/null', ...words], {
        env: { PATH: process.env['PATH'], TERM: 'xterm' },
      });
    };
    tmux('new-session', '-d', 'sleep 300');
    try {
      tmux('set-buffer', '-b', 'first', `key ${valueOf(32)}`);
      await expect.poll(places, within).toContain(`${socket} buffer first`);
      tmux('set-buffer', '-b', 'second', `key ${valueOf(37)}`);
      await expect.poll(places, within).toContain(`${socket} buffer second`);
      tmux('delete-buffer', '-b', 'first');
      await expect.poll(places, within).not.toContain(`${socket} buffer first`);
      expect(await places()).toContain(`${socket} buffer second`);
    } finally {
      tmux('kill-server');
    }
  });
};

const testWithout = (): void => {
  it('is no place that is watched where it is not installed', async () => {
    expect((await places()).some((place) => place.includes('tmux'))).toBe(false);
  });
};

describe('tmux', () => {
  if (hasTmux) testTmux();
  else testWithout();
});
