// Client secrets of applications in Microsoft Entra: three values, and answers with numbers that tell an expired secret from a wrong
// one, a wrong tenant and a policy that says no.
import { defineProvider } from '../define-provider.ts';
import { everyKind, factsOf, lastRows, portalFor, usualSteps, worksRow } from '../usual.ts';

const seen = '2026-11-22';
const detector =
  'github.com/trufflesecurity/trufflehog@3ab759f pkg/detectors/azure_entra/serviceprincipal/sp.go';
const addPassword = 'https://learn.microsoft.com/en-us/graph/api/application-addpassword';
const credential = 'https://learn.microsoft.com/en-us/graph/api/resources/passwordcredential';

export const azureEntra = defineProvider({
  id: 'azure-entra',
  name: 'Microsoft Entra application client secret',
  domain: 'entra.microsoft.com',
  category: 'saas',
  otherNames: ['Azure AD', 'Azure client secret', 'service principal', 'app registration'],
  formats: [
    {
      id: 'client-secret',
      kind: 'unknown',
      label: 'client secret',
      match: 'prefix',
      pattern: {
        source: '[\\w~.]{3}[0-9]Q~(?:[\\w~.-]{34}|[\\w~.-]{30,32}[\\w~-])',
        anchors: ['Q~'],
        maxLength: 40,
      },
      field: 'clientSecret',
      publicLength: 3,
      note: 'The first three characters are what the portal goes on showing.',
    },
  ],
  fields: [
    {
      name: 'tenantId',
      label: 'Directory (tenant) id',
      variable: 'AZURE_TENANT_ID',
      secret: false,
      required: true,
      help: 'On the overview page of the app registration.',
      labels: ['azure_tenant_id', 'tenant_id', 'tenantid', 'tenant', 'directory_id', 'arm_tenant_id'],
      shape: 'uuid',
    },
    {
      name: 'clientId',
      label: 'Application (client) id',
      variable: 'AZURE_CLIENT_ID',
      secret: false,
      required: true,
      help: 'On the overview page of the app registration. The id of the secret is another one.',
      labels: ['azure_client_id', 'client_id', 'clientid', 'application_id', 'app_id', 'arm_client_id'],
      shape: 'uuid',
    },
    {
      name: 'clientSecret',
      label: 'Client secret (value)',
      variable: 'AZURE_CLIENT_SECRET',
      secret: true,
      required: true,
      help: 'The column Value, shown once. Secret ID is not it.',
      labels: ['azure_client_secret', 'client_secret', 'clientsecret', 'arm_client_secret'],
    },
  ],
  envNames: [
    'AZURE_CLIENT_*',
    'AZURE_TENANT_ID',
    'ARM_CLIENT_*',
    'ARM_TENANT_ID',
    'ENTRA_CLIENT_*',
    'AZURE_AD_*',
  ],
  hosts: ['login.microsoftonline.com', 'graph.microsoft.com'],
  portals: [
    portalFor(
      'Entra',
      'https://entra.microsoft.com',
      'App registrations → the application → Certificates & secrets → Client secrets',
    ),
  ],
  apiBases: [{ environment: 'global', kinds: everyKind, url: 'https://login.microsoftonline.com' }],
  auth: {
    places: [
      { in: 'form', name: 'client_id', prefix: '', field: 'clientId', required: true },
      { in: 'form', name: 'client_secret', prefix: '', field: 'clientSecret', required: true },
    ],
    note: 'The exchange gives an access token. Keyturn discards it at once.',
  },
  managedBy: {
    create:
      'an owner of the application, an Application Administrator, or an app with Application.ReadWrite.OwnedBy',
    revoke: 'the same; removing a secret takes effect at once',
  },
  reveal: { live: 'once', test: 'once', unknown: 'once' },
  editable: ['permissions of the application'],
  expiry: {
    rule: 'fixed-at-creation',
    required: true,
    defaultMonths: 24,
    prolong: 'Add another secret with a later end, then remove the old one.',
  },
  movesMoney: {
    value: true,
    why: 'A thief may do whatever the application may, in your directory and subscriptions.',
  },
  lifecycle: [
    {
      state: 'blocked',
      text: 'A conditional access policy may refuse a right secret from where you are.',
      who: 'an administrator of the directory',
    },
    {
      state: 'issued-not-activated',
      text: 'A new secret may take a while until every server of Microsoft knows it.',
      who: 'nobody: wait a minute and check again',
    },
  ],
  check: {
    possible: true,
    scheduled: 'all',
    requests: [
      {
        environment: 'global',
        kinds: everyKind,
        method: 'POST',
        url: 'https://login.microsoftonline.com/{tenantId}/oauth2/v2.0/token',
        body: {
          type: 'form',
          entries: { grant_type: 'client_credentials', scope: 'https://graph.microsoft.com/.default' },
        },
        cost: 'session',
      },
    ],
    neverCall: ['/addPassword', '/removePassword', '/addKey', '/removeKey'],
    decisions: [
      worksRow('Microsoft exchanged the secret for a token, which was discarded.', {
        json: { path: ['access_token'] },
      }),
      {
        bodyHas: 'AADSTS7000222',
        state: 'expired',
        reason: 'Microsoft says that this client secret has expired.',
        next: 'Add another secret under Certificates & secrets: this one cannot be prolonged.',
      },
      {
        bodyHas: 'AADSTS7000215',
        state: 'invalid',
        reason:
          'Microsoft knows the application, but not this secret: removed, mistyped, or the id of the secret in place of its value.',
        next: 'Compare the first three characters with the list under Certificates & secrets.',
      },
      {
        bodyHas: 'AADSTS700016',
        state: 'not-checkable',
        reason:
          'The application is not in this tenant: one of the two ids is another one. Nothing was said about the secret.',
        next: 'Compare both ids with the overview page of the app registration.',
      },
      {
        bodyHas: 'AADSTS900023',
        state: 'not-checkable',
        reason: 'The tenant id is not one. Nothing was said about the secret.',
        next: 'Copy the directory (tenant) id from the overview page of the app registration.',
      },
      {
        bodyHas: 'AADSTS90002',
        state: 'not-checkable',
        reason: 'There is no such tenant. Nothing was said about the secret.',
        next: 'Compare the directory (tenant) id with the overview page of the app registration.',
      },
      {
        bodyHas: 'AADSTS53003',
        state: 'blocked',
        reason: 'The secret is right; a conditional access policy refuses it from here.',
        next: 'Ask an administrator of the directory about the policy.',
      },
      {
        bodyHas: 'AADSTS7000112',
        state: 'blocked',
        reason: 'The application is disabled in this tenant.',
        next: 'An administrator can enable it under Enterprise applications → Properties.',
      },
      {
        bodyHas: 'AADSTS50196',
        state: 'unreachable',
        reason: 'Too many requests: Microsoft asks to wait. This says nothing about the secret.',
        next: 'Check again later.',
      },
      {
        status: 401,
        state: 'invalid',
        reason: 'Microsoft refuses these values and gives no number that Keyturn knows.',
        next: 'Compare ids and secret with the pages of the app registration.',
      },
      {
        status: 400,
        state: 'not-checkable',
        reason: 'Microsoft refuses the question and gives no number that Keyturn knows.',
        next: 'Compare both ids with the overview page of the app registration.',
      },
      ...lastRows('Microsoft'),
    ],
    settlesWithinSeconds: 120,
  },
  rotation: {
    mode: 'api',
    overlap: true,
    needs: 'Application.ReadWrite.OwnedBy for an application that owns itself, else an owner.',
    steps: usualSteps({
      prepare:
        'Open the application (App registrations) and see under Certificates & secrets when the old secret ends.',
      create:
        'Certificates & secrets → "New client secret": a description and an end that you note, and copy its value (not its id): it is shown this once.',
      verify: 'Paste it here; Keyturn exchanges it once. A new secret may be refused for a minute.',
      revoke:
        'Under Certificates & secrets delete the old secret: its first three characters tell which one it is.',
      prove: 'Keyturn asks with the old secret and expects AADSTS7000215.',
    }),
  },
  facts: factsOf(seen, [
    ['form', 'Three characters, a digit, Q~ and 31 to 34 characters.', detector],
    [
      'answers',
      'AADSTS7000215 wrong secret, 7000222 expired, 700016 not in tenant, 90002 no tenant, 53003 policy.',
      detector,
    ],
    ['hint', 'hint gives the first three characters of a secret.', credential],
    ['end', 'endDateTime is two years after the start unless said otherwise.', addPassword],
    ['self', 'Application.ReadWrite.OwnedBy lets an application add secrets to itself.', addPassword],
    ['settle', 'How long a new secret takes to be known everywhere is not said.', addPassword, 'uncertain'],
    [
      'disabled',
      'AADSTS7000112, 900023 and 50196 are from general knowledge.',
      'general knowledge, no page read',
      'uncertain',
    ],
    ['quota', 'How many secrets an application may have was not found.', credential, 'uncertain'],
  ]),
});
