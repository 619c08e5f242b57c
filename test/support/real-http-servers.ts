// Real servers that are asked over HTTP: RabbitMQ with its management plugin and etcd, from Debian's packages, each in a folder and on
// ports of its own. The tests set them up by their own interfaces, as an administrator would.
import { spawn, type ChildProcess } from 'node:child_process';
import { chownSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  findProgram,
  freePort,
  newServerFolder,
  startServer,
  untilThere,
  userIds,
  type RealServer,
} from './real-servers.ts';

const rabbit = findProgram('rabbitmq-server', ['/usr/lib/rabbitmq/bin']);
const epmd = findProgram('epmd');
const etcd = findProgram('etcd');

export const hasHttpServer = {
  rabbitmq: rabbit !== undefined && epmd !== undefined,
  etcd: etcd !== undefined,
} as const;

/** What a server of the tests answered: they ask it apart from Keyturn, to set it up and to see what it really says. */
export type Heard = { readonly status: number; readonly body: unknown };
export type Put = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<Heard>;

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
};

/** Calls of one server. Credentials go in headers alone. */
export const callsTo =
  (base: string, usual: Readonly<Record<string, string>> = {}): Put =>
  async (method, path, body, headers = usual) => {
    const answer = await fetch(`${base}${path}`, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: parsed(await answer.text()) };
  };

export const basic = (user: string, password: string): Readonly<Record<string, string>> => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
};

/** `port` is the management plugin's. `admin` asks as the administrator. */
export type RabbitServer = RealServer & { readonly admin: Put; readonly as: Put };

/** RabbitMQ with an epmd of its own, so that neither stays behind nor meets another. */
export const startRabbit = async (user: string, password: string): Promise<RabbitServer> => {
  const owner = userIds('rabbitmq');
  const folder = newServerFolder('rabbitmq', owner);
  const [port, amqp, distribution, mapper] = await Promise.all([
    freePort(),
    freePort(),
    freePort(),
    freePort(),
  ]);
  const config = join(folder, 'rabbitmq.conf');
  const plugins = join(folder, 'enabled_plugins');
  const lines = [
    'listeners.tcp.1 = 127.0.0.1:' + String(amqp),
    'management.tcp.ip = 127.0.0.1',
    'management.tcp.port = ' + String(port),
    'default_user = ' + user,
    'default_pass = ' + password,
  ];
  writeFileSync(config, `${lines.join('\n')}\n`, { mode: 0o600 });
  writeFileSync(plugins, '[rabbitmq_management].\n');
  if (owner !== undefined) for (const file of [config, plugins]) chownSync(file, owner.uid, owner.gid);
  const env = {
    HOME: folder,
    ERL_EPMD_ADDRESS: '127.0.0.1',
    ERL_EPMD_PORT: String(mapper),
    RABBITMQ_NODENAME: 'keyturn@localhost',
    RABBITMQ_DIST_PORT: String(distribution),
    RABBITMQ_MNESIA_BASE: join(folder, 'data'),
    RABBITMQ_LOG_BASE: join(folder, 'log'),
    RABBITMQ_CONFIG_FILE: config,
    RABBITMQ_ADVANCED_CONFIG_FILE: join(folder, 'advanced.config'),
    RABBITMQ_CONF_ENV_FILE: join(folder, 'none.conf'),
    RABBITMQ_ENABLED_PLUGINS_FILE: plugins,
    // The script becomes the server, instead of watching over it.
    RABBITMQ_ALLOW_INPUT: '1',
  };
  const names = spawn(epmd!, ['-address', '127.0.0.1', '-port', String(mapper)], {
    stdio: ['ignore', 'ignore', 'pipe'],
    ...owner,
  });
  await untilThere(names, mapper, 'epmd');
  const start = { name: 'RabbitMQ', program: rabbit!, args: ['-noinput'], port, env, withinMs: 170_000 };
  const server = await startServer(start, folder, owner);
  const base = `http://127.0.0.1:${String(port)}`;
  return {
    ...server,
    admin: callsTo(base, basic(user, password)),
    as: callsTo(base),
    stop: async () => {
      await server.stop();
      await end(names);
    },
  };
};

/** etcd with nobody asked for a password yet. */
export const startEtcd = async (): Promise<RealServer & { readonly calls: Put }> => {
  const folder = newServerFolder('etcd', undefined);
  const [port, peers] = await Promise.all([freePort(), freePort()]);
  const at = (number: number): string => `http://127.0.0.1:${String(number)}`;
  const args = [
    ...['--name', 'keyturn', '--data-dir', join(folder, 'data'), '--bcrypt-cost', '4'],
    ...['--listen-client-urls', at(port), '--advertise-client-urls', at(port)],
    ...['--listen-peer-urls', at(peers), '--initial-advertise-peer-urls', at(peers)],
    ...['--initial-cluster', `keyturn=${at(peers)}`, '--log-level', 'error'],
  ];
  const server = await startServer({ name: 'etcd', program: etcd!, args, port }, folder, undefined);
  return { ...server, calls: callsTo(at(port)) };
};
