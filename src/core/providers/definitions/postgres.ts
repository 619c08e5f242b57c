// PostgreSQL role passwords. An expired password, a wrong one and a role that does not exist are answered alike; so the end is read while
// the password still works.
import type { DecisionRow } from '../asking.ts';
import { defineProvider } from '../define-provider.ts';
import { connectionString, login, serverFields } from '../server-parts.ts';
import { everyKind, factsOf, lastRows, usualSteps, worksRow } from '../usual.ts';

const seen = '2026-11-22';
const run = 'run on loopback: PostgreSQL 15.18 (Debian)';
const codes = 'https://www.postgresql.org/docs/15/errcodes-appendix.html';
const createRole = 'https://www.postgresql.org/docs/15/sql-createrole.html';

/** A row for an SQLSTATE. */
const code = (is: string, row: Omit<DecisionRow, 'json'>): DecisionRow => ({
  json: { path: ['code'], is },
  ...row,
});

export const postgres = defineProvider({
  id: 'postgres',
  name: 'PostgreSQL role password',
  domain: 'postgresql.org',
  category: 'server',
  otherNames: ['Postgres', 'PostgreSQL', 'pg'],
  formats: [
    connectionString({
      label: 'connection string',
      scheme: 'postgres(?:ql)?',
      anchors: ['postgres://', 'postgresql://'],
      path: '(?:/(?<database>[\\w%~+-]{1,63})?)?',
    }),
  ],
  fields: serverFields(
    {
      hostVariable: 'PGHOST',
      portVariable: 'PGPORT',
      userVariable: 'PGUSER',
      passwordVariable: 'PGPASSWORD',
      urlVariable: 'DATABASE_URL',
      usualPort: '5432',
      labels: {
        host: ['pghost', 'postgres_host'],
        port: ['pgport', 'postgres_port'],
        user: ['pguser', 'postgres_user'],
        password: ['pgpassword', 'postgres_password'],
        url: ['database_url', 'postgres_url', 'postgresql_url', 'pg_url'],
      },
    },
    { label: 'Database', variable: 'PGDATABASE', labels: ['pgdatabase', 'postgres_db'], usual: 'postgres' },
  ),
  envNames: ['PGPASSWORD', 'PGHOST', 'PGUSER', 'PGDATABASE', 'POSTGRES_*', 'POSTGRESQL_*'],
  portals: [],
  selfHosted: true,
  auth: login,
  managedBy: {
    create: 'a role with CREATEROLE',
    revoke: 'a role with CREATEROLE; the role itself may change its own password',
  },
  editable: ['VALID UNTIL', 'rights'],
  expiry: { rule: 'editable', required: false },
  movesMoney: { value: false, why: 'A thief reads and changes what the role may.' },
  lifecycle: [
    {
      state: 'blocked',
      text: 'A role with NOLOGIN keeps its password and may not log in.',
      who: 'a role with CREATEROLE: ALTER ROLE … LOGIN',
    },
  ],
  check: {
    possible: true,
    scheduled: 'all',
    requests: [
      {
        environment: 'server',
        kinds: everyKind,
        protocol: 'postgres',
        method: 'GET',
        url: 'postgres://{host}:{port}/{database}',
        cost: 'none',
      },
    ],
    neverCall: [],
    decisions: [
      worksRow('PostgreSQL logged the role in.'),
      code('28P01', {
        state: 'invalid',
        reason:
          'PostgreSQL refuses: the password is wrong, its VALID UNTIL has passed, or there is no such role. One answer for all three.',
        next: 'Ask somebody with CREATEROLE for rolvaliduntil of the role in pg_roles, then set a new password.',
      }),
      code('28000', {
        bodyHas: 'not permitted to log in',
        state: 'blocked',
        reason: 'The role exists, but may not log in (NOLOGIN).',
        next: 'Somebody with CREATEROLE can say ALTER ROLE … LOGIN.',
      }),
      code('28000', {
        bodyHas: 'pg_hba.conf',
        state: 'not-checkable',
        reason:
          'The server takes nobody from this address, for this database or without TLS. Nothing was said about the password.',
        next: 'Look at pg_hba.conf on the server, or ask from where the key is used.',
      }),
      code('28000', {
        state: 'invalid',
        reason:
          'PostgreSQL refuses the login: the role does not exist, or logs in another way than by password.',
        next: 'Compare the name of the role, and look at pg_hba.conf.',
      }),
      code('3D000', {
        state: 'blocked',
        reason: 'Role and password are right; there is no such database.',
        next: 'Correct the database of this key.',
      }),
      code('42501', {
        state: 'blocked',
        reason: 'Role and password are right; the role may not connect to this database.',
        next: 'Somebody who owns the database can say GRANT CONNECT.',
      }),
      code('53300', {
        bodyHas: 'for role',
        state: 'blocked',
        reason: 'Role and password are right; the role has as many connections as it may.',
        next: 'Close some, or raise its CONNECTION LIMIT.',
      }),
      code('53300', {
        state: 'unreachable',
        reason: 'The server has as many connections as it takes. This says nothing about the password.',
        next: 'Check again later.',
      }),
      code('57P03', {
        state: 'unreachable',
        reason: 'The server is starting or stopping.',
        next: 'Check again in a minute.',
      }),
      ...lastRows('PostgreSQL'),
    ],
    tells: [
      { fact: 'expiresAt', from: { json: ['validUntil'] }, as: 'date' },
      { fact: 'owner', from: { json: ['user'] }, as: 'text' },
      { fact: 'scopes', from: { json: ['attributes'] }, as: 'list' },
    ],
  },
  rotation: {
    mode: 'self',
    overlap: false,
    needs:
      'Nothing for its own password; CREATEROLE for an end, and for two roles in turn, which gives an overlap.',
    withoutPortal: 'A server of your own: no page. psql does it, or Keyturn.',
    steps: usualSteps({
      prepare:
        'With one role the old password ends at once for new connections. For an overlap give two roles the same rights and change between them.',
      create:
        'In psql as the role itself: \\password, which sends a SCRAM verifier, so that the password stands in no log. Keep the new password first.',
      verify: 'Keyturn logs in with the new password.',
      revoke: 'End the sessions that still run with the old password: they outlive it.',
      prove: 'Keyturn logs in with the old password and expects 28P01.',
    }),
  },
  facts: factsOf(seen, [
    [
      'one-answer',
      'A wrong password, a passed VALID UNTIL and an unknown role give the same message, 28P01.',
      run,
    ],
    ['nologin', 'NOLOGIN gives: role is not permitted to log in.', run],
    ['own-expiry', 'A role can read its own rolvaliduntil in pg_roles.', run],
    ['own-password', 'A role may change its own password, and not its VALID UNTIL (42501).', run],
    ['sessions', 'Open sessions outlive a changed password.', run],
    ['codes', '28P01, 28000, 3D000, 42501, 53300 and 57P03 are SQLSTATEs.', codes],
    ['valid-until', 'VALID UNTIL ends the password, not the role.', createRole],
    ['limit', '53300 comes before the login for the server and after it for a role.', codes, 'uncertain'],
  ]),
});
