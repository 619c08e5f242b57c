// Unleash: an admin token makes and deletes API tokens. It knows a token by its value alone, and the list shows all of them: the value stands
// in the address of a delete. For up to a minute a deleted token is still taken.
import { factsOf } from '../../usual.ts';
import { defineTurn } from '../define-turn.ts';
import type { Refusal, TurnWay } from '../turn-definition.ts';
import { askedTooOften, mayNot, notAccepted, notTaken } from '../usual-refusals.ts';

const seen = '2026-11-22';
const run = 'run on loopback: npm unleash-server@6.4.1 with PostgreSQL 15';
const source = 'npm unleash-server@6.4.1 dist/lib/routes/admin-api/api-token.js';
const schema = 'npm unleash-server@6.4.1 dist/lib/openapi/spec/create-api-token-schema.js';
const url = '{base}/api/admin/api-tokens';

const usual: readonly Refusal[] = [
  notAccepted('Unleash does not accept the token that asked.', 'Use an admin token of this server.'),
  mayNot('The token that asked is no admin token, or may not do this.', 'Use an admin token.'),
  askedTooOften('Unleash'),
];

const way = (own: Pick<TurnWay, 'id' | 'label' | 'manager' | 'permission' | 'formats'>): TurnWay => ({
  ...own,
  shape: 'overlap',
  inputs: [],
  make: {
    call: {
      does: 'creates a second token of the same type, environment and projects',
      method: 'POST',
      url,
      body: {
        type: 'json',
        value: {
          tokenName: '{mark}',
          type: '{type}',
          environment: '{environment?}',
          projects: '{projects?}',
          expiresAt: '{expiresAt?}',
        },
      },
      by: 'manager',
      success: [201],
      refusals: [
        notTaken(
          'Unleash does not take type, environment, project or end.',
          'Make the token under API access.',
        ),
        ...usual,
      ],
      repeatable: false,
    },
    gives: { secret: { json: ['secret'] } },
    id: { json: ['secret'] },
    expiresAt: ['expiresAt'],
  },
  list: {
    call: {
      does: 'lists the tokens of the server',
      method: 'GET',
      url,
      by: 'manager',
      success: [200],
      refusals: usual,
      repeatable: true,
    },
    items: ['tokens'],
    id: ['secret'],
    name: ['tokenName'],
    createdAt: ['createdAt'],
    lastUsedAt: ['seenAt'],
    complete: true,
    idIsSecret: true,
    learns: [
      { name: 'type', from: { json: ['type'] }, required: true },
      { name: 'environment', from: { json: ['environment'] }, required: false },
      { name: 'projects', from: { json: ['projects'] }, required: false },
    ],
  },
  old: [{ from: 'field', field: 'secret' }],
  revoke: [
    {
      does: 'deletes the old token',
      method: 'DELETE',
      url: `${url}/{id}`,
      secretInUrl: 'Unleash has no address for a token without the token in it.',
      by: 'manager',
      success: [200],
      refusals: usual,
      repeatable: true,
    },
  ],
  revokeMeans: 'deleted',
  patience: { newSeconds: 60, oldSeconds: 60 },
  expiry: 'same-length',
});

export const unleashTurn = defineTurn({
  provider: 'unleash',
  ways: [
    way({
      id: 'self',
      label: 'The admin token makes its successor',
      formats: ['admin'],
      manager: 'self',
      permission: 'An admin token.',
    }),
    way({
      id: 'admin-token',
      label: 'A second token, made with an admin token',
      formats: ['client', 'admin'],
      manager: { providers: ['unleash'], needs: 'an admin token of the same server' },
      permission: 'An admin token.',
    }),
  ],
  facts: factsOf(seen, [
    ['create', 'POST /api/admin/api-tokens answers 201 with the secret; an admin token.', run],
    ['body', 'tokenName, type, environment, projects, expiresAt.', schema],
    ['list', 'GET /api/admin/api-tokens answers with the secrets in clear.', run],
    ['delete', 'DELETE /api/admin/api-tokens/{secret} answers 200, for an unknown one too.', run],
    ['minute', 'A deleted token is answered for up to 60 seconds more.', run],
    ['new', 'That a new token is known at once on every server was not tried.', source, 'uncertain'],
  ]),
});
