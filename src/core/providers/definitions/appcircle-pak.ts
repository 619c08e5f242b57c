// Appcircle personal access keys (formerly personal API tokens): one value that acts as the person who made it.
import { defineProvider } from '../define-provider.ts';
import { namesLikeCircle } from '../near-names.ts';

const seen = '2026-11-22';
const docs =
  'github.com/appcircleio/appcircle-docusaurus@d5468b9 docs/account/my-organization/security/personal-access-key/index.md';
const notes = 'github.com/appcircleio/appcircle-docusaurus@d5468b9 docs/release-notes.md';

export const appcirclePak = defineProvider({
  id: 'appcircle-pak',
  name: 'Appcircle personal access key',
  domain: 'appcircle.io',
  category: 'saas',
  otherNames: ['Appcircle PAT', 'Personal API Token'],
  nearNames: namesLikeCircle('appcircle.io'),
  formats: [
    {
      id: 'key',
      kind: 'unknown',
      label: 'personal access key',
      match: 'shape',
      pattern: {
        source: '[A-Za-z0-9+/]{20,512}={0,2}',
        anchors: [],
        maxLength: 514,
      },
      note: 'Looks like base64, as in the documentation.',
    },
  ],
  fields: [
    {
      name: 'secret',
      label: 'Personal access key',
      variable: 'APPCIRCLE_PERSONAL_ACCESS_KEY',
      secret: true,
      required: true,
      labels: ['personalaccesskey', 'personal_access_key', 'appcircle_personal_access_key', 'pat'],
    },
  ],
  envNames: ['APPCIRCLE_PERSONAL_*', 'APPCIRCLE_PAT', 'AC_PAT', 'APPCIRCLE_ACCESS_KEY', 'APPCIRCLE_TOKEN'],
  hosts: [
    'auth.appcircle.io/auth/v3/token',
    'auth.appcircle.io/auth/v2/token',
    'auth.appcircle.io/auth/v1/token',
  ],
  portals: [
    {
      environment: 'cloud',
      kinds: ['live', 'test', 'unknown'],
      url: 'https://my.appcircle.io',
      path: 'My Organization → Security → Personal Access Key',
    },
  ],
  apiBases: [{ environment: 'cloud', kinds: ['live', 'test', 'unknown'], url: 'https://auth.appcircle.io' }],
  selfHosted: true,
  auth: {
    places: [{ in: 'form', name: 'personalAccessKey', prefix: '', field: 'secret', required: true }],
    note: 'The exchange gives an access token. Keyturn discards it at once and never stores or logs it.',
  },
  managedBy: { create: 'the person whose key it is', revoke: 'the person whose key it is' },
  expiry: {
    rule: 'fixed-at-creation',
    required: true,
    prolong: 'Delete the key in the portal and generate another one.',
  },
  movesMoney: { value: false, why: 'Acts with all rights of the person who made it.' },
  lifecycle: [
    {
      state: 'owner-left',
      text: 'The key acts as its owner and goes with them.',
      who: 'the owner, or their successor',
    },
  ],
  check: {
    possible: true,
    scheduled: 'all',
    requests: [
      {
        environment: 'cloud',
        kinds: ['live', 'test', 'unknown'],
        method: 'POST',
        url: 'https://auth.appcircle.io/auth/v3/token',
        cost: 'session',
      },
    ],
    neverCall: ['/build/v2', '/distribution/v2', '/publish/v2'],
    decisions: [
      {
        status: 200,
        bodyHas: 'access_token',
        state: 'valid',
        reason: 'Appcircle exchanged the key for a token, which was discarded.',
        next: 'Nothing to do.',
      },
      {
        status: 401,
        state: 'invalid',
        reason: 'Appcircle does not accept this key.',
        next: 'Look in the portal whether it has expired or was deleted.',
      },
      {
        state: 'unreachable',
        reason: 'Appcircle gave no answer that says anything about the key.',
        next: 'Check again later; your key is unchanged.',
      },
    ],
  },
  rotation: {
    mode: 'guided',
    overlap: false,
    needs: 'The person whose key it is.',
    steps: [
      { id: 'prepare', text: 'Tell everybody who uses the key: the old one ends before the new one exists.' },
      { id: 'revoke', text: 'My Organization → Security → Personal Access Key: delete the old key.' },
      {
        id: 'create',
        text: 'On the same page generate a new one with a date, and copy it: it is shown this once.',
      },
      { id: 'verify', text: 'Paste it here; Keyturn exchanges it once to prove it.' },
      { id: 'distribute', text: 'Give it to every environment and consumer of the old one.' },
      { id: 'test', text: 'See that they work with the new key.' },
      { id: 'prove', text: 'Keyturn asks with the old key and expects 401.' },
    ],
  },
  facts: [
    { id: 'exchange', text: 'POST /auth/v3/token with personalAccessKey.', source: docs, verifiedOn: seen },
    { id: 'expiry', text: 'A mail comes one week before the key expires.', source: notes, verifiedOn: seen },
    {
      id: 'form',
      text: 'The example looks like base64; no form is promised.',
      source: docs,
      verifiedOn: seen,
      uncertain: true,
    },
  ],
});
