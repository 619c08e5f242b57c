// A lock, and a new vault key, while a key is being turned: an answer that holds the only copy of a value is waited for as long as was promised;
// what was lost is said, with the way back; what waits in the vault is sealed anew with everything else.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodePorts } from '../../src/node/ports.ts';
import { bytesOf, placeOf, testPassword, unlockedAgent, type TestAgent } from '../support/agents.ts';
import { sampleKey } from '../support/key-samples.ts';
import type { Asked } from '../support/turning/documented-server.ts';
import { gitlabServer, type GitLabServer } from '../support/turning/servers/gitlab.ts';

let tested: TestAgent;
let gitlab: GitLabServer;
let nowMs = 0;

beforeEach(async () => {
  nowMs = Date.now();
  const ports = await nodePorts({ targetMs: 0 });
  const clock = { ...ports.clock, nowMs: () => nowMs };
  [tested, gitlab] = await Promise.all([unlockedAgent({ ports: { ...ports, clock } }), gitlabServer()]);
  await tested.get('settings.change', { lockAfterMinutes: 5 });
  await tested.get('providers.configure', { id: 'gitlab', baseUrl: gitlab.url });
});
afterEach(async () => {
  expect(tested.bugs).toEqual([]);
  tested.remove();
  await gitlab.close();
});

const add = async (name: string, provider: string, value: string) => {
  const place = await placeOf(tested);
  return tested.get('keys.add', {
    projectId: place.projectId,
    environmentIds: [place.environments.get('production')!],
    facts: { name, provider, kind: 'live' },
    fields: [{ name: 'secret', value: bytesOf(value) }],
  });
};
const isRotate = ({ method }: Asked): boolean => method === 'POST';
const rotates = (): number => gitlab.seen.filter(isRotate).length;
const reveal = async (id: string): Promise<string> =>
  (await tested.get('keys.reveal', { id, field: 'secret' })).value;
const isLocked = async (): Promise<boolean> => (await tested.get('state.read', {})).vault === 'locked';
const unlock = () => tested.get('vault.unlock', { password: bytesOf(testPassword) });

/** A turn whose one call was heard by GitLab, and whose answer is held back. */
const swapping = async (): Promise<{ key: string; turn: string; old: string; letGo: () => void }> => {
  const old = gitlab.add();
  const { id: key } = await add('ci', 'gitlab', old.value);
  const letGo = gitlab.hold(isRotate, 'after');
  const { id: turn } = await tested.get('rotation.start', { keyId: key });
  await expect.poll(gitlab.waiting, { timeout: 20_000 }).toBe(1);
  expect(gitlab.isAlive(old.value)).toBe(false);
  return { key, turn, old: old.value, letGo };
};

const expectKept = async ({ key, turn, old }: Awaited<ReturnType<typeof swapping>>): Promise<void> => {
  await unlock();
  await tested.get('rotation.resume', { id: turn });
  const over = await tested.get('rotation.follow', { id: turn });
  expect(over).toMatchObject({ outcome: { kind: 'turned' } });
  const value = await reveal(key);
  expect(value).not.toBe(old);
  expect([gitlab.isAlive(value), rotates(), gitlab.familiesKilled()]).toEqual([true, 1, 0]);
};

const expectLost = async ({ turn }: Awaited<ReturnType<typeof swapping>>): Promise<void> => {
  await unlock();
  await tested.get('rotation.resume', { id: turn });
  const over = await tested.get('rotation.follow', { id: turn });
  expect(over.outcome).toMatchObject({ kind: 'lost' });
  expect(over.outcome!.next).toContain('Create a new token');
  expect([rotates(), gitlab.familiesKilled()]).toEqual([1, 0]);
};

describe('a lock while a token is replaced in place', () => {
  it('by a person waits a second for the answer, and keeps it', async () => {
    const swap = await swapping();
    const lock = tested.get('vault.lock', {});
    setTimeout(swap.letGo, 400);
    await lock;
    expect(await isLocked()).toBe(true);
    await expectKept(swap);
  }, 60_000);

  it('by a person waits no longer than that; what was lost is said once the vault is open again, with the way back', async () => {
    const swap = await swapping();
    const begunMs = performance.now();
    await tested.get('vault.lock', {});
    const tookMs = performance.now() - begunMs;
    expect(tookMs).toBeGreaterThan(900);
    expect(tookMs).toBeLessThan(8_000);
    expect(await isLocked()).toBe(true);
    await expect.poll(gitlab.waiting).toBe(0);
    await expectLost(swap);
  }, 120_000);

  it('because nobody was there falls only once the answer is kept', async () => {
    const swap = await swapping();
    nowMs += 6 * 60_000;
    // Long enough for the idle lock to have looked more than once.
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(tested.agent.state().vault).toBe('unlocked');
    swap.letGo();
    await expect.poll(() => tested.agent.state().vault, { timeout: 10_000 }).toBe('locked');
    await expectKept(swap);
  }, 60_000);

  it('because nobody was there falls without an answer too, within fifteen seconds, and what was lost is said', async () => {
    const swap = await swapping();
    const begunMs = performance.now();
    nowMs += 6 * 60_000;
    await expect.poll(() => tested.agent.state().vault, { timeout: 40_000, interval: 100 }).toBe('locked');
    const tookMs = performance.now() - begunMs;
    // Nobody waits for an answer for longer than ten seconds; then it is known to be lost, and that is kept first.
    expect(tookMs).toBeGreaterThan(8_000);
    expect(tookMs).toBeLessThan(20_000);
    await expectLost(swap);
  }, 180_000);
});

describe('a new vault key', () => {
  const replace = () => tested.call('vault.replaceKey', { password: bytesOf(testPassword) });

  it('waits until no key is being turned: what is under way would be written with the old one', async () => {
    const swap = await swapping();
    expect(await replace()).toMatchObject({ ok: false, error: { kind: 'busy' } });
    swap.letGo();
    await tested.get('rotation.follow', { id: swap.turn });
    expect(await replace()).toMatchObject({ ok: true });
    expect(gitlab.isAlive(await reveal(swap.key))).toBe(true);
  }, 120_000);

  it('lets no turn go on while it is made; afterwards they do', async () => {
    const { id: key } = await add('ci', 'gitlab', gitlab.add().value);
    const letGo = gitlab.hold(({ method }) => method === 'GET');
    const { id: turn } = await tested.get('rotation.start', { keyId: key });
    await expect.poll(gitlab.waiting, { timeout: 20_000 }).toBe(1);
    await tested.get('vault.lock', {});
    letGo();
    await unlock();
    const before = gitlab.seen.length;
    let resumed: ReturnType<typeof tested.call<'rotation.resume'>> | undefined;
    tested.agent.on('task.progress', ({ label }) => {
      if (label.includes('vault key')) resumed ??= tested.call('rotation.resume', { id: turn });
    });
    expect(await replace()).toMatchObject({ ok: true });
    expect(await resumed).toMatchObject({ ok: false });
    expect(gitlab.seen).toHaveLength(before);
    await tested.get('rotation.resume', { id: turn });
    expect(await tested.get('rotation.follow', { id: turn })).toMatchObject({ outcome: { kind: 'turned' } });
  }, 120_000);

  it('makes the fingerprints of a value anew that waits for its test: once it is current, an equal one is told', async () => {
    const circa = (seed: number): string => sampleKey('circa', 'live', seed);
    const { id } = await add('billing', 'circa', circa(1));
    const { id: turn } = await tested.get('rotation.start', { keyId: id });
    await tested.get('rotation.follow', { id: turn });
    await tested.get('rotation.paste', { id: turn, fields: [{ name: 'secret', value: bytesOf(circa(2)) }] });
    const waits = await tested.get('rotation.follow', { id: turn });
    expect(waits).toMatchObject({ step: 'test', state: 'needs-you' });
    expect(await replace()).toMatchObject({ ok: true });
    const confirm = waits.tasks.find(({ kind }) => kind === 'confirm');
    await tested.get('rotation.task', { id: turn, taskId: confirm!.id, done: true });
    expect(await tested.get('rotation.follow', { id: turn })).toMatchObject({ step: 'revoke' });
    expect(await reveal(id)).toBe(circa(2));
    for (const [seed, told] of [
      [1, false],
      [2, true],
      [3, false],
    ] as const) {
      const { warnings } = await add(`copy-${String(seed)}`, 'circa', circa(seed));
      expect([seed, warnings.some(({ code }) => code === 'same-value')]).toEqual([seed, told]);
    }
  }, 60_000);
});
