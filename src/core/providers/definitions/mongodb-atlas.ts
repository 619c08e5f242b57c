// MongoDB Atlas: service accounts (a client id and a secret with an end) and older programmatic keys (a public and a private part,
// HTTP Digest). Neither logs in to a database: that is a database user.
import { defineProvider } from '../define-provider.ts';
import { between, exactly, literal } from '../format.ts';
import { everyKind, factsOf, lastRows, portalFor, usualSteps, uuidParts, worksRow } from '../usual.ts';

const seen = '2026-11-22';
const openapi = 'github.com/mongodb/openapi openapi/v2.json';
const publicCode = "public code 'serviceAccounts/{clientId}/secrets', 'secretExpiresAfterHours'";
const authentication = 'https://mongodb.com/docs/atlas/api/api-authentication';
const tokenPage = 'https://mongodb.com/docs/atlas/api/service-accounts/generate-oauth2-token';
const operator = 'https://www.mongodb.com/docs/atlas/operator/upcoming/ak8so-service-accounts/';
const account = ['client-secret', 'client-id'];
const programmatic = ['private-key', 'public-key'];

export const mongodbAtlas = defineProvider({
  id: 'mongodb-atlas',
  name: 'MongoDB Atlas',
  domain: 'cloud.mongodb.com',
  category: 'saas',
  otherNames: ['Atlas service account', 'Atlas programmatic API key', 'MongoDB'],
  nearNames: [
    {
      name: 'MongoDB database user',
      domain: 'mongodb.net',
      difference:
        'a user and password in a mongodb+srv:// address; these keys manage Atlas and open no database',
    },
  ],
  formats: [
    {
      id: 'client-secret',
      kind: 'unknown',
      label: 'secret of a service account',
      match: 'prefix',
      pattern: { parts: [literal('mdb_sa_sk_'), between(40, 120, 'base64url')] },
      field: 'clientSecret',
      classId: 'service-account',
    },
    {
      id: 'client-id',
      kind: 'unknown',
      label: 'client id of a service account',
      match: 'prefix',
      pattern: { parts: [literal('mdb_sa_id_'), exactly(24, 'hex')] },
      field: 'clientId',
      sensitivity: 'identifier',
      classId: 'service-account',
    },
    {
      id: 'private-key',
      kind: 'unknown',
      label: 'private part of a programmatic key',
      match: 'shape',
      pattern: { parts: uuidParts },
      field: 'privateKey',
      classId: 'programmatic',
    },
    {
      id: 'public-key',
      kind: 'unknown',
      label: 'public part of a programmatic key',
      match: 'shape',
      pattern: { parts: [exactly(8, 'lower')] },
      field: 'publicKey',
      sensitivity: 'identifier',
      classId: 'programmatic',
    },
  ],
  fields: [
    {
      name: 'clientId',
      label: 'Client id',
      variable: 'MONGODB_ATLAS_CLIENT_ID',
      secret: false,
      required: true,
      labels: ['mongodb_atlas_client_id', 'atlas_client_id', 'client_id'],
      formats: account,
    },
    {
      name: 'clientSecret',
      label: 'Client secret',
      variable: 'MONGODB_ATLAS_CLIENT_SECRET',
      secret: true,
      required: true,
      help: 'Shown once, when the secret is generated.',
      labels: ['mongodb_atlas_client_secret', 'atlas_client_secret', 'client_secret'],
      formats: account,
    },
    {
      name: 'publicKey',
      label: 'Public key',
      variable: 'MONGODB_ATLAS_PUBLIC_KEY',
      secret: false,
      required: true,
      labels: ['mongodb_atlas_public_key', 'atlas_public_key', 'mcli_public_api_key'],
      formats: programmatic,
    },
    {
      name: 'privateKey',
      label: 'Private key',
      variable: 'MONGODB_ATLAS_PRIVATE_KEY',
      secret: true,
      required: true,
      help: 'Shown once, when the key is created.',
      labels: ['mongodb_atlas_private_key', 'atlas_private_key', 'mcli_private_api_key'],
      formats: programmatic,
    },
  ],
  envNames: [
    'MONGODB_ATLAS_*',
    'ATLAS_CLIENT_*',
    'ATLAS_PUBLIC_KEY',
    'ATLAS_PRIVATE_KEY',
    'MCLI_PUBLIC_API_KEY',
    'MCLI_PRIVATE_API_KEY',
  ],
  hosts: ['cloud.mongodb.com'],
  portals: [
    portalFor('Atlas', 'https://cloud.mongodb.com', 'Access Manager → Service Accounts, or API Keys'),
  ],
  apiBases: [{ environment: 'Atlas', kinds: everyKind, url: 'https://cloud.mongodb.com' }],
  auth: {
    places: [
      { in: 'basic-user', name: '', prefix: '', field: 'clientId', required: true },
      { in: 'basic-password', name: '', prefix: '', field: 'clientSecret', required: true },
    ],
    note: 'The exchange gives a token of one hour. Keyturn discards it at once.',
  },
  managedBy: {
    create: 'an Organization Owner, or a Project Owner for a project',
    revoke: 'the same; a service account may replace its own secret',
  },
  reveal: { live: 'once', test: 'once', unknown: 'once' },
  editable: ['description', 'roles', 'API access list'],
  expiry: {
    rule: 'fixed-at-creation',
    required: true,
    maxMonths: 12,
    prolong:
      'Generate another secret of the service account, then remove the old one. Programmatic keys do not expire.',
  },
  classes: [
    { id: 'service-account', label: 'Service account', access: 'unknown' },
    { id: 'programmatic', label: 'Programmatic key, older', access: 'unknown' },
  ],
  ipAllowlist: { supported: true, warnWhenEmpty: ['live'] },
  movesMoney: { value: true, why: 'A thief may start clusters that you pay for, or delete yours.' },
  lifecycle: [
    {
      state: 'blocked',
      text: 'An organisation may demand that every address which uses the API stands in the access list of the key.',
      who: 'an Organization Owner',
    },
  ],
  check: {
    possible: true,
    scheduled: 'all',
    requests: [
      {
        id: 'account',
        environment: 'Atlas',
        kinds: everyKind,
        formats: account,
        method: 'POST',
        url: 'https://cloud.mongodb.com/api/oauth/token',
        body: { type: 'form', entries: { grant_type: 'client_credentials' } },
        cost: 'session',
      },
      {
        id: 'programmatic',
        environment: 'Atlas',
        kinds: everyKind,
        formats: programmatic,
        method: 'GET',
        url: 'https://cloud.mongodb.com/api/atlas/v2',
        headers: { accept: 'application/vnd.atlas.2025-03-12+json' },
        signing: 'http-digest',
        cost: 'none',
      },
    ],
    neverCall: ['/secrets', '/apiKeys', '/clusters', '/groups'],
    decisions: [
      worksRow('Atlas exchanged the pair for a token, which was discarded.', {
        request: 'account',
        json: { path: ['access_token'] },
      }),
      worksRow('Atlas accepted the two parts of this key.', { request: 'programmatic' }),
      {
        status: 403,
        bodyHas: 'IP_ADDRESS_NOT_ON_ACCESS_LIST',
        state: 'blocked',
        reason: 'The key is right; your address is not on its access list.',
        next: 'Add your address to the API access list of the key.',
      },
      {
        status: 403,
        state: 'blocked',
        reason: 'Atlas knows the key and refuses this question: its roles or its access list say no.',
        next: 'Look at roles and API access list in Access Manager.',
      },
      {
        status: 401,
        request: 'account',
        state: 'invalid',
        reason:
          'Atlas does not accept this pair: the secret is unknown, removed or past its end, or the client id is another one.',
        next: 'Look in Access Manager which secrets the service account has, and until when.',
      },
      {
        status: 401,
        state: 'invalid',
        reason: 'Atlas does not accept this key: unknown, deleted, or the two parts do not belong together.',
        next: 'Look in Access Manager → API Keys whether the public part is listed.',
      },
      {
        status: 400,
        request: 'account',
        bodyHas: 'invalid_client',
        state: 'invalid',
        reason: 'Atlas does not accept this client.',
        next: 'Compare the client id with Access Manager.',
      },
      ...lastRows('Atlas'),
    ],
  },
  rotation: {
    mode: 'self',
    overlap: true,
    needs: 'Organization Owner; a service account may hold two secrets for the change.',
    steps: usualSteps({
      prepare:
        'See which it is: a service account (client id and secret) or an API key (public and private part). A service account holds two secrets at once.',
      create:
        'Access Manager → the service account → generate a second secret with an end, and copy it: it is shown this once. An API key gets a second key with the same roles and access list.',
      revoke: 'In Access Manager revoke the old secret, or delete the old API key.',
      prove: 'Keyturn asks with the old secret and expects 401.',
    }),
  },
  facts: factsOf(seen, [
    [
      'forms',
      'mdb_sa_id_ and 24 hex digits, mdb_sa_sk_ and 40 or more characters.',
      'public code (many public files)',
      'uncertain',
    ],
    ['programmatic', 'Eight small letters and a UUID; sent with HTTP Digest.', authentication],
    ['check', 'POST /api/oauth/token gives a token of 3600 seconds.', tokenPage],
    ['end', 'Secrets of service accounts end after at most a year; programmatic keys do not.', operator],
    [
      'rotate',
      'POST …/serviceAccounts/{clientId}/secrets with secretExpiresAfterHours gives a further secret.',
      publicCode,
    ],
    ['fields', 'A secret has expiresAt, lastUsedAt and maskedSecretValue.', openapi, 'uncertain'],
    ['quota', 'How many secrets an account may have was not found.', openapi, 'uncertain'],
  ]),
});
