// Docker Hub: every call is proven by a token of ten minutes that name and access token are exchanged for. Whether one that came from an
// access token may manage access tokens is not said: then it answers 403 or 401, nothing is changed, and the person turns it on the web.
import { bearerOf, factsOf } from '../../usual.ts';
import { defineTurn } from '../define-turn.ts';
import type { HttpCall, Refusal, Session, TurnWay } from '../turn-definition.ts';
import { askedTooOften, mayNot, notAccepted, notTaken, notThere } from '../usual-refusals.ts';

const seen = '2026-11-22';
const description = 'github.com/docker/docs content/reference/api/hub/latest.yaml';
const base = 'https://hub.docker.com';

const session: Session = {
  call: {
    does: 'exchanges name and token for a session of ten minutes',
    method: 'POST',
    url: `${base}/v2/auth/token`,
    by: 'manager',
    success: [200],
    refusals: [
      notAccepted(
        'Docker Hub asks for a second factor, which Keyturn cannot give.',
        'Use an access token in place of a password.',
        { bodyHas: 'mfa', means: 'no-permission' },
      ),
      notAccepted(
        'Docker Hub does not accept name and token.',
        'Compare the name, and look whether the token is listed and active.',
      ),
      askedTooOften('Docker Hub'),
    ],
    repeatable: true,
  },
  token: ['access_token'],
  auth: bearerOf('token'),
};

const usual: readonly Refusal[] = [
  mayNot(
    'Docker Hub does not let this session manage tokens: one that came from an access token may be too little.',
    'Turn it on the web: Account settings → Personal access tokens.',
  ),
  notAccepted(
    'Docker Hub does not let this session manage tokens.',
    'Turn it on the web, or use a key that may.',
    { means: 'no-permission' },
  ),
  askedTooOften('Docker Hub'),
];

const call = (
  own: Pick<HttpCall, 'does' | 'method' | 'url' | 'success' | 'repeatable'> & Partial<HttpCall>,
): HttpCall => ({ by: 'session', refusals: usual, ...own });

const unknownToken = notThere('Docker Hub knows no such token there.', 'Look at the list on the web.', {
  means: 'wrong-input',
});
const notTakenHere = notTaken(
  'Docker Hub does not take the label, the scopes or the date.',
  'Choose another date.',
);

const common = {
  shape: 'overlap',
  session,
  old: [{ from: 'name' }],
  revokeMeans: 'deleted',
  patience: { newSeconds: 30, oldSeconds: 60 },
  afterwards: 'Sessions that were opened with the old token live on until their ten minutes are over.',
  expiry: 'same-length',
} as const satisfies Partial<TurnWay>;

const personal = `${base}/v2/access-tokens`;

const personalWay = (own: Pick<TurnWay, 'id' | 'label' | 'manager' | 'permission'>): TurnWay => ({
  ...common,
  formats: ['personal'],
  inputs: [],
  make: {
    before: [
      call({
        does: 'asks Docker Hub for the scopes of the old token',
        method: 'GET',
        url: `${personal}/{oldId}`,
        success: [200],
        refusals: [unknownToken, ...usual],
        learns: [{ name: 'scopes', from: { json: ['scopes'] }, required: true }],
        repeatable: true,
      }),
    ],
    call: call({
      does: 'creates a second token with the same scopes',
      method: 'POST',
      url: personal,
      body: {
        type: 'json',
        value: { token_label: '{mark}', scopes: '{scopes}', expires_at: '{expiresAt?}' },
      },
      success: [201],
      refusals: [notTakenHere, ...usual],
      repeatable: false,
    }),
    gives: { secret: { json: ['token'] } },
    id: { json: ['uuid'] },
    expiresAt: ['expires_at'],
  },
  list: {
    call: call({
      does: 'lists the tokens of the person',
      method: 'GET',
      url: `${personal}?page_size=100`,
      success: [200],
      repeatable: true,
    }),
    items: ['results'],
    id: ['uuid'],
    name: ['token_label'],
    createdAt: ['created_at'],
    lastUsedAt: ['last_used'],
    complete: { path: ['next'], is: null },
  },
  revoke: [
    call({
      does: 'deletes the old token',
      method: 'DELETE',
      url: `${personal}/{id}`,
      success: [204],
      refusals: [notThere('Docker Hub knows no such token any more.', 'Nothing to do.'), ...usual],
      repeatable: true,
    }),
  ],
  ...own,
});

const ofOrganisation = `${base}/v2/orgs/{identifier}/access-tokens`;

const organisationWay: TurnWay = {
  ...common,
  id: 'organisation',
  label: 'A second token of the organisation, made by an owner',
  formats: ['organisation'],
  manager: { providers: ['dockerhub'], needs: 'an access token of an owner of the organisation' },
  inputs: [],
  permission: 'Owner of the organisation.',
  make: {
    before: [
      call({
        does: 'asks Docker Hub what the old token may reach',
        method: 'GET',
        url: `${ofOrganisation}/{oldId}`,
        success: [200],
        refusals: [unknownToken, ...usual],
        learns: [{ name: 'resources', from: { json: ['resources'] }, required: true, anything: true }],
        repeatable: true,
      }),
    ],
    call: call({
      does: 'creates a second token for the same repositories',
      method: 'POST',
      url: ofOrganisation,
      body: {
        type: 'json',
        value: { label: '{mark}', resources: '{resources}', expires_at: '{expiresAt?}' },
      },
      success: [201],
      refusals: [
        notTakenHere,
        notThere('Docker Hub knows no such organisation for this owner.', 'Compare its name.', {
          means: 'wrong-input',
        }),
        ...usual,
      ],
      repeatable: false,
    }),
    gives: { secret: { json: ['token'] } },
    id: { json: ['id'] },
    expiresAt: ['expires_at'],
  },
  list: {
    call: call({
      does: 'lists the tokens of the organisation',
      method: 'GET',
      url: `${ofOrganisation}?page_size=100`,
      success: [200],
      repeatable: true,
    }),
    items: ['results'],
    id: ['id'],
    name: ['label'],
    createdAt: ['created_at'],
    lastUsedAt: ['last_used_at'],
    complete: { path: ['next'], is: null },
  },
  revoke: [
    call({
      does: 'deletes the old token',
      method: 'DELETE',
      url: `${ofOrganisation}/{id}`,
      success: [204],
      refusals: [notThere('Docker Hub knows no such token any more.', 'Nothing to do.'), ...usual],
      repeatable: true,
    }),
  ],
};

export const dockerhubTurn = defineTurn({
  provider: 'dockerhub',
  ways: [
    personalWay({
      id: 'personal',
      label: 'The token makes its successor',
      manager: 'self',
      permission: 'Not confirmed that an access token is enough; where it is not, nothing is changed.',
    }),
    personalWay({
      id: 'personal-by-other',
      label: 'Another credential of the same person makes it',
      manager: {
        providers: ['dockerhub'],
        needs: 'a credential of the same person that may manage tokens, its password for example',
      },
      permission: 'The credential that asks may manage the tokens of the person.',
    }),
    organisationWay,
  ],
  facts: factsOf(seen, [
    ['session', 'POST /v2/auth/token with identifier and secret gives an access_token.', description],
    [
      'create',
      'POST /v2/access-tokens with token_label and scopes answers 201 with uuid and token.',
      description,
    ],
    ['one', 'GET /v2/access-tokens/{uuid} shows scopes, and no token.', description],
    ['list', 'The list has pages; next is null on the last.', description],
    ['delete', 'DELETE /v2/access-tokens/{uuid} answers 204 and cannot be undone.', description],
    [
      'organisation',
      'The same under /v2/orgs/{name}/access-tokens, with resources; for owners.',
      description,
    ],
    [
      'self',
      'Whether a session that came from an access token may manage access tokens is not said.',
      description,
      'uncertain',
    ],
    ['page-size', 'That a page may hold 100 tokens was not found.', description, 'uncertain'],
    ['quota', 'How many tokens there may be was not found.', description, 'uncertain'],
  ]),
});
