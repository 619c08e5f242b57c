// Servers of one's own that are asked over HTTP, for real: RabbitMQ and etcd from Debian's packages, asked by a whole agent. The traps are
// those that were seen on them: two spellings with two meanings, and a 400 that is a refusal.
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallOutput } from '../../src/contract/contract.ts';
import { bytesOf, placeOf, unlockedAgent, type TestAgent } from '../support/agents.ts';
import {
  basic,
  hasHttpServer,
  startEtcd,
  startRabbit,
  type RabbitServer,
} from '../support/real-http-servers.ts';

let tested: TestAgent;
let environmentId: string;
let projectId: string;
let names = 0;

beforeAll(async () => {
  for (const [name, isThere] of Object.entries(hasHttpServer))
    if (!isThere) console.log(`${name} is not installed here: it was not asked`);
  tested = await unlockedAgent();
  const place = await placeOf(tested);
  projectId = place.projectId;
  environmentId = place.environments.get('development')!;
});
afterAll(() => {
  tested.remove();
});

const newPassword = (): string => randomBytes(18).toString('base64url');

const add = async (provider: string, values: Readonly<Record<string, string>>): Promise<string> => {
  names += 1;
  const { id } = await tested.get('keys.add', {
    projectId,
    environmentIds: [environmentId],
    facts: { name: `server ${String(names)}`, provider },
    fields: Object.entries(values).map(([name, value]) => ({ name, value: bytesOf(value) })),
  });
  return id;
};

type Result = CallOutput<'keys.check'>['results'][number];

const check = async (id: string): Promise<Result> =>
  (await tested.get('keys.check', { ids: [id] })).results[0]!;
const ask = async (provider: string, values: Readonly<Record<string, string>>): Promise<Result> =>
  check(await add(provider, values));
const told = async (id: string) => (await tested.get('keys.checks', { id })).told;

describe.runIf(hasHttpServer.rabbitmq)('RabbitMQ', () => {
  let server: RabbitServer;
  const password = newPassword();
  const login = (user: string, pass = password) => ({ host: '127.0.0.1', user, password: pass });
  const put = async (user: string, pass: string, tags: string): Promise<void> => {
    expect((await server.admin('PUT', `/api/users/${user}`, { password: pass, tags })).status).toBeLessThan(
      300,
    );
  };
  beforeAll(async () => {
    server = await startRabbit('root', newPassword());
    await put('watcher', password, 'monitoring');
    await put('program', password, '');
    const baseUrl = `http://127.0.0.1:${String(server.port)}`;
    await tested.get('providers.configure', { id: 'rabbitmq', baseUrl });
  }, 180_000);
  afterAll(() => server.stop());

  it('works for a user with a tag, and tells who it is and what it may do', async () => {
    const id = await add('rabbitmq', login('watcher'));
    expect(await check(id)).toMatchObject({ state: 'valid', httpStatus: 200, scopes: ['monitoring'] });
    expect(await told(id)).toMatchObject([
      { fact: 'owner', told: 'watcher' },
      { fact: 'scopes', told: 'monitoring' },
    ]);
  });

  it('reads the two spellings of one refusal: not_authorised is a right password, not_authorized a wrong one', async () => {
    const heard = (user: string, pass: string) =>
      server.as('GET', '/api/whoami', undefined, basic(user, pass));
    expect(await heard('program', password)).toMatchObject({
      status: 401,
      body: { error: 'not_authorised' },
    });
    const wrong = newPassword();
    expect(await heard('program', wrong)).toMatchObject({ status: 401, body: { error: 'not_authorized' } });
    const right = await ask('rabbitmq', login('program'));
    expect(right).toMatchObject({ state: 'blocked', httpStatus: 401 });
    expect(right.reason).toMatch(/password are right/);
    expect(await ask('rabbitmq', login('program', wrong))).toMatchObject({
      state: 'invalid',
      httpStatus: 401,
    });
    expect((await ask('rabbitmq', login('nobody'))).state).toBe('invalid');
  });

  it('takes a connection string apart for the question', async () => {
    const url = `amqp://watcher:${encodeURIComponent(password)}@127.0.0.1/`;
    expect((await ask('rabbitmq', { url })).state).toBe('valid');
  });

  it('follows a user whose password is changed, whose tags are lost with it, and who is deleted', async () => {
    await put('short', password, 'management');
    const id = await add('rabbitmq', login('short'));
    expect((await check(id)).state).toBe('valid');
    await put('short', password, '');
    expect(await check(id)).toMatchObject({ state: 'blocked', before: 'valid' });
    await put('short', newPassword(), 'management');
    expect(await check(id)).toMatchObject({ state: 'invalid', before: 'blocked' });
    await put('short', password, 'management');
    expect((await check(id)).state).toBe('valid');
    expect((await server.admin('DELETE', '/api/users/short')).status).toBe(204);
    expect((await check(id)).state).toBe('invalid');
  });
});

describe.runIf(hasHttpServer.etcd)('etcd', () => {
  let server: Awaited<ReturnType<typeof startEtcd>>;
  const password = newPassword();
  const root = newPassword();
  const login = (user: string, pass = password) => ({ host: '127.0.0.1', user, password: pass });
  const call = async (
    path: string,
    body: object,
    headers?: Readonly<Record<string, string>>,
  ): Promise<unknown> => {
    const heard = await server.calls('POST', path, body, headers);
    expect(heard).toMatchObject({ status: 200 });
    return heard.body;
  };
  const asRoot = async (path: string, body: object): Promise<unknown> => {
    const { token } = (await call('/v3/auth/authenticate', { name: 'root', password: root })) as {
      token: string;
    };
    return call(path, body, { authorization: token });
  };
  beforeAll(async () => {
    server = await startEtcd();
    const baseUrl = `http://127.0.0.1:${String(server.port)}`;
    await tested.get('providers.configure', { id: 'etcd', baseUrl });
    for (const [name, pass] of [
      ['root', root],
      ['app', password],
    ] as const)
      await call('/v3/auth/user/add', { name, password: pass });
    await call('/v3/auth/role/add', { name: 'root' });
    await call('/v3/auth/user/grant', { user: 'root', role: 'root' });
  });
  afterAll(() => server.stop());

  it('says nothing about a password while the server asks nobody for one', async () => {
    const open = await ask('etcd', login('app'));
    expect(open.state).toBe('not-checkable');
    expect(open.reason).toMatch(/asks nobody/);
    await call('/v3/auth/enable', {});
    expect((await ask('etcd', login('app'))).state).toBe('valid');
  });

  it('is refused with 400, which is a wrong password here and not a wrong question', async () => {
    const wrong = await ask('etcd', login('app', newPassword()));
    expect(wrong).toMatchObject({ state: 'invalid', httpStatus: 400 });
    const nobody = await ask('etcd', login('nobody'));
    expect(nobody).toMatchObject({ state: 'invalid', httpStatus: 400, reason: wrong.reason });
    expect(wrong.reason).toMatch(/one answer/i);
  });

  it('keeps nothing of the token that the exchange gives', async () => {
    const id = await add('etcd', login('app'));
    const { token } = (await call('/v3/auth/authenticate', { name: 'app', password })) as { token: string };
    expect(token).toMatch(/^\w+\.\d+$/);
    const result = await check(id);
    expect(result.state).toBe('valid');
    // A simple token is sixteen letters, a point and the number of the last change.
    expect(JSON.stringify([result, await tested.get('keys.checks', { id })])).not.toMatch(
      /\b[A-Za-z]{16}\.\d+\b/,
    );
  });

  it('follows a user whose password is changed and who is deleted', async () => {
    const id = await add('etcd', login('app'));
    await asRoot('/v3/auth/user/changepw', { name: 'app', password: newPassword() });
    expect((await check(id)).state).toBe('invalid');
    await asRoot('/v3/auth/user/changepw', { name: 'app', password });
    expect((await check(id)).state).toBe('valid');
    await asRoot('/v3/auth/user/delete', { name: 'app' });
    expect(await check(id)).toMatchObject({ state: 'invalid', before: 'valid' });
  });

  it('does not send a password in the open to where no base URL allows it', async () => {
    await tested.get('providers.configure', { id: 'etcd', baseUrl: null });
    const plain = await ask('etcd', { ...login('root', root), port: String(server.port) });
    expect(plain.state).toBe('unreachable');
    expect(plain.next).toContain('http://127.0.0.1');
  });
});
