// etcd: another user, with the role root, sets the password, by the JSON gateway. Calls are proven by a token that name and password
// are exchanged for. The password is chosen here and kept first.
import type { AuthScheme } from '../../asking.ts';
import { factsOf } from '../../usual.ts';
import { defineTurn } from '../define-turn.ts';
import { mayNot, notAccepted, notTaken } from '../usual-refusals.ts';

const seen = '2026-11-22';
const run = 'run on loopback: etcd 3.4.23 (Debian)';
const base = 'https://{host}:{port}/v3/auth';
/** The token as it is, without a word before it. */
const byToken: AuthScheme = {
  places: [{ in: 'header', name: 'Authorization', prefix: '', field: 'token', required: true }],
};

export const etcdTurn = defineTurn({
  provider: 'etcd',
  ways: [
    {
      id: 'password',
      label: 'Set a new password',
      shape: 'swap',
      manager: { providers: ['etcd'], needs: 'a user with the role root' },
      inputs: [],
      permission: 'The role root. A user cannot change its own password.',
      chosenLength: 40,
      session: {
        call: {
          does: 'logs the manager in to etcd',
          method: 'POST',
          url: `${base}/authenticate`,
          by: 'manager',
          success: [200],
          refusals: [
            notTaken(
              'etcd asks nobody for a password: auth is off.',
              'Switch it on with: etcdctl auth enable.',
              {
                status: 400,
                bodyHas: 'authentication is not enabled',
              },
            ),
            notTaken(
              'etcd does not accept the manager’s name and password.',
              'Check the manager’s key first.',
              {
                means: 'refused',
              },
            ),
            notAccepted('etcd does not accept the manager.', 'Check the manager’s key first.'),
          ],
          repeatable: true,
        },
        token: ['token'],
        auth: byToken,
      },
      make: {
        call: {
          does: 'sets the new password',
          method: 'POST',
          url: `${base}/user/changepw`,
          body: { type: 'json', value: { name: '{user}', password: '{new:password}' } },
          by: 'session',
          success: [200],
          refusals: [
            notTaken('etcd has no such user.', 'Compare the user of the key.', {
              bodyHas: 'user name not found',
            }),
            notTaken('etcd does not take the password.', 'Look at the log of the server.'),
            mayNot('The manager has not the role root.', 'Choose a user with the role root.'),
            notAccepted('etcd does not accept the manager’s token any more.', 'Try once more.'),
          ],
          repeatable: true,
        },
        gives: { password: { chosen: true } },
      },
      old: [{ from: 'nothing' }],
      revoke: [],
      patience: { newSeconds: 5, oldSeconds: 5 },
      afterwards: 'Tokens that the user had from a login end with the old password.',
      wayBack: 'The new password is in the vault; a user with the role root can set it once more.',
      expiry: 'none',
    },
  ],
  facts: factsOf(seen, [
    ['changepw', 'POST /v3/auth/user/changepw with name and password; Authorization holds the token.', run],
    ['token', 'POST /v3/auth/authenticate answers with a short-lived token.', run],
    ['not-self', 'Without the role root: 403, permission denied, also for one’s own password.', run],
    ['tokens', 'changepw ends the tokens of the user at once: 401, invalid auth token.', run],
    ['wrong', '400, authentication failed: the password is wrong, or there is no such user.', run],
  ]),
});
