// Fastly API tokens: a token reads its own entry, with its end. Making one wants the person's password; revoking does not.
import { defineProvider } from '../define-provider.ts';
import { exactly } from '../format.ts';
import {
  everyKind,
  factsOf,
  lastRows,
  ownHeader,
  portalFor,
  secretField,
  usualSteps,
  worksRow,
} from '../usual.ts';

const seen = '2026-11-22';
const api = 'github.com/fastly/fastly-js@01f2581 docs/TokensApi.md';
const automation = 'github.com/fastly/fastly-js@01f2581 docs/AutomationTokensApi.md';
const page = 'https://fastly.com/documentation/reference/api/auth-tokens/user';
const trufflehog = 'github.com/trufflesecurity/trufflehog@3ab759f pkg/detectors/fastlypersonaltoken';

export const fastly = defineProvider({
  id: 'fastly',
  name: 'Fastly API token',
  domain: 'fastly.com',
  category: 'saas',
  otherNames: ['Fastly automation token'],
  formats: [
    {
      id: 'token',
      kind: 'unknown',
      label: 'API token',
      match: 'shape',
      pattern: { parts: [exactly(32, 'base64url')] },
      note: 'Has no fixed beginning: fits many other things.',
    },
  ],
  fields: [
    secretField({
      label: 'API token',
      variable: 'FASTLY_API_TOKEN',
      help: 'Shown once, when it is created.',
      labels: ['fastly-key', 'fastly_api_token', 'fastly_api_key', 'fastly_token'],
    }),
  ],
  envNames: ['FASTLY_API_TOKEN', 'FASTLY_API_KEY', 'FASTLY_TOKEN', 'FASTLY_KEY'],
  hosts: ['api.fastly.com', 'manage.fastly.com'],
  portals: [
    portalFor(
      'fastly',
      'https://manage.fastly.com/account/personal/tokens',
      'Account → API tokens → Personal tokens',
    ),
  ],
  apiBases: [{ environment: 'fastly', kinds: everyKind, url: 'https://api.fastly.com' }],
  auth: ownHeader('Fastly-Key'),
  managedBy: {
    create: 'the person with password and second factor; automation tokens a superuser',
    revoke: 'the token itself, the person, or a superuser',
  },
  reveal: { live: 'once', test: 'once', unknown: 'once' },
  editable: [],
  expiry: {
    rule: 'fixed-at-creation',
    required: false,
    prolong: 'Create another token with a later date.',
  },
  classes: [
    { id: 'global', label: 'global: everything the person may do', access: 'full' },
    { id: 'purge', label: 'purge_all, purge_select', access: 'limited' },
    { id: 'read', label: 'global:read', access: 'read-only' },
  ],
  movesMoney: { value: false, why: 'A thief can change what your visitors are served.' },
  check: {
    possible: true,
    scheduled: 'all',
    requests: [
      {
        environment: 'fastly',
        kinds: everyKind,
        method: 'GET',
        url: 'https://api.fastly.com/tokens/self',
        cost: 'quota',
      },
    ],
    neverCall: ['/purge', '/service', '/sudo', '/automation-tokens', '/invitations'],
    decisions: [
      worksRow('Fastly answered with the token’s own entry.', { json: { path: ['id'] } }),
      {
        status: 401,
        state: 'invalid',
        reason: 'Fastly does not accept this token: unknown, revoked or over. It gives one answer for all.',
        next: 'Look at Account → API tokens whether it is listed, and until when.',
      },
      {
        status: 403,
        state: 'invalid',
        reason:
          'Fastly refuses the token: over, revoked, or not allowed to read itself. It does not say which.',
        next: 'Look at Account → API tokens whether it is listed, until when, and from where it may be used.',
      },
      ...lastRows('Fastly'),
    ],
    tells: [
      { fact: 'expiresAt', from: { json: ['expires_at'] }, as: 'date' },
      { fact: 'createdAt', from: { json: ['created_at'] }, as: 'date' },
      { fact: 'lastUsedAt', from: { json: ['last_used_at'] }, as: 'date' },
      { fact: 'scopes', from: { json: ['scope'] }, as: 'words' },
      { fact: 'name', from: { json: ['name'] }, as: 'text' },
      { fact: 'owner', from: { json: ['user_id'] }, as: 'text' },
    ],
  },
  rotation: {
    mode: 'api',
    overlap: true,
    needs:
      'User name, password and one-time code of the person; for automation tokens a superuser in sudo mode.',
    steps: usualSteps({
      prepare: 'Note scope and services of the old token.',
      create:
        'Account → Personal API tokens → create a token with the same scope, services and a date, and copy it: it is shown this once.',
      revoke: 'In the list delete the old token by its name; with its own value it can revoke itself.',
      prove: 'Keyturn asks with the old token and expects 401 or 403.',
    }),
  },
  facts: factsOf(seen, [
    ['form', '32 characters without a fixed beginning.', trufflehog],
    ['check', 'GET /tokens/self answers with scope, services, dates and last use.', api],
    ['never', 'expires_at is null where a token never ends.', api],
    ['refusals', 'Refusals are 401 or 403.', trufflehog],
    ['create', 'Creating wants user name and password, not a token.', page],
    ['automation', 'Automation tokens are made by a superuser.', automation],
    ['overlap', 'Tokens can be rotated without taking services offline.', page],
  ]),
});
