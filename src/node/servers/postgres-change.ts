// PostgreSQL: passwords of roles, set as SCRAM verifiers so that none stands in a log; sessions of a role ended.
import type { ServerAnswer, ServerChange, Stop } from '../../core/ports.ts';
import { accepted, refused } from './answers.ts';
import { scramVerifier } from './password-hashes.ts';
import { withPostgres, type PostgresClient } from './postgres-client.ts';

/** Older ones would take the verifier itself for the password. */
const firstWithScram = 100_000;

const knowsScram = async (client: PostgresClient): Promise<boolean> => {
  const { rows } = await client.query<{ readonly server_version_num: string }>('show server_version_num');
  return Number(rows[0]?.server_version_num) >= firstWithScram;
};

/** Names and values stand in the statement: ALTER ROLE takes no parameters. */
const alter = async (
  client: PostgresClient,
  user: string,
  password: string | null,
): Promise<ServerAnswer> => {
  const value = password === null ? 'NULL' : client.escapeLiteral(password);
  await client.query(`ALTER ROLE ${client.escapeIdentifier(user)} PASSWORD ${value}`);
  return accepted({ user });
};

const endSessions = async (client: PostgresClient, user: string): Promise<ServerAnswer> => {
  const { rows } = await client.query<{ readonly ended: string }>(
    `select count(pg_catalog.pg_terminate_backend(pid)) as ended from pg_catalog.pg_stat_activity
      where usename = $1 and pid <> pg_catalog.pg_backend_pid()`,
    [user],
  );
  return accepted({ user, ended: Number(rows[0]?.ended) });
};

/** @throws Unheard */
export const changePostgres = (
  { action, login, user, secret }: ServerChange,
  stop: Stop,
): Promise<ServerAnswer> =>
  withPostgres(login, stop, 'change', async (client) => {
    if (action === 'end-sessions') return endSessions(client, user);
    if (action === 'no-password') return alter(client, user, null);
    if (action !== 'set-password' || secret === null || secret === '')
      return refused('0A000', 'a role has one password');
    if (!(await knowsScram(client))) return refused('0A000', 'the server is older than SCRAM');
    return alter(client, user, await scramVerifier(secret));
  });
