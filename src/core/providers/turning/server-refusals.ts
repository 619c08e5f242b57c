// What servers of one's own say no with, to a login or to a change (the codes of node/servers/*-change.ts), and what that means for a turn.
// Rows are tried from top to bottom; the last one of each takes everything.
import type { Refusal, ServerCall } from './turn-definition.ts';

/** A row for a code of an answer; `bodyHas` looks into its words. */
const code = (is: string, row: Omit<Refusal, 'json'>): Refusal => ({ json: { path: ['code'], is }, ...row });

const login = (name: string): Omit<Refusal, 'json'> => ({
  means: 'refused',
  reason: `${name} does not accept the login of whoever makes the change.`,
  next: 'Check that key first, then turn this one again.',
});
const unknownUser = (name: string): Omit<Refusal, 'json'> => ({
  means: 'gone',
  reason: `${name} knows no user of this name.`,
  next: 'Compare the user of the key, or the other user of the pair, with the server.',
});
const busy = (name: string): Omit<Refusal, 'json'> => ({
  means: 'wait',
  reason: `${name} has as many connections as it takes, or is starting.`,
  next: 'Nothing to do: it is asked again.',
});
const anythingElse = (name: string): Refusal => ({
  means: 'refused',
  reason: `${name} refuses the change.`,
  next: 'Look into the log of the server.',
});

const postgres: readonly Refusal[] = [
  code('28P01', login('PostgreSQL')),
  code('28000', login('PostgreSQL')),
  code('3D000', login('PostgreSQL')),
  code('42501', {
    bodyHas: 'terminat',
    means: 'no-permission',
    reason:
      'Whoever makes the change may not end the sessions of this role. Its password is gone all the same.',
    next: 'Grant pg_signal_backend, or membership of the role; or end the sessions by hand.',
  }),
  code('42501', {
    means: 'no-permission',
    reason: 'PostgreSQL: whoever makes the change may not change this role.',
    next: 'Use a role with CREATEROLE (since version 16 also with ADMIN OPTION for this role).',
  }),
  code('42704', unknownUser('PostgreSQL')),
  code('25006', {
    means: 'refused',
    reason: 'This PostgreSQL is a standby: passwords are set at the primary.',
    next: 'Correct the host of the key that makes the change.',
  }),
  code('0A000', {
    means: 'refused',
    reason: 'This server does not know SCRAM: it is older than PostgreSQL 10, or no PostgreSQL.',
    next: 'Set the password by hand, then put it in.',
  }),
  code('53300', busy('PostgreSQL')),
  code('57P03', busy('PostgreSQL')),
  anythingElse('PostgreSQL'),
];

const redis: readonly Refusal[] = [
  code('WRONGPASS', login('Redis')),
  code('NOAUTH', login('Redis')),
  code('DENIED', login('Redis')),
  code('NOPERM', {
    means: 'no-permission',
    reason: 'Redis: whoever makes the change may not use ACL SETUSER.',
    next: 'Give that user +acl|setuser, or name a manager’s key that has it.',
  }),
  code('NOUSER', unknownUser('Redis')),
  code('NOPASS', {
    means: 'refused',
    reason:
      'Redis lets this user in with any password, or none (nopass): a first password would shut out everything that has none.',
    next: 'Give the user a password by hand and put it into everything that uses it; then turn that one.',
  }),
  code('LOADING', busy('Redis')),
  code('ERR', { bodyHas: 'max number of clients', ...busy('Redis') }),
  code('ERR', {
    bodyHas: 'unknown command',
    means: 'refused',
    reason: 'This Redis knows no users: it is older than version 6, or has the command renamed.',
    next: 'Set the password by hand, then put it in.',
  }),
  anythingElse('Redis'),
];

const mysql: readonly Refusal[] = [
  code('1045', login('The server')),
  code('1698', login('The server')),
  code('1049', login('The server')),
  code('1130', login('The server')),
  code('1251', login('The server')),
  code('NOUSER', unknownUser('The server')),
  code('AMBIGUOUS', {
    means: 'wrong-input',
    reason:
      'Several accounts have this name, for several hosts, and it could not be told which one is meant.',
    next: 'Let the key turn itself: the server knows then which account it is.',
  }),
  code('1142', {
    means: 'no-permission',
    reason: 'Whoever makes the change may not look into mysql.user.',
    next: 'Give that user CREATE USER and SELECT on mysql.user.',
  }),
  ...['1044', '1095', '1227', '1410', '1396'].map((is) =>
    code(is, {
      means: 'no-permission',
      reason: 'Whoever makes the change may not change this user.',
      next: 'Give that user CREATE USER, and to end sessions CONNECTION ADMIN and PROCESS.',
    }),
  ),
  code('1290', {
    means: 'no-permission',
    reason:
      'The server is set to take no change of passwords now (read-only, or without its tables of rights).',
    next: 'Look at its settings, or correct the host: a replica takes none.',
  }),
  code('1699', {
    means: 'refused',
    reason: 'This account logs in in another way than by password.',
    next: 'Give it a password, or use another account.',
  }),
  code('1819', {
    means: 'wrong-input',
    reason: 'The password does not meet the rules of this server.',
    next: 'Set one by hand that does, then put it in.',
  }),
  code('1040', busy('The server')),
  code('1203', busy('The server')),
  code('1226', busy('The server')),
  anythingElse('The server'),
];

const mqtt: readonly Refusal[] = [
  code('5', login('The broker')),
  code('4', login('The broker')),
  code('3', busy('The broker')),
  code('DENIED', {
    means: 'no-permission',
    reason: 'Whoever makes the change may not control dynamic security.',
    next: 'Use a client with the role admin.',
  }),
  code('SILENT', {
    means: 'refused',
    reason: 'The broker has no dynamic security, or does not answer this client.',
    next: 'Use a client with the role admin; with a password file only its file can be edited.',
  }),
  code('NOUSER', unknownUser('The broker')),
  anythingElse('The broker'),
];

/** By protocol, tried from top to bottom. */
export const serverRefusals: Readonly<Record<ServerCall['protocol'], readonly Refusal[]>> = {
  postgres,
  redis,
  mysql,
  mqtt,
};
