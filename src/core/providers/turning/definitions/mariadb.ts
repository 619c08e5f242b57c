// MariaDB and MySQL: a user sets its own password, or an administrator does, which ends the old one at once; or two users with the same
// rights change places. Passwords are chosen here, and sent as their hash where the server takes one.
import { factsOf } from '../../usual.ts';
import { defineTurn } from '../define-turn.ts';
import type { ServerCall, TurnWay } from '../turn-definition.ts';

const seen = '2026-11-28';
const run = 'run on loopback: MariaDB 10.11.19 (Debian)';
const setPassword = 'https://mariadb.com/kb/en/set-password/';
const kill = 'https://mariadb.com/kb/en/kill/';
const common = {
  chosenLength: 40,
  old: [{ from: 'nothing' }],
  patience: { newSeconds: 5, oldSeconds: 5 },
  expiry: 'none',
} as const;

const call = (
  does: string,
  action: ServerCall['action'],
  user: '{user}' | '{otherUser}',
  secret?: 'new',
): ServerCall => ({
  protocol: 'mysql',
  does,
  by: 'manager',
  action,
  user,
  ...(secret === undefined ? {} : { secret }),
});

const swap = (own: Pick<TurnWay, 'id' | 'label' | 'manager' | 'permission'>): TurnWay => ({
  ...common,
  ...own,
  shape: 'swap',
  inputs: [],
  make: {
    call: call('sets the new password of the user', 'set-password', '{user}', 'new'),
    gives: { password: { chosen: true } },
  },
  revoke: [],
  afterwards: 'Connections that are open go on until they end.',
  wayBack:
    'Both passwords are among the versions; an administrator can set the new one: ALTER USER … IDENTIFIED BY.',
});

export const mariadbTurn = defineTurn({
  provider: 'mariadb',
  ways: [
    swap({
      id: 'own-password',
      label: 'The user sets its own password',
      manager: 'self',
      permission: 'Nothing: every user may set its own password.',
    }),
    swap({
      id: 'managed-password',
      label: 'An administrator sets the password',
      manager: { providers: ['mariadb'], needs: 'a user with CREATE USER, at the same server' },
      permission: 'CREATE USER, and SELECT on mysql.user to see which account is meant.',
    }),
    {
      ...common,
      id: 'two-users',
      label: 'Two users change places',
      shape: 'two-slot',
      manager: { providers: ['mariadb'], needs: 'a user with CREATE USER, at the same server' },
      inputs: [
        {
          name: 'otherUser',
          label: 'The other user',
          help: 'Its password is set and this key becomes its login. Give it the same rights as the user of this key.',
          required: true,
          alternates: 'user',
        },
      ],
      permission:
        'CREATE USER and SELECT on mysql.user; PROCESS and CONNECTION ADMIN to end the connections of the old one.',
      make: {
        call: call('sets a new password of the other user', 'set-password', '{otherUser}', 'new'),
        gives: { user: { text: '{otherUser}' }, password: { chosen: true } },
      },
      unmake: call('shuts the other user out again', 'no-password', '{otherUser}'),
      revoke: [
        call('shuts the old user out', 'no-password', '{user}'),
        call('ends the connections of the old user', 'end-sessions', '{user}'),
      ],
      revokeMeans: 'disabled',
      afterwards:
        'The old user stays, with a password that nobody knows, for the next turn. Connections of it that were open are ended.',
    },
  ],
  facts: factsOf(seen, [
    ['own-password', 'A user may set its own password, also one that has expired.', run],
    ['hash', 'SET PASSWORD takes the hash itself: the password stands in no statement.', setPassword],
    ['at-once', 'The old password is refused at once for new connections, 1045.', run],
    ['open', 'Open connections outlive a changed password; KILL CONNECTION ends them.', run],
    ['kill', 'Ending connections of others wants CONNECTION ADMIN.', kill],
    [
      'mysql',
      'MySQL takes no hash of caching_sha2_password from everybody: the password is sent, and hidden from its logs.',
      'https://dev.mysql.com/doc/refman/8.0/en/password-logging.html',
      'uncertain',
    ],
  ]),
});
