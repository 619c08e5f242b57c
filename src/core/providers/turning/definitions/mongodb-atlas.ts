// MongoDB Atlas: a service account may hold a second secret for the change, made and removed with a token that the pair is exchanged for.
// Every secret must have an end, in hours. Secrets have no names. Programmatic keys are guided: roles and access list cannot be copied surely.
import { bearerOf, factsOf } from '../../usual.ts';
import { defineTurn } from '../define-turn.ts';
import type { HttpCall, Refusal, Session, TurnInput, TurnWay } from '../turn-definition.ts';
import { askedTooOften, mayNot, notAccepted, notTaken, notThere } from '../usual-refusals.ts';

const seen = '2026-11-22';
const createPage =
  'https://www.mongodb.com/docs/api/doc/atlas-admin-api-v2/2024-08-05/operation/operation-createorgserviceaccountsecret';
const deletePage =
  'https://www.mongodb.com/docs/api/doc/atlas-admin-api-v2/2024-08-05/operation/operation-deleteorgserviceaccountsecret';
const tokenPage = 'https://mongodb.com/docs/atlas/api/service-accounts/generate-oauth2-token';
const openapi = 'github.com/mongodb/openapi openapi/v2.json';
const operator = 'https://www.mongodb.com/docs/atlas/operator/upcoming/ak8so-service-accounts/';
const base = 'https://cloud.mongodb.com';
const version = 'application/vnd.atlas.2024-08-05+json';

const session: Session = {
  call: {
    does: 'exchanges client id and secret for a token of one hour',
    method: 'POST',
    url: `${base}/api/oauth/token`,
    body: { type: 'form', value: { grant_type: 'client_credentials' } },
    by: 'manager',
    success: [200],
    refusals: [
      notAccepted('Atlas does not accept the pair that asked.', 'Look at its secrets in Access Manager.'),
      notTaken('Atlas does not accept the pair that asked.', 'Compare the client id with Access Manager.', {
        means: 'refused',
      }),
      askedTooOften('Atlas'),
    ],
    repeatable: true,
  },
  token: ['access_token'],
  auth: bearerOf('token'),
};

const usual: readonly Refusal[] = [
  mayNot(
    'The pair is right; your address is not on its access list.',
    'Add your address to the API access list of the service account.',
    { bodyHas: 'IP_ADDRESS_NOT_ON_ACCESS_LIST' },
  ),
  mayNot(
    'Atlas does not let this service account manage its secrets.',
    'Ask an Organization Owner, or a Project Owner for a project.',
  ),
  notAccepted('Atlas does not accept the token.', 'Begin again.'),
  askedTooOften('Atlas'),
];

const call = (
  own: Pick<HttpCall, 'does' | 'method' | 'url' | 'success' | 'repeatable'> & Partial<HttpCall>,
): HttpCall => ({ by: 'session', headers: { accept: version }, refusals: usual, ...own });

const way = (own: Pick<TurnWay, 'id' | 'label' | 'permission'>, path: string, input: TurnInput): TurnWay => {
  const account = `${base}/api/atlas/v2/${path}/serviceAccounts/{clientId}`;
  const noAccount = notThere('Atlas knows no such service account there.', 'Compare the id.', {
    means: 'wrong-input',
  });
  return {
    ...own,
    shape: 'overlap',
    formats: ['client-secret', 'client-id'],
    manager: 'self',
    inputs: [input],
    session,
    make: {
      call: call({
        does: 'generates a second secret of the service account',
        method: 'POST',
        url: `${account}/secrets`,
        headers: { accept: version, 'content-type': version },
        body: { type: 'json', value: { secretExpiresAfterHours: '{expiresInHours}' } },
        success: [201],
        refusals: [
          notTaken(
            'Atlas does not generate another secret: the end is not one that the organisation allows, or there are as many as there may be.',
            'Choose another end, or remove a secret that nobody uses.',
          ),
          noAccount,
          ...usual,
        ],
        repeatable: false,
      }),
      gives: { clientSecret: { json: ['secret'] } },
      id: { json: ['id'] },
      expiresAt: ['expiresAt'],
    },
    list: {
      call: call({
        does: 'reads the service account with its secrets',
        method: 'GET',
        url: account,
        success: [200],
        refusals: [noAccount, ...usual],
        repeatable: true,
      }),
      items: ['secrets'],
      id: ['id'],
      createdAt: ['createdAt'],
      lastUsedAt: ['lastUsedAt'],
      hint: { json: ['maskedSecretValue'], how: 'masked' },
      complete: true,
    },
    old: [{ from: 'hint' }],
    revoke: [
      call({
        does: 'removes the old secret',
        method: 'DELETE',
        url: `${account}/secrets/{id}`,
        success: [204],
        refusals: [notThere('Atlas knows no such secret any more.', 'Nothing to do.'), ...usual],
        repeatable: true,
      }),
    ],
    revokeMeans: 'deleted',
    patience: { newSeconds: 60, oldSeconds: 60 },
    afterwards: 'Tokens that were fetched with the old secret live on until their hour is over.',
    expiry: 'same-length',
  };
};

export const mongodbAtlasTurn = defineTurn({
  provider: 'mongodb-atlas',
  ways: [
    way(
      {
        id: 'organisation',
        label: 'A second secret of a service account of the organisation',
        permission: 'Organization Owner, or the account for itself. Which of them is not confirmed.',
      },
      'orgs/{orgId}',
      {
        name: 'orgId',
        label: 'Organisation',
        help: 'Its id of 24 hex digits, as in the address of its page.',
        required: true,
        proposed: 'organisation',
      },
    ),
    way(
      {
        id: 'project',
        label: 'A second secret of a service account of a project',
        permission: 'Project Owner, or the account for itself. Which of them is not confirmed.',
      },
      'groups/{groupId}',
      {
        name: 'groupId',
        label: 'Project',
        help: 'Its id of 24 hex digits, as in the address of its page.',
        required: true,
      },
    ),
    {
      id: 'guided',
      label: 'A second programmatic key, made in Access Manager',
      shape: 'guided',
      formats: ['private-key', 'public-key'],
      manager: 'self',
      inputs: [],
      permission: 'Organization Owner, or Project Owner for a project.',
      old: [],
      patience: { newSeconds: 60, oldSeconds: 60 },
      expiry: 'none',
    },
  ],
  facts: factsOf(seen, [
    [
      'create',
      'POST …/serviceAccounts/{clientId}/secrets with secretExpiresAfterHours answers 201 with id, secret and expiresAt.',
      createPage,
    ],
    ['version', 'Version 2024-08-05 of the interface has it.', createPage],
    ['delete', 'DELETE …/secrets/{secretId} answers 204.', deletePage],
    ['token', 'POST /api/oauth/token gives a token of 3600 seconds.', tokenPage],
    ['end', 'Secrets end after at most a year; the organisation may say sooner.', operator],
    ['no-name', 'Secrets have no name, so none can carry a mark.', createPage],
    [
      'permission',
      'Whether a service account may generate its own secret was not confirmed.',
      openapi,
      'uncertain',
    ],
    ['masked', 'How maskedSecretValue hides a secret was not found.', createPage, 'uncertain'],
    ['quota', 'How many secrets there may be was not found.', openapi, 'uncertain'],
    [
      'programmatic',
      'Programmatic keys are made with roles of organisation and projects and get an access list of their own: whether the interface copies both was not confirmed, so they are guided.',
      openapi,
      'uncertain',
    ],
  ]),
});
