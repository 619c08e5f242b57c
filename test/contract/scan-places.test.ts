// Well-known places with the real agent and the real scanner: chosen one by one, kept in the vault, asked for what they would read; tmux with a
// server of its own; folders that a cloud service marks.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytesOf, newAgent, testPassword, unlockedAgent, type TestAgent } from '../support/agents.ts';
import { sampleKey } from '../support/key-samples.ts';

const values = [32, 37, 39, 40, 42, 35].map((seed) => sampleKey('stripe', 'secret-live', seed));
const valueAt = (at: number): string => values[at] ?? '';
const hasTmux = spawnSync('tmux', ['-V']).status === 0;
const user = String(process.getuid?.() ?? '');

let tested: TestAgent;
let person: string;
const before = { HOME: process.env['HOME'], TMUX_TMPDIR: process.env['TMUX_TMPDIR'] };

const put = (path: string, text: string): string => {
  const file = join(person, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
  return file;
};

const tmux = (...words: readonly string[]): void => {
  execFileSync('tmux', ['-S', join(person, `tmux-${user}`, 'default'), '-f', '/dev/null', ...words], {
    env: { PATH: process.env['PATH'], TERM: 'xterm' },
  });
};

beforeAll(async () => {
  person = realpathSync(mkdtempSync(join(tmpdir(), 'keyturn-person-')));
  process.env['HOME'] = person;
  process.env['TMUX_TMPDIR'] = person;
  put('.bash_history', `curl -H "Authorization: Bearer ${valueAt(0)}" localhost\n`);
  put('.zsh_history', `: 1700000000:0;export K=${valueAt(1)}\n`);
  put('.cache/JetBrains/GoLand2026.2/LocalHistory/changes.storageData', `x ${valueAt(2)} y\n`);
  put('.claude/projects/a/1.jsonl', `{"text":"${valueAt(3)}"}\n`);
  if (hasTmux) {
    mkdirSync(join(person, `tmux-${user}`), { mode: 0o700 });
    tmux('new-session', '-d', 'sleep 300');
    tmux('set-buffer', '-b', 'copied', `first\n  key ${valueAt(4)}\n`);
  }
  tested = await unlockedAgent();
});
afterAll(() => {
  tested.remove();
  if (hasTmux) tmux('kill-server');
  for (const [name, value] of Object.entries(before)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  rmSync(person, { recursive: true, force: true });
});

const ownPlaces = async () =>
  (await tested.get('scan.roots', {})).filter(
    ({ origin, path }) => origin === 'place' && path.startsWith(person),
  );

const scan = async () => {
  await tested.get('scan.start', {});
  expect(await tested.get('scan.follow', {})).toMatchObject({ state: 'done' });
  return (await tested.get('leaks.list', { states: ['open', 'returned'] })).findings;
};

const choose = async (path: string, chosen: boolean): Promise<void> => {
  const roots = await tested.get('scan.roots', {});
  await tested.get(
    'scan.setRoots',
    {
      roots: roots
        .filter(({ origin }) => origin === 'place')
        .map((root) => ({
          path: root.path,
          history: false,
          watched: root.watched,
          chosen: root.path === path ? chosen : root.chosen,
        })),
    },
    'window',
  );
};

describe('well-known places', () => {
  it('are proposed one by one, with files and bytes, those with an open name in their path too', async () => {
    const places = await ownPlaces();
    const at = (name: string) => places.find(({ path }) => path === join(person, name));
    expect(at('.bash_history')).toMatchObject({ kind: 'shell-history', chosen: true, watched: true });
    expect(at('.bash_history')?.reads).toMatch(/^Bash: .* 1 file, \d+ bytes\.$/);
    expect(at('.cache/JetBrains/GoLand2026.2/LocalHistory')).toMatchObject({
      kind: 'editor-history',
      chosen: true,
    });
    expect(at('.claude/projects')?.reads).toMatch(/ 1 file, \d+ bytes\.$/);
  });

  it('are read by a scan where they are chosen, and left where they are not, in the next session too', async () => {
    await choose(join(person, '.zsh_history'), false);
    const found = (await scan()).map(({ place }) => place.path);
    expect(found).toContain(join(person, '.bash_history'));
    expect(found).toContain(join(person, '.cache/JetBrains/GoLand2026.2/LocalHistory/changes.storageData'));
    expect(found).toContain(join(person, '.claude/projects/a/1.jsonl'));
    expect(found).not.toContain(join(person, '.zsh_history'));

    const told = await tested.get('scan.read', {});
    await tested.get('vault.lock', {});
    await tested.get('vault.unlock', { password: bytesOf(testPassword) });
    // What the last scan did is known after a lock, which ends the process of an app's agent.
    const next = await newAgent({ home: tested.home });
    await next.get('vault.unlock', { password: bytesOf(testPassword) });
    expect(told).toMatchObject({ state: 'done', filesScanned: 3 });
    expect(await next.get('scan.read', {})).toEqual({ ...told, bytesTotal: null });
    next.agent.close();
    const places = await ownPlaces();
    expect(places.find(({ path }) => path === join(person, '.zsh_history'))).toMatchObject({ chosen: false });
    expect((await scan()).map(({ place }) => place.path)).not.toContain(join(person, '.zsh_history'));
    await choose(join(person, '.zsh_history'), true);
    expect((await scan()).map(({ place }) => place.path)).toContain(join(person, '.zsh_history'));
  });

  it('that are left out are not watched either', async () => {
    await choose(join(person, '.bash_history'), false);
    const keeper = await newAgent({ home: tested.home, background: true });
    await keeper.get('vault.unlock', { password: bytesOf(testPassword) });
    const order = (): { readonly places?: readonly string[] } => {
      try {
        return JSON.parse(readFileSync(join(tested.home, 'scan.roots'), 'utf8')) as never;
      } catch {
        return {};
      }
    };
    await expect
      .poll(() => order().places ?? [], { timeout: 30_000 })
      .toContain(join(person, '.zsh_history'));
    expect(order().places).not.toContain(join(person, '.bash_history'));
    keeper.agent.close();
    await choose(join(person, '.bash_history'), true);
  });
});

const testTmux = (): void => {
  it('is one of the places: what was copied is found, shown masked, taken in, and gone when it is', async () => {
    const place = join(person, `tmux-${user}`);
    expect((await ownPlaces()).find(({ path }) => path === place)).toMatchObject({
      kind: 'terminal',
      chosen: true,
      watched: true,
      reads: 'tmux: what was copied and what is shown in its sessions. 1 running server.',
    });
    const found = (await scan()).find(({ place: { kind } }) => kind === 'terminal');
    expect(found).toMatchObject({
      provider: 'stripe',
      place: { path: join(place, 'default'), inside: 'buffer copied', line: 2, column: 7 },
    });
    const context = await tested.get('leaks.context', { id: found!.id });
    expect(context.lines[1]?.text).toBe(`key ${found!.masked}`);
    expect(await tested.get('leaks.take', { id: found!.id })).toMatchObject({ chosen: 'stripe' });
    await choose(place, false);
    await scan();
    tmux('delete-buffer', '-b', 'copied');
    const kinds = async () => (await scan()).map(({ place: { kind } }) => kind);
    // Left out, nobody looks.
    expect(await kinds()).toContain('terminal');
    await choose(place, true);
    expect(await kinds()).not.toContain('terminal');
  });
};

describe('tmux', () => {
  if (hasTmux) testTmux();
  else
    it('is no place where it is not installed', async () => {
      expect((await ownPlaces()).filter(({ kind }) => kind === 'terminal')).toEqual([]);
    });
});

describe('a folder that a cloud service marks', () => {
  it('makes what is found in it worse, and names the service', async () => {
    mkdirSync(join(person, 'shared/.stfolder'), { recursive: true });
    const shared = put('shared/notes/a.txt', `${valueAt(5)}\n`);
    const apart = put('apart/a.txt', `${valueAt(5)}\n`);
    // The settings of Dropbox lie in a folder of the mark's name.
    mkdirSync(join(person, 'apart/.dropbox'));
    await tested.get('scan.start', { paths: [join(person, 'shared'), join(person, 'apart')] });
    await tested.get('scan.follow', {});
    const { findings } = await tested.get('leaks.list', {});
    const at = (path: string) => findings.find(({ place }) => place.path === path);
    expect(at(shared)?.facts.synchronised).toBe('Syncthing');
    expect(at(shared)?.why).toContain('Syncthing copies this folder to its servers.');
    expect(at(apart)?.facts.synchronised).toBeNull();
    const order = ['low', 'medium', 'high', 'critical'];
    expect(order.indexOf(at(shared)!.severity)).toBeGreaterThan(order.indexOf(at(apart)!.severity));
  });
});
