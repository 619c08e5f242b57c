// Verdaccio and Unleash, for real, asked by a whole agent: both are installed from the package registry for this test and thrown away after
// it. The traps are those that were seen on them: 200 for a token that nobody knows, and 200 for a token that was deleted.
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallOutput } from '../../src/contract/contract.ts';
import { bytesOf, placeOf, unlockedAgent, type TestAgent } from '../support/agents.ts';
import { hasServer, startPostgres } from '../support/real-servers.ts';
import {
  findNode,
  install,
  startUnleash,
  startVerdaccio,
  type Unleash,
  type Verdaccio,
} from '../support/registry-servers.ts';

// The registry no longer has the tag that one of Verdaccio's own packages asks for.
const verdaccio = await install({
  name: 'verdaccio',
  version: '6.10.4',
  overrides: { 'node-fetch': '2.7.0' },
});
const olderNode = findNode([18, 20]);
if (olderNode === undefined)
  console.log('Unleash 6 wants Node 18 or 20, which is not here: it was not asked');
if (!hasServer.postgres) console.log('Unleash wants PostgreSQL, which is not here: it was not asked');
const unleash =
  olderNode !== undefined && hasServer.postgres
    ? await install({ name: 'unleash-server', version: '6.4.1' })
    : undefined;

let tested: TestAgent;
let environmentId: string;
let projectId: string;
let names = 0;

beforeAll(async () => {
  tested = await unlockedAgent();
  const place = await placeOf(tested);
  projectId = place.projectId;
  environmentId = place.environments.get('development')!;
});
afterAll(() => {
  tested.remove();
  verdaccio?.remove();
  unleash?.remove();
});

const add = async (provider: string, secret: string): Promise<string> => {
  names += 1;
  const { id } = await tested.get('keys.add', {
    projectId,
    environmentIds: [environmentId],
    facts: { name: `server ${String(names)}`, provider },
    fields: [{ name: 'secret', value: bytesOf(secret) }],
  });
  return id;
};

type Result = CallOutput<'keys.check'>['results'][number];

const check = async (id: string): Promise<Result> =>
  (await tested.get('keys.check', { ids: [id] })).results[0]!;
const ask = async (provider: string, secret: string): Promise<Result> => check(await add(provider, secret));
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const newPassword = (): string => randomBytes(18).toString('base64url');

describe.runIf(verdaccio !== undefined)('Verdaccio', () => {
  let server: Verdaccio;
  let session: string;
  const password = newPassword();
  beforeAll(async () => {
    server = await startVerdaccio(verdaccio!);
    session = await server.logIn('alice', password);
    await tested.get('providers.configure', { id: 'verdaccio', values: { registry: server.base } });
  });
  afterAll(() => server.stop());

  const create = async (isReadOnly: boolean): Promise<{ readonly token: string; readonly key: string }> => {
    const wanted = { password, readonly: isReadOnly, cidr_whitelist: [] };
    const heard = await server.calls('POST', '/-/npm/v1/tokens', wanted, bearer(session));
    expect(heard.status).toBe(200);
    return heard.body as { token: string; key: string };
  };

  it('works, and tells whose token it is', async () => {
    const id = await add('verdaccio', session);
    expect(await check(id)).toMatchObject({ state: 'valid', httpStatus: 200 });
    const { told } = await tested.get('keys.checks', { id });
    expect(told).toMatchObject([{ fact: 'owner', told: 'alice' }]);
    expect((await ask('verdaccio', (await create(true)).token)).state).toBe('valid');
  });

  it('is not taken in by 200 and nothing, which is what a token gets that nobody knows', async () => {
    const unknown = randomBytes(48).toString('base64');
    const heard = await server.calls('GET', '/-/whoami', undefined, bearer(unknown));
    expect(heard).toEqual({ status: 200, body: {} });
    expect(await ask('verdaccio', unknown)).toMatchObject({ state: 'invalid', httpStatus: 200 });
  });

  it('sees a token end when it is deleted, and the others go on', async () => {
    const { token, key } = await create(false);
    const id = await add('verdaccio', token);
    const other = await add('verdaccio', session);
    expect((await check(id)).state).toBe('valid');
    const gone = await server.calls('DELETE', `/-/npm/v1/tokens/token/${key}`, undefined, bearer(session));
    expect(gone.status).toBe(200);
    expect(await check(id)).toMatchObject({ state: 'invalid', httpStatus: 403, before: 'valid' });
    expect((await check(other)).state).toBe('valid');
  });
});

describe.runIf(verdaccio !== undefined)('Verdaccio with tokens that end by themselves', () => {
  let server: Verdaccio;
  beforeAll(async () => {
    server = await startVerdaccio(verdaccio!, '8s');
    await tested.get('providers.configure', { id: 'verdaccio', values: { registry: server.base } });
  });
  afterAll(() => server.stop());

  it('is told the end while it works, and calls it expired afterwards although the answer is 200', async () => {
    const id = await add('verdaccio', await server.logIn('bob', newPassword()));
    const worked = await check(id);
    expect(worked).toMatchObject({ state: 'valid' });
    const endMs = Date.parse(String(worked.expiresAt));
    expect(endMs).toBeLessThan(Date.now() + 9_000);
    await pause(Math.max(0, endMs - Date.now()) + 1_500);
    expect(await check(id)).toMatchObject({ state: 'expired', httpStatus: 200 });
  });
});

describe.runIf(unleash !== undefined)('Unleash', () => {
  let database: Awaited<ReturnType<typeof startPostgres>>;
  let server: Unleash;
  const admin = `*:*.${randomBytes(28).toString('hex')}`;
  type Made = { readonly secret: string };

  const create = async (type: 'client' | 'frontend' | 'admin', expiresAt?: string): Promise<string> => {
    names += 1;
    const wanted = {
      tokenName: `test ${String(names)}`,
      type,
      ...(type === 'admin' ? {} : { environment: 'development', projects: ['*'] }),
      ...(expiresAt === undefined ? {} : { expiresAt }),
    };
    const heard = await server.calls('POST', '/api/admin/api-tokens', wanted);
    expect(heard.status).toBe(201);
    return (heard.body as Made).secret;
  };

  beforeAll(async () => {
    database = await startPostgres();
    const password = newPassword();
    database.sql(`create role unleash login password '${password}'`);
    database.sql('create database unleash owner unleash');
    const login = { port: database.port, user: 'unleash', password, name: 'unleash' };
    server = await startUnleash(unleash!, olderNode!, login, admin);
    await tested.get('providers.configure', { id: 'unleash', values: { base: server.base } });
  }, 240_000);
  afterAll(async () => {
    await server.stop();
    await database.stop();
  });

  it('works for tokens of every type, at once after they were made', async () => {
    expect(await ask('unleash', admin)).toMatchObject({ state: 'valid', httpStatus: 200 });
    for (const type of ['client', 'frontend', 'admin'] as const)
      expect({ type, ...(await ask('unleash', await create(type))) }).toMatchObject({ type, state: 'valid' });
  });

  it('takes 403 of another type of token for alive, and asks what that type may answer', async () => {
    const frontend = await create('frontend');
    const heard = await server.calls('GET', '/api/client/features', undefined, { authorization: frontend });
    expect(heard.status).toBe(403);
    expect(JSON.stringify(heard.body)).toContain('different token type');
    expect((await ask('unleash', frontend)).state).toBe('valid');
  });

  it('refuses a token that nobody made', async () => {
    const unknown = `*:development.${randomBytes(28).toString('hex')}`;
    expect(await ask('unleash', unknown)).toMatchObject({ state: 'invalid', httpStatus: 401 });
  });

  it('says of a deleted or ended token, which works for another minute, that this may be, and then refuses', async () => {
    const deleted = await create('client');
    const ended = await create('client', new Date(Date.now() + 3_000).toISOString());
    const ids = [await add('unleash', deleted), await add('unleash', ended)];
    for (const id of ids) expect((await check(id)).state).toBe('valid');
    const gone = await server.calls('DELETE', `/api/admin/api-tokens/${encodeURIComponent(deleted)}`);
    expect(gone.status).toBe(200);
    await pause(3_500);
    const lagging = await Promise.all(ids.map(check));
    // Where the server looked anew just now it refuses already; else the words must not promise more than it knows.
    for (const { state, reason } of lagging)
      if (state === 'valid') expect(reason).toMatch(/deleted or expired within the last minute/);
      else expect(state).toBe('invalid');
    const endMs = Date.now() + 120_000;
    let states: readonly string[] = [];
    while (Date.now() < endMs && !(states.length > 0 && states.every((each) => each === 'invalid'))) {
      await pause(5_000);
      states = (await Promise.all(ids.map(check))).map(({ state }) => state);
    }
    expect(states).toEqual(['invalid', 'invalid']);
  });
});
