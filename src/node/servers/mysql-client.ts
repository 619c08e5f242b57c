// A login at MariaDB or MySQL through a well-known client (npm `mysql2`), for whoever asks or changes something there. A server gets no file
// of this machine, whatever it asks for.
import type { Connection, ConnectionOptions } from 'mysql2';
import { mayBeSent, type ServerAnswer, type ServerLogin, type Stop } from '../../core/ports.ts';
import { noAnswer, whyOf } from '../http-words.ts';
import { trustedRoots } from '../trusted-roots.ts';
import { refused } from './answers.ts';
import { answerMs, connectMs, hostOf, noTlsThere, Unheard } from './connect.ts';

const usualPort = 3_306;

const optionsOf = (login: ServerLogin): ConnectionOptions => ({
  host: login.host === 'localhost' ? '127.0.0.1' : login.host,
  port: login.port ?? usualPort,
  user: login.user,
  password: login.password,
  ...(login.database === '' ? {} : { database: login.database }),
  ...(login.tls === 'required'
    ? { ssl: { rejectUnauthorized: true, verifyIdentity: true, ca: trustedRoots(), minVersion: 'TLSv1.2' } }
    : {}),
  connectTimeout: connectMs,
  flags: ['-LOCAL_FILES'],
  // Its usual way of reading rows is code that it makes from the names of columns, which are the server's.
  disableEval: true,
});

type ErrorParts = { readonly number: number | undefined; readonly code: string; readonly message: string };

const errorParts = (error: unknown): ErrorParts => {
  const parts = (typeof error === 'object' && error !== null ? error : {}) as Readonly<
    Record<string, unknown>
  >;
  const { errno, code, sqlMessage } = parts;
  return {
    number: typeof errno === 'number' && errno > 0 ? errno : undefined,
    code: typeof code === 'string' ? code : '',
    message: typeof sqlMessage === 'string' ? sqlMessage : '',
  };
};

/** The number of a refusal by the server; undefined for failures of another kind. Node's own carry a number too, but no words of the server. */
export const errorNumber = (error: unknown): number | undefined => {
  const { number, message } = errorParts(error);
  return message === '' ? undefined : number;
};

const failure = (login: ServerLogin, error: unknown, isIn: boolean): Unheard => {
  if (errorParts(error).code === 'HANDSHAKE_NO_SSL_SUPPORT') return new Unheard(noTlsThere(login));
  const why = whyOf(error);
  return new Unheard(noAnswer(isIn && !mayBeSent(why) ? 'no-connection' : why, hostOf(login)));
};

export type MysqlRow = Readonly<Record<string, unknown>>;

/** What can be said once the login was taken. */
export type MysqlLine = {
  /** "5.5.5-10.11.19-MariaDB" and the like. */
  readonly version: string;
  /** Rejects with what the client says. @param values for question marks */
  readonly query: (sql: string, values?: readonly string[]) => Promise<readonly MysqlRow[]>;
  /** A text in quotes, for statements that take no parameters. */
  readonly quote: (text: string) => string;
};

type Talk = (line: MysqlLine) => Promise<ServerAnswer>;

const lineOf = (connection: Connection, version: string): MysqlLine => ({
  version,
  query: (sql, values = []) =>
    new Promise((resolve, reject) => {
      connection.query(sql, [...values], (error: Error | null, rows: unknown) => {
        if (error === null) resolve(Array.isArray(rows) ? (rows as readonly MysqlRow[]) : []);
        else reject(error);
      });
    }),
  quote: (text) => connection.escape(text),
});

/** Settles once, whatever is said afterwards. */
const converse = (connection: Connection, login: ServerLogin, talk: Talk): Promise<ServerAnswer> =>
  new Promise((resolve, reject) => {
    let isIn = false;
    const settle = (error: unknown): void => {
      const { message, code } = errorParts(error);
      const number = errorNumber(error);
      if (number !== undefined) resolve(refused(String(number), message));
      else if (code === 'AUTH_SWITCH_PLUGIN_ERROR') resolve(refused('1251', ''));
      else reject(failure(login, error, isIn));
    };
    connection.on('error', settle);
    connection.once('connect', ({ serverVersion }: { readonly serverVersion?: unknown }) => {
      isIn = true;
      const version = typeof serverVersion === 'string' ? serverVersion : '';
      talk(lineOf(connection, version)).then(resolve, settle);
    });
  });

/** Logs in, talks, and leaves. What the server refuses is an answer. @throws Unheard */
export const withMysql = async (login: ServerLogin, stop: Stop, talk: Talk): Promise<ServerAnswer> => {
  const { createConnection } = await import('mysql2');
  const connection = createConnection(optionsOf(login));
  let timer: NodeJS.Timeout | undefined;
  let forget = (): void => undefined;
  const over = new Promise<never>((_, reject) => {
    const giveUp = (): void => {
      reject(new Unheard(noAnswer(stop.wanted() ? 'too-slow' : 'stopped', hostOf(login))));
    };
    timer = setTimeout(giveUp, answerMs);
    forget = stop.onStop(giveUp);
  });
  try {
    return await Promise.race([converse(connection, login, talk), over]);
  } finally {
    clearTimeout(timer);
    forget();
    connection.destroy();
  }
};
