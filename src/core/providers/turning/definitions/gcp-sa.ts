// Google Cloud: a service account holds up to ten keys. A new one comes as a whole file in base64. IAM is asked with a token that a signed
// assertion is exchanged for. Keys have no names, so a key whose answer was lost cannot be told from others: a task says to look.
import { bearerOf, factsOf } from '../../usual.ts';
import { defineTurn } from '../define-turn.ts';
import type { HttpCall, Refusal, Session, TurnWay } from '../turn-definition.ts';
import { askedTooOften, mayNot, notAccepted, notTaken, notThere } from '../usual-refusals.ts';

const seen = '2026-11-22';
const deletePage = 'https://cloud.google.com/iam/docs/reference/rest/v1/projects.serviceAccounts.keys/delete';
const keysPage =
  'https://googleapis.dev/dotnet/Google.Apis.Iam.v1/latest/api/Google.Apis.Iam.v1.ProjectsResource.ServiceAccountsResource.KeysResource.html';
const trufflehog = 'github.com/trufflesecurity/trufflehog@3ab759f pkg/detectors/gcp/gcp.go';
const knowledge = 'general knowledge, no page read';
const keys = 'https://iam.googleapis.com/v1/projects/{projectId}/serviceAccounts/{clientEmail}/keys';

const session: Session = {
  call: {
    does: 'exchanges a signed assertion for a token',
    method: 'POST',
    url: 'https://oauth2.googleapis.com/token',
    body: {
      type: 'form',
      // The signing takes the scope into the assertion: a check's may only read.
      value: {
        grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
        scope: 'https://www.googleapis.com/auth/iam',
      },
    },
    by: 'manager',
    signing: 'google-jwt',
    success: [200],
    refusals: [
      notTaken(
        'Google does not accept the signature of the key that asked.',
        'Compare private_key_id with the keys of the account, and the clock of this computer.',
        { means: 'refused' },
      ),
      notAccepted('Google does not accept the key that asked.', 'Look at the keys of the account.'),
      askedTooOften('Google'),
    ],
    repeatable: true,
  },
  token: ['access_token'],
  auth: bearerOf('token'),
};

const usual: readonly Refusal[] = [
  mayNot(
    'Google does not let the account that asked manage keys of this service account.',
    'It needs roles/iam.serviceAccountKeyAdmin on the account; a policy of the organisation may forbid keys.',
  ),
  notAccepted('IAM does not accept the token.', 'Begin again.'),
  askedTooOften('Google'),
];

const call = (
  own: Pick<HttpCall, 'does' | 'method' | 'url' | 'repeatable'> & Partial<HttpCall>,
): HttpCall => ({ by: 'session', success: [200], refusals: usual, ...own });

const way = (own: Pick<TurnWay, 'id' | 'label' | 'manager' | 'permission'>): TurnWay => ({
  ...own,
  shape: 'overlap',
  inputs: [],
  reads: [
    { name: 'projectId', field: 'secret', json: ['project_id'] },
    { name: 'clientEmail', field: 'secret', json: ['client_email'] },
  ],
  session,
  make: {
    call: call({
      does: 'creates a second key of the service account',
      method: 'POST',
      url: keys,
      body: { type: 'json', value: { privateKeyType: 'TYPE_GOOGLE_CREDENTIALS_FILE' } },
      refusals: [
        notTaken(
          'Google has no place for another key: ten are all that a service account may have.',
          'Delete a key that nobody uses, then begin again.',
          { bodyHas: 'FAILED_PRECONDITION', means: 'quota-full' },
        ),
        {
          ...askedTooOften('Google'),
          bodyHas: 'Maximum number of keys',
          means: 'quota-full',
          reason: 'Google has no place for another key: ten are all that a service account may have.',
          next: 'Delete a key that nobody uses, then begin again.',
        },
        notTaken('Google does not take the request.', 'Create the key in the console.'),
        notThere('Google knows no such service account.', 'Look for it in the console.', {
          means: 'wrong-input',
        }),
        ...usual,
      ],
      repeatable: false,
    }),
    gives: { secret: { json: ['privateKeyData'], decode: 'base64' } },
    id: { json: ['name'], part: { by: '/', at: 5 } },
    expiresAt: ['validBeforeTime'],
  },
  list: {
    call: call({
      does: 'lists the keys of the service account',
      method: 'GET',
      url: `${keys}?keyTypes=USER_MANAGED`,
      repeatable: true,
    }),
    items: ['keys'],
    id: ['name'],
    idPart: { by: '/', at: 5 },
    createdAt: ['validAfterTime'],
    complete: true,
  },
  old: [{ from: 'field', field: 'secret', json: ['private_key_id'] }],
  revoke: [
    call({
      does: 'deletes the old key',
      method: 'DELETE',
      url: `${keys}/{id}`,
      refusals: [notThere('Google knows no such key any more.', 'Nothing to do.'), ...usual],
      repeatable: true,
    }),
  ],
  revokeMeans: 'deleted',
  patience: { newSeconds: 120, oldSeconds: 300 },
  quota: 10,
  afterwards: 'Tokens that were made with the old key live on until their hour is over.',
  expiry: 'none',
});

export const gcpSaTurn = defineTurn({
  provider: 'gcp-sa',
  ways: [
    way({
      id: 'self',
      label: 'The account makes itself a second key',
      manager: 'self',
      permission: 'roles/iam.serviceAccountKeyAdmin of the account on itself.',
    }),
    way({
      id: 'managed',
      label: 'Another account makes it',
      manager: {
        providers: ['gcp-sa'],
        needs: 'a key of an account with roles/iam.serviceAccountKeyAdmin on this one',
      },
      permission: 'roles/iam.serviceAccountKeyAdmin on the account whose key is turned.',
    }),
  ],
  facts: factsOf(seen, [
    [
      'create',
      'POST …/serviceAccounts/{email}/keys answers with name and privateKeyData (base64).',
      keysPage,
    ],
    ['delete', 'DELETE …/keys/{id} answers with an empty object.', deletePage],
    ['tokens', 'Deleting a key does not end tokens that were made with it.', deletePage],
    [
      'project',
      'With - for the project a missing key is answered 403 in place of 404, so the project is named.',
      deletePage,
    ],
    ['scope', 'IAM takes tokens of the scope auth/iam or auth/cloud-platform.', deletePage],
    ['check', 'POST /token with a signed assertion answers with an access token.', trufflehog],
    ['quota', '10 keys per service account.', 'public code (many public files)'],
    [
      'quota-answer',
      'An eleventh is answered 400 FAILED_PRECONDITION, or 429 with "Maximum number of keys".',
      knowledge,
      'uncertain',
    ],
    [
      'settles',
      'A new key may take a minute, a deleted one some, until it is known.',
      knowledge,
      'uncertain',
    ],
    ['list', 'GET …/keys?keyTypes=USER_MANAGED lists the keys that people made.', knowledge, 'uncertain'],
    ['no-name', 'Keys have no name, so none can carry a mark.', keysPage],
  ]),
});
