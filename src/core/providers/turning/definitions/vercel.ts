// Vercel access tokens: a token makes another one of its person and deletes itself. The scope of a new one follows the team that is named
// when it is made, so a token of a team is made in its name.
import { factsOf } from '../../usual.ts';
import { defineTurn } from '../define-turn.ts';
import type { HttpCall, Refusal, TurnWay } from '../turn-definition.ts';
import { askedTooOften, mayNot, notAccepted, notTaken, notThere } from '../usual-refusals.ts';

const seen = '2026-11-22';
const description = 'github.com/vercel/sdk@1aada4a vercel-spec.json';
const createPage = 'https://vercel.com/docs/rest-api/authentication/create-an-auth-token';
const publicCode = 'public code \'"invalidToken": true\'';
const base = 'https://api.vercel.com';

const usual: readonly Refusal[] = [
  {
    json: { path: ['error', 'invalidToken'], is: true },
    means: 'refused',
    reason: 'Vercel does not accept the token that asked: unknown, deleted or over.',
    next: 'Look at Account Settings → Tokens.',
  },
  notAccepted('Vercel does not accept the token that asked.', 'Look at Account Settings → Tokens.'),
  mayNot(
    'Vercel does not let this token manage tokens: it is of another team, or the team demands SAML.',
    'Make the new token in the portal.',
  ),
  askedTooOften('Vercel'),
];

/** Also tells whose it is: a token of one project must not be followed by one of the whole account. */
const readOwn: HttpCall = {
  does: 'asks Vercel for the token’s own entry',
  method: 'GET',
  url: `${base}/v5/user/tokens/current`,
  by: 'old',
  success: [200],
  refusals: [
    notThere('Vercel shows no entry for this token.', 'Make the new one in the portal.', {
      means: 'refused',
    }),
    ...usual,
  ],
  repeatable: true,
};

const create = (does: string, path: string): HttpCall => ({
  does,
  method: 'POST',
  url: `${base}${path}`,
  body: { type: 'json', value: { name: '{mark}', expiresAt: '{expiresAtMs?}' } },
  by: 'old',
  success: [200],
  refusals: [
    notTaken('Vercel does not take the name or the date.', 'Choose another date.'),
    notThere('Vercel knows no such team for this token.', 'Compare the id of the team.', {
      means: 'wrong-input',
    }),
    ...usual,
  ],
  repeatable: false,
});

const way = (
  own: Pick<TurnWay, 'id' | 'label' | 'inputs' | 'permission'>,
  scope: string,
  call: HttpCall,
): TurnWay => ({
  shape: 'overlap',
  formats: ['token', 'old'],
  manager: 'self',
  make: {
    before: [
      // A scope of another kind would be lost without a word: then nothing is made.
      {
        ...readOwn,
        does: 'asks Vercel what the token is for',
        successJson: { path: ['token', 'scopes', 0, 'type'], is: scope },
        refusals: [
          {
            status: 200,
            means: 'wrong-input',
            reason: 'The token is for something else than this way makes tokens for.',
            next: 'Choose the way for a team or a person, or make the new token in the portal.',
          },
          ...readOwn.refusals,
        ],
      },
    ],
    call,
    gives: { secret: { json: ['bearerToken'] } },
    id: { json: ['token', 'id'] },
  },
  list: {
    call: {
      does: 'lists the tokens of the person',
      method: 'GET',
      url: `${base}/v5/user/tokens`,
      by: 'manager',
      success: [200],
      refusals: usual,
      repeatable: true,
    },
    items: ['tokens'],
    id: ['id'],
    name: ['name'],
    createdAt: ['createdAt'],
    lastUsedAt: ['activeAt'],
    complete: { path: ['pagination', 'next'], is: null },
  },
  old: [{ from: 'call', call: readOwn, id: ['token', 'id'] }],
  revoke: [
    {
      does: 'deletes the old token',
      method: 'DELETE',
      url: `${base}/v3/user/tokens/{id}`,
      by: 'new',
      success: [200],
      refusals: [notThere('Vercel knows no such token any more.', 'Nothing to do.'), ...usual],
      repeatable: true,
    },
  ],
  revokeMeans: 'deleted',
  patience: { newSeconds: 30, oldSeconds: 60 },
  expiry: 'same-length',
  ...own,
});

export const vercelTurn = defineTurn({
  provider: 'vercel',
  ways: [
    way(
      {
        id: 'person',
        label: 'A second token of the person',
        inputs: [],
        permission: 'The token itself, where it is for the whole account.',
      },
      'user',
      create('creates a second token', '/v3/user/tokens'),
    ),
    way(
      {
        id: 'team',
        label: 'A second token for one team',
        inputs: [
          {
            name: 'teamId',
            label: 'Team',
            help: 'Its id: team_ and letters and digits, under Settings → General of the team.',
            required: true,
          },
        ],
        permission: 'The token itself. Whether Vercel lets a token of a team make another is not confirmed.',
      },
      'team',
      create('creates a second token for the team', '/v3/user/tokens?teamId={teamId}'),
    ),
  ],
  facts: factsOf(seen, [
    ['create', 'POST /v3/user/tokens with name and expiresAt answers with bearerToken, once.', createPage],
    ['team', 'teamId in the query makes it in the name of a team.', createPage],
    ['list', 'GET /v5/user/tokens answers with tokens and pagination; newer pages name /v6.', description],
    ['own', 'GET /v5/user/tokens/current tells id, scopes and dates of the token that asks.', description],
    ['delete', 'DELETE /v3/user/tokens/{id} answers 200 with the id.', description],
    ['403', 'An unknown or expired token gets 403 with invalidToken.', publicCode],
    ['scope-type', 'That scopes begin with one of type user or team.', description, 'uncertain'],
    ['team-tokens', 'Whether a token of a team may make tokens was not found.', description, 'uncertain'],
    ['settles', 'How long a deleted token is still taken was not found.', description, 'uncertain'],
  ]),
});
