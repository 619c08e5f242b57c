// Terraform tokens: a user may hold several, so those overlap. An organisation has one, and so has a team that never got a second:
// a new one replaces it at once.
import { factsOf } from '../../usual.ts';
import { defineTurn } from '../define-turn.ts';
import type { HttpCall, TurnWay } from '../turn-definition.ts';
import { askedTooOften, mayNot, notAccepted, notTaken, notThere } from '../usual-refusals.ts';

const seen = '2026-11-22';
const pages = 'https://developer.hashicorp.com/terraform/enterprise/api-docs';
const goTfe = 'hashicorp/go-tfe (public code)';
const base = 'https://app.terraform.io/api/v2';
const headers = { 'content-type': 'application/vnd.api+json' };

const usual = [
  notAccepted('Terraform does not accept the token that asked.', 'Check that token first.'),
  mayNot('The token that asked may not do this.', 'Ask an owner of the organisation.'),
  askedTooOften('Terraform'),
] as const;

const make = (does: string, path: string, by: 'old' | 'manager', description?: string): HttpCall => ({
  does,
  method: 'POST',
  url: `${base}/${path}`,
  headers,
  body: {
    type: 'json',
    value: {
      data: {
        type: path.endsWith('tokens') ? 'authentication-tokens' : 'authentication-token',
        attributes: { 'expired-at': '{expiresAt?}', ...(description === undefined ? {} : { description }) },
      },
    },
  },
  by,
  success: [201],
  refusals: [
    notThere(
      'Terraform finds nothing there for the token that asked: it may not, or the name is another one.',
      'Compare the name or id; only some tokens may do this.',
      { means: 'no-permission' },
    ),
    notTaken('Terraform does not take the date or the description.', 'Choose another date.', { status: 422 }),
    ...usual,
  ],
  repeatable: false,
});

const account: HttpCall = {
  does: 'asks Terraform whose token it is',
  method: 'GET',
  url: `${base}/account/details`,
  headers,
  by: 'manager',
  success: [200],
  refusals: [
    notThere('This is no token of a user.', 'Choose the way for an organisation or a team.', {
      means: 'wrong-input',
    }),
    ...usual,
  ],
  learns: [{ name: 'userId', from: { json: ['data', 'id'] }, required: true }],
  repeatable: true,
};

const ofUser: TurnWay = {
  id: 'user',
  label: 'A second token of the user',
  shape: 'overlap',
  manager: 'self',
  inputs: [],
  permission: 'A token of the user itself.',
  make: {
    before: [account],
    call: make(
      'creates a second token of the user',
      'users/{userId}/authentication-tokens',
      'manager',
      '{mark}',
    ),
    gives: { secret: { json: ['data', 'attributes', 'token'] } },
    id: { json: ['data', 'id'] },
    expiresAt: ['data', 'attributes', 'expired-at'],
  },
  list: {
    call: {
      does: 'lists the tokens of the user',
      method: 'GET',
      url: `${base}/users/{userId}/authentication-tokens?page%5Bsize%5D=100`,
      headers,
      by: 'manager',
      success: [200],
      refusals: [
        notThere('There is no list for this token.', 'Look in the portal.', { means: 'no-permission' }),
        ...usual,
      ],
      repeatable: true,
    },
    items: ['data'],
    id: ['id'],
    name: ['attributes', 'description'],
    createdAt: ['attributes', 'created-at'],
    lastUsedAt: ['attributes', 'last-used-at'],
    complete: { path: ['meta', 'pagination', 'next-page'], is: null },
  },
  old: [{ from: 'name' }],
  revoke: [
    {
      does: 'deletes the old token',
      method: 'DELETE',
      url: `${base}/authentication-tokens/{id}`,
      headers,
      by: 'new',
      success: [204],
      refusals: [notThere('The token is not there any more.', 'Nothing to do.'), ...usual],
      repeatable: true,
    },
  ],
  revokeMeans: 'deleted',
  patience: { newSeconds: 10, oldSeconds: 10 },
  expiry: 'same-length',
};

const replacing = (
  own: Pick<TurnWay, 'id' | 'label' | 'manager' | 'inputs' | 'permission' | 'wayBack'>,
  call: HttpCall,
): TurnWay => ({
  shape: 'swap',
  make: {
    call,
    gives: { secret: { json: ['data', 'attributes', 'token'] } },
    id: { json: ['data', 'id'] },
    expiresAt: ['data', 'attributes', 'expired-at'],
  },
  old: [{ from: 'nothing' }],
  revoke: [],
  patience: { newSeconds: 10, oldSeconds: 10 },
  expiry: 'same-length',
  ...own,
});

export const terraformCloudTurn = defineTurn({
  provider: 'terraform-cloud',
  ways: [
    ofUser,
    replacing(
      {
        id: 'organisation',
        label: 'Replace the token of an organisation',
        manager: 'self',
        inputs: [
          {
            name: 'organisation',
            label: 'Organisation',
            help: 'Its name, as in the address of its page.',
            required: true,
            proposed: 'organisation',
          },
        ],
        permission: 'The token of the organisation itself.',
        wayBack: 'An owner makes another one: the organisation → Settings → API tokens.',
      },
      make(
        'replaces the token of the organisation',
        'organizations/{organisation}/authentication-token',
        'old',
      ),
    ),
    replacing(
      {
        id: 'team',
        label: 'Replace the token of a team',
        manager: { providers: ['terraform-cloud'], needs: 'a token of a user who may manage the team' },
        inputs: [
          { name: 'teamId', label: 'Team', help: 'Its id: team- and letters and digits.', required: true },
        ],
        permission: 'A user who may manage the team, or an owner.',
        wayBack: 'Turn it again with the same user token, or make one on the page of the team.',
      },
      make('replaces the token of the team', 'teams/{teamId}/authentication-token', 'manager'),
    ),
  ],
  facts: factsOf(seen, [
    [
      'user',
      'POST /users/{id}/authentication-tokens makes another token; its answer alone shows it.',
      `${pages}/user-tokens`,
    ],
    ['user-list', 'The list of user tokens shows no value.', `${pages}/user-tokens`],
    ['user-delete', 'DELETE /authentication-tokens/{id} answers 204.', `${pages}/user-tokens`],
    [
      'organisation',
      'POST /organizations/{name}/authentication-token replaces any existing token; owners and the token itself may.',
      `${pages}/organization-tokens`,
    ],
    ['team', 'POST /teams/{id}/authentication-token replaces the token of the team.', `${pages}/team-tokens`],
    ['404', 'Who may not gets 404.', `${pages}/organization-tokens`],
    ['expiry', 'expired-at may be set when a token is made.', goTfe],
    [
      'pages',
      'That a page holds 100 tokens of a user was not confirmed.',
      'general knowledge, no page read',
      'uncertain',
    ],
  ]),
});
