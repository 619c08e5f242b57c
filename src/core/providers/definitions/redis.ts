// Redis ACL users: a user may have several passwords at once, which is an overlap without a gap. A wrong pair and a disabled user are
// answered alike.
import type { DecisionRow } from '../asking.ts';
import { defineProvider } from '../define-provider.ts';
import { connectionString, login, serverFields } from '../server-parts.ts';
import { everyKind, factsOf, lastRows, usualSteps, worksRow } from '../usual.ts';

const seen = '2026-11-22';
const run = 'run on loopback: redis-server 7.0.15 (Debian)';
const acl = 'https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/';

/** A row for the first word of an error. */
const code = (is: string, row: Omit<DecisionRow, 'json'>): DecisionRow => ({
  json: { path: ['code'], is },
  ...row,
});

export const redis = defineProvider({
  id: 'redis',
  name: 'Redis ACL user',
  domain: 'redis.io',
  category: 'server',
  otherNames: ['Redis', 'Valkey', 'KeyDB'],
  formats: [
    connectionString({
      label: 'connection string',
      scheme: 'rediss?',
      anchors: ['redis://', 'rediss://'],
      path: '(?:/(?<database>[0-9]{1,10})?)?',
      userMayBeEmpty: true,
    }),
  ],
  fields: serverFields(
    {
      hostVariable: 'REDIS_HOST',
      portVariable: 'REDIS_PORT',
      userVariable: 'REDIS_USERNAME',
      passwordVariable: 'REDIS_PASSWORD',
      urlVariable: 'REDIS_URL',
      usualPort: '6379',
      usualUser: 'default',
      userHelp: 'Without one the user is called default, as in Redis before version 6.',
      labels: {
        host: ['redis_host'],
        port: ['redis_port'],
        user: ['redis_user', 'redis_username'],
        password: ['redis_password', 'redis_auth', 'requirepass'],
        url: ['redis_url', 'redis_uri'],
      },
    },
    { label: 'Database', variable: 'REDIS_DB', labels: ['redis_db', 'redis_database'], usual: '0' },
  ),
  envNames: ['REDIS_*'],
  portals: [],
  selfHosted: true,
  auth: login,
  managedBy: {
    create: 'a user with ACL SETUSER',
    revoke: 'a user with ACL SETUSER, which may be the user itself (+acl|setuser)',
  },
  editable: ['passwords, several at once', 'commands and keys', 'on or off'],
  expiry: { rule: 'none' },
  movesMoney: { value: false, why: 'A thief reads and changes what the user may.' },
  lifecycle: [
    {
      state: 'blocked',
      text: 'A user that is off is refused like a wrong password, until it is on again.',
      who: 'a user with ACL SETUSER',
    },
    {
      state: 'revoked',
      text: 'Connections that are open stay open when a password is removed.',
      who: 'a user with CLIENT KILL',
    },
  ],
  check: {
    possible: true,
    scheduled: 'all',
    requests: [
      {
        environment: 'server',
        kinds: everyKind,
        protocol: 'redis',
        method: 'GET',
        url: 'redis://{host}:{port}/{database}',
        cost: 'none',
      },
    ],
    neverCall: [],
    decisions: [
      worksRow('Redis logged the user in.'),
      code('WRONGPASS', {
        state: 'invalid',
        reason:
          'Redis refuses: the password is wrong, the user does not exist, or it is off. One answer for all three.',
        next: 'Somebody with ACL GETUSER can see whether the user is on, and which passwords it has (as SHA-256).',
      }),
      code('NOPERM', {
        state: 'valid',
        reason: 'User and password are right; the user may not ask who it is, which is usual.',
        next: 'Nothing to do.',
      }),
      code('NOAUTH', {
        state: 'invalid',
        reason: 'Redis demands a login and took none from these values.',
        next: 'Compare user and password with the server.',
      }),
      code('DENIED', {
        state: 'not-checkable',
        reason:
          'The server is in protected mode and talks to its own machine only. Nothing was said about the password.',
        next: 'Ask from where the key is used.',
      }),
      code('ERR', {
        bodyHas: 'without any password',
        state: 'not-checkable',
        reason: 'This server has no password for its default user: anybody who reaches it may come in.',
        next: 'Set one with requirepass or ACL SETUSER, if the server is meant to be closed.',
      }),
      code('ERR', {
        bodyHas: 'no password is set',
        state: 'not-checkable',
        reason: 'This server has no password: anybody who reaches it may come in.',
        next: 'Set one with requirepass, if the server is meant to be closed.',
      }),
      code('ERR', {
        bodyHas: 'invalid password',
        state: 'invalid',
        reason: 'Redis (before version 6) refuses the password.',
        next: 'Compare it with requirepass of the server.',
      }),
      code('ERR', {
        bodyHas: 'wrong number of arguments',
        state: 'not-checkable',
        reason: 'Redis before version 6 knows no user names.',
        next: 'Empty the user of this key.',
      }),
      code('ERR', {
        bodyHas: 'DB index',
        state: 'blocked',
        reason: 'User and password are right; there is no such database.',
        next: 'Correct the database of this key.',
      }),
      code('ERR', {
        bodyHas: 'max number of clients',
        state: 'unreachable',
        reason: 'The server has as many connections as it takes. This says nothing about the password.',
        next: 'Check again later.',
      }),
      code('LOADING', {
        state: 'unreachable',
        reason: 'The server is still reading its data.',
        next: 'Check again in a minute.',
      }),
      ...lastRows('Redis'),
    ],
    tells: [{ fact: 'owner', from: { json: ['user'] }, as: 'text' }],
  },
  rotation: {
    mode: 'self',
    overlap: true,
    needs: 'ACL SETUSER, which the user may have for itself (+acl|setuser).',
    withoutPortal: 'A server of your own: no page. redis-cli does it, or Keyturn.',
    steps: usualSteps({
      prepare:
        'Look whether the server keeps its users in a file (aclfile): else they are lost when it starts again.',
      create: 'ACL SETUSER … >NEW adds a second password; both work.',
      verify: 'Keyturn logs in with the new password.',
      revoke: 'ACL SETUSER … <OLD removes the old one; then ACL SAVE. Open connections stay.',
      prove: 'Keyturn logs in with the old password and expects WRONGPASS.',
    }),
  },
  facts: factsOf(seen, [
    ['one-answer', 'WRONGPASS also stands for a disabled user.', run],
    ['two-passwords', 'A user may have several passwords at once.', run],
    ['self', 'A user with +acl|setuser can change its own passwords.', run],
    ['open', 'Open connections outlive a removed password.', run],
    ['save', 'ACL SAVE needs an aclfile.', run],
    ['fingerprints', 'ACL GETUSER lists passwords as SHA-256.', run],
    ['default', 'A login without a user name is one of the user default.', acl],
    [
      'older',
      'What Redis before version 6 answers is from general knowledge.',
      'general knowledge, no page read',
      'uncertain',
    ],
  ]),
});
