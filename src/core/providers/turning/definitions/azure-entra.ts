// Microsoft Entra: an application may hold several client secrets. Graph adds and removes them by key id and shows their first three
// characters; it is asked with a token that client id and secret are exchanged for. The application is named by its client id.
import { bearerOf, factsOf } from '../../usual.ts';
import { defineTurn } from '../define-turn.ts';
import type { HttpCall, Refusal, Session, TurnWay } from '../turn-definition.ts';
import { askedTooOften, mayNot, notAccepted, notTaken, notThere } from '../usual-refusals.ts';

const seen = '2026-11-22';
const addPage = 'https://learn.microsoft.com/en-us/graph/api/application-addpassword';
const removePage = 'https://learn.microsoft.com/en-us/graph/api/application-removepassword';
const credential = 'https://learn.microsoft.com/en-us/graph/api/resources/passwordcredential';
const detector =
  'github.com/trufflesecurity/trufflehog@3ab759f pkg/detectors/azure_entra/serviceprincipal/sp.go';
const application = "https://graph.microsoft.com/v1.0/applications(appId='{clientId}')";

const session: Session = {
  call: {
    does: 'exchanges client id and secret for a token of Graph',
    method: 'POST',
    url: 'https://login.microsoftonline.com/{tenantId}/oauth2/v2.0/token',
    body: {
      type: 'form',
      value: { grant_type: 'client_credentials', scope: 'https://graph.microsoft.com/.default' },
    },
    by: 'manager',
    success: [200],
    refusals: [
      {
        bodyHas: 'AADSTS7000222',
        means: 'refused',
        reason: 'Microsoft says that the secret that asked has expired.',
        next: 'Add another one in the portal: App registrations → Certificates & secrets.',
      },
      {
        bodyHas: 'AADSTS53003',
        means: 'no-permission',
        reason: 'A conditional access policy refuses the secret from here.',
        next: 'Ask an administrator of the directory about the policy.',
      },
      notAccepted(
        'Microsoft does not accept the values that asked.',
        'Compare ids and secret with the portal.',
      ),
      notTaken('Microsoft does not accept the values that asked.', 'Compare both ids with the portal.', {
        means: 'refused',
      }),
      askedTooOften('Microsoft'),
    ],
    repeatable: true,
  },
  token: ['access_token'],
  auth: bearerOf('token'),
};

const usual: readonly Refusal[] = [
  mayNot(
    'Microsoft does not let the application that asked do this.',
    'It needs Application.ReadWrite.OwnedBy and to own the application, or Application.ReadWrite.All.',
  ),
  notAccepted('Graph does not accept the token.', 'Begin again.'),
  askedTooOften('Microsoft'),
];
const noApplication = notThere('Graph knows no such application in this tenant.', 'Compare both ids.', {
  means: 'wrong-input',
});

const call = (
  own: Pick<HttpCall, 'does' | 'method' | 'url' | 'success' | 'repeatable'> & Partial<HttpCall>,
): HttpCall => ({ by: 'session', refusals: [noApplication, ...usual], ...own });

const way = (own: Pick<TurnWay, 'id' | 'label' | 'manager' | 'permission'>): TurnWay => ({
  ...own,
  shape: 'overlap',
  inputs: [],
  session,
  make: {
    call: call({
      does: 'adds a second secret to the application',
      method: 'POST',
      url: `${application}/addPassword`,
      body: {
        type: 'json',
        value: { passwordCredential: { displayName: '{mark}', endDateTime: '{expiresAt?}' } },
      },
      success: [200],
      refusals: [
        notTaken(
          'Microsoft does not take the name or the end: a policy may allow shorter lives only.',
          'Choose a nearer end.',
        ),
        noApplication,
        ...usual,
      ],
      repeatable: false,
    }),
    gives: { clientSecret: { json: ['secretText'] } },
    id: { json: ['keyId'] },
    expiresAt: ['endDateTime'],
  },
  list: {
    call: call({
      does: 'lists the secrets of the application',
      method: 'GET',
      url: `${application}?$select=passwordCredentials`,
      success: [200],
      repeatable: true,
    }),
    items: ['passwordCredentials'],
    id: ['keyId'],
    name: ['displayName'],
    createdAt: ['startDateTime'],
    hint: { json: ['hint'], how: 'begins-with' },
    complete: true,
  },
  old: [{ from: 'hint' }, { from: 'name' }],
  revoke: [
    call({
      does: 'removes the old secret',
      method: 'POST',
      url: `${application}/removePassword`,
      body: { type: 'json', value: { keyId: '{id}' } },
      success: [204],
      refusals: [
        notTaken('The application has no such secret any more.', 'Nothing to do.', {
          bodyHas: 'No password credential found',
          means: 'gone',
        }),
        notTaken('Microsoft does not take the id of the secret.', 'Remove it in the portal.'),
        noApplication,
        ...usual,
      ],
      repeatable: true,
    }),
  ],
  revokeMeans: 'deleted',
  patience: { newSeconds: 120, oldSeconds: 120 },
  afterwards: 'Tokens that were fetched with the old secret live on until their end, an hour or so.',
  expiry: 'same-length',
});

export const azureEntraTurn = defineTurn({
  provider: 'azure-entra',
  ways: [
    way({
      id: 'self',
      label: 'The application adds a secret to itself',
      manager: 'self',
      permission: 'Application.ReadWrite.OwnedBy, and the application owns itself.',
    }),
    way({
      id: 'managed',
      label: 'Another application adds it',
      manager: {
        providers: ['azure-entra'],
        needs: 'an application of the same tenant that owns this one, or may write all',
      },
      permission: 'Application.ReadWrite.OwnedBy as its owner, or Application.ReadWrite.All.',
    }),
  ],
  facts: factsOf(seen, [
    ['add', 'POST …/addPassword answers 200 with keyId, secretText, hint and endDateTime.', addPage],
    ['end', 'Without endDateTime the secret lives two years.', addPage],
    ['remove', 'POST …/removePassword with keyId answers 204.', removePage],
    ['app-id', "The application may be addressed as applications(appId='…').", removePage],
    ['permission', 'Application.ReadWrite.OwnedBy is enough for an owner.', addPage],
    ['hint', 'hint gives the first three characters.', credential],
    ['answers', 'AADSTS7000222 expired, 53003 refused by a policy.', detector],
    ['gone-words', 'What removing twice answers was not found.', removePage, 'uncertain'],
    ['settles', 'How long a new secret takes to be known everywhere is not said.', addPage, 'uncertain'],
    ['quota', 'How many secrets an application may have was not found.', credential, 'uncertain'],
  ]),
});
