// Watching well-known places that come while the vault is open, and what is copied in a tmux server of our own: with the real agent and the
// real scanner, nobody asks for a scan.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
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

const scannerOf = (home: string): string =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .find((pid) => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
        return words.includes(home) && words.some((word) => /scanner\.(js|ts)$/.test(word));
      } catch {
        return false;
      }
    }) ?? '';

/** Of proc(5)'s `stat`, behind the name: the nineteenth field of all. */
const niceOf = (folder: string): number => {
  const stat = readFileSync(`${folder}/stat`, 'utf8');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]);
};

describe.skipIf(process.platform !== 'linux')('the scanner', () => {
  it('gives way to what a person does with the threads of a scan, and with these alone', async () => {
    await tested.get('scan.start', { paths: [person], places: false });
    expect(await tested.get('scan.follow', {})).toMatchObject({ state: 'done' });
    const pid = scannerOf(tested.home);
    expect(niceOf(`/proc/${pid}`)).toBe(0);
    const threads = readdirSync(`/proc/${pid}/task`).map((name) => niceOf(`/proc/${pid}/task/${name}`));
    expect(threads.filter((nice) => nice === 10)).toHaveLength(2);
  });
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
