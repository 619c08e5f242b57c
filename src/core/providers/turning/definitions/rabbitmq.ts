// RabbitMQ: another user, an administrator, sets the password. It is chosen here and kept first. The tags are read and sent along:
// without them they would be lost.
import { factsOf } from '../../usual.ts';
import { defineTurn } from '../define-turn.ts';
import { askedTooOften, mayNot, notAccepted, notTaken, notThere } from '../usual-refusals.ts';

const seen = '2026-11-22';
const run = 'run on loopback: rabbitmq-server 3.10.8 (Debian)';
const user = 'https://{host}:{managementPort}/api/users/{user}';
const byAdministrator = [
  notAccepted(
    'RabbitMQ knows the manager and says that it is no administrator.',
    'Choose a user with the tag administrator.',
    { json: { path: ['error'], is: 'not_authorised' }, means: 'no-permission' },
  ),
  notAccepted('RabbitMQ does not accept the manager’s password.', 'Check the manager’s key first.'),
  mayNot('The manager may not change users.', 'Choose a user with the tag administrator.'),
  askedTooOften('RabbitMQ'),
] as const;

export const rabbitmqTurn = defineTurn({
  provider: 'rabbitmq',
  ways: [
    {
      id: 'password',
      label: 'Set a new password',
      shape: 'swap',
      manager: { providers: ['rabbitmq'], needs: 'a user with the tag administrator' },
      inputs: [],
      permission: 'The tag administrator. A user cannot change its own password.',
      chosenLength: 40,
      make: {
        before: [
          {
            does: 'asks RabbitMQ for the tags of the user',
            method: 'GET',
            url: user,
            by: 'manager',
            success: [200],
            refusals: [
              notThere('RabbitMQ has no such user.', 'Compare the user of the key.'),
              ...byAdministrator,
            ],
            learns: [{ name: 'tags', from: { json: ['tags'] }, required: true }],
            repeatable: true,
          },
        ],
        call: {
          does: 'sets the new password, with the same tags',
          method: 'PUT',
          url: user,
          body: { type: 'json', value: { password: '{new:password}', tags: '{tags}' } },
          by: 'manager',
          success: [201, 204],
          refusals: [
            notTaken('RabbitMQ does not take the password.', 'Look at its rules for passwords.'),
            ...byAdministrator,
          ],
          repeatable: true,
        },
        gives: { password: { chosen: true } },
      },
      old: [{ from: 'nothing' }],
      revoke: [],
      patience: { newSeconds: 5, oldSeconds: 5 },
      afterwards: 'Connections that are open stay: close them under Connections, or wait until they end.',
      wayBack: 'The new password is in the vault; an administrator can set it once more.',
      expiry: 'none',
    },
  ],
  facts: factsOf(seen, [
    ['put', 'PUT /api/users/NAME with password and tags: 201 for a new user, 204 for a changed one.', run],
    ['tags', 'Tags that are not sent are lost.', run],
    ['read', 'GET /api/users/NAME answers with tags, for an administrator.', run],
    ['not-self', 'A user cannot change its own password: 401, not_authorised, Not administrator user.', run],
    ['at-once', 'The old password is refused at once for new connections.', run],
    ['spellings', 'not_authorized is a wrong password; not_authorised a right one that may not.', run],
  ]),
});
