// Heroku: a second authorization with the same scope, or new tokens for the same one, which ends the old at once. The list of authorizations
// shows live tokens: it is read for ids and names, compared with the old key in memory, and nothing else of it is kept.
import { factsOf } from '../../usual.ts';
import { defineTurn } from '../define-turn.ts';
import type { HttpCall, Listing, Refusal, TurnWay } from '../turn-definition.ts';
import { askedTooOften, mayNot, notAccepted, notTaken, notThere } from '../usual-refusals.ts';

const seen = '2026-11-22';
const schema = 'github.com/heroku/platform-api@4f4f592 schema.json';
const reference = 'https://devcenter.heroku.com/articles/platform-api-reference';
const url = 'https://api.heroku.com/oauth/authorizations';
const headers = { accept: 'application/vnd.heroku+json; version=3' };

const usual: readonly Refusal[] = [
  notAccepted('Heroku does not accept the token that asked.', 'Look whether its authorization is listed.'),
  mayNot(
    'Heroku does not let the token that asked do this: it has not the scope global, or a second factor is wanted.',
    'Use a token with the scope global.',
  ),
  askedTooOften('Heroku'),
];
const unknownId = notThere(
  'Heroku knows no such authorization.',
  'Look under Account settings → Applications.',
  {
    means: 'wrong-input',
  },
);

const call = (
  does: string,
  method: HttpCall['method'],
  address: string,
  own: Pick<HttpCall, 'by' | 'success' | 'refusals' | 'repeatable'> & Partial<HttpCall>,
): HttpCall => ({ does, method, url: address, headers, ...own });

const list: Listing = {
  call: call('lists the authorizations of the account', 'GET', url, {
    by: 'manager',
    success: [200],
    refusals: [
      {
        status: 206,
        means: 'refused',
        reason: 'Heroku shows a part of the authorizations only: there are too many of them.',
        next: 'Revoke those that nobody uses, or turn this key by hand.',
      },
      ...usual,
    ],
    repeatable: true,
  }),
  items: [],
  id: ['id'],
  name: ['description'],
  createdAt: ['created_at'],
  // The whole token: it fits where it is the same.
  hint: { json: ['access_token', 'token'], how: 'masked' },
  complete: true,
};
/** The new authorization may do what the old one may, and no more. */
const listWithScope: Listing = {
  ...list,
  learns: [{ name: 'scope', from: { json: ['scope'] }, required: true }],
};

const second: TurnWay = {
  id: 'second-authorization',
  label: 'A second authorization with the same scope',
  shape: 'overlap',
  manager: 'self',
  inputs: [],
  permission: 'The scope global.',
  make: {
    call: call('creates a second authorization', 'POST', url, {
      body: {
        type: 'json',
        value: { description: '{mark}', scope: '{scope}', expires_in: '{expiresInSeconds?}' },
      },
      by: 'manager',
      success: [201],
      refusals: [
        notTaken('Heroku does not take the scope or the end.', 'Choose another end.'),
        notTaken('Heroku does not take the scope or the end.', 'Choose another end.', { status: 422 }),
        ...usual,
      ],
      repeatable: false,
    }),
    gives: { secret: { json: ['access_token', 'token'] } },
    id: { json: ['id'] },
  },
  list: listWithScope,
  old: [{ from: 'hint' }],
  revoke: [
    call('revokes the old authorization', 'DELETE', `${url}/{id}`, {
      by: 'new',
      success: [200],
      refusals: [notThere('Heroku knows no such authorization any more.', 'Nothing to do.'), ...usual],
      repeatable: true,
    }),
  ],
  revokeMeans: 'deleted',
  patience: { newSeconds: 10, oldSeconds: 60 },
  expiry: 'same-length',
};

const regenerate: TurnWay = {
  id: 'regenerate',
  label: 'New tokens for the same authorization',
  shape: 'swap',
  manager: 'self',
  inputs: [],
  permission: 'The scope global, and an authorization that was made directly, not by a client.',
  make: {
    call: call(
      'regenerates the tokens of the authorization',
      'POST',
      `${url}/{oldId}/actions/regenerate-tokens`,
      {
        by: 'old',
        success: [200, 201],
        refusals: [
          notTaken(
            'Heroku does not regenerate the tokens of this authorization.',
            'Use a second authorization.',
          ),
          notTaken(
            'Heroku does not regenerate the tokens of this authorization.',
            'Use a second authorization.',
            {
              status: 422,
            },
          ),
          unknownId,
          ...usual,
        ],
        repeatable: false,
      },
    ),
    gives: { secret: { json: ['access_token', 'token'] } },
    id: { json: ['id'] },
  },
  list,
  old: [{ from: 'hint' }],
  revoke: [],
  patience: { newSeconds: 10, oldSeconds: 60 },
  wayBack:
    'Create another authorization: Account settings → Applications → Authorizations, or heroku authorizations:create.',
  expiry: 'none',
};

export const herokuTurn = defineTurn({
  provider: 'heroku',
  ways: [second, regenerate],
  facts: factsOf(seen, [
    ['create', 'POST /oauth/authorizations with scope, description and expires_in (seconds).', schema],
    ['delete', 'DELETE /oauth/authorizations/{id} answers with the authorization.', schema],
    ['list', 'The list shows access_token.token of every authorization.', schema],
    [
      'regenerate',
      'POST …/actions/regenerate-tokens: for direct authorizations or privileged clients only.',
      schema,
    ],
    [
      'statuses',
      '201 for what was created, 206 for a part of a list, 422 for what is not taken.',
      reference,
      'uncertain',
    ],
    ['global', 'Managing authorizations needs the scope global.', reference, 'uncertain'],
  ]),
});
