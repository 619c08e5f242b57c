// Keys of real servers turned as a person turns them: a whole agent in a process of its own, a vault on disk, an env file, and a program that reads
// it and uses the key without pause. Then the same by processes that are killed with SIGKILL around one act after another.
import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startCuttingLine } from '../support/cutting-line.ts';
import {
  hasServer,
  startMariadb,
  startPostgres,
  startRedis,
  type RealServer,
} from '../support/real-servers.ts';
import { newLivePlace, type LivePlace } from '../support/turning/live-place.ts';
import type { Use } from '../support/turning/load.ts';
import { useMysql, usePostgres, useRedis } from '../support/turning/uses.ts';
import {
  expectNoRefusal,
  expectTurned,
  tellRefusals,
  toItsEnd,
  turnByTheDying,
  turnUnderLoad,
} from '../support/turning/whole-turn.ts';

const newPassword = (): string => randomBytes(24).toString('hex');
/** Long enough for a program to read the file again. */
const graceMs = 2_000;

for (const [name, isThere] of Object.entries(hasServer))
  if (!isThere) console.log(`${name} is not installed here: no key of it was turned`);

// Processes are started again and again, perhaps on a busy machine.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 });

let place: LivePlace;
beforeEach(async () => {
  place = await newLivePlace();
});
afterEach(() => place.remove());

const isLetIn = (use: Use, variables: Readonly<Record<string, string>>): Promise<boolean> =>
  use(variables).then(
    () => true,
    () => false,
  );

describe.runIf(hasServer.postgres)('PostgreSQL', () => {
  let server: Awaited<ReturnType<typeof startPostgres>>;
  let passwords: Record<'app_a' | 'app_b' | 'manager', string>;
  beforeAll(async () => {
    server = await startPostgres();
    server.sql('create role manager login createrole; grant pg_signal_backend to manager');
    server.sql('create role app_a login; create role app_b login');
  });
  afterAll(() => server.stop());
  beforeEach(() => {
    passwords = { app_a: newPassword(), app_b: newPassword(), manager: newPassword() };
    for (const [name, password] of Object.entries(passwords))
      server.sql(`alter role ${name} password '${password}'`);
  });

  const at = (user: keyof typeof passwords, port = server.port) => ({
    host: '127.0.0.1',
    port: String(port),
    user,
    password: passwords[user],
    database: 'postgres',
  });
  const addPair = async (port?: number): Promise<{ keyId: string; managerKeyId: string }> => {
    const keyId = await place.addKey('postgres', 'program', at('app_a', port));
    const managerKeyId = await place.addKey('postgres', 'manager', at('manager', port));
    await place.writeEnvFile();
    return { keyId, managerKeyId };
  };
  const pair = { way: 'two-roles', inputs: { otherUser: 'app_b' }, graceMs };

  it('turns a pair of roles there and back, without one refused request', async () => {
    const keys = await addPair();
    const before = place.variables();
    const there = await turnUnderLoad(place, { ...keys, ...pair }, usePostgres);
    expectTurned(there);
    expectNoRefusal(there);
    const between = place.variables();
    expect([before['PGUSER'], between['PGUSER']]).toEqual(['app_a', 'app_b']);
    expect([await isLetIn(usePostgres, before), await isLetIn(usePostgres, between)]).toEqual([false, true]);
    // The other role is the first one now, though nobody says so.
    const back = await turnUnderLoad(place, { ...keys, ...pair, inputs: {} }, usePostgres);
    expectTurned(back);
    expectNoRefusal(back);
    expect(place.variables()['PGUSER']).toBe('app_a');
    expect(await isLetIn(usePostgres, between)).toBe(false);
  });

  it('turns a pair of roles by processes that are killed, without one refused request', async () => {
    const keys = await addPair();
    const before = place.variables();
    const turned = await turnByTheDying(place, { ...keys, ...pair }, usePostgres);
    expectTurned(turned);
    expectNoRefusal(turned);
    expect(turned.deaths.length).toBeGreaterThan(1);
    expect([await isLetIn(usePostgres, before), await isLetIn(usePostgres, place.variables())]).toEqual([
      false,
      true,
    ]);
  });

  it('goes back while both live, and shuts the other role out again', async () => {
    const keys = await addPair();
    const before = place.variables();
    const { id } = await place.get('rotation.start', { ...keys, ...pair, graceMs: 3_600_000 });
    await expect
      .poll(async () => (await place.get('rotation.read', { id })).step, { timeout: 120_000 })
      .toBe('grace');
    const between = place.variables();
    expect([await isLetIn(usePostgres, before), await isLetIn(usePostgres, between)]).toEqual([true, true]);
    await place.get('rotation.undo', { id });
    expect(await toItsEnd(place, id)).toMatchObject({ outcome: { kind: 'undone' } });
    expect(place.variables()).toEqual(before);
    expect([await isLetIn(usePostgres, before), await isLetIn(usePostgres, between)]).toEqual([true, false]);
  });

  it.each(['before', 'after'] as const)(
    'has a role set its own password, though the line is cut %s the change is heard, and says what that costs',
    async (when) => {
      const line = await startCuttingLine(server.port);
      const keyId = await place.addKey('postgres', 'program', at('app_a', line.port));
      await place.writeEnvFile();
      const before = place.variables();
      line.cutAt('ALTER ROLE', when);
      const turned = await turnUnderLoad(place, { keyId, way: 'own-password' }, usePostgres);
      expectTurned(turned);
      expect(line.cuts()).toBe(1);
      tellRefusals(`PostgreSQL, own password, cut ${when}`, turned);
      expect(await isLetIn(usePostgres, before)).toBe(false);
      expect(await isLetIn(usePostgres, place.variables())).toBe(true);
      await line.close();
    },
  );

  it('has a role set its own password by processes that are killed, and loses neither value', async () => {
    const keyId = await place.addKey('postgres', 'program', at('app_a'));
    await place.writeEnvFile();
    const turned = await turnByTheDying(place, { keyId, way: 'own-password' }, usePostgres);
    expectTurned(turned);
    tellRefusals(`PostgreSQL, own password, ${String(turned.deaths.length)} deaths`, turned);
    expect(await isLetIn(usePostgres, place.variables())).toBe(true);
  });
});

describe.runIf(hasServer.redis)('Redis', () => {
  let server: RealServer;
  const root = newPassword();
  beforeAll(async () => {
    server = await startRedis(root, [
      `user default on >${root} ~* +@all`,
      'user app on ~* +@read +acl|setuser +acl|save',
    ]);
  });
  afterAll(() => server.stop());
  const ways = [{ way: 'two-passwords' }, { way: 'two-passwords-managed' }] as const;

  const add = async (): Promise<{ keyId: string; managerKeyId: string }> => {
    const at = { host: '127.0.0.1', port: String(server.port) };
    const password = newPassword();
    const { nodeChanges } = await import('../../src/node/servers/changes.ts');
    const login = {
      protocol: 'redis',
      host: '127.0.0.1',
      port: server.port,
      user: 'default',
      password: root,
      database: '',
      tls: 'preferred',
    } as const;
    const never = { wanted: () => true, onStop: () => () => undefined };
    await nodeChanges.change({ action: 'set-password', login, user: 'app', secret: password }, never);
    const keyId = await place.addKey('redis', 'program', { ...at, user: 'app', password });
    const managerKeyId = await place.addKey('redis', 'manager', { ...at, user: 'default', password: root });
    await place.writeEnvFile();
    return { keyId, managerKeyId };
  };

  it.each(ways)('turns a password without one refused request: $way', async ({ way }) => {
    const { keyId, managerKeyId } = await add();
    const before = place.variables();
    const managed = way === 'two-passwords' ? {} : { managerKeyId };
    const turned = await turnUnderLoad(place, { keyId, way, graceMs, ...managed }, useRedis);
    expectTurned(turned);
    expectNoRefusal(turned);
    expect([await isLetIn(useRedis, before), await isLetIn(useRedis, place.variables())]).toEqual([
      false,
      true,
    ]);
  });

  it('turns a password by processes that are killed, without one refused request', async () => {
    const { keyId } = await add();
    const before = place.variables();
    const turned = await turnByTheDying(place, { keyId, way: 'two-passwords', graceMs }, useRedis);
    expectTurned(turned);
    expectNoRefusal(turned);
    expect(turned.deaths.length).toBeGreaterThan(1);
    expect([await isLetIn(useRedis, before), await isLetIn(useRedis, place.variables())]).toEqual([
      false,
      true,
    ]);
  });
});

describe.runIf(hasServer.mariadb)('MariaDB', () => {
  let server: Awaited<ReturnType<typeof startMariadb>>;
  beforeAll(async () => {
    server = await startMariadb();
    server.sql("create user 'app'@'%' identified by 'x'");
  });
  afterAll(() => server.stop());

  const add = async (): Promise<string> => {
    const password = newPassword();
    server.sql(`alter user 'app'@'%' identified by '${password}'`);
    const keyId = await place.addKey('mariadb', 'program', {
      host: '127.0.0.1',
      port: String(server.port),
      user: 'app',
      password,
    });
    await place.writeEnvFile();
    return keyId;
  };

  it('has a user set its own password, and says what that costs', async () => {
    const keyId = await add();
    const before = place.variables();
    const turned = await turnUnderLoad(place, { keyId, way: 'own-password' }, useMysql);
    expectTurned(turned);
    tellRefusals('MariaDB, own password', turned);
    expect([await isLetIn(useMysql, before), await isLetIn(useMysql, place.variables())]).toEqual([
      false,
      true,
    ]);
  });

  it('has a user set its own password by processes that are killed, and loses neither value', async () => {
    const keyId = await add();
    const turned = await turnByTheDying(place, { keyId, way: 'own-password' }, useMysql);
    expectTurned(turned);
    tellRefusals(`MariaDB, own password, ${String(turned.deaths.length)} deaths`, turned);
    expect(await isLetIn(useMysql, place.variables())).toBe(true);
  });
});
