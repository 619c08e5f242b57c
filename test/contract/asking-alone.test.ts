// Checks that happen on their own: only where provider and person let them, one a second, never offline, ended by a lock.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { nodePorts } from '../../src/node/ports.ts';
import { answeringServer, type AnsweringServer } from '../support/answering-server.ts';
import { bytesOf, placeOf, unlockedAgent, type TestAgent } from '../support/agents.ts';
import { sampleKey } from '../support/key-samples.ts';

const dayMs = 86_400_000;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

let server: AnsweringServer;
let tested: TestAgent;
let time = { nowMs: 0, monotonicMs: 0 };
let ids: string[] = [];

/** Both clocks go on; what looks once a minute looks again. */
const pass = (ms: number): void => {
  time = { nowMs: time.nowMs + ms, monotonicMs: time.monotonicMs + Math.max(ms, 120_000) };
};

const until = async (is: () => boolean): Promise<void> => {
  const endMs = Date.now() + 15_000;
  while (!is()) {
    if (Date.now() > endMs) throw new Error('it did not come to that');
    // What looks once a minute looks again, whenever it began.
    time = { ...time, monotonicMs: time.monotonicMs + 10_000 };
    await pause(20);
  }
};

beforeEach(async () => {
  time = { nowMs: Date.UTC(2026, 10, 22, 12), monotonicMs: 1_000_000 };
  server = await answeringServer(() => ({ status: 200, body: { access_token: 'x' } }));
  const ports = await nodePorts({ targetMs: 0 });
  const clock = { nowMs: () => time.nowMs, monotonicMs: () => time.monotonicMs };
  tested = await unlockedAgent({ ports: { ...ports, clock } });
  await tested.get('settings.change', { lockAfterMinutes: 0 });
  const place = await placeOf(tested);
  const add = async (
    name: string,
    provider: string,
    values: Readonly<Record<string, string>>,
  ): Promise<string> => {
    await tested.get('providers.configure', { id: provider, baseUrl: server.url });
    const fields = Object.entries(values).map(([field, value]) => ({ name: field, value: bytesOf(value) }));
    return (
      await tested.get('keys.add', {
        projectId: place.projectId,
        environmentIds: [place.environments.get('production')!],
        facts: { name, provider },
        fields,
      })
    ).id;
  };
  const pair = {
    name: 'ci',
    secret: 'nobodys-secret-at-all',
    organizationId: 'a2f0c3de-5b1f-4a55-9a38-0d8f6b3c1e77',
  };
  ids = [
    await add('free', 'appcircle', pair),
    await add('asks first', 'circle-mint', { secret: sampleKey('circle-mint', 'live') }),
  ];
});

afterEach(async () => {
  expect(tested.bugs).toEqual([]);
  tested.remove();
  await server.close();
});

const paths = (): string[] => server.seen.map(({ url }) => url);
const askedOf = async (id: string | undefined): Promise<number> =>
  (await tested.get('keys.checks', { id: id ?? '' })).runs.reduce((sum, { count }) => sum + count, 0);

it('asks nobody until the person turns it on, and then whom the provider file names', async () => {
  pass(2 * dayMs);
  await pause(1_200);
  expect(paths()).toEqual([]);
  const off = await tested.get('keys.checks', { id: ids[0]! });
  expect(off.unattended).toMatchObject({ happens: false, nextAtMs: null });
  await tested.get('settings.change', { scheduledChecks: true });
  expect((await tested.get('keys.checks', { id: ids[0]! })).unattended).toMatchObject({ happens: true });
  expect((await tested.get('keys.checks', { id: ids[1]! })).unattended.happens).toBe(false);
  pass(120_000);
  await until(() => server.seen.length === 1);
  expect(paths()).toEqual(['/auth/v1/api-key/token']);
  pass(120_000);
  await pause(1_200);
  expect(paths()).toHaveLength(1);
  const events = await tested.get('audit.list', { limit: 100 });
  expect(events.filter(({ event, by }) => event === 'keys-checked' && by === 'keyturn')).toHaveLength(1);
});

it('asks about a live key once its owner has said so, and about none that is not to be asked', async () => {
  await tested.get('keys.care', { id: ids[1]!, care: { scheduled: 'yes' } });
  await tested.get('keys.care', { id: ids[0]!, care: { scheduled: 'no' } });
  await tested.get('settings.change', { scheduledChecks: true });
  pass(2 * dayMs);
  await until(() => server.seen.length === 1);
  expect(paths()).toEqual(['/v1/configuration']);
});

it('asks nobody while offline, and ends with the lock', async () => {
  await tested.get('settings.change', { scheduledChecks: true, offline: true });
  pass(2 * dayMs);
  await pause(1_200);
  expect(paths()).toEqual([]);
  server.answer = () => undefined;
  await tested.get('settings.change', { offline: false });
  pass(120_000);
  await until(() => server.seen.length === 1);
  await tested.get('vault.lock', {});
  await until(() => server.underway() === 0);
  pass(dayMs);
  await pause(1_200);
  expect(paths()).toHaveLength(1);
});

it('keeps what it learnt when the vault is locked before it was written', async () => {
  await tested.get('settings.change', { scheduledChecks: true });
  pass(2 * dayMs);
  await until(() => server.seen.length === 1 && server.underway() === 0);
  await pause(50);
  await tested.get('vault.lock', {});
  await tested.get('vault.unlock', { password: bytesOf('a password of the tests') });
  expect(await askedOf(ids[0])).toBe(1);
});
