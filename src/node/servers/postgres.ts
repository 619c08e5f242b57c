// PostgreSQL through the client that everybody uses (npm `pg`): a login, and one look at the role's own row. Variables of the environment
// and password files are kept out of it: only what the key says is tried.
import type { ClientConfig } from 'pg';
import type { ServerAnswer, ServerLogin, Stop } from '../../core/ports.ts';
import { noAnswer, whyOf } from '../http-words.ts';
import { trustedRoots } from '../trusted-roots.ts';
import { accepted, refused } from './answers.ts';
import { answerMs, connectMs, hostOf, Unheard } from './connect.ts';

const usualPort = 5_432;

const question = `select rolname,
  case when rolvaliduntil is null or not isfinite(rolvaliduntil) then null
    else to_char(rolvaliduntil at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') end as until,
  rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls
  from pg_catalog.pg_roles where rolname = current_user`;

const attributes = [
  ['rolsuper', 'SUPERUSER'],
  ['rolcreaterole', 'CREATEROLE'],
  ['rolcreatedb', 'CREATEDB'],
  ['rolreplication', 'REPLICATION'],
  ['rolbypassrls', 'BYPASSRLS'],
] as const;

type Row = Readonly<Record<string, string | boolean | null>>;

const configOf = (login: ServerLogin, isSecure: boolean): ClientConfig => ({
  host: login.host === 'localhost' ? '127.0.0.1' : login.host,
  port: login.port ?? usualPort,
  user: login.user,
  password: login.password,
  database: login.database === '' ? login.user : login.database,
  // Said outright: what is left out here is taken from PGSSLMODE, PGOPTIONS and the like.
  ssl: isSecure
    ? { rejectUnauthorized: login.tls === 'required', ca: trustedRoots(), minVersion: 'TLSv1.2' }
    : false,
  options: '-c default_transaction_read_only=on',
  application_name: 'keyturn check',
  connectionTimeoutMillis: connectMs,
  query_timeout: connectMs,
});

const told = (row: Row | undefined): ServerAnswer =>
  accepted({
    user: typeof row?.['rolname'] === 'string' ? row['rolname'] : null,
    validUntil: typeof row?.['until'] === 'string' ? row['until'] : null,
    attributes: attributes.filter(([name]) => row?.[name] === true).map(([, word]) => word),
  });

/** SQLSTATE: five digits and capital letters. Anything else is Node's own. */
const sqlState = /^[0-9A-Z]{5}$/;

const textOf = (error: unknown, name: 'code' | 'message'): string => {
  const value =
    typeof error === 'object' && error !== null ? (error as Readonly<Record<string, unknown>>)[name] : '';
  return typeof value === 'string' ? value : '';
};

const failure = (login: ServerLogin, error: unknown): Unheard => {
  const message = textOf(error, 'message');
  const why = /timeout|timed out/i.test(message) ? 'too-slow' : whyOf(error);
  if (/does not support SSL/i.test(message))
    return new Unheard({
      why: 'no-trust',
      reason: `${hostOf(login)} has no TLS, and a password is not sent in the open.`,
      next: 'Nothing was sent. Turn TLS on at the server, or reach it through a tunnel to this machine.',
    });
  return new Unheard(noAnswer(why, hostOf(login)));
};

const once = async (login: ServerLogin, isSecure: boolean, stop: Stop): Promise<ServerAnswer> => {
  const { default: pg } = await import('pg');
  const client = new pg.Client(configOf(login, isSecure));
  let isStopped = false;
  const end = (): void => {
    isStopped = true;
    client.connection.stream.destroy();
  };
  const forget = stop.onStop(end);
  const timer = setTimeout(end, answerMs);
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<Row>(question);
    return told(rows[0]);
  } catch (error) {
    if (isStopped) throw new Unheard(noAnswer(stop.wanted() ? 'too-slow' : 'stopped', hostOf(login)));
    const code = textOf(error, 'code');
    if (sqlState.test(code)) return refused(code, textOf(error, 'message'));
    throw failure(login, error);
  } finally {
    clearTimeout(timer);
    forget();
    void client.end().catch(() => undefined);
  }
};

/** Logs in and reads the role's own row. @throws Unheard */
export const askPostgres = async (login: ServerLogin, stop: Stop): Promise<ServerAnswer> => {
  if (login.tls === 'required') return once(login, true, stop);
  const plain = await once(login, false, stop);
  // A server on this machine that wants TLS even so: it is this machine, whatever its certificate says.
  return plain.text.includes('no encryption') ? once(login, true, stop) : plain;
};
