// A clock that was set back by a day or a year, between two starts or while the vault is open: nothing is lost or out of order, nobody is alarmed,
// backups stay few, and the vault locks all the same.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { VaultPorts } from '../../src/core/vault/vault.ts';
import { nodePorts } from '../../src/node/ports.ts';
import { bytesOf, newAgent, newFolder, placeOf, testPassword, type TestAgent } from '../support/agents.ts';
import { newHome, sample } from '../support/cli.ts';
import { withCheapDerivation } from '../support/cheap-derivation.ts';
import { entries } from '../support/entries.ts';
import { portsWithoutCost } from '../support/vault/vault-kit.ts';

const hour = 3_600_000;
const day = 24 * hour;
const start = Date.UTC(2026, 10, 22, 9);
const kept = 10;
let cheap: VaultPorts;
beforeAll(async () => {
  cheap = portsWithoutCost(await nodePorts({ targetMs: 0 }));
});

const seat = () => {
  const home = newFolder();
  const state = newFolder();
  let nowMs = start;
  const clock = { nowMs: () => nowMs, monotonicMs: () => performance.now() };
  return {
    pass: (ms: number) => {
      nowMs += ms;
    },
    open: async (): Promise<TestAgent> => {
      const agent = await newAgent({ home, state, ports: { ...cheap, clock } });
      onTestFinished(agent.remove);
      return agent;
    },
  };
};

const addKey = async (agent: TestAgent, name: string, value: string): Promise<string> => {
  const { projectId, environments } = await placeOf(agent);
  const { id } = await agent.get('keys.add', {
    projectId,
    environmentIds: [environments.get('production') ?? ''],
    facts: { name },
    fields: [{ name: 'secret', value: bytesOf(value) }],
  });
  return id;
};

const unlock = (agent: TestAgent) => agent.get('vault.unlock', { password: bytesOf(testPassword) });
const ofReason = async ({ get }: TestAgent, wanted: string): Promise<number> =>
  (await get('backup.list', {})).backups.filter(({ reason }) => reason === wanted).length;

describe.each([
  ['a day', day],
  ['a year', 365 * day],
])('set back by %s', (_words, backMs) => {
  it('between two starts: everything is there and in order, with no word of an older copy', async () => {
    const { open, pass } = seat();
    const before = await open();
    await before.get('vault.create', { password: bytesOf(testPassword) });
    const id = await addKey(before, 'mail', 'first');
    pass(hour);
    await unlock(before);
    await before.get('keys.replace', { id, fields: [{ name: 'secret', value: bytesOf('second') }] });
    await before.agent.finish();
    before.agent.close();

    pass(-backMs);
    const after = await open();
    await unlock(after);
    expect(after.agent.state()).toMatchObject({ problem: null, damaged: 0, keys: 1 });
    await after.get('keys.replace', { id, fields: [{ name: 'secret', value: bytesOf('third') }] });
    await addKey(after, 'pay', 'another');
    expect((await after.get('keys.reveal', { id, field: 'secret' })).value).toBe('third');
    const { versionList } = await after.get('keys.read', { id });
    expect(versionList.map(({ number }) => number).toSorted((left, right) => right - left)).toEqual([
      3, 2, 1,
    ]);
    const current = versionList.find(({ number }) => number === 3);
    expect(versionList[0]).toEqual(current);
    expect(await after.get('audit.verify', {})).toMatchObject({ ok: true });
    const events = (await after.get('audit.list', { limit: 50 })).map(({ event }) => event);
    expect(events.indexOf('key-added')).toBeLessThan(events.lastIndexOf('key-added'));
    expect(events.at(-1)).toBe('vault-created');
    after.agent.close();

    // And forward again, as when the network puts the clock right.
    pass(backMs);
    const again = await open();
    await unlock(again);
    expect(again.agent.state()).toMatchObject({ problem: null, keys: 2 });
    expect((await again.get('keys.reveal', { id, field: 'secret' })).value).toBe('third');
  });

  it('backups are made again, none of them is more than kept, and each opens', async () => {
    const { open, pass } = seat();
    const agent = await open();
    await agent.get('vault.create', { password: bytesOf(testPassword) });
    const live = async (days: number, mark: string): Promise<void> => {
      for (let at = 0; at < days; at += 1) {
        await unlock(agent);
        await addKey(agent, `${mark} ${at}`, sample.anything());
        await agent.agent.finish();
        pass(day);
      }
    };
    await live(kept, 'before');
    pass(-backMs);
    await live(kept + 2, 'after');
    await unlock(agent);
    expect(await ofReason(agent, 'daily')).toBe(kept);
    const { backups } = await agent.get('backup.list', {});
    // The newest of them holds what was there when it was made: all but the keys of later days.
    const views = await Promise.all(
      backups.map(({ name }) => agent.get('restore.preview', { name, password: bytesOf(testPassword) })),
    );
    expect(Math.max(...views.map(({ keys }) => keys))).toBe(2 * kept + 2);
  });

  it('while wrong passwords are counted: nobody is locked out', async () => {
    const { open, pass } = seat();
    const agent = await open();
    await agent.get('vault.create', { password: bytesOf(testPassword) });
    agent.agent.lock('app', 'test');
    for (let turn = 0; turn < 3; turn += 1)
      await agent.call('vault.unlock', { password: bytesOf('wrong') }, 'window');
    expect(agent.agent.state().retryAtMs).not.toBeNull();
    pass(-backMs);
    await agent.get('vault.unlock', { password: bytesOf(testPassword) }, 'window');
  });

  it('while the vault is open: it locks when nobody is there for the time that was chosen', async () => {
    const { open, pass } = seat();
    const agent = await open();
    await agent.get('vault.create', { password: bytesOf(testPassword) });
    await agent.get('settings.change', { lockAfterMinutes: 1 });
    pass(-backMs);
    await expect
      .poll(() => (agent.agent.state().locksAtMs ?? 0) < start - backMs + 2 * 60_000, { timeout: 5_000 })
      .toBe(true);
    pass(61_000);
    await expect.poll(() => agent.agent.state().vault, { timeout: 5_000 }).toBe('locked');
  });
});

const hasFaketime = spawnSync('faketime', ['--version']).status === 0;
if (!hasFaketime)
  process.stderr.write(
    '\n*** the real command line under another clock is NOT tested here: no faketime (Debian) ***\n',
  );

it.runIf(hasFaketime)(
  'the real command line, a year back: reads, writes and raises no alarm',
  async () => {
    const home = newHome();
    onTestFinished(home.remove);
    const env = { KEYTURN_STATE: join(home.folder, 'state') };
    await home.json(['init'], { env });
    await home.json(['add', 'mail', '--env', 'production', '--value-stdin'], { stdin: 'first', env });
    const { commandLine } = entries;
    const yearBack = (words: readonly string[], stdin = '') =>
      spawnSync('faketime', ['-f', '-365d', process.execPath, commandLine, ...words], {
        input: stdin,
        encoding: 'utf8',
        env: {
          ...withCheapDerivation(process.env),
          ...env,
          KEYTURN_HOME: join(home.folder, 'home'),
          KEYTURN_PASSWORD_FILE: home.passwordFile,
          FAKETIME_DONT_FAKE_MONOTONIC: '1',
        },
      });
    const added = yearBack(['add', 'pay', '--env', 'production', '--value-stdin'], 'second');
    expect([added.status, added.stderr]).toEqual([0, '']);
    const listed = await home.json<{ name: string }[]>(['list'], { env });
    expect(listed.map(({ name }) => name).toSorted()).toEqual(['mail', 'pay']);
    expect(await home.json<unknown>(['audit', '--verify'], { env })).toMatchObject({ ok: true });
    const lines = yearBack(['audit', '--json']);
    const times = (JSON.parse(lines.stdout) as { at: string }[]).map(({ at }) => new Date(at).getFullYear());
    expect(new Set(times).size).toBe(2);
  },
  120_000,
);
