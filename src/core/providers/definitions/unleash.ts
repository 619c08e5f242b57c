// Unleash API tokens: project, environment and a secret in one value. For up to a minute a deleted or expired token is still answered
// 200; a token of another type is refused with 403 and alive.
import { defineProvider } from '../define-provider.ts';
import { between, literal } from '../format.ts';
import { everyKind, factsOf, lastRows, ownHeader, secretField, usualSteps, worksRow } from '../usual.ts';

const seen = '2026-11-22';
const run = 'run on loopback: npm unleash-server@6.4.1 with PostgreSQL 15';
const source = 'npm unleash-server@6.4.1 dist/lib/routes/admin-api/api-token.js';
const docs = 'https://docs.getunleash.io/reference/api-tokens-and-client-keys';

const alive = {
  status: 403,
  bodyHas: 'different token type',
  state: 'blocked',
  reason: 'The token is alive, but of another type than this question is for.',
  next: 'Nothing to do where it does its work.',
} as const;

export const unleash = defineProvider({
  id: 'unleash',
  name: 'Unleash feature-flag server',
  domain: 'getunleash.io',
  category: 'server',
  otherNames: ['Unleash', 'Unleash API token'],
  formats: [
    {
      id: 'admin',
      kind: 'unknown',
      label: 'admin token',
      match: 'prefix',
      pattern: { parts: [literal('*:*.'), between(40, 64, 'hex')] },
      classId: 'admin',
    },
    {
      id: 'client',
      kind: 'unknown',
      label: 'client or frontend token',
      match: 'prefix',
      pattern: {
        source: '(?:\\*|\\[\\]|[\\w-]{1,32}):[\\w-]{1,60}\\.[a-f0-9]{56}',
        anchors: [':'],
        maxLength: 180,
      },
      classId: 'client',
      note: 'Project, environment and secret: * stands for all projects, [] for several.',
    },
  ],
  fields: [
    secretField({
      label: 'API token',
      variable: 'UNLEASH_API_TOKEN',
      help: 'Can be shown again under API access.',
      labels: [
        'unleash_api_token',
        'unleash_token',
        'unleash_client_token',
        'unleash_admin_token',
        'authorization',
      ],
    }),
  ],
  envNames: ['UNLEASH_*'],
  portals: [],
  settings: [
    {
      name: 'base',
      label: 'Address of the server',
      help: 'For example https://unleash.example.com, or http://127.0.0.1:4242 on this machine.',
    },
  ],
  selfHosted: true,
  auth: ownHeader('Authorization'),
  managedBy: {
    create: 'an administrator, or an admin token',
    revoke: 'an administrator, or an admin token; it may take a minute until every server knows',
  },
  reveal: { live: 'again', test: 'again', unknown: 'again' },
  editable: ['expiry'],
  expiry: { rule: 'editable', required: false },
  classes: [
    { id: 'client', label: 'Client or frontend: reads flags of its projects', access: 'read-only' },
    { id: 'admin', label: 'Admin: everything', access: 'full' },
  ],
  movesMoney: {
    value: false,
    why: 'A client token reads flags; an admin token switches them for everybody.',
  },
  lifecycle: [
    {
      state: 'revoked',
      text: 'A deleted or expired token goes on working for up to a minute.',
      who: 'nobody: check again after a minute',
    },
  ],
  check: {
    possible: true,
    scheduled: 'all',
    requests: [
      {
        id: 'admin',
        environment: 'server',
        kinds: everyKind,
        formats: ['admin'],
        method: 'GET',
        url: '{base}/api/admin/projects',
        cost: 'none',
      },
      {
        id: 'client',
        environment: 'server',
        kinds: everyKind,
        formats: ['client'],
        method: 'GET',
        url: '{base}/api/client/features',
        cost: 'none',
      },
      {
        id: 'frontend',
        environment: 'server',
        kinds: everyKind,
        formats: ['client'],
        method: 'GET',
        url: '{base}/api/frontend',
        cost: 'none',
      },
    ],
    neverCall: ['/api/admin/api-tokens', '/api/client/register', '/api/client/metrics'],
    decisions: [
      worksRow(
        'Unleash answered. Of a token that was deleted or expired within the last minute it does so too.',
      ),
      { ...alive, request: 'client', ask: 'frontend' },
      alive,
      {
        status: 401,
        state: 'invalid',
        reason: 'Unleash does not accept this token: unknown, deleted or expired. One answer for all.',
        next: 'Look under API access whether it is listed, and until when.',
      },
      {
        status: 403,
        state: 'blocked',
        reason: 'Unleash knows the token and refuses this question.',
        next: 'Look at its type, project and environment under API access.',
      },
      {
        status: 404,
        state: 'not-checkable',
        reason: 'There is no Unleash at this address.',
        next: 'Correct the address of the server.',
      },
      ...lastRows('Unleash'),
    ],
    settlesWithinSeconds: 60,
  },
  rotation: {
    mode: 'api',
    overlap: true,
    needs: 'An admin token, which may replace itself.',
    withoutPortal: 'A server of your own: open its address, then Admin settings → API access.',
    steps: usualSteps({
      prepare: 'Note type, projects and environment of the old token.',
      create:
        'Admin settings → API access → "New API token": the same type, projects and environment, an end, and copy it.',
      revoke:
        'Under API access delete the old token. By API its name in the address is the secret: that call is never logged.',
      prove:
        'Keyturn asks with the old token for two minutes and expects 401: the first minute it may still be answered.',
    }),
  },
  facts: factsOf(seen, [
    ['cache', 'Deleted and expired tokens are answered 200 for up to 60 seconds.', run],
    ['type', '403 "expected a different token type": the token is alive.', run],
    ['refused', '401 "This endpoint requires an API token …".', run],
    ['plaintext', 'GET /api/admin/api-tokens gives every token in clear: it is never asked.', run],
    [
      'secret-in-address',
      'PUT and DELETE of a token carry the secret in the address, and answer 200 for an unknown one too.',
      source,
    ],
    ['expiry', 'expiresAt may be set, and changed later.', run],
    ['forms', 'PROJECT:ENVIRONMENT.SECRET; *:*. for admin tokens.', docs],
    [
      'admin-question',
      'GET /api/admin/projects answers an admin token with 200 and an unknown one with 401.',
      run,
    ],
    [
      'frontend-question',
      'GET /api/frontend answers a frontend token with 200 and a client token with 403.',
      run,
    ],
  ]),
});
