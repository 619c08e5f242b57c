// How programs use a key: a connection of its own each time, with the usual client, and one harmless question. Fails where it is not let in.
import net from 'node:net';
import { createConnection } from 'mysql2/promise';
import pg from 'pg';
import { nodeServers } from '../../../src/node/servers/servers.ts';
import type { Use } from './load.ts';

export const usePostgres: Use = async (variables) => {
  const client = new pg.Client({
    host: '127.0.0.1',
    port: Number(variables['PGPORT']),
    user: variables['PGUSER'],
    password: variables['PGPASSWORD'],
    database: variables['PGDATABASE'],
    ssl: false,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
  } finally {
    await client.end().catch(() => undefined);
  }
};

export const useMysql: Use = async (variables) => {
  const connection = await createConnection({
    host: '127.0.0.1',
    port: Number(variables['MYSQL_PORT']),
    user: variables['MYSQL_USER'] ?? '',
    password: variables['MYSQL_PASSWORD'] ?? '',
  });
  connection.on('error', () => undefined);
  try {
    await connection.query('select 1');
  } finally {
    connection.destroy();
  }
};

const redisWords = (words: readonly string[]): string =>
  `*${String(words.length)}\r\n${words.map((word) => `$${String(Buffer.byteLength(word))}\r\n${word}\r\n`).join('')}`;

export const useRedis: Use = (variables) =>
  new Promise((resolve, reject) => {
    const socket = net.connect(Number(variables['REDIS_PORT']), '127.0.0.1');
    let heard = '';
    socket.on('data', (bytes) => {
      heard += bytes.toString();
      if (heard.split('\r\n').length > 2) socket.end();
    });
    socket.on('error', reject);
    socket.on('close', () => {
      if (heard === '+OK\r\n$-1\r\n') resolve();
      else reject(new Error(heard.replaceAll('\r\n', ' ')));
    });
    const { REDIS_USERNAME = 'default', REDIS_PASSWORD = '' } = variables;
    socket.write(`${redisWords(['AUTH', REDIS_USERNAME, REDIS_PASSWORD])}${redisWords(['GET', 'nothing'])}`);
  });

const never = { wanted: () => true, onStop: () => () => undefined };

/** MQTT has no client among ours: a login, as the check makes it. */
export const useMqtt: Use = async (variables) => {
  const answer = await nodeServers.ask(
    {
      protocol: 'mqtt',
      host: '127.0.0.1',
      port: Number(variables['MQTT_PORT']),
      user: variables['MQTT_USERNAME'] ?? '',
      password: variables['MQTT_PASSWORD'] ?? '',
      database: '',
      tls: 'preferred',
    },
    never,
  );
  if (!answer.ok) throw new Error(answer.error.why);
  if (!answer.value.accepted) throw new Error(`code ${String(answer.value.told['code'])}`);
};

type Question = {
  readonly url: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

/** One question over HTTP. @param isIn whether status and body are those of somebody who was let in */
export const useHttp =
  (
    question: (variables: Readonly<Record<string, string>>) => Question,
    isIn: (status: number, body: string) => boolean = (status) => status === 200,
  ): Use =>
  async (variables) => {
    const { url, ...options } = question(variables);
    const answer = await fetch(url, { ...options, headers: { connection: 'close', ...options.headers } });
    const body = await answer.text();
    if (!isIn(answer.status, body)) throw new Error(`status ${String(answer.status)}`);
  };
