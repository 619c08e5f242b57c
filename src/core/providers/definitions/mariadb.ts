// MariaDB and MySQL users. An expired password still logs in and may only be changed; an anonymous user of the same host may stand in
// front of the one that is meant.
import type { DecisionRow } from '../asking.ts';
import { defineProvider } from '../define-provider.ts';
import { connectionString, login, serverFields } from '../server-parts.ts';
import { everyKind, factsOf, lastRows, usualSteps, worksRow } from '../usual.ts';

const seen = '2026-11-22';
const run = 'run on loopback: MariaDB 10.11.19 (Debian)';
const codes = 'https://mariadb.com/kb/en/mariadb-error-code-reference/';
const mysqlCodes = 'https://dev.mysql.com/doc/mysql-errors/8.0/en/server-error-reference.html';

/** A row for the number of an error. */
const code = (is: string, row: Omit<DecisionRow, 'json'>): DecisionRow => ({
  json: { path: ['code'], is },
  ...row,
});

const expired = {
  state: 'expired',
  reason:
    'User and password are right, but the password has expired: the server takes nothing but a new one.',
  next: 'Set a new password (SET PASSWORD); the user may do that itself.',
} as const;
const locked = {
  state: 'blocked',
  reason: 'The account is locked.',
  next: 'An administrator can say ALTER USER … ACCOUNT UNLOCK.',
} as const;
const busy = {
  state: 'unreachable',
  reason: 'There are as many connections as are allowed. This says nothing about the password.',
  next: 'Check again later.',
} as const;

export const mariadb = defineProvider({
  id: 'mariadb',
  name: 'MariaDB / MySQL user',
  domain: 'mariadb.org',
  category: 'server',
  otherNames: ['MySQL', 'MariaDB'],
  formats: [
    connectionString({
      label: 'connection string',
      scheme: '(?:mysql|mariadb)',
      anchors: ['mysql://', 'mariadb://'],
      path: '(?:/(?<database>[\\w%~$+-]{1,64})?)?',
    }),
  ],
  fields: serverFields(
    {
      hostVariable: 'MYSQL_HOST',
      portVariable: 'MYSQL_PORT',
      userVariable: 'MYSQL_USER',
      passwordVariable: 'MYSQL_PASSWORD',
      urlVariable: 'DATABASE_URL',
      usualPort: '3306',
      labels: {
        host: ['mysql_host', 'mariadb_host'],
        port: ['mysql_port', 'mysql_tcp_port', 'mariadb_port'],
        user: ['mysql_user', 'mariadb_user'],
        password: ['mysql_password', 'mysql_pwd', 'mariadb_password'],
        url: ['mysql_url', 'mariadb_url'],
      },
    },
    {
      label: 'Database',
      variable: 'MYSQL_DATABASE',
      labels: ['mysql_database', 'mysql_db', 'mariadb_database'],
    },
  ),
  envNames: ['MYSQL_*', 'MARIADB_*'],
  portals: [],
  selfHosted: true,
  auth: login,
  managedBy: {
    create: 'a user with CREATE USER',
    revoke: 'a user with CREATE USER; everybody may change their own password',
  },
  editable: ['rights', 'expiry of the password', 'locked or not'],
  expiry: { rule: 'editable', required: false },
  movesMoney: { value: false, why: 'A thief reads and changes what the user may.' },
  lifecycle: [
    {
      state: 'blocked',
      text: 'A locked account keeps its password and may not log in.',
      who: 'an administrator: ALTER USER … ACCOUNT UNLOCK',
    },
  ],
  check: {
    possible: true,
    scheduled: 'all',
    requests: [
      {
        environment: 'server',
        kinds: everyKind,
        protocol: 'mysql',
        method: 'GET',
        url: 'mysql://{host}:{port}/',
        cost: 'none',
      },
    ],
    neverCall: [],
    decisions: [
      worksRow('The server logged the user in.'),
      code('1045', {
        state: 'invalid',
        reason:
          'The server refuses: the password is wrong, there is no such user, or not for your address. An anonymous user may stand in front of it.',
        next: 'Look in mysql.user which user and host are meant, and for a user without a name.',
      }),
      code('1698', {
        state: 'blocked',
        reason: 'This account logs in by its system user (unix_socket), not by a password.',
        next: 'Give it a password, or use another account.',
      }),
      code('1044', {
        state: 'blocked',
        reason: 'User and password are right; the user may not use this database.',
        next: 'An administrator can say GRANT … ON the database.',
      }),
      code('1049', {
        state: 'blocked',
        reason: 'User and password are right; there is no such database.',
        next: 'Correct the database of this key.',
      }),
      code('1820', expired),
      code('1862', expired),
      code('4151', locked),
      code('3118', locked),
      code('1130', {
        state: 'not-checkable',
        reason: 'The server takes nobody from your address. Nothing was said about the password.',
        next: 'Ask from where the key is used.',
      }),
      code('1129', {
        state: 'not-checkable',
        reason:
          'The server has shut out your address after too many failures. Nothing was said about the password.',
        next: 'An administrator can say FLUSH HOSTS.',
      }),
      code('3159', {
        state: 'not-checkable',
        reason: 'The server demands TLS. Nothing was said about the password.',
        next: 'Look how programs reach this server.',
      }),
      code('1251', {
        state: 'not-checkable',
        reason: 'The server wants a way of logging in that Keyturn does not know.',
        next: 'Look at the plugin of the account in mysql.user.',
      }),
      code('1040', busy),
      code('1203', busy),
      code('1226', busy),
      ...lastRows('The server'),
    ],
    tells: [{ fact: 'owner', from: { json: ['user'] }, as: 'text' }],
  },
  rotation: {
    mode: 'self',
    overlap: false,
    needs: 'Nothing for its own password; for an overlap two users with the same rights.',
    withoutPortal: 'A server of your own: no page. The mariadb client does it, or Keyturn.',
    steps: usualSteps({
      prepare: 'The old password ends at once for new connections. For an overlap change between two users.',
      create:
        'SET PASSWORD, which the user may do itself in the mariadb client. Keep the new password first.',
      verify: 'Keyturn logs in with the new password.',
      revoke: 'End the sessions that still run with the old password, if that matters.',
      prove: 'Keyturn logs in with the old password and expects 1045.',
    }),
  },
  facts: factsOf(seen, [
    ['refused', 'A wrong password is answered 1045 (28000).', run],
    ['expired', 'An expired password logs in, and everything but SET PASSWORD is answered 1820.', run],
    ['locked', 'A locked account is answered 4151.', run],
    ['anonymous', "A user ''@'localhost' stands in front of app@'%'.", run],
    ['codes', '1044, 1049, 1129, 1130, 1698 and others.', codes],
    ['mysql-codes', '3118 locked and 3159 TLS demanded are answers of MySQL.', mysqlCodes, 'uncertain'],
    [
      'two-passwords',
      'MySQL 8 can retain the current password; MariaDB cannot.',
      'general knowledge, no page read',
      'uncertain',
    ],
  ]),
});
