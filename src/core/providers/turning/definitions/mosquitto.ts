// Mosquitto with dynamic security: a client with the role admin sets the password, which ends the old one at once; or two clients with the
// same roles change places. With a password file only its file can be edited. Passwords are chosen here.
import { factsOf } from '../../usual.ts';
import { defineTurn } from '../define-turn.ts';
import type { ServerCall } from '../turn-definition.ts';

const seen = '2026-11-28';
const run = 'run on loopback: mosquitto 2.0.11 (Debian)';
const dynamicSecurity = 'https://mosquitto.org/documentation/dynamic-security/';
const common = {
  manager: { providers: ['mosquitto'], needs: 'a client with the role admin of dynamic security' },
  permission: 'The role admin of dynamic security. A client cannot change its own password.',
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
  protocol: 'mqtt',
  does,
  by: 'manager',
  action,
  user,
  ...(secret === undefined ? {} : { secret }),
});

export const mosquittoTurn = defineTurn({
  provider: 'mosquitto',
  ways: [
    {
      ...common,
      id: 'password',
      label: 'An administrator sets the password',
      shape: 'swap',
      inputs: [],
      make: {
        call: call('sets the new password of the client', 'set-password', '{user}', 'new'),
        gives: { password: { chosen: true } },
      },
      revoke: [],
      afterwards: 'Connections that are open may be ended by the broker.',
      wayBack:
        'Both passwords are among the versions; a client with the role admin can set the new one: mosquitto_ctrl dynsec setClientPassword.',
    },
    {
      ...common,
      id: 'two-clients',
      label: 'Two clients change places',
      shape: 'two-slot',
      inputs: [
        {
          name: 'otherUser',
          label: 'The other client',
          help: 'Its password is set and this key becomes its login. Give it the same roles as the client of this key.',
          required: true,
          alternates: 'user',
        },
      ],
      make: {
        call: call('sets a new password of the other client', 'set-password', '{otherUser}', 'new'),
        gives: { user: { text: '{otherUser}' }, password: { chosen: true } },
      },
      unmake: call('shuts the other client out again', 'no-password', '{otherUser}'),
      revoke: [
        call('shuts the old client out', 'no-password', '{user}'),
        call('ends the connections of the old client', 'end-sessions', '{user}'),
      ],
      revokeMeans: 'disabled',
      afterwards:
        'The old client stays, with a password that nobody knows, for the next turn. Connections of it that were open are ended.',
    },
  ],
  facts: factsOf(seen, [
    [
      'control',
      'setClientPassword over $CONTROL/dynamic-security/v1, answered on …/response.',
      dynamicSecurity,
    ],
    ['at-once', 'The old password is refused at once for new connections, code 5.', run],
    ['kicked', 'modifyClient puts the client out; it may come back with its password.', run],
    ['denied', 'A client that may not control dynamic security is refused the subscription.', run],
    ['silent', 'A broker without dynamic security answers nothing on this topic.', run],
  ]),
});
