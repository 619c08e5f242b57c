// Appcircle API keys: a name and a secret that are exchanged for a short-lived token; the expiry is chosen once.
import { defineProvider } from '../define-provider.ts';
import { between } from '../format.ts';
import { namesLikeCircle } from '../near-names.ts';

const seen = '2026-11-22';
const page = 'Appcircle documentation page "API Keys" (seed 2)';
const docs =
  'github.com/appcircleio/appcircle-docusaurus@d5468b9 docs/account/my-organization/security/api-keys/index.md';
const notes = 'github.com/appcircleio/appcircle-docusaurus@d5468b9 docs/release-notes.md';
const cli = 'github.com/appcircleio/appcircle-cli@d53afef src/services/index.ts';

export const appcircle = defineProvider({
  id: 'appcircle',
  name: 'Appcircle API key',
  domain: 'appcircle.io',
  category: 'saas',
  nearNames: namesLikeCircle('appcircle.io'),
  formats: [
    {
      id: 'secret',
      kind: 'unknown',
      label: 'secret of an API key',
      match: 'shape',
      pattern: { parts: [between(8, 512, 'visible')] },
      note: 'Appcircle publishes no form of the secret.',
    },
  ],
  fields: [
    {
      name: 'name',
      label: 'Key name',
      variable: 'APPCIRCLE_API_KEY_NAME',
      secret: false,
      required: true,
      help: 'The name given at creation: it is sent together with the secret and cannot be changed.',
      labels: ['api_key_name', 'appcircle_api_key_name', 'name'],
      shape: 'text',
    },
    {
      name: 'secret',
      label: 'API key secret',
      variable: 'APPCIRCLE_API_KEY_SECRET',
      secret: true,
      required: true,
      help: 'Shown once, right after creation.',
      labels: ['api_key_secret', 'appcircle_api_key_secret', 'secret'],
    },
    {
      name: 'organizationId',
      label: 'Organisation id',
      variable: 'APPCIRCLE_ORGANIZATION_ID',
      secret: false,
      required: false,
      help: 'The id of the organisation or sub-organisation, in My Organization. A wrong one can still answer 200.',
      labels: ['organizationid', 'organization_id', 'appcircle_organization_id'],
      shape: 'uuid',
    },
  ],
  envNames: ['APPCIRCLE_API_KEY_*', 'APPCIRCLE_API_SECRET', 'APPCIRCLE_API_KEY', 'APPCIRCLE_SECRET'],
  hosts: ['auth.appcircle.io/auth/v1/api-key', 'auth/v1/api-key/token'],
  portals: [
    {
      environment: 'cloud',
      kinds: ['live', 'test', 'unknown'],
      url: 'https://my.appcircle.io',
      path: 'My Organization → Security → API Keys',
    },
  ],
  apiBases: [{ environment: 'cloud', kinds: ['live', 'test', 'unknown'], url: 'https://auth.appcircle.io' }],
  selfHosted: true,
  auth: {
    places: [
      { in: 'form', name: 'name', prefix: '', field: 'name', required: true },
      { in: 'form', name: 'secret', prefix: '', field: 'secret', required: true },
      { in: 'form', name: 'organizationId', prefix: '', field: 'organizationId', required: false },
    ],
    note: 'The exchange gives an access token. Keyturn discards it at once and never stores or logs it.',
  },
  managedBy: {
    create: 'an Owner or Manager of the organisation (a Viewer can only list)',
    revoke: 'an Owner or Manager; deleting is permanent',
  },
  limits: [{ max: 10, per: 'organisation', approximate: true }],
  reveal: { live: 'once', test: 'once', unknown: 'once' },
  editable: ['roles'],
  expiry: {
    rule: 'fixed-at-creation',
    required: true,
    defaultMonths: 6,
    maxMonths: 12,
    prolong: 'The date cannot be changed. Rotate the key and choose a later date for the new one.',
  },
  movesMoney: { value: false, why: 'Builds and publishes apps; a thief could publish a changed one.' },
  lifecycle: [
    {
      state: 'deleted',
      text: 'Deleting removes the key for good: Appcircle keeps no history of it.',
      who: 'an Owner or Manager',
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
        url: 'https://auth.appcircle.io/auth/v1/api-key/token',
        cost: 'session',
      },
    ],
    neverCall: ['/build/v2', '/distribution/v2', '/publish/v2'],
    decisions: [
      {
        status: 200,
        otherClaim: { json: ['access_token'], jwt: 'currentOrganizationId', field: 'organizationId' },
        state: 'blocked',
        reason: 'The pair is right, but Appcircle gave a token for another organisation than this one.',
        next: 'Copy the organisation id from My Organization, or create a key in the organisation you mean.',
      },
      {
        status: 200,
        bodyHas: 'access_token',
        state: 'valid',
        reason: 'Appcircle exchanged the pair for a token, which was discarded.',
        next: 'Nothing to do.',
      },
      {
        status: 400,
        bodyHas: 'organizationId',
        state: 'not-checkable',
        reason: 'The organisation id is not one: nothing was said about the key.',
        next: 'Copy the organisation id from My Organization and check again.',
      },
      {
        status: 401,
        state: 'invalid',
        reason: 'Appcircle does not accept this name with this secret.',
        next: 'Look whether the key is Active or Expired in the portal, and whether the name is spelt the same.',
      },
      {
        status: 403,
        state: 'blocked',
        reason: 'The pair is right, but has no access to this organisation.',
        next: 'Check the organisation id and the roles of the key.',
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
    overlap: true,
    needs: 'Owner or Manager. About 10 keys fit, root and sub-organisations together.',
    steps: [
      {
        id: 'prepare',
        text: 'My Organization → Security → API Keys: note organisation, roles and date of the old key. A successor with the same date does not last longer.',
      },
      {
        id: 'create',
        text: '"Create a New API Key": another name, a later date (it cannot be changed afterwards), the same organisation and the same roles, and copy the secret: it is shown this once. "Rotate" may end the old secret at once.',
      },
      { id: 'verify', text: 'Paste name and secret here; Keyturn exchanges them once to prove the pair.' },
      {
        id: 'distribute',
        text: 'Give both, name and secret, to every environment and consumer of the old one.',
      },
      { id: 'test', text: 'See that they work with the new key.' },
      { id: 'revoke', text: 'In the list of API Keys: Delete beside the old key. This is permanent.' },
      { id: 'prove', text: 'Keyturn asks with the old pair and expects 401.' },
    ],
  },
  facts: [
    {
      id: 'expiry-fixed',
      text: 'The expiry date cannot be modified after creation.',
      source: page,
      verifiedOn: seen,
    },
    { id: 'once', text: 'The secret is shown only once.', source: page, verifiedOn: seen },
    { id: 'roles', text: 'Roles can be changed without a new secret.', source: page, verifiedOn: seen },
    {
      id: 'audit-email',
      text: 'Each key has an e-mail address of its own for audit logs.',
      source: page,
      verifiedOn: seen,
    },
    {
      id: 'expiry-range',
      text: 'Six months unless chosen otherwise, at most one year.',
      source: docs,
      verifiedOn: seen,
    },
    {
      id: 'quota',
      text: 'Typically 10 keys over the organisation and its sub-organisations.',
      source: docs,
      verifiedOn: seen,
      uncertain: true,
    },
    {
      id: 'rotate',
      text: 'Rotate lets one choose a new date since 3.29.7 (2025-12-17).',
      source: notes,
      verifiedOn: seen,
    },
    { id: 'mail', text: 'Owners get a mail one week before expiry.', source: notes, verifiedOn: seen },
    {
      id: 'other-organisation',
      text: 'A wrong organisation may be answered with 200: the token names the one it is for.',
      source: cli,
      verifiedOn: seen,
    },
    { id: 'errors', text: '400 organisation id, 401 pair, 403 no access.', source: cli, verifiedOn: seen },
  ],
});
