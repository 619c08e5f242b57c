// MariaDB and MySQL through a well-known client (npm `mysql2`): a login with the database, where there is one, and who that is. A server
// gets no file of this machine, whatever it asks for.
import type { Connection, ConnectionOptions } from 'mysql2';
import type { ServerAnswer, ServerLogin, Stop } from '../../core/ports.ts';
import { noAnswer, whyOf } from '../http-words.ts';
import { trustedRoots } from '../trusted-roots.ts';
import { accepted, refused } from './answers.ts';
import { answerMs, connectMs, hostOf, Unheard } from './connect.ts';

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

const errorParts = (
  error: unknown,
): { readonly number: number | undefined; readonly code: string; readonly message: string } => {
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

const failure = (login: ServerLogin, error: unknown): Unheard => {
  const { code } = errorParts(error);
  if (code === 'HANDSHAKE_NO_SSL_SUPPORT')
    return new Unheard({
      why: 'no-trust',
      reason: `${hostOf(login)} has no TLS, and a password is not sent in the open.`,
      next: 'Nothing was sent. Turn TLS on at the server, or reach it through a tunnel to this machine.',
    });
  return new Unheard(noAnswer(whyOf(error), hostOf(login)));
};

/** The question itself; settles once, whatever is said afterwards. */
const converse = (connection: Connection, login: ServerLogin): Promise<ServerAnswer> =>
  new Promise((resolve, reject) => {
    const settle = (error: unknown): void => {
      const { number, message, code } = errorParts(error);
      // Node's own failures carry a number as well, but no words of the server.
      if (number !== undefined && message !== '') resolve(refused(String(number), message));
      else if (code === 'AUTH_SWITCH_PLUGIN_ERROR') resolve(refused('1251', ''));
      else reject(failure(login, error));
    };
    connection.on('error', settle);
    connection.query('SELECT CURRENT_USER() AS user', (error: unknown, rows: unknown) => {
      if (error !== null) {
        settle(error);
        return;
      }
      const [row] = rows as readonly { readonly user?: unknown }[];
      resolve(accepted({ user: typeof row?.user === 'string' ? row.user : null }));
    });
  });

/** Logs in and asks who that is. @throws Unheard */
export const askMysql = async (login: ServerLogin, stop: Stop): Promise<ServerAnswer> => {
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
    return await Promise.race([converse(connection, login), over]);
  } finally {
    clearTimeout(timer);
    forget();
    connection.destroy();
  }
};
