// Servers of one's own, for real: PostgreSQL, Redis, MariaDB and Mosquitto from Debian's packages, asked by a whole agent. The traps are
// those that were seen on them: one refusal for several causes, an end that looks like a wrong password, a right one that may do nothing.
import { randomBytes } from 'node:crypto';
import net from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallOutput } from '../../src/contract/contract.ts';
import type { Stop } from '../../src/core/ports.ts';
import { nodeServers } from '../../src/node/servers/servers.ts';
import { readReply } from '../../src/node/servers/redis-line.ts';
import { bytesOf, placeOf, unlockedAgent, type TestAgent } from '../support/agents.ts';
import {
  hasServer,
  startMariadb,
  startMosquitto,
  startPostgres,
  startRedis,
  type RealServer,
} from '../support/real-servers.ts';

let tested: TestAgent;
let environmentId: string;
let projectId: string;
let names = 0;

beforeAll(async () => {
  for (const [name, isThere] of Object.entries(hasServer))
    if (!isThere) console.log(`${name} is not installed here: its login was not tried`);
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

describe.runIf(hasServer.postgres)('PostgreSQL', () => {
  let server: Awaited<ReturnType<typeof startPostgres>>;
  const password = newPassword();
  const with_ = (change: Readonly<Record<string, string>> = {}) => ({
    host: '127.0.0.1',
    port: String(server.port),
    user: 'app',
    password,
    database: 'postgres',
    ...change,
  });
  beforeAll(async () => {
    server = await startPostgres();
    server.sql(`create role app login password '${password}' valid until '2031-05-06 07:00:00+00'`);
    server.sql(`create role still nologin password '${password}'`);
  });
  afterAll(() => server.stop());

  it('works, and tells its end and who it is', async () => {
    const result = await ask('postgres', with_());
    expect(result).toMatchObject({ state: 'valid' });
    expect(result.expiresAt).toMatch(/^2031-05-06T07:00/);
  });

  it('tells a wrong password, a role without login and a missing database apart', async () => {
    expect((await ask('postgres', with_({ password: newPassword() }))).state).toBe('invalid');
    expect((await ask('postgres', with_({ user: 'still' }))).state).toBe('blocked');
    expect((await ask('postgres', with_({ database: 'none' }))).state).toBe('blocked');
  });

  it('is expired, not refused, once the end is past that it told while it worked', async () => {
    const id = await add('postgres', with_());
    const soon = new Date(Date.now() + 1_500).toISOString();
    server.sql(`alter role app valid until '${soon}'`);
    expect((await check(id)).state).toBe('valid');
    await new Promise((resolve) => setTimeout(resolve, 1_800));
    expect((await check(id)).state).toBe('expired');
    server.sql("alter role app valid until 'infinity'");
    expect((await check(id)).state).toBe('valid');
  });

  it('is asked with what the key says, whatever the environment says', async () => {
    const before = { ...process.env };
    Object.assign(process.env, {
      PGPASSWORD: password,
      PGUSER: 'app',
      PGHOST: '192.0.2.1',
      PGSSLMODE: 'require',
    });
    try {
      expect((await ask('postgres', with_({ password: newPassword() }))).state).toBe('invalid');
      expect((await ask('postgres', with_())).state).toBe('valid');
    } finally {
      for (const name of ['PGPASSWORD', 'PGUSER', 'PGHOST', 'PGSSLMODE']) {
        if (before[name] === undefined) delete process.env[name];
        else process.env[name] = before[name];
      }
    }
  });
});

describe.runIf(hasServer.redis)('Redis', () => {
  let server: RealServer;
  const password = newPassword();
  const own = newPassword();
  const with_ = (change: Readonly<Record<string, string>> = {}) => ({
    host: '127.0.0.1',
    port: String(server.port),
    password,
    ...change,
  });
  const command = (...words: readonly string[]): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = net.connect(server.port, '127.0.0.1');
      const lines = [['AUTH', password], words].map(
        (each) =>
          `*${String(each.length)}\r\n${each.map((word) => `$${String(word.length)}\r\n${word}\r\n`).join('')}`,
      );
      let heard = '';
      socket.on('data', (bytes: Buffer) => {
        heard += bytes.toString();
        if (heard.split('\r\n').length > 2) {
          socket.destroy();
          resolve(heard);
        }
      });
      socket.on('error', reject);
      socket.write(lines.join(''));
    });
  beforeAll(async () => {
    server = await startRedis(password);
    expect(await command('ACL', 'SETUSER', 'app', 'on', `>${own}`, '+@all', '~*')).toContain('+OK\r\n+OK');
    await command('ACL', 'SETUSER', 'narrow', 'on', `>${own}`, '+get');
    await command('ACL', 'SETUSER', 'off', 'off', `>${own}`, '+@all');
  });
  afterAll(() => server.stop());

  it('works for the default user and for one of its own', async () => {
    expect(await ask('redis', with_())).toMatchObject({ state: 'valid' });
    expect(await ask('redis', with_({ user: 'app', password: own }))).toMatchObject({ state: 'valid' });
  });

  it('counts one who may not even ask who it is as working', async () => {
    expect((await ask('redis', with_({ user: 'narrow', password: own }))).state).toBe('valid');
  });

  it('refuses a wrong password and a user that is off with one answer, and says that it is one', async () => {
    const wrong = await ask('redis', with_({ password: newPassword() }));
    const off = await ask('redis', with_({ user: 'off', password: own }));
    expect([wrong.state, off.state]).toEqual(['invalid', 'invalid']);
    expect(off.reason).toBe(wrong.reason);
    expect(off.reason).toMatch(/one answer/i);
  });

  it('says that the database is missing, not the password wrong', async () => {
    expect((await ask('redis', with_({ database: '999' }))).state).toBe('blocked');
  });
});

describe.runIf(hasServer.mariadb)('MariaDB', () => {
  let server: Awaited<ReturnType<typeof startMariadb>>;
  const password = newPassword();
  const with_ = (change: Readonly<Record<string, string>> = {}) => ({
    host: '127.0.0.1',
    port: String(server.port),
    user: 'app',
    password,
    ...change,
  });
  beforeAll(async () => {
    server = await startMariadb();
    server.sql(
      ['app', 'ended', 'locked']
        .map((name) => `create user '${name}'@'%' identified by '${password}';`)
        .join(''),
    );
    server.sql(
      "alter user 'ended'@'%' password expire; alter user 'locked'@'%' account lock; create database own;",
    );
  });
  afterAll(() => server.stop());

  it('works, and tells a wrong password, a database that is not there and one that is not allowed apart', async () => {
    expect(await ask('mariadb', with_())).toMatchObject({ state: 'valid' });
    expect((await ask('mariadb', with_({ password: newPassword() }))).state).toBe('invalid');
    expect((await ask('mariadb', with_({ database: 'own' }))).state).toBe('blocked');
  });

  it('knows a password that has ended and an account that is locked', async () => {
    const ended = await ask('mariadb', with_({ user: 'ended' }));
    expect(ended.state).toBe('expired');
    const locked = await ask('mariadb', with_({ user: 'locked' }));
    expect(locked.state).toBe('blocked');
  });
});

describe.runIf(hasServer.mosquitto)('Mosquitto', () => {
  let server: RealServer;
  const password = newPassword();
  beforeAll(async () => {
    server = await startMosquitto('app', password);
  });
  afterAll(() => server.stop());

  it('takes the right password and refuses another', async () => {
    const at = { host: '127.0.0.1', port: String(server.port), user: 'app' };
    expect(await ask('mosquitto', { ...at, password })).toMatchObject({ state: 'valid' });
    expect((await ask('mosquitto', { ...at, password: newPassword() })).state).toBe('invalid');
  });
});

describe('a server that is none', () => {
  const never: Stop = { wanted: () => true, onStop: () => () => undefined };
  const protocols = ['postgres', 'redis', 'mysql', 'mqtt'] as const;
  const login = (protocol: (typeof protocols)[number], port: number) =>
    ({
      protocol,
      host: '127.0.0.1',
      port,
      user: 'u',
      password: newPassword(),
      database: '',
      tls: 'preferred',
    }) as const;

  it.each(protocols)('is told, without the password, by %s', async (protocol) => {
    const web = net.createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
    });
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
    const { port } = web.address() as net.AddressInfo;
    const asked = login(protocol, port);
    const answer = await nodeServers.ask(asked, never);
    expect(answer.ok).toBe(false);
    expect(JSON.stringify(answer)).not.toContain(asked.password);
    web.close();
    const closed = await nodeServers.ask(login(protocol, 1), never);
    expect(closed).toMatchObject({ ok: false, error: { why: 'not-reached' } });
  });

  it.each(protocols)('stops at once when nobody waits any more: %s', async (protocol) => {
    const silent = net.createServer((socket) => socket.on('error', () => undefined));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as net.AddressInfo;
    let isWanted = true;
    const stop: Stop = {
      wanted: () => isWanted,
      onStop: (listener) => {
        const timer = setTimeout(() => {
          isWanted = false;
          listener();
        }, 100);
        return () => {
          clearTimeout(timer);
        };
      },
    };
    const answer = await nodeServers.ask(login(protocol, port), stop);
    expect(answer).toMatchObject({ ok: false, error: { why: 'stopped' } });
    silent.close();
  });
});

describe('a reply of Redis', () => {
  it('is read whole or not yet, and never as what it is not', () => {
    expect(readReply('+OK\r\n')).toEqual({ error: false, text: 'OK' });
    expect(readReply('-WRONGPASS no\r\n')).toEqual({ error: true, text: 'WRONGPASS no' });
    expect(readReply('$3\r\napp\r\n')).toEqual({ error: false, text: 'app' });
    expect(readReply('$3\r\nap')).toBeUndefined();
    expect(readReply('$-1\r\n')).toEqual({ error: false, text: '' });
    expect(readReply('')).toBeUndefined();
    for (const text of ['HTTP/1.1', '$x\r\n', '$99999999\r\n', '*2\r\n']) expect(readReply(text)).toBeNull();
  });
});
