// Passwords changed at servers of one's own, for real: PostgreSQL, Redis, MariaDB and Mosquitto from Debian's packages. Each change is
// seen by logins, no password stands in what the servers log, and an answer that never came is not taken for one that was not asked for.
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  mayBeSent,
  type ServerAnswer,
  type ServerChange,
  type ServerLogin,
  type Stop,
} from '../../src/core/ports.ts';
import { serverRefusals } from '../../src/core/providers/turning/server-refusals.ts';
import { nodeChanges } from '../../src/node/servers/changes.ts';
import { scramVerifier } from '../../src/node/servers/password-hashes.ts';
import { nodeServers } from '../../src/node/servers/servers.ts';
import { startCuttingLine, type CuttingLine } from '../support/cutting-line.ts';
import {
  hasServer,
  startDynamicMosquitto,
  startMariadb,
  startMosquitto,
  startPostgres,
  startRedis,
  type RealServer,
} from '../support/real-servers.ts';

const never: Stop = { wanted: () => true, onStop: () => () => undefined };
const newPassword = (): string => randomBytes(24).toString('hex');

for (const [name, isThere] of Object.entries(hasServer))
  if (!isThere) console.log(`${name} is not installed here: its changes were not tried`);

/** Logins and changes at one server. */
const at = (protocol: ServerLogin['protocol'], port: () => number, database = '') => {
  const login = (user: string, password: string, other = port()): ServerLogin => ({
    protocol,
    host: '127.0.0.1',
    port: other,
    user,
    password,
    database,
    tls: 'preferred',
  });
  const heard = (change: ServerChange) => nodeChanges.change(change, never);
  const change = async (
    by: ServerLogin,
    action: ServerChange['action'],
    user: string,
    secret: string | null = null,
  ): Promise<ServerAnswer> => {
    const answer = await heard({ action, login: by, user, secret });
    if (!answer.ok) throw new Error(answer.error.reason);
    return answer.value;
  };
  const takes = async (user: string, password: string): Promise<boolean> => {
    const answer = await nodeServers.ask(login(user, password), never);
    if (!answer.ok) throw new Error(answer.error.reason);
    // Who may not ask who it is was let in all the same.
    return answer.value.accepted || answer.value.told['code'] === 'NOPERM';
  };
  return { login, heard, change, takes };
};

/** What the table makes of a refusal. */
const meaningOf = (protocol: ServerLogin['protocol'], { told, text }: ServerAnswer): string | undefined =>
  serverRefusals[protocol].find(
    ({ json, bodyHas }) =>
      (json === undefined || told['code'] === json.is) && (bodyHas === undefined || text.includes(bodyHas)),
  )?.means;

/** A change whose word is cut off on its way, then one whose answer is. */
const expectLostAnswers = async (
  line: CuttingLine,
  word: string,
  make: (port: number) => ServerChange,
  isDone: (change: ServerChange) => Promise<boolean>,
): Promise<void> => {
  for (const when of ['before', 'after'] as const) {
    const change = make(line.port);
    line.cutAt(word, when);
    const answer = await nodeChanges.change(change, never);
    expect({ when, answer }).toMatchObject({ when, answer: { ok: false } });
    if (!answer.ok) expect({ when, maybe: mayBeSent(answer.error.why) }).toEqual({ when, maybe: true });
    expect({ when, done: await isDone(change) }).toEqual({ when, done: when === 'after' });
    expect(JSON.stringify(answer)).not.toContain(change.secret);
  }
};

describe('a SCRAM verifier', () => {
  it('is what RFC 5803 and PostgreSQL write, and another one each time', async () => {
    const salt = Buffer.from('0123456789abcdef');
    const verifier = await scramVerifier('pencil', salt);
    expect(verifier).toMatch(/^SCRAM-SHA-256\$4096:[\w+/]{22}==\$[\w+/]{43}=:[\w+/]{43}=$/);
    expect(await scramVerifier('pencil', salt)).toBe(verifier);
    expect(await scramVerifier('pencil')).not.toBe(await scramVerifier('pencil'));
    // RFC 7677 §3: the exchange of user "user" and password "pencil" proves itself with these keys.
    const known = await scramVerifier('pencil', Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64'));
    expect(known).toContain('$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:');
  });
});

describe.runIf(hasServer.postgres)('PostgreSQL', () => {
  let server: Awaited<ReturnType<typeof startPostgres>>;
  const { login, change, takes } = at('postgres', () => server.port, 'postgres');
  const passwords = new Map(['app', 'other', 'manager', 'plain'].map((name) => [name, newPassword()]));
  const of = (name: string): string => passwords.get(name) ?? '';
  beforeAll(async () => {
    server = await startPostgres(['log_statement=all', 'logging_collector=on', 'log_directory=log']);
    for (const [name, password] of passwords) server.sql(`create role ${name} login password '${password}'`);
    server.sql('alter role manager createrole; grant pg_signal_backend to manager');
    server.sql('create role "odd""na\'me" login');
  });
  afterAll(() => server.stop());
  const logs = (): string => {
    const folder = join(server.folder, 'data/log');
    return readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('\n');
  };

  it('lets a role set its own password: the new one is taken, the old one refused, and neither is in the log', async () => {
    const [old, next] = [of('app'), newPassword()];
    expect(await change(login('app', old), 'set-password', 'app', next)).toMatchObject({ accepted: true });
    expect([await takes('app', next), await takes('app', old)]).toEqual([true, false]);
    const said = logs();
    expect(said).toContain('ALTER ROLE "app" PASSWORD \'SCRAM-SHA-256$4096:');
    expect(said).not.toContain(next);
    passwords.set('app', next);
  });

  it('lets a manager give and take passwords, whatever a role is called', async () => {
    const manager = login('manager', of('manager'));
    for (const user of ['other', 'odd"na\'me']) {
      const next = newPassword();
      expect(await change(manager, 'set-password', user, next)).toMatchObject({ accepted: true });
      expect(await takes(user, next)).toBe(true);
      expect(await change(manager, 'no-password', user)).toMatchObject({ accepted: true });
      expect(await takes(user, next)).toBe(false);
    }
  });

  it('ends the sessions of a role, and no others', async () => {
    const { default: pg } = await import('pg');
    const open = (user: string) => {
      const client = new pg.Client({
        host: '127.0.0.1',
        port: server.port,
        user,
        password: of(user),
        database: 'postgres',
        ssl: false,
      });
      client.on('error', () => undefined);
      return client;
    };
    const [mine, plain] = [open('app'), open('plain')];
    await Promise.all([mine.connect(), plain.connect()]);
    const answer = await change(login('manager', of('manager')), 'end-sessions', 'app');
    expect(answer.told).toMatchObject({ ok: true, ended: 1 });
    await expect(mine.query('select 1')).rejects.toThrow();
    expect((await plain.query('select 1')).rowCount).toBe(1);
    await plain.end();
  });

  it('says who may not, and what is not there, and changes nothing', async () => {
    const plain = login('plain', of('plain'));
    const refusal = await change(plain, 'set-password', 'app', newPassword());
    expect(refusal).toMatchObject({ accepted: false, told: { code: '42501' } });
    expect(meaningOf('postgres', refusal)).toBe('no-permission');
    expect(await takes('app', of('app'))).toBe(true);
    const unknown = await change(login('manager', of('manager')), 'set-password', 'nobody', newPassword());
    expect(meaningOf('postgres', unknown)).toBe('gone');
    const wrong = await change(login('manager', newPassword()), 'set-password', 'app', newPassword());
    expect(meaningOf('postgres', wrong)).toBe('refused');
    expect(await change(plain, 'add-password', 'plain', newPassword())).toMatchObject({ accepted: false });
    server.sql("alter role app nosuperuser; create role guarded superuser login password 'x'");
    const over = await change(login('manager', of('manager')), 'set-password', 'guarded', newPassword());
    expect(meaningOf('postgres', over)).toBe('no-permission');
  });

  it('does not take a lost answer for nothing sent', async () => {
    const line = await startCuttingLine(server.port);
    await expectLostAnswers(
      line,
      'ALTER ROLE',
      (port) => ({
        action: 'set-password',
        login: login('manager', of('manager'), port),
        user: 'other',
        secret: newPassword(),
      }),
      ({ user, secret }) => takes(user, secret ?? ''),
    );
    await line.close();
  });
});

/** What Redis answers to one command after another. */
const redisCommands = (port: number, ...commands: readonly (readonly string[])[]): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1');
    let heard = '';
    socket.on('data', (bytes: Buffer) => (heard += bytes.toString()));
    socket.on('error', reject);
    socket.on('close', () => {
      resolve(heard);
    });
    for (const words of [...commands, ['QUIT']])
      socket.write(
        `*${String(words.length)}\r\n${words.map((word) => `$${String(word.length)}\r\n${word}\r\n`).join('')}`,
      );
  });

describe.runIf(hasServer.redis).each([{ file: false }, { file: true }])(
  'Redis, ACL file: $file',
  ({ file }) => {
    let server: RealServer;
    const root = newPassword();
    let own = newPassword();
    const { login, change, takes } = at('redis', () => server.port);
    const asRoot = (...words: readonly string[]): Promise<string> =>
      redisCommands(server.port, ['AUTH', root], words);
    beforeAll(async () => {
      server = await startRedis(root, file ? [`user default on >${root} ~* +@all`] : undefined);
      await asRoot('ACL', 'SETUSER', 'app', 'on', `>${own}`, '~*', '+@read', '+acl|setuser');
      await asRoot('ACL', 'SETUSER', 'plain', 'on', `>${own}`, '~*', '+@read');
    });
    afterAll(() => server.stop());

    it('has two passwords at once, then one; by the user itself, and nobody sees them', async () => {
      const next = newPassword();
      const monitor = net.connect(server.port, '127.0.0.1');
      let seen = '';
      monitor.on('data', (bytes: Buffer) => (seen += bytes.toString()));
      monitor.write(`AUTH ${root}\r\nMONITOR\r\n`);
      await expect.poll(() => seen).toContain('+OK\r\n+OK');
      const added = await change(login('app', own), 'add-password', 'app', next);
      // It may not ACL SAVE.
      expect(added).toMatchObject({ accepted: true, told: { saved: false } });
      expect([await takes('app', own), await takes('app', next)]).toEqual([true, true]);
      expect(await change(login('app', own), 'add-password', 'app', next)).toMatchObject({ accepted: true });
      const removed = await change(login('app', next), 'remove-password', 'app', own);
      expect(removed).toMatchObject({ accepted: true });
      expect([await takes('app', own), await takes('app', next)]).toEqual([false, true]);
      expect(await change(login('app', next), 'remove-password', 'app', own)).toMatchObject({
        accepted: true,
      });
      await asRoot('ECHO', 'the end');
      await expect.poll(() => seen).toContain('the end');
      monitor.destroy();
      expect(`${seen}${await asRoot('SLOWLOG', 'GET')}${await asRoot('ACL', 'LOG')}`).not.toContain(next);
      own = next;
    });

    it('is changed by a manager, who is told whether it lasts', async () => {
      const next = newPassword();
      const manager = login('default', root);
      const added = await change(manager, 'add-password', 'app', next);
      expect(added.told).toMatchObject({ ok: true, saved: file });
      if (file)
        expect(readFileSync(join(server.folder, 'users.acl'), 'utf8')).toMatch(/user app on [^\n]*#[^\n]*#/);
      expect(await change(manager, 'set-password', 'app', next)).toMatchObject({ accepted: true });
      expect([await takes('app', own), await takes('app', next)]).toEqual([false, true]);
      expect(await change(manager, 'no-password', 'app')).toMatchObject({ accepted: true });
      expect(await takes('app', next)).toBe(false);
      own = newPassword();
      await change(manager, 'set-password', 'app', own);
      expect(await takes('app', own)).toBe(true);
    });

    it('gives no first password to a user that is let in with any: whoever comes without one would be shut out', async () => {
      await asRoot('ACL', 'SETUSER', 'open', 'on', 'nopass', '~*', '+@read', '+acl|setuser');
      const before = await asRoot('ACL', 'LIST');
      for (const by of [login('default', root), login('open', newPassword())])
        for (const action of ['add-password', 'set-password'] as const) {
          const refusal = await change(by, action, 'open', newPassword());
          expect(refusal).toMatchObject({ accepted: false, told: { code: 'NOPASS' } });
          expect(meaningOf('redis', refusal)).toBe('refused');
        }
      expect(await asRoot('ACL', 'LIST')).toBe(before);
      expect(await takes('open', newPassword())).toBe(true);
      await asRoot('ACL', 'DELUSER', 'open');
    });

    it('says who may not, makes no user, and ends connections of one user', async () => {
      const refusal = await change(
        login('plain', (await firstPassword()) ?? ''),
        'add-password',
        'app',
        newPassword(),
      );
      expect(meaningOf('redis', refusal)).toBe('no-permission');
      const unknown = await change(login('default', root), 'add-password', 'nobody', newPassword());
      expect(meaningOf('redis', unknown)).toBe('gone');
      expect(await asRoot('ACL', 'USERS')).not.toContain('nobody');
      const wrong = await change(login('app', newPassword()), 'add-password', 'app', newPassword());
      expect(meaningOf('redis', wrong)).toBe('refused');
      const socket = net.connect(server.port, '127.0.0.1');
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.on('error', () => undefined);
      socket.write(`AUTH app ${own}\r\n`);
      await new Promise((resolve) => socket.once('data', resolve));
      expect((await change(login('default', root), 'end-sessions', 'app')).told).toMatchObject({ ended: 1 });
      await closed;
    });
    const firstPassword = async (): Promise<string | undefined> => {
      const password = newPassword();
      await change(login('default', root), 'set-password', 'plain', password);
      return password;
    };

    it('does not take a lost answer for nothing sent', async () => {
      const line = await startCuttingLine(server.port);
      await expectLostAnswers(
        line,
        'SETUSER',
        (port) => ({
          action: 'add-password',
          login: login('default', root, port),
          user: 'app',
          secret: newPassword(),
        }),
        ({ user, secret }) => takes(user, secret ?? ''),
      );
      await line.close();
    });
  },
);

describe.runIf(hasServer.mariadb)('MariaDB', () => {
  let server: Awaited<ReturnType<typeof startMariadb>>;
  const { login, change, takes } = at('mysql', () => server.port);
  const passwords = new Map(['app', 'other', 'manager', 'twice'].map((name) => [name, newPassword()]));
  const of = (name: string): string => passwords.get(name) ?? '';
  beforeAll(async () => {
    server = await startMariadb();
    for (const [name, password] of passwords)
      server.sql(`create user '${name}'@'%' identified by '${password}'`);
    server.sql(`create user 'twice'@'127.0.0.1' identified by '${newPassword()}'`);
    server.sql("create user 'od\\\\d''name'@'%' identified by 'x'");
    server.sql(
      "grant create user, process, connection admin on *.* to 'manager'@'%'; grant select on mysql.* to 'manager'@'%'",
    );
    server.sql(`set global general_log_file = '${server.folder}/general.log'; set global general_log = 1`);
  });
  afterAll(() => server.stop());
  const logs = (): string => readFileSync(join(server.folder, 'general.log'), 'utf8');

  it('lets a user set its own password, also one that has expired, and writes neither into its log', async () => {
    const [old, next] = [of('app'), newPassword()];
    server.sql("alter user 'app'@'%' password expire");
    expect(await change(login('app', old), 'set-password', 'app', next)).toMatchObject({ accepted: true });
    expect([await takes('app', next), await takes('app', old)]).toEqual([true, false]);
    expect(logs()).toContain('SET PASSWORD');
    expect(logs()).not.toContain(next);
    passwords.set('app', next);
  });

  it('lets a manager give and take passwords, whatever a user is called', async () => {
    const manager = login('manager', of('manager'));
    for (const user of ['other', "od\\d'name"]) {
      const next = newPassword();
      expect((await change(manager, 'set-password', user, next)).told).toMatchObject({ ok: true });
      expect(await takes(user, next)).toBe(true);
      expect(await change(manager, 'no-password', user)).toMatchObject({ accepted: true });
      expect(await takes(user, next)).toBe(false);
      expect(logs()).not.toContain(next);
    }
  });

  it('ends the connections of a user, and no others', async () => {
    const { createConnection } = await import('mysql2/promise');
    const open = (user: string) =>
      createConnection({ host: '127.0.0.1', port: server.port, user, password: of(user) });
    const [mine, manager] = [await open('app'), await open('manager')];
    mine.on('error', () => undefined);
    const answer = await change(login('manager', of('manager')), 'end-sessions', 'app');
    expect(answer.told).toMatchObject({ ok: true, ended: 1 });
    await expect(mine.query('select 1')).rejects.toThrow();
    await manager.query('select 1');
    await manager.end();
    mine.destroy();
  });

  it('says who may not, what is not there and what could be meant twice', async () => {
    const manager = login('manager', of('manager'));
    const refusal = await change(login('app', of('app')), 'set-password', 'other', newPassword());
    expect(meaningOf('mysql', refusal)).toBe('no-permission');
    expect(meaningOf('mysql', await change(manager, 'set-password', 'nobody', newPassword()))).toBe('gone');
    expect(meaningOf('mysql', await change(manager, 'set-password', 'twice', newPassword()))).toBe(
      'wrong-input',
    );
    const wrong = await change(login('manager', newPassword()), 'set-password', 'app', newPassword());
    expect(meaningOf('mysql', wrong)).toBe('refused');
    expect(await takes('app', of('app'))).toBe(true);
  });

  it('sends a password in clear where the server looks at it, and says what it makes of it', async () => {
    server.sql("install soname 'simple_password_check'");
    const next = newPassword();
    const refusal = await change(login('app', of('app')), 'set-password', 'app', next);
    expect(meaningOf('mysql', refusal)).toBe('wrong-input');
    server.sql(
      'set global simple_password_check_other_characters = 0; set global simple_password_check_letters_same_case = 0',
    );
    for (const by of [login('app', of('app')), login('manager', of('manager'))]) {
      const other = newPassword();
      expect((await change(by, 'set-password', 'app', other)).told).toMatchObject({ ok: true });
      expect(await takes('app', other)).toBe(true);
      passwords.set('app', other);
    }
    server.sql("uninstall soname 'simple_password_check'");
  });

  it('does not take a lost answer for nothing sent', async () => {
    const line = await startCuttingLine(server.port);
    await expectLostAnswers(
      line,
      'ALTER USER',
      (port) => ({
        action: 'set-password',
        login: login('manager', of('manager'), port),
        user: 'other',
        secret: newPassword(),
      }),
      ({ user, secret }) => takes(user, secret ?? ''),
    );
    await line.close();
  });
});

describe.runIf(hasServer.dynamicSecurity)('Mosquitto with dynamic security', () => {
  let server: RealServer;
  const [admin, first] = [newPassword(), newPassword()];
  const { login, change, takes } = at('mqtt', () => server.port);
  beforeAll(async () => {
    server = await startDynamicMosquitto([
      { user: 'admin', password: admin, isAdmin: true },
      { user: 'app', password: first, isAdmin: false },
    ]);
  });
  afterAll(() => server.stop());

  it('sets a password and takes it away', async () => {
    const next = newPassword();
    expect([await takes('app', first), await takes('app', next)]).toEqual([true, false]);
    expect(await change(login('admin', admin), 'set-password', 'app', next)).toMatchObject({
      accepted: true,
    });
    expect([await takes('app', first), await takes('app', next)]).toEqual([false, true]);
    expect(await change(login('admin', admin), 'no-password', 'app')).toMatchObject({ accepted: true });
    expect(await takes('app', next)).toBe(false);
    await change(login('admin', admin), 'set-password', 'app', first);
  });

  it('puts a client out that is connected, who may come back', async () => {
    const socket = net.connect(server.port, '127.0.0.1');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    const { connectPacket } = await import('../../src/node/servers/mqtt-packets.ts');
    socket.write(connectPacket(login('app', first)));
    await new Promise((resolve) => socket.once('data', resolve));
    expect(await change(login('admin', admin), 'end-sessions', 'app')).toMatchObject({ accepted: true });
    await closed;
    expect(await takes('app', first)).toBe(true);
  });

  it('says who may not and what is not there', async () => {
    const refusal = await change(login('app', first), 'set-password', 'app', newPassword());
    expect(meaningOf('mqtt', refusal)).toBe('no-permission');
    expect(await takes('app', first)).toBe(true);
    const unknown = await change(login('admin', admin), 'set-password', 'nobody', newPassword());
    expect(meaningOf('mqtt', unknown)).toBe('gone');
    const wrong = await change(login('admin', newPassword()), 'set-password', 'app', newPassword());
    expect(meaningOf('mqtt', wrong)).toBe('refused');
  });

  it('does not take a lost answer for nothing sent', async () => {
    const line = await startCuttingLine(server.port);
    await expectLostAnswers(
      line,
      'setClientPassword',
      (port) => ({
        action: 'set-password',
        login: login('admin', admin, port),
        user: 'app',
        secret: newPassword(),
      }),
      ({ user, secret }) => takes(user, secret ?? ''),
    );
    await line.close();
  });
});

describe.runIf(hasServer.mosquitto)('Mosquitto with a password file', () => {
  it('is told apart from one that refuses: nothing was changed', async () => {
    const password = newPassword();
    const server = await startMosquitto('app', password);
    const { login, change, takes } = at('mqtt', () => server.port);
    const answer = await change(login('app', password), 'set-password', 'app', newPassword());
    expect(meaningOf('mqtt', answer)).toBe('refused');
    expect(answer.told['code']).toBe('SILENT');
    expect(await takes('app', password)).toBe(true);
    await server.stop();
  });
});

describe('a server that is not there', () => {
  it.each(['postgres', 'redis', 'mysql', 'mqtt'] as const)('was sent nothing: %s', async (protocol) => {
    const { login, heard } = at(protocol, () => 1);
    const change: ServerChange = {
      action: 'set-password',
      login: login('u', newPassword()),
      user: 'u',
      secret: newPassword(),
    };
    const answer = await heard(change);
    expect(answer).toMatchObject({ ok: false, error: { why: 'not-reached' } });
    if (!answer.ok) expect(mayBeSent(answer.error.why)).toBe(false);
    for (const secret of [change.secret, change.login.password])
      expect(JSON.stringify(answer)).not.toContain(secret);
    const stopped: Stop = { wanted: () => false, onStop: () => () => undefined };
    expect(await nodeChanges.change(change, stopped)).toMatchObject({ ok: false, error: { why: 'stopped' } });
  });
});
