// npm: making a token asks for the password of the account and a one-time code, each time, so a person must be there: it is guided. Keyturn
// looks for the old token in the list and deletes it; where that wants a code too, the person does it. The registry is the person's own.
import { factsOf } from '../../usual.ts';
import { defineTurn } from '../define-turn.ts';
import type { Refusal } from '../turn-definition.ts';
import { askedTooOften, mayNot, notAccepted, notThere } from '../usual-refusals.ts';

const seen = '2026-11-22';
const cli = 'npm CLI 11.19.1 lib/commands/token.js';
const page = 'https://docs.npmjs.com/about-access-tokens/';
const changes = 'github.com/npm/documentation PR #1741, #1762, #1775';
const url = '{registry}/-/npm/v1/tokens';

const usual: readonly Refusal[] = [
  notAccepted(
    'The registry does not take the token for this: it wants a one-time code, or does not know the token.',
    'Delete the old token on the page of your tokens.',
    { means: 'no-permission' },
  ),
  mayNot(
    'The registry does not let this token manage tokens.',
    'Delete the old token on the page of your tokens.',
  ),
  askedTooOften('The registry'),
];

export const npmTurn = defineTurn({
  provider: 'npm',
  ways: [
    {
      id: 'guided',
      label: 'Make a second token with password and code; Keyturn deletes the old one',
      shape: 'guided',
      manager: 'self',
      inputs: [],
      permission: 'The person, with the password of the account and a one-time code.',
      list: {
        call: {
          does: 'lists the tokens of the account',
          method: 'GET',
          url,
          by: 'manager',
          success: [200],
          refusals: usual,
          repeatable: true,
        },
        items: ['objects'],
        id: ['key'],
        name: ['name'],
        createdAt: ['created'],
        hint: { json: ['token'], how: 'begins-with' },
        // urls.next says whether there is more; what it is on the last page was not found.
        complete: false,
      },
      old: [{ from: 'hint' }],
      revoke: [
        {
          does: 'deletes the old token',
          method: 'DELETE',
          url: `${url}/token/{id}`,
          by: 'new',
          success: [200, 204],
          refusals: [notThere('The registry knows no such token any more.', 'Nothing to do.'), ...usual],
          repeatable: true,
        },
      ],
      revokeMeans: 'deleted',
      patience: { newSeconds: 30, oldSeconds: 300 },
      expiry: 'same-length',
    },
  ],
  facts: factsOf(seen, [
    [
      'create',
      'POST /-/npm/v1/tokens wants the password in its body and a code in npm-otp: nobody but the person has both, so making is guided.',
      cli,
    ],
    [
      'list',
      'GET /-/npm/v1/tokens answers with objects (key, the beginning of the token, created) and urls.next.',
      cli,
    ],
    ['delete', 'DELETE /-/npm/v1/tokens/token/{key} answers 204; a code may be asked for.', cli],
    ['expiry', 'At most 90 days for tokens that may write.', changes],
    ['quota', '1000 granular tokens per account.', page],
    [
      'granular-manage',
      'Whether a granular token may list and delete tokens was not found.',
      page,
      'uncertain',
    ],
    ['settles', 'How long a deleted token is still taken was not found.', page, 'uncertain'],
  ]),
});
