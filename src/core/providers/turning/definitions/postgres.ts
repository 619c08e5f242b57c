// PostgreSQL: a role sets its own password, which ends the old one at once; or two roles with the same rights change places, set by a third
// one, and nobody is refused for a moment. Passwords are chosen here and sent as SCRAM verifiers.
import { factsOf } from '../../usual.ts';
import { defineTurn } from '../define-turn.ts';

const seen = '2026-11-28';
const run = 'run on loopback: PostgreSQL 15.18 (Debian)';
const alterRole = 'https://www.postgresql.org/docs/15/sql-alterrole.html';
const signalling = 'https://www.postgresql.org/docs/15/functions-admin.html';
const patience = { newSeconds: 5, oldSeconds: 5 } as const;

export const postgresTurn = defineTurn({
  provider: 'postgres',
  ways: [
    {
      id: 'own-password',
      label: 'The role sets its own password',
      shape: 'swap',
      manager: 'self',
      inputs: [],
      permission: 'Nothing: every role may change its own password.',
      chosenLength: 40,
      make: {
        call: {
          protocol: 'postgres',
          does: 'sets the new password of the role',
          by: 'manager',
          action: 'set-password',
          user: '{user}',
          secret: 'new',
        },
        gives: { password: { chosen: true } },
      },
      old: [{ from: 'nothing' }],
      revoke: [],
      patience,
      afterwards: 'Sessions that are open go on with the old password until they end.',
      wayBack:
        'Both passwords are among the versions; somebody with CREATEROLE can set the new one: ALTER ROLE … PASSWORD.',
      expiry: 'none',
    },
    {
      id: 'two-roles',
      label: 'Two roles change places',
      shape: 'two-slot',
      manager: { providers: ['postgres'], needs: 'a role with CREATEROLE, at the same server' },
      inputs: [
        {
          name: 'otherUser',
          label: 'The other role',
          help: 'Its password is set and this key becomes its login. Give it the same rights as the role of this key: GRANT owner TO both.',
          required: true,
          alternates: 'user',
        },
      ],
      permission:
        'CREATEROLE (since version 16 with ADMIN OPTION for both roles), and pg_signal_backend to end the sessions of the old one.',
      chosenLength: 40,
      make: {
        call: {
          protocol: 'postgres',
          does: 'sets a new password of the other role',
          by: 'manager',
          action: 'set-password',
          user: '{otherUser}',
          secret: 'new',
        },
        gives: { user: { text: '{otherUser}' }, password: { chosen: true } },
      },
      unmake: {
        protocol: 'postgres',
        does: 'takes the password from the other role again',
        by: 'manager',
        action: 'no-password',
        user: '{otherUser}',
      },
      old: [{ from: 'nothing' }],
      revoke: [
        {
          protocol: 'postgres',
          does: 'takes the password from the old role',
          by: 'manager',
          action: 'no-password',
          user: '{user}',
        },
        {
          protocol: 'postgres',
          does: 'ends the sessions of the old role',
          by: 'manager',
          action: 'end-sessions',
          user: '{user}',
        },
      ],
      revokeMeans: 'disabled',
      patience,
      afterwards:
        'The old role stays, without a password, for the next turn. Sessions of it that were open are ended: programs that have not read the new value by then must connect anew.',
      expiry: 'none',
    },
  ],
  facts: factsOf(seen, [
    ['own-password', 'A role may set its own password.', run],
    ['verifier', 'A password that is given as a SCRAM-SHA-256 verifier is kept as it is.', alterRole],
    ['null', 'PASSWORD NULL: every login by password is refused, 28P01.', run],
    ['sessions', 'Open sessions outlive a changed password; pg_terminate_backend ends them.', run],
    ['signal', 'Ending sessions of another role wants pg_signal_backend or membership in it.', signalling],
    [
      'sixteen',
      'Since version 16 CREATEROLE wants ADMIN OPTION for each role.',
      'https://www.postgresql.org/docs/16/release-16.html',
      'uncertain',
    ],
  ]),
});
