// A login at PostgreSQL through the client that everybody uses (npm `pg`), for whoever asks or changes something there. Variables of the
// environment and password files are kept out of it: only what the key says is tried.
import type { Client, ClientConfig } from 'pg';
import { mayBeSent, type ServerAnswer, type ServerLogin, type Stop } from '../../core/ports.ts';
import { noAnswer, whyOf } from '../http-words.ts';
import { trustedRoots } from '../trusted-roots.ts';
import { refused } from './answers.ts';
import { answerMs, connectMs, hostOf, noTlsThere, Unheard } from './connect.ts';

const usualPort = 5_432;

/** `check` is read-only by the session's own settings. */
export type Purpose = 'check' | 'change';

const settings: Readonly<Record<Purpose, Pick<ClientConfig, 'options' | 'application_name'>>> = {
  check: { options: '-c default_transaction_read_only=on', application_name: 'keyturn check' },
  change: { options: '', application_name: 'keyturn' },
};

const configOf = (login: ServerLogin, isSecure: boolean, purpose: Purpose): ClientConfig => ({
  host: login.host === 'localhost' ? '127.0.0.1' : login.host,
  port: login.port ?? usualPort,
  user: login.user,
  password: login.password,
  database: login.database === '' ? login.user : login.database,
  // Said outright: what is left out here is taken from PGSSLMODE, PGOPTIONS and the like.
  ssl: isSecure
    ? { rejectUnauthorized: login.tls === 'required', ca: trustedRoots(), minVersion: 'TLSv1.2' }
    : false,
  ...settings[purpose],
  connectionTimeoutMillis: connectMs,
  query_timeout: connectMs,
});

/** SQLSTATE: five digits and capital letters. Anything else is Node's own. */
const sqlState = /^[0-9A-Z]{5}$/;

const textOf = (error: unknown, name: 'code' | 'message'): string => {
  const value =
    typeof error === 'object' && error !== null ? (error as Readonly<Record<string, unknown>>)[name] : '';
  return typeof value === 'string' ? value : '';
};

const failure = (login: ServerLogin, error: unknown, isIn: boolean): Unheard => {
  const message = textOf(error, 'message');
  if (!isIn && /does not support SSL/i.test(message)) return new Unheard(noTlsThere(login));
  const why = /timeout|timed out/i.test(message) ? 'too-slow' : whyOf(error);
  return new Unheard(noAnswer(isIn && !mayBeSent(why) ? 'no-connection' : why, hostOf(login)));
};

export type PostgresClient = Client;

type Talk = (client: PostgresClient) => Promise<ServerAnswer>;

const once = async (
  login: ServerLogin,
  isSecure: boolean,
  stop: Stop,
  purpose: Purpose,
  talk: Talk,
): Promise<ServerAnswer> => {
  const { default: pg } = await import('pg');
  const client = new pg.Client(configOf(login, isSecure, purpose));
  let isStopped = false;
  let isIn = false;
  const end = (): void => {
    isStopped = true;
    client.connection.stream.destroy();
  };
  const forget = stop.onStop(end);
  const timer = setTimeout(end, answerMs);
  client.on('error', () => undefined);
  try {
    await client.connect();
    isIn = true;
    return await talk(client);
  } catch (error) {
    if (isStopped) throw new Unheard(noAnswer(stop.wanted() ? 'too-slow' : 'stopped', hostOf(login)));
    const code = textOf(error, 'code');
    if (sqlState.test(code)) return refused(code, textOf(error, 'message'));
    throw failure(login, error, isIn);
  } finally {
    clearTimeout(timer);
    forget();
    void client.end().catch(() => undefined);
  }
};

/** Logs in, talks, and leaves. What the server refuses is an answer. @throws Unheard */
export const withPostgres = async (
  login: ServerLogin,
  stop: Stop,
  purpose: Purpose,
  talk: Talk,
): Promise<ServerAnswer> => {
  if (login.tls === 'required') return once(login, true, stop, purpose, talk);
  const plain = await once(login, false, stop, purpose, talk);
  // A server on this machine that wants TLS even so: it is this machine, whatever its certificate says.
  return plain.text.includes('no encryption') ? once(login, true, stop, purpose, talk) : plain;
};
