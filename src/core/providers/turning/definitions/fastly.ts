// Fastly: making a token wants user name, password and a one-time code of a person, or a superuser in sudo mode: it is guided. A token can
// revoke itself, which needs no id and harms nothing when it is done twice.
import { factsOf } from '../../usual.ts';
import { defineTurn } from '../define-turn.ts';
import { askedTooOften, mayNot, notAccepted } from '../usual-refusals.ts';

const seen = '2026-11-22';
const api = 'github.com/fastly/fastly-js@01f2581 docs/TokensApi.md';
const automation = 'github.com/fastly/fastly-js@01f2581 docs/AutomationTokensApi.md';
const page = 'https://fastly.com/documentation/reference/api/auth-tokens/user';

export const fastlyTurn = defineTurn({
  provider: 'fastly',
  ways: [
    {
      id: 'guided',
      label: 'Make a second token on the web; the old one revokes itself',
      shape: 'guided',
      manager: 'self',
      inputs: [],
      permission: 'The person, with password and one-time code; a superuser for an automation token.',
      old: [{ from: 'nothing' }],
      revoke: [
        {
          does: 'lets the old token revoke itself',
          method: 'DELETE',
          url: 'https://api.fastly.com/tokens/self',
          by: 'old',
          success: [204],
          refusals: [
            notAccepted('Fastly does not accept the old token any more.', 'Nothing to do.', {
              means: 'gone',
            }),
            mayNot(
              'Fastly refuses the old token: it is over, or may not revoke itself from here.',
              'Look at Account → API tokens, and revoke it there if it is listed.',
            ),
            askedTooOften('Fastly'),
          ],
          repeatable: true,
        },
      ],
      revokeMeans: 'deleted',
      patience: { newSeconds: 30, oldSeconds: 60 },
      expiry: 'same-length',
    },
  ],
  facts: factsOf(seen, [
    [
      'create',
      'POST /tokens wants user name and password, not a token: nobody but the person can, so it is guided.',
      page,
    ],
    ['automation', 'POST /automation-tokens wants a superuser in sudo mode.', automation],
    ['revoke', 'DELETE /tokens/self revokes the token that asks and answers 204.', api],
    ['overlap', 'Tokens can be rotated without taking services offline.', page],
    ['settles', 'How long a revoked token is still taken was not found.', api, 'uncertain'],
  ]),
});
