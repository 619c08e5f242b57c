// PostgreSQL: a login, and one look at the role's own row.
import type { ServerAnswer, ServerLogin, Stop } from '../../core/ports.ts';
import { accepted } from './answers.ts';
import { withPostgres } from './postgres-client.ts';

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

const told = (row: Row | undefined): ServerAnswer =>
  accepted({
    user: typeof row?.['rolname'] === 'string' ? row['rolname'] : null,
    validUntil: typeof row?.['until'] === 'string' ? row['until'] : null,
    attributes: attributes.filter(([name]) => row?.[name] === true).map(([, word]) => word),
  });

/** Logs in and reads the role's own row. @throws Unheard */
export const askPostgres = (login: ServerLogin, stop: Stop): Promise<ServerAnswer> =>
  withPostgres(login, stop, 'check', async (client) => told((await client.query<Row>(question)).rows[0]));
