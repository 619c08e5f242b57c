// Real servers on loopback, each with a folder and a port of its own, ended with the test: PostgreSQL, Redis, MariaDB, Mosquitto from
// Debian's packages. A server that is not installed is undefined, and its tests say so.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { pbkdf2Sync, randomBytes, randomInt } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where Debian puts the plugin that sets passwords by messages. */
const dynamicSecurity = `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu/mosquitto_dynamic_security.so`;

export type RealServer = {
  readonly port: number;
  readonly folder: string;
  readonly stop: () => Promise<void>;
};

const sbin = ['/usr/sbin', '/usr/local/sbin', '/usr/bin', '/usr/local/bin', '/bin'];
export const findProgram = (name: string, folders: readonly string[] = sbin): string | undefined =>
  folders.map((folder) => join(folder, name)).find((path) => existsSync(path));

const postgresBin = (): string | undefined => {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return undefined;
  return readdirSync(root)
    .toSorted((left, right) => Number(right) - Number(left))
    .map((version) => join(root, version, 'bin'))
    .find((folder) => existsSync(join(folder, 'initdb')));
};

export const hasServer = {
  postgres: postgresBin() !== undefined,
  redis: findProgram('redis-server') !== undefined,
  mariadb: findProgram('mariadbd') !== undefined,
  mosquitto: findProgram('mosquitto') !== undefined && findProgram('mosquitto_passwd') !== undefined,
  dynamicSecurity: findProgram('mosquitto') !== undefined && existsSync(dynamicSecurity),
} as const;

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen(port, '127.0.0.1', () => {
      server.close(() => {
        resolve(true);
      });
    });
  });

/**
 * A port below those that the system gives out by itself: some servers take half a minute until they listen, and whoever asks the
 * system for a port meanwhile must not be given theirs.
 */
export const freePort = async (): Promise<number> => {
  for (;;) {
    const port = randomInt(12_000, 32_000);
    if (await isFree(port)) return port;
  }
};

const isRoot = process.getuid?.() === 0;

/** PostgreSQL refuses to run as root, and the others need no more than a user. */
export const userIds = (name: string): { uid: number; gid: number } | undefined => {
  if (!isRoot) return undefined;
  const id = (flag: string): number => Number(execFileSync('id', [flag, name], { encoding: 'utf8' }).trim());
  return { uid: id('-u'), gid: id('-g') };
};

export const newServerFolder = (name: string, owner: { uid: number; gid: number } | undefined): string => {
  const folder = mkdtempSync(join(tmpdir(), `keyturn-${name}-`));
  chmodSync(folder, 0o700);
  if (owner !== undefined) chownSync(folder, owner.uid, owner.gid);
  return folder;
};

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });

/** On a busy machine Erlang alone takes half a minute. */
export const untilThere = async (
  child: ChildProcess,
  port: number,
  name: string,
  withinMs = 50_000,
): Promise<void> => {
  let said = '';
  child.stderr?.on('data', (text: Buffer) => {
    said = `${said}${text.toString()}`.slice(-4_000);
  });
  const end = Date.now() + withinMs;
  while (!(await answers(port))) {
    if (child.exitCode !== null || Date.now() > end) throw new Error(`${name} did not start: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

const running = (child: ChildProcess, port: number, folder: string): RealServer => ({
  port,
  folder,
  stop: async () => {
    if (child.exitCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  },
});

export type Start = {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly port: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly withinMs?: number;
};

/** Starts a server and waits until its port answers. The program must become the server, not start it: this child is ended alone. */
export const startServer = async (
  { name, program, args, port, env, withinMs }: Start,
  folder: string,
  owner: { uid: number; gid: number } | undefined,
): Promise<RealServer> => {
  const child = spawn(program, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    cwd: folder,
    env: { ...process.env, ...env },
    ...owner,
  });
  await untilThere(child, port, name, withinMs);
  return running(child, port, folder);
};

/** PostgreSQL with scram, superuser `postgres` let in over its socket in the folder. @param settings in the form `name=value` */
export const startPostgres = async (
  settings: readonly string[] = [],
): Promise<RealServer & { readonly sql: (text: string) => string }> => {
  const bin = postgresBin()!;
  const owner = userIds('postgres');
  const folder = newServerFolder('postgres', owner);
  const data = join(folder, 'data');
  const options = { cwd: folder, stdio: 'pipe' as const, ...owner };
  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '-A', 'scram-sha-256', '--auth-local=trust', '-U', 'postgres', '-N'],
    options,
  );
  const port = await freePort();
  const args = [
    '-D',
    data,
    '-p',
    String(port),
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    `unix_socket_directories=${folder}`,
    '-F',
    ...settings.flatMap((setting) => ['-c', setting]),
  ];
  const server = await startServer(
    { name: 'PostgreSQL', program: join(bin, 'postgres'), args, port },
    folder,
    owner,
  );
  const sql = (text: string): string =>
    execFileSync(
      join(bin, 'psql'),
      ['-h', folder, '-p', String(port), '-U', 'postgres', '-Atq', '-v', 'ON_ERROR_STOP=1', '-c', text],
      { ...options, encoding: 'utf8' },
    );
  for (let tries = 0; ; tries += 1) {
    try {
      sql('select 1');
      return { ...server, sql };
    } catch (error) {
      if (tries > 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
};

/** Redis with a password for its default user. @param users lines of an ACL file, in which the default user is then named too */
export const startRedis = async (password: string, users?: readonly string[]): Promise<RealServer> => {
  const folder = newServerFolder('redis', undefined);
  const port = await freePort();
  const config = join(folder, 'redis.conf');
  const list = join(folder, 'users.acl');
  if (users !== undefined) writeFileSync(list, `${users.join('\n')}\n`, { mode: 0o600 });
  // In a file: a password on the command line would be seen by everybody.
  const secret = users === undefined ? `requirepass ${password}` : `aclfile ${list}`;
  writeFileSync(config, `port ${String(port)}\nbind 127.0.0.1\nsave ""\ndir ${folder}\n${secret}\n`, {
    mode: 0o600,
  });
  return startServer(
    { name: 'Redis', program: findProgram('redis-server')!, args: [config], port },
    folder,
    undefined,
  );
};

/** MariaDB, root let in over its socket. */
export const startMariadb = async (): Promise<RealServer & { readonly sql: (text: string) => string }> => {
  const owner = userIds('mysql');
  const folder = newServerFolder('mariadb', owner);
  const data = join(folder, 'data');
  const socket = join(folder, 'socket');
  const user = isRoot ? ['--user=mysql'] : [];
  execFileSync(
    'mariadb-install-db',
    [`--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db', ...user],
    {
      cwd: folder,
      stdio: 'pipe',
    },
  );
  const port = await freePort();
  const args = [
    '--no-defaults',
    `--datadir=${data}`,
    `--socket=${socket}`,
    `--port=${String(port)}`,
    '--bind-address=127.0.0.1',
    `--pid-file=${join(folder, 'pid')}`,
    '--innodb-flush-method=fsync',
    ...user,
  ];
  const server = await startServer(
    { name: 'MariaDB', program: findProgram('mariadbd')!, args, port },
    folder,
    undefined,
  );
  const sql = (text: string): string =>
    execFileSync('mariadb', ['--no-defaults', `--socket=${socket}`, '-uroot', '-N', '-e', text], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
  return { ...server, sql };
};

/** Mosquitto that lets nobody in without a password. */
export const startMosquitto = async (user: string, password: string): Promise<RealServer> => {
  const owner = userIds('mosquitto');
  const folder = newServerFolder('mosquitto', owner);
  const port = await freePort();
  const passwords = join(folder, 'passwords');
  const config = join(folder, 'mosquitto.conf');
  writeFileSync(passwords, `${user}:${password}\n`, { mode: 0o600 });
  execFileSync(findProgram('mosquitto_passwd')!, ['-U', passwords], { stdio: 'pipe' });
  writeFileSync(
    config,
    `listener ${String(port)} 127.0.0.1\nallow_anonymous false\npassword_file ${passwords}\n`,
  );
  if (owner !== undefined) for (const file of [passwords, config]) chownSync(file, owner.uid, owner.gid);
  return startServer(
    { name: 'Mosquitto', program: findProgram('mosquitto')!, args: ['-c', config], port },
    folder,
    owner,
  );
};

export type BrokerClient = { readonly user: string; readonly password: string; readonly isAdmin: boolean };

/** As the plugin keeps a client: PBKDF2 with SHA-512, 101 rounds, 64 bytes. */
const keptClient = ({ user, password, isAdmin }: BrokerClient): object => {
  const salt = randomBytes(12);
  return {
    username: user,
    password: pbkdf2Sync(password, salt, 101, 64, 'sha512').toString('base64'),
    salt: salt.toString('base64'),
    iterations: 101,
    roles: isAdmin ? [{ rolename: 'admin' }] : [],
  };
};

const control = '$CONTROL/dynamic-security/#';
const adminRights = ['publishClientSend', 'publishClientReceive', 'subscribePattern'].map((acltype) => ({
  acltype,
  topic: control,
  allow: true,
}));

/** Mosquitto with dynamic security. */
export const startDynamicMosquitto = async (clients: readonly BrokerClient[]): Promise<RealServer> => {
  const owner = userIds('mosquitto');
  const folder = newServerFolder('mosquitto', owner);
  const port = await freePort();
  const list = join(folder, 'dynamic-security.json');
  const config = join(folder, 'mosquitto.conf');
  const kept = {
    defaultACLAccess: {
      publishClientSend: false,
      publishClientReceive: true,
      subscribe: false,
      unsubscribe: true,
    },
    clients: clients.map(keptClient),
    roles: [{ rolename: 'admin', acls: adminRights }],
  };
  writeFileSync(list, JSON.stringify(kept), { mode: 0o600 });
  const lines = [
    `listener ${String(port)} 127.0.0.1`,
    'allow_anonymous false',
    `plugin ${dynamicSecurity}`,
    `plugin_opt_config_file ${list}`,
  ];
  writeFileSync(config, `${lines.join('\n')}\n`);
  if (owner !== undefined) for (const file of [list, config]) chownSync(file, owner.uid, owner.gid);
  return startServer(
    { name: 'Mosquitto', program: findProgram('mosquitto')!, args: ['-c', config], port },
    folder,
    owner,
  );
};
