// Turns that begin and go on by themselves: only where the person allowed it for this key, within its hours, in a process that stays, never offline,
// never locked; what needs a person is said instead of begun.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { nodePorts } from '../../src/node/ports.ts';
import {
  bytesOf,
  newAgent,
  placeOf,
  testPassword,
  unlockedAgent,
  type TestAgent,
} from '../support/agents.ts';
import { sampleKey } from '../support/key-samples.ts';
import { smallNeon, type SmallNeon } from '../support/turning/small-neon.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

let neon: SmallNeon;
let tested: TestAgent;
let time = { nowMs: 0, monotonicMs: 0 };
let id = '';
const ports = async () => ({
  ...(await nodePorts({ targetMs: 0 })),
  clock: { nowMs: () => time.nowMs, monotonicMs: () => time.monotonicMs },
});

const pass = (ms: number): void => {
  time = { nowMs: time.nowMs + ms, monotonicMs: time.monotonicMs + Math.max(ms, 120_000) };
};
const until = async (is: () => Promise<boolean> | boolean): Promise<void> => {
  const endMs = Date.now() + 20_000;
  while (!(await is())) {
    if (Date.now() > endMs) throw new Error('it did not come to that');
    time = { ...time, monotonicMs: time.monotonicMs + 20_000 };
    await pause(50);
  }
};
/** Long enough for two ticks: what should not happen has had its chance. */
const nothingHappens = async (): Promise<void> => {
  pass(0);
  await pause(2_200);
  pass(0);
  await pause(1_200);
};
const noon = new Date(2026, 10, 22, 12).getTime();

const usual = {
  way: null,
  managerKeyId: null,
  inputs: {},
  graceMs: null,
  unattended: true,
  beforeExpiryDays: null,
  hours: null,
};
const turns = async () => tested.get('rotation.list', { keyId: id });

const begin = async (options: Parameters<typeof unlockedAgent>[0]): Promise<void> => {
  tested = await unlockedAgent({ ports: await ports(), ...options });
  await tested.get('settings.change', { lockAfterMinutes: 0 });
  const place = await placeOf(tested);
  await tested.get('providers.configure', { id: 'neon', baseUrl: neon.url });
  const made = await tested.get('keys.add', {
    projectId: place.projectId,
    environmentIds: [place.environments.get('production')!],
    facts: { name: 'db', provider: 'neon' },
    fields: [{ name: 'secret', value: bytesOf(neon.add('db').value) }],
  });
  id = made.id;
  await tested.get('keys.care', { id, care: { rotateEveryDays: 30 } });
};

beforeEach(async () => {
  time = { nowMs: noon, monotonicMs: 1_000_000 };
  neon = await smallNeon();
});
afterEach(async () => {
  expect(tested.bugs).toEqual([]);
  tested.remove();
  await neon.close();
});

it('turns an old key on its own once the person allowed it, within its hours, and only then', async () => {
  await begin({ tells: true });
  pass(31 * dayMs);
  await nothingHappens();
  expect(await turns()).toEqual([]);
  expect(await tested.get('due.list', {})).toMatchObject([
    { keyId: id, why: 'rotate', turn: { way: 'personal', rotationId: null } },
  ]);
  await tested.get('rotation.setCare', { ...usual, keyId: id, hours: { from: 1, to: 5 } });
  await nothingHappens();
  expect(await turns()).toEqual([]);
  expect(neon.seen).toEqual([]);
  pass(14 * hourMs);
  await until(async () => (await turns())[0]?.state === 'done');
  expect(await turns()).toMatchObject([{ reason: 'policy', by: 'keyturn', outcome: { kind: 'turned' } }]);
  expect(neon.alive()).toHaveLength(1);
  // It is young again.
  pass(dayMs);
  await nothingHappens();
  expect(await turns()).toHaveLength(1);
});

it('turns nothing while offline is on, nor in a process that is gone in a moment', async () => {
  await begin({ tells: true });
  await tested.get('rotation.setCare', { ...usual, keyId: id });
  await tested.get('settings.change', { offline: true });
  pass(31 * dayMs);
  await nothingHappens();
  expect(await turns()).toEqual([]);
  tested.agent.close();
  const short = await newAgent({ home: tested.home, ports: await ports() });
  await short.get('vault.unlock', { password: bytesOf(testPassword) });
  await short.get('settings.change', { offline: false });
  await nothingHappens();
  expect(await short.get('rotation.list', {})).toEqual([]);
  expect(neon.seen).toEqual([]);
  short.agent.close();
});

it('goes on after a grace, over a lock', async () => {
  await begin({ tells: true });
  const { id: turn } = await tested.get('rotation.start', { keyId: id, graceMs: 5 * hourMs });
  expect(await tested.get('rotation.follow', { id: turn })).toMatchObject({
    step: 'grace',
    state: 'waiting',
  });
  tested.agent.lock('test', 'away');
  pass(6 * hourMs);
  await pause(2_200);
  expect(neon.alive()).toHaveLength(2);
  await tested.get('vault.unlock', { password: bytesOf(testPassword) });
  await until(async () => (await tested.get('rotation.read', { id: turn })).state === 'done');
  expect(await tested.get('rotation.read', { id: turn })).toMatchObject({ outcome: { kind: 'turned' } });
  expect(neon.alive()).toHaveLength(1);
});

it('says in the trail why a key that may be turned alone was not, once', async () => {
  await begin({ tells: true });
  const place = await placeOf(tested);
  const made = await tested.get('keys.add', {
    projectId: place.projectId,
    environmentIds: [place.environments.get('staging')!],
    facts: { name: 'by hand', provider: 'circa' },
    fields: [{ name: 'secret', value: bytesOf(sampleKey('circa', 'live', 5)) }],
  });
  await tested.get('keys.care', { id: made.id, care: { rotateEveryDays: 10 } });
  await tested.get('rotation.setCare', { ...usual, keyId: made.id });
  pass(11 * dayMs);
  const lines = async () =>
    (await tested.get('keys.read', { id: made.id })).history.filter(
      ({ event }) => event === 'key-turn-not-begun',
    );
  await until(async () => (await lines()).length > 0);
  await nothingHappens();
  expect(await lines()).toHaveLength(1);
  expect(await tested.get('rotation.list', { keyId: made.id })).toEqual([]);
});
