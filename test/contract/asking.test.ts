// The whole path: a key in a vault, a call, a question over real HTTP to a server on loopback, what comes of the answer, what is kept.
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallOutput } from '../../src/contract/contract.ts';
import { nodePorts } from '../../src/node/ports.ts';
import { sampleKey } from '../support/key-samples.ts';
import { answeringServer, type AnsweringServer, type Says } from '../support/answering-server.ts';
import {
  bytesOf,
  newAgent,
  placeOf,
  testPassword,
  unlockedAgent,
  type TestAgent,
} from '../support/agents.ts';

const teamId = 'a2f0c3de-5b1f-4a55-9a38-0d8f6b3c1e77';
const valid: Says = { status: 200, body: { id: '1', email: 'ann@example.com' } };
const refused: Says = { status: 401, body: { statusCode: 401, message: 'Invalid API key' } };

const inHouse = resolve(import.meta.dirname, '../fixtures/providers/in-house-api.json');

let server: AnsweringServer;
let tested: TestAgent;
let place: { projectId: string; environmentIds: string[] };
let seed = 0;

beforeEach(async () => {
  server = await answeringServer(() => valid);
  tested = await unlockedAgent();
  const found = await placeOf(tested);
  place = { projectId: found.projectId, environmentIds: [found.environments.get('production')!] };
  await tested.get('providers.configure', { id: 'circa', baseUrl: server.url });
});

afterEach(async () => {
  await server.close();
  expect(tested.bugs).toEqual([]);
  tested.remove();
});

type Given = { readonly value?: string; readonly facts?: object; readonly provider?: string | null };

const add = async (
  name: string,
  { value, facts = {}, provider = 'circa' }: Given = {},
  agent = tested,
): Promise<string> => {
  seed += 1;
  const secret = value ?? sampleKey('circa', 'live', seed);
  const fields = [
    { name: 'secret', value: bytesOf(secret) },
    ...(provider === 'circa' ? [{ name: 'teamId', value: bytesOf(teamId) }] : []),
  ];
  return (await agent.get('keys.add', { ...place, facts: { name, provider, ...facts }, fields })).id;
};

const one = async (id: string): Promise<CallOutput<'keys.check'>['results'][number]> =>
  (await tested.get('keys.check', { ids: [id] })).results[0]!;
const events = async (event: string): Promise<number> =>
  (await tested.get('audit.list', { limit: 1_000 })).filter((line) => line.event === event).length;

const until = async (is: () => boolean): Promise<void> => {
  const endMs = Date.now() + 10_000;
  while (!is()) {
    if (Date.now() > endMs) throw new Error('it did not come to that');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

describe('asking about a key', () => {
  it('asks its provider once, as the provider wants to be asked, and remembers the answer', async () => {
    const value = sampleKey('circa', 'live', 999);
    const id = await add('mail', { value });
    expect(await one(id)).toMatchObject({
      name: 'mail',
      state: 'valid',
      httpStatus: 200,
      before: 'not-checked',
    });
    expect(server.seen).toHaveLength(1);
    expect(server.seen[0]).toMatchObject({
      method: 'GET',
      url: '/public/me',
      headers: { 'x-api-key': value, 'x-team-id': teamId },
    });
    const [key] = await tested.get('keys.list', {});
    expect(key?.status).toMatchObject({ state: 'valid' });
    server.answer = () => refused;
    expect(await one(id)).toMatchObject({ state: 'invalid', before: 'valid' });
    const { runs, asks } = await tested.get('keys.checks', { id });
    expect(runs.map(({ state, count, version }) => [state, count, version])).toEqual([
      ['valid', 1, 1],
      ['invalid', 1, 1],
    ]);
    expect(asks).toBe(`${server.url}/public/me`);
    expect(await events('key-state-changed')).toBe(1);
    expect(await events('keys-checked')).toBe(2);
  });

  it('says its own words whole, whatever of them stands in a password too: what is struck out would tell it', async () => {
    await tested.get('providers.configure', { id: 'etcd', baseUrl: server.url });
    const message = 'etcdserver: authentication failed, invalid user ID or password';
    server.answer = () => ({ status: 400, body: { error: message, message, code: 3 } });
    const login = { host: '127.0.0.1', user: 'app', password: 'the password is wrong' };
    const fields = Object.entries(login).map(([name, value]) => ({ name, value: bytesOf(value) }));
    const { id } = await tested.get('keys.add', {
      ...place,
      facts: { name: 'store', provider: 'etcd' },
      fields,
    });
    const { state, reason, next } = await one(id);
    expect(state).toBe('invalid');
    expect(`${reason} ${next}`).not.toContain('[redacted]');
  });

  it.each<[string, Says, string]>([
    ['a key that is refused', refused, 'invalid'],
    [
      'a team that is not the key’s',
      { status: 403, body: { statusCode: 403, message: 'Forbidden' } },
      'blocked',
    ],
    ['a header that got lost', { status: 400, body: { message: 'x-team-id is required' } }, 'not-checkable'],
    ['a server in trouble', { status: 500, body: 'oops' }, 'unreachable'],
    [
      'a page of somebody in between',
      { status: 302, body: '', headers: { location: 'https://login.example/' } },
      'unreachable',
    ],
  ])('tells %s from the others', async (_name, says, state) => {
    server.answer = () => says;
    expect(await one(await add('mail'))).toMatchObject({ state });
  });

  it('sends nothing for a key without the form of its provider, nor for nobody’s, nor while offline', async () => {
    const broken = await add('broken', { value: sampleKey('circa', 'live', 3).slice(0, 30) });
    const nobody = await add('nobody', { provider: null, value: 'some value of somebody' });
    const good = await add('good');
    await tested.get('settings.change', { offline: true });
    const { results, sentence } = await tested.get('keys.check', { ids: [broken, nobody, good] });
    expect(results.map(({ state }) => state)).toEqual(['malformed', 'not-checkable', 'unreachable']);
    expect(results[2]?.reason).toContain('Offline');
    expect(sentence).toContain('1 malformed');
    expect(server.seen).toEqual([]);
  });

  it('asks nobody about the invented keys of the demo, but a server on this machine', async () => {
    const demo = await newAgent({ demo: true });
    await demo.get('demo.create', {}, 'shell');
    await demo.get('settings.change', { offline: false });
    const { results } = await demo.get('keys.check', {});
    expect(results.length).toBeGreaterThan(0);
    expect(results.filter(({ httpStatus }) => httpStatus !== null)).toEqual([]);
    expect(results.some(({ state, reason }) => state === 'unreachable' && reason.includes('demo'))).toBe(
      true,
    );
    await demo.get('providers.configure', { id: 'circa', baseUrl: server.url });
    await demo.get('keys.check', {});
    expect(server.seen.length).toBeGreaterThan(0);
    demo.remove();
  });

  it('keeps no part of a key that an answer echoes, wherever it does', async () => {
    const path = join(tested.home, 'own.json');
    const document = JSON.parse(readFileSync(inHouse, 'utf8')) as {
      providers: { check: { tells: unknown[] } }[];
    };
    document.providers[0]!.check.tells.push(
      { fact: 'owner', from: { json: ['owner'] }, as: 'text' },
      { fact: 'scopes', from: { json: ['scopes'] }, as: 'list' },
      { fact: 'name', from: { header: 'x-echo' }, as: 'text' },
    );
    writeFileSync(path, JSON.stringify(document));
    await tested.get('providers.addPath', { path });
    await tested.get('providers.configure', { id: 'acme-billing', baseUrl: server.url });
    const secret = `acmebill_live_${[...sampleKey('circa', 'live', 41)]
      .filter((letter) => /[a-z0-9]/i.test(letter))
      .join('')
      .padEnd(40, 'q')
      .slice(0, 40)}`;
    const fields = [
      { name: 'secret', value: bytesOf(secret) },
      { name: 'tenant', value: bytesOf('shop') },
    ];
    const { id } = await tested.get('keys.add', {
      ...place,
      facts: { name: 'own', provider: 'acme-billing' },
      fields,
    });
    const parts = [
      secret,
      secret.slice(0, 20),
      secret.slice(-9),
      secret.toUpperCase(),
      Buffer.from(secret).toString('base64'),
    ];
    server.answer = () => ({
      status: 200,
      body: { ok: true, owner: `Ann ${parts.join(' ')}`, scopes: ['read', secret], expires: '2027-01-01' },
      headers: { 'x-echo': secret },
    });
    const result = await one(id);
    expect(result.state).toBe('valid');
    const checks = await tested.get('keys.checks', { id });
    expect(JSON.stringify(checks.told)).toContain('[redacted]');
    const kept = JSON.stringify([result, checks, await tested.get('audit.list', { limit: 100 })]);
    for (const part of parts) expect(kept).not.toContain(part);
  });

  it('calls a refused key expired once its date has passed, and not activated while somebody has to act', async () => {
    server.answer = () => refused;
    const old = await add('old', { facts: { expiresOn: '2026-01-01' } });
    const waiting = await add('waiting');
    await tested.get('keys.care', {
      id: waiting,
      care: { waiting: { who: 'Circa support', what: 'enable it', sinceMs: 1 } },
    });
    const { results } = await tested.get('keys.check', { ids: [old, waiting] });
    expect(results.map(({ state }) => state)).toEqual(['expired', 'not-activated']);
    expect(results[0]?.reason).toContain('1 January 2026');
    expect(results[1]?.next).toContain('Circa support');
  });

  it('refuses a key that is removed, and one that is not there', async () => {
    const id = await add('gone');
    await tested.get('keys.remove', { id, confirmName: 'gone' });
    expect(await tested.call('keys.check', { ids: [id] })).toMatchObject({
      ok: false,
      error: { kind: 'refused' },
    });
    expect(await tested.call('keys.check', { ids: ['0'.repeat(32)] })).toMatchObject({
      ok: false,
      error: { kind: 'not-found' },
    });
    expect((await tested.get('keys.check', {})).results).toEqual([]);
  });
});

const hex = (): string => randomBytes(16).toString('hex');
const sandboxKey = (): string => `SAND_API_KEY:${hex()}:${hex()}`;

describe('asking about many', () => {
  it('asks two at a time, tells what it is asking, and stops within a moment when it is told to', async () => {
    for (let at = 0; at < 12; at += 1) await add(`key ${String(at)}`);
    let answered = 0;
    server.answer = () => {
      answered += 1;
      return answered <= 4 ? valid : undefined;
    };
    const labels = new Set<string>();
    let taskId = '';
    tested.agent.on('task.progress', (task) => {
      taskId = task.taskId;
      labels.add(task.label);
    });
    const asking = tested.get('keys.check', {});
    await until(() => server.seen.length === 6);
    const startedMs = Date.now();
    await tested.get('task.cancel', { taskId });
    const { results, stopped, sentence } = await asking;
    expect(Date.now() - startedMs).toBeLessThan(2_000);
    expect({ stopped, count: results.length, most: server.most() }).toEqual({
      stopped: true,
      count: 4,
      most: 2,
    });
    expect(sentence).toContain('Stopped.');
    expect(labels).toContain('Asking Circa');
    expect([...labels].join(' ')).not.toContain('key ');
    const known = await tested.get('keys.list', { state: 'valid' });
    expect(known).toHaveLength(4);
  });

  it('lets a lock end everything, keeps what was learnt by then, and leaves no question open', async () => {
    for (let at = 0; at < 6; at += 1) await add(`key ${String(at)}`);
    let answered = 0;
    server.answer = () => {
      answered += 1;
      return answered <= 2 ? valid : undefined;
    };
    const asking = tested.call('keys.check', {});
    await until(() => server.seen.length === 4);
    await tested.get('vault.lock', {});
    expect(await asking).toMatchObject({ ok: false, error: { kind: 'locked' } });
    await until(() => server.underway() === 0);
    await tested.get('vault.unlock', { password: bytesOf(testPassword) });
    expect(await tested.get('keys.list', { state: 'valid' })).toHaveLength(2);
  });

  it('asks about 1,000 keys, and writes a line for the whole and none for each', async () => {
    const many = 1_000;
    // One import instead of 1,000 additions.
    const path = join(tested.home, 'many.env');
    const line = (at: number): string => `KEY_${String(at)}=${sandboxKey()}`;
    writeFileSync(path, Array.from({ length: many }, (_, at) => line(at)).join('\n'));
    const where = { projectId: place.projectId, environmentId: place.environmentIds[0]! };
    const { previewId } = await tested.get('import.previewPath', { path, ...where });
    expect(await tested.get('import.apply', { previewId, ...where, choices: [] })).toMatchObject({
      imported: many,
    });
    await tested.get('providers.configure', { id: 'circle-mint', baseUrl: server.url });
    server.answer = () => ({ status: 200, body: { data: {} } });
    const { results } = await tested.get('keys.check', {});
    expect(results).toHaveLength(many);
    expect(results.every(({ state }) => state === 'valid')).toBe(true);
    expect(server.seen).toHaveLength(many);
    expect(await events('keys-checked')).toBe(1);
    expect(await events('key-state-changed')).toBe(0);
    expect(await tested.get('keys.list', { state: 'valid' })).toHaveLength(many);
  }, 60_000);

  it('lets two processes ask at once: every answer is kept, in one record per key', async () => {
    const ids = [await add('a'), await add('b'), await add('c')];
    const other = await newAgent({ home: tested.home });
    try {
      await other.get('vault.unlock', { password: bytesOf(testPassword) });
      await Promise.all([tested.get('keys.check', { ids }), other.get('keys.check', { ids })]);
      for (const id of ids) {
        const { runs } = await tested.get('keys.checks', { id });
        expect(runs).toMatchObject([{ state: 'valid', count: 2 }]);
        expect((await other.get('keys.checks', { id })).runs).toEqual(runs);
      }
    } finally {
      other.agent.close();
    }
  });
});

describe('a use of a key', () => {
  it('is known to the hour, however often a value leaves', async () => {
    const startMs = Date.UTC(2026, 10, 22, 12, 10);
    let nowMs = startMs;
    const ports = await nodePorts({ targetMs: 0 });
    const clock = { ...ports.clock, nowMs: () => nowMs };
    const old = await unlockedAgent({ ports: { ...ports, clock } });
    // The clock of this test would lock it.
    await old.get('settings.change', { lockAfterMinutes: 0 });
    const found = await placeOf(old);
    place = { projectId: found.projectId, environmentIds: [found.environments.get('production')!] };
    const ids = [
      await add('shown', {}, old),
      await add('copied', {}, old),
      await add('exported', { facts: {} }, old),
    ];
    const unused = async (): Promise<string[]> =>
      (await old.get('keys.list', {})).flatMap(({ name, attention }) =>
        attention.includes('unused') ? [name] : [],
      );
    nowMs = startMs + 100 * 86_400_000;
    expect(await unused()).toEqual(['copied', 'exported', 'shown']);
    const counters: number[] = [];
    old.agent.on('vault.changed', ({ counter }) => counters.push(counter));
    for (let times = 0; times < 3; times += 1) await old.get('keys.reveal', { id: ids[0]!, field: 'secret' });
    expect(counters).toHaveLength(3);
    expect(await unused()).toEqual(['copied', 'exported']);
    await old.get('keys.lend', { id: ids[1]!, field: 'secret' }, 'shell');
    expect(await unused()).toEqual(['exported']);
    for (const id of ids.slice(0, 2))
      await old.get('keys.remove', { id, confirmName: id === ids[0] ? 'shown' : 'copied' });
    await old.get(
      'export.render',
      { environmentId: place.environmentIds[0]!, format: 'dotenv' },
      'command-line',
    );
    expect(await unused()).toEqual([]);
    expect(old.bugs).toEqual([]);
    old.remove();
  });
});
