// Google Cloud service-account keys: a JSON file whose private key signs an assertion; the file is never sent. Google gives one
// answer for a key that is deleted, disabled or not the account's.
import { defineProvider } from '../define-provider.ts';
import { everyKind, factsOf, lastRows, portalFor, usualSteps, worksRow } from '../usual.ts';

const seen = '2026-11-22';
const trufflehog = 'github.com/trufflesecurity/trufflehog@3ab759f pkg/detectors/gcp/gcp.go';
const publicCode = 'public code (many public files)';
const knowledge = 'general knowledge, no page read';

export const gcpSa = defineProvider({
  id: 'gcp-sa',
  name: 'Google Cloud service-account key',
  domain: 'cloud.google.com',
  category: 'saas',
  otherNames: ['GCP service account', 'Google service account', 'Firebase Admin SDK key'],
  nearNames: [
    {
      name: 'Google Cloud API key',
      domain: 'console.cloud.google.com/apis',
      difference: 'one value that begins with AIza; this is a JSON file with a private key',
    },
  ],
  formats: [
    {
      id: 'key-file',
      kind: 'unknown',
      label: 'JSON key file',
      match: 'prefix',
      document: true,
      pattern: {
        source:
          '\\{[\\t\\n\\r -z|~]{0,600}"type"\\s{0,4}:\\s{0,4}"service_account"[\\t\\n\\r -z|~]{0,600}"private_key_id"[\\t\\n\\r -z|~]{20,2800}\\}',
        anchors: ['"service_account"'],
        maxLength: 4096,
      },
      note: 'The whole file from the first brace to the last.',
    },
  ],
  fields: [
    {
      name: 'secret',
      label: 'Key file (JSON)',
      variable: 'GOOGLE_APPLICATION_CREDENTIALS_JSON',
      secret: true,
      required: true,
      help: 'The content of the file that was downloaded when the key was made. Google keeps no copy of it.',
      labels: [
        'google_credentials',
        'google_application_credentials_json',
        'gcp_sa_key',
        'service_account_key',
      ],
    },
  ],
  envNames: [
    'GOOGLE_APPLICATION_CREDENTIALS_JSON',
    'GOOGLE_CREDENTIALS',
    'GOOGLE_SERVICE_ACCOUNT*',
    'GCP_SA_KEY',
    'GCP_SERVICE_ACCOUNT*',
    'FIREBASE_SERVICE_ACCOUNT*',
  ],
  hosts: ['oauth2.googleapis.com', 'iam.googleapis.com', 'iam.gserviceaccount.com'],
  portals: [
    portalFor(
      'console',
      'https://console.cloud.google.com/iam-admin/serviceaccounts',
      'IAM & Admin → Service accounts → the account → Keys',
    ),
  ],
  apiBases: [{ environment: 'google', kinds: everyKind, url: 'https://oauth2.googleapis.com' }],
  auth: {
    places: [],
    note: 'The private key of the file signs an assertion (RS256). The file is never sent, and the address in it (token_uri) is not asked.',
  },
  managedBy: {
    create: 'whoever has iam.serviceAccountKeys.create on the account, which the account itself may have',
    revoke: 'whoever has iam.serviceAccountKeys.delete; disabling can be undone, deleting cannot',
  },
  limits: [{ max: 10, per: 'account', approximate: false }],
  reveal: { live: 'once', test: 'once', unknown: 'once' },
  editable: ['enabled or disabled', 'roles of the account'],
  expiry: {
    rule: 'fixed-at-creation',
    required: false,
    prolong: 'Create another key. Only a policy of the organisation gives keys an end.',
  },
  movesMoney: {
    value: true,
    why: 'A thief can use whatever the account may, machines that you pay for included.',
  },
  lifecycle: [
    {
      state: 'blocked',
      text: 'A disabled key is refused like one that never was, until it is enabled again.',
      who: 'whoever may call iam.serviceAccountKeys.disable and enable',
    },
    {
      state: 'revoked',
      text: 'Google disables keys that it finds in public places.',
      who: 'Google; create another key, the old one stays public',
    },
  ],
  check: {
    possible: true,
    scheduled: 'all',
    requests: [
      {
        environment: 'google',
        kinds: everyKind,
        method: 'POST',
        url: 'https://oauth2.googleapis.com/token',
        body: { type: 'form', entries: { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer' } },
        signing: 'google-jwt',
        cost: 'session',
      },
    ],
    neverCall: ['/keys', ':disable', ':enable', ':undelete'],
    decisions: [
      worksRow('Google exchanged a signed assertion for a token, which was discarded.', {
        json: { path: ['access_token'] },
      }),
      {
        bodyHas: 'Invalid JWT Signature',
        state: 'invalid',
        reason:
          'Google does not accept this signature: the key was deleted or disabled, or the file was changed. One answer for all.',
        next: 'Compare private_key_id of the file with the keys of the account in the console, and whether it is enabled.',
      },
      {
        bodyHas: 'account not found',
        state: 'invalid',
        reason: 'Google knows no service account of this name: it was deleted, or never was.',
        next: 'Look for the account in the console; a deleted one can be brought back for 30 days.',
      },
      {
        bodyHas: 'disabled',
        state: 'blocked',
        reason: 'Google says that the account, or what the key needs, is disabled.',
        next: 'Look at the account in the console, and enable it if that is right.',
      },
      {
        bodyHas: 'short-lived token',
        state: 'not-checkable',
        reason: 'The clock of this computer is too far off: Google refuses the time, not the key.',
        next: 'Set the clock and check again.',
      },
      {
        status: 400,
        bodyHas: 'invalid_grant',
        state: 'invalid',
        reason:
          'Google refuses the assertion and does not say whether the key, the account or the time is wrong.',
        next: 'Compare private_key_id of the file with the keys of the account, and the clock of this computer.',
      },
      {
        status: 401,
        state: 'invalid',
        reason: 'Google does not accept this key.',
        next: 'Compare private_key_id of the file with the keys of the account in the console.',
      },
      ...lastRows('Google'),
    ],
  },
  rotation: {
    mode: 'self',
    overlap: true,
    needs: 'roles/iam.serviceAccountKeyAdmin on the account, and fewer than 10 keys.',
    steps: usualSteps({
      prepare: 'Count the keys of the account: at 10 delete an unused one first.',
      create: 'Create a second key and keep the file: it is given this once.',
      verify: 'Paste the whole file here; Keyturn signs once to prove it.',
      revoke: 'Disable the old key, see that nothing breaks, then delete it.',
      prove: 'Keyturn signs with the old key and expects Invalid JWT Signature.',
    }),
  },
  facts: factsOf(seen, [
    ['form', 'A JSON object with "type": "service_account" and "private_key_id".', trufflehog],
    ['check', 'POST /token with a signed assertion answers with an access token.', trufflehog],
    [
      'refused',
      'A deleted or disabled key is answered 400 invalid_grant, Invalid JWT Signature.',
      publicCode,
      'uncertain',
    ],
    ['quota', '10 keys per service account.', publicCode],
    [
      'public-certificates',
      'GET /robot/v1/metadata/x509/ACCOUNT on www.googleapis.com lists the ids of live keys without login.',
      knowledge,
      'uncertain',
    ],
    ['disable', 'A key can be disabled and enabled again; deleting is for good.', knowledge, 'uncertain'],
    [
      'expiry',
      'validBeforeTime of a key is far away unless a policy of the organisation says otherwise.',
      knowledge,
      'uncertain',
    ],
  ]),
});
