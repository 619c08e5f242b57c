// Turns that take long, for real: servers that are slow to start or to forget, and every single act of a turn around which a process may die. What
// is quick is in test/real/rotation-servers.test.ts.
import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  basic,
  hasHttpServer,
  startEtcd,
  startRabbit,
  type RabbitServer,
} from '../support/real-http-servers.ts';
import {
  hasServer,
  startDynamicMosquitto,
  startMariadb,
  startPostgres,
  type RealServer,
} from '../support/real-servers.ts';
import {
  findNode,
  install,
  startOidc,
  startUnleash,
  type Oidc,
  type Unleash,
} from '../support/registry-servers.ts';
import { newLivePlace, type LivePlace } from '../support/turning/live-place.ts';
import type { Use } from '../support/turning/load.ts';
import { useHttp, useMqtt, useMysql, usePostgres } from '../support/turning/uses.ts';
import {
  expectNoRefusal,
  expectTurned,
  tellRefusals,
  turnByTheDying,
  turnUnderLoad,
  turnWithOneDeath,
  type Wish,
} from '../support/turning/whole-turn.ts';

// A server that was installed for its test is a hundred thousand files to remove.
vi.setConfig({ hookTimeout: 300_000 });

const newPassword = (): string => randomBytes(24).toString('hex');
const graceMs = 2_000;
const host = '127.0.0.1';

for (const [name, isThere] of Object.entries({ ...hasServer, ...hasHttpServer }))
  if (!isThere) console.log(`${name} is not installed here: no key of it was turned`);

const oidc = await install({ name: 'oidc-provider', version: '9.13.3' });
const olderNode = findNode([18, 20]);
if (olderNode === undefined)
  console.log('Unleash 6 wants Node 18 or 20, which is not here: no token was turned');
const unleash =
  olderNode !== undefined && hasServer.postgres
    ? await install({ name: 'unleash-server', version: '6.4.1' })
    : undefined;

let place: LivePlace;
beforeEach(async () => {
  place = await newLivePlace();
});
afterEach(() => place.remove());
afterAll(() => {
  oidc?.remove();
  unleash?.remove();
});

const isLetIn = (use: Use, variables: Readonly<Record<string, string>>): Promise<boolean> =>
  use(variables).then(
    () => true,
    () => false,
  );

type Shape = 'no refusal' | 'told';

/** Whether the value from before and the one in the file afterwards are let in. */
type Ends = readonly (readonly [before: boolean, after: boolean])[];
const onlyTheNew: Ends = [
  [false, true],
  [false, true],
];

/** In one go, then by the dying. */
const turnTwice = async (
  name: string,
  wish: Wish,
  use: Use,
  shape: Shape,
  inputsBack: Wish['inputs'] = wish.inputs ?? {},
): Promise<Ends> => {
  const ends: (readonly [boolean, boolean])[] = [];
  for (const turn of [turnUnderLoad, turnByTheDying]) {
    const before = place.variables();
    const inputs = turn === turnByTheDying ? inputsBack : (wish.inputs ?? {});
    const turned = await turn(place, { ...wish, inputs }, use);
    expectTurned(turned);
    if (shape === 'no refusal') expectNoRefusal(turned);
    else tellRefusals(name, turned);
    ends.push([await isLetIn(use, before), await isLetIn(use, place.variables())]);
  }
  return ends;
};

describe.runIf(hasServer.dynamicSecurity)('Mosquitto with dynamic security', () => {
  let server: RealServer;
  const [admin, first, second] = [newPassword(), newPassword(), newPassword()];
  beforeAll(async () => {
    server = await startDynamicMosquitto([
      { user: 'admin', password: admin, isAdmin: true },
      { user: 'app', password: first, isAdmin: false },
      { user: 'pair_a', password: second, isAdmin: false },
      { user: 'pair_b', password: newPassword(), isAdmin: false },
    ]);
  });
  afterAll(() => server.stop());
  const add = async (user: string, password: string) => {
    const at = { host, port: String(server.port) };
    const keyId = await place.addKey('mosquitto', 'program', { ...at, user, password });
    const managerKeyId = await place.addKey('mosquitto', 'manager', {
      ...at,
      user: 'admin',
      password: admin,
    });
    await place.writeEnvFile();
    return { keyId, managerKeyId };
  };

  it('has its password set by an administrator', async () => {
    const keys = await add('app', first);
    expect(await turnTwice('Mosquitto', { ...keys, way: 'password' }, useMqtt, 'told')).toEqual(onlyTheNew);
  });

  it('changes between two clients without one refused login', async () => {
    const keys = await add('pair_a', second);
    const wish = { ...keys, way: 'two-clients', inputs: { otherUser: 'pair_b' }, graceMs };
    expect(await turnTwice('Mosquitto', wish, useMqtt, 'no refusal', {})).toEqual(onlyTheNew);
  });
});

describe.runIf(hasServer.mariadb)('MariaDB', () => {
  let server: Awaited<ReturnType<typeof startMariadb>>;
  const [manager, first] = [newPassword(), newPassword()];
  beforeAll(async () => {
    server = await startMariadb();
    server.sql(`create user 'manager'@'%' identified by '${manager}'`);
    for (const name of ['app', 'pair_a', 'pair_b'])
      server.sql(`create user '${name}'@'%' identified by '${first}'`);
    server.sql(
      "grant create user, process, connection admin on *.* to 'manager'@'%'; grant select on mysql.* to 'manager'@'%'",
    );
  });
  afterAll(() => server.stop());
  const add = async (user: string) => {
    const at = { host, port: String(server.port) };
    const keyId = await place.addKey('mariadb', 'program', { ...at, user, password: first });
    const managerKeyId = await place.addKey('mariadb', 'manager', {
      ...at,
      user: 'manager',
      password: manager,
    });
    await place.writeEnvFile();
    return { keyId, managerKeyId };
  };

  it('has its password set by an administrator', async () => {
    const keys = await add('app');
    expect(
      await turnTwice('MariaDB, managed', { ...keys, way: 'managed-password' }, useMysql, 'told'),
    ).toEqual(onlyTheNew);
  });

  it('changes between two users without one refused login', async () => {
    const keys = await add('pair_a');
    const wish = { ...keys, way: 'two-users', inputs: { otherUser: 'pair_b' }, graceMs };
    expect(await turnTwice('MariaDB', wish, useMysql, 'no refusal', {})).toEqual(onlyTheNew);
  });
});

describe.runIf(hasHttpServer.rabbitmq)('RabbitMQ', () => {
  let server: RabbitServer;
  const [root, first] = [newPassword(), newPassword()];
  beforeAll(async () => {
    server = await startRabbit('root', root);
    await server.admin('PUT', '/api/users/app', { password: first, tags: 'monitoring' });
  }, 180_000);
  afterAll(() => server.stop());

  it('has its password set by an administrator, and keeps its tags', async () => {
    const baseUrl = `http://127.0.0.1:${String(server.port)}`;
    await place.get('providers.configure', { id: 'rabbitmq', baseUrl });
    const keyId = await place.addKey('rabbitmq', 'program', { host, user: 'app', password: first });
    const managerKeyId = await place.addKey('rabbitmq', 'manager', { host, user: 'root', password: root });
    await place.writeEnvFile();
    const use = useHttp(({ RABBITMQ_USER = '', RABBITMQ_PASSWORD = '' }) => ({
      url: `${baseUrl}/api/whoami`,
      headers: basic(RABBITMQ_USER, RABBITMQ_PASSWORD),
    }));
    expect(await turnTwice('RabbitMQ', { keyId, managerKeyId, way: 'password' }, use, 'told')).toEqual(
      onlyTheNew,
    );
    expect((await server.admin('GET', '/api/users/app')).body).toMatchObject({ tags: ['monitoring'] });
  });
});

describe.runIf(hasHttpServer.etcd)('etcd', () => {
  let server: Awaited<ReturnType<typeof startEtcd>>;
  const [root, first] = [newPassword(), newPassword()];
  beforeAll(async () => {
    server = await startEtcd();
    const call = async (path: string, body: object): Promise<void> => {
      expect(await server.calls('POST', `/v3/auth/${path}`, body)).toMatchObject({ status: 200 });
    };
    await call('user/add', { name: 'root', password: root });
    await call('user/add', { name: 'app', password: first });
    await call('role/add', { name: 'root' });
    await call('user/grant', { user: 'root', role: 'root' });
    await call('enable', {});
  });
  afterAll(() => server.stop());

  it('has its password set by a user with the role root', async () => {
    const baseUrl = `http://127.0.0.1:${String(server.port)}`;
    await place.get('providers.configure', { id: 'etcd', baseUrl });
    const keyId = await place.addKey('etcd', 'program', { host, user: 'app', password: first });
    const managerKeyId = await place.addKey('etcd', 'manager', { host, user: 'root', password: root });
    await place.writeEnvFile();
    const use = useHttp(({ ETCD_USER = '', ETCD_PASSWORD = '' }) => ({
      url: `${baseUrl}/v3/auth/authenticate`,
      method: 'POST',
      body: JSON.stringify({ name: ETCD_USER, password: ETCD_PASSWORD }),
    }));
    expect(await turnTwice('etcd', { keyId, managerKeyId, way: 'password' }, use, 'told')).toEqual(
      onlyTheNew,
    );
  });
});

describe.runIf(unleash !== undefined)('Unleash', () => {
  let database: Awaited<ReturnType<typeof startPostgres>>;
  let server: Unleash;
  const admin = `*:*.${randomBytes(28).toString('hex')}`;
  beforeAll(async () => {
    database = await startPostgres();
    const password = newPassword();
    database.sql(`create role unleash login password '${password}'`);
    database.sql('create database unleash owner unleash');
    const login = { port: database.port, user: 'unleash', password, name: 'unleash' };
    server = await startUnleash(unleash!, olderNode!, login, admin);
  }, 240_000);
  afterAll(async () => {
    await server.stop();
    await database.stop();
  });

  it('turns a client token without one refused request, and waits a minute until the old one is refused', async () => {
    await place.get('providers.configure', { id: 'unleash', values: { base: server.base } });
    const wanted = { tokenName: 'app', type: 'client', environment: 'development', projects: ['*'] };
    const { body } = await server.calls('POST', '/api/admin/api-tokens', wanted);
    const keyId = await place.addKey('unleash', 'program', { secret: (body as { secret: string }).secret });
    const managerKeyId = await place.addKey('unleash', 'manager', { secret: admin });
    await place.writeEnvFile();
    const use = useHttp(({ UNLEASH_API_TOKEN = '' }) => ({
      url: `${server.base}/api/client/features`,
      headers: { authorization: UNLEASH_API_TOKEN },
    }));
    expect(
      await turnTwice('Unleash', { keyId, managerKeyId, way: 'admin-token', graceMs }, use, 'no refusal'),
    ).toEqual(onlyTheNew);
    const tokens = (await server.calls('GET', '/api/admin/api-tokens')).body as {
      tokens: { type: string }[];
    };
    expect(tokens.tokens.filter(({ type }) => type === 'client')).toHaveLength(1);
  });
});

describe.runIf(oidc !== undefined)('oidc-provider', () => {
  let server: Oidc;
  beforeAll(async () => {
    server = await startOidc(oidc!);
  });
  afterAll(() => server.stop());

  it('turns a registration token, of which each works for one change', async () => {
    await place.get('providers.configure', { id: 'oidc-provider', values: { base: server.base } });
    const wanted = {
      redirect_uris: [],
      response_types: [],
      grant_types: ['client_credentials'],
      client_name: 'app',
    };
    const made = await server.calls('POST', '/reg', wanted);
    expect(made.status).toBe(201);
    const { client_id, client_secret, registration_access_token } = made.body as Record<string, string>;
    const keyId = await place.addKey('oidc-provider', 'program', {
      clientId: client_id!,
      clientSecret: client_secret!,
      registrationAccessToken: registration_access_token!,
    });
    await place.writeEnvFile();
    const use = useHttp((variables) => ({
      url: `${server.base}/reg/${variables['OIDC_CLIENT_ID'] ?? ''}`,
      headers: { authorization: `Bearer ${variables['OIDC_REGISTRATION_ACCESS_TOKEN'] ?? ''}` },
    }));
    const before = place.variables();
    const turned = await turnUnderLoad(place, { keyId, way: 'registration-token' }, use);
    expectTurned(turned);
    tellRefusals('oidc-provider', turned);
    expect([await isLetIn(use, before), await isLetIn(use, place.variables())]).toEqual([false, true]);
    const after = await server.calls('GET', `/reg/${client_id!}`, undefined, {
      authorization: `Bearer ${place.variables()['OIDC_REGISTRATION_ACCESS_TOKEN'] ?? ''}`,
    });
    expect(after.body).toMatchObject({ client_name: 'app', grant_types: ['client_credentials'] });
  });
});

describe.runIf(hasServer.postgres)('PostgreSQL, a death around every single act', () => {
  let server: Awaited<ReturnType<typeof startPostgres>>;
  beforeAll(async () => {
    server = await startPostgres();
    server.sql('create role manager login createrole; grant pg_signal_backend to manager');
    server.sql('create role app_a login; create role app_b login');
  });
  afterAll(() => server.stop());

  const add = async (way: string): Promise<Wish> => {
    const passwords = { app_a: newPassword(), app_b: newPassword(), manager: newPassword() };
    for (const [name, password] of Object.entries(passwords))
      server.sql(`alter role ${name} password '${password}'`);
    const at = { host, port: String(server.port), database: 'postgres' };
    const keyId = await place.addKey('postgres', 'program', {
      ...at,
      user: 'app_a',
      password: passwords.app_a,
    });
    const managerKeyId = await place.addKey('postgres', 'manager', {
      ...at,
      user: 'manager',
      password: passwords.manager,
    });
    await place.writeEnvFile();
    return way === 'two-roles'
      ? { keyId, managerKeyId, way, inputs: { otherUser: 'app_b' }, graceMs }
      : { keyId, way };
  };

  it.each(['two-roles', 'own-password'])('heals: %s', async (way) => {
    let acts = 0;
    for (let at = 1; ; at += 1) {
      let isOver = false;
      for (const when of ['before', 'after']) {
        const wish = await add(way);
        const turned = await turnWithOneDeath(place, wish, usePostgres, `${when}:${String(at)}`);
        isOver = turned === undefined;
        if (turned === undefined) break;
        acts += 1;
        expectTurned(turned);
        if (way === 'two-roles') expectNoRefusal(turned);
        expect({ at, when, isIn: await isLetIn(usePostgres, place.variables()) }).toEqual({
          at,
          when,
          isIn: true,
        });
        await place.remove();
        place = await newLivePlace();
      }
      if (isOver) break;
    }
    console.log(`PostgreSQL, ${way}: ${String(acts)} deaths`);
    expect(acts).toBeGreaterThan(20);
  });
});
