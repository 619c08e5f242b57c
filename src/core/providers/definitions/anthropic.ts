// Anthropic API keys and admin keys. Nothing tells until when a key works; an admin key can disable keys and make none.
import { defineProvider } from '../define-provider.ts';
import { between, exactly, literal } from '../format.ts';
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
const trufflehog = 'github.com/trufflesecurity/trufflehog@3ab759f pkg/detectors/anthropic/anthropic.go';
const gitleaks = 'github.com/gitleaks/gitleaks@b58d3f1 config/gitleaks.toml';
const secretlint = 'github.com/secretlint/secretlint@18346ba secretlint-rule-anthropic';
const adminApi = 'https://docs.rs/claude-api/0.5.3/claude_api/admin/api_keys/';
const version = { 'anthropic-version': '2023-06-01' };

export const anthropic = defineProvider({
  id: 'anthropic',
  name: 'Anthropic API key',
  domain: 'anthropic.com',
  category: 'saas',
  otherNames: ['Claude API', 'Anthropic admin key'],
  formats: [
    {
      id: 'api',
      kind: 'unknown',
      label: 'API key',
      match: 'prefix',
      pattern: {
        parts: [
          literal('sk-ant-api0'),
          exactly(1, 'digits'),
          literal('-'),
          between(90, 128, 'base64url'),
          literal('AA'),
        ],
      },
      publicLength: 13,
      classId: 'api',
    },
    {
      id: 'admin',
      kind: 'unknown',
      label: 'admin key',
      match: 'prefix',
      pattern: { parts: [literal('sk-ant-admin01-'), exactly(93, 'base64url'), literal('AA')] },
      classId: 'admin',
    },
  ],
  fields: [
    secretField({
      label: 'API key',
      variable: 'ANTHROPIC_API_KEY',
      help: 'Shown once, when it is created.',
      labels: ['x-api-key', 'anthropic_api_key', 'claude_api_key', 'api_key'],
    }),
  ],
  envNames: ['ANTHROPIC_API_KEY', 'ANTHROPIC_ADMIN_KEY', 'ANTHROPIC_KEY', 'CLAUDE_API_KEY'],
  hosts: ['api.anthropic.com', 'platform.claude.com', 'console.anthropic.com'],
  portals: [portalFor('console', 'https://platform.claude.com/settings/keys', 'Settings → API keys')],
  apiBases: [{ environment: 'console', kinds: everyKind, url: 'https://api.anthropic.com' }],
  auth: ownHeader('x-api-key'),
  managedBy: {
    create: 'a member of the workspace who may manage keys, in the Console; no API creates one',
    revoke: 'the same; an admin key can set a key inactive (can be undone) or archived (cannot)',
  },
  reveal: { live: 'once', test: 'once', unknown: 'once' },
  editable: ['name', 'status (active or inactive)'],
  expiry: { rule: 'unknown' },
  classes: [
    { id: 'api', label: 'API key of a workspace', access: 'unknown' },
    { id: 'admin', label: 'Admin key: people, workspaces and keys', access: 'full' },
  ],
  movesMoney: { value: true, why: 'Every message is billed to your organisation.' },
  lifecycle: [
    {
      state: 'blocked',
      text: 'An inactive key is refused until it is active again.',
      who: 'an administrator in the Console, or an admin key',
    },
  ],
  check: {
    possible: true,
    scheduled: 'opt-in',
    requests: [
      {
        id: 'models',
        environment: 'console',
        kinds: everyKind,
        formats: ['api'],
        method: 'GET',
        url: 'https://api.anthropic.com/v1/models?limit=1',
        headers: version,
        cost: 'none',
      },
      {
        id: 'keys',
        environment: 'console',
        kinds: everyKind,
        formats: ['admin'],
        method: 'GET',
        url: 'https://api.anthropic.com/v1/organizations/api_keys?limit=1',
        headers: version,
        cost: 'none',
      },
    ],
    neverCall: [
      '/v1/messages',
      '/v1/complete',
      '/v1/files',
      '/v1/organizations/invites',
      '/v1/organizations/users',
    ],
    decisions: [
      worksRow('Anthropic answered with the list that was asked for.', { json: { path: ['data'] } }),
      {
        status: 401,
        state: 'invalid',
        reason:
          'Anthropic does not accept this key: unknown, inactive, archived or over. It gives one answer for all.',
        next: 'Look at Settings → API keys in the Console: an inactive key can be made active again.',
      },
      {
        status: 403,
        state: 'blocked',
        reason: 'Anthropic knows the key and refuses it this question: its permission, or your network.',
        next: 'Look at the workspace of the key and at the IP allowlist of the organisation.',
      },
      {
        status: 404,
        state: 'not-checkable',
        reason: 'Anthropic says "not found". Some tools take that for a dead key; no official page says so.',
        next: 'Look in the Console whether the key and its workspace are still there.',
      },
      ...lastRows('Anthropic'),
    ],
    tells: [{ fact: 'organisation', from: { header: 'anthropic-organization-id' }, as: 'text' }],
  },
  rotation: {
    mode: 'guided',
    overlap: true,
    needs:
      'A person who may create keys in the Console. With an admin key the old one can be set inactive by API.',
    steps: usualSteps({
      prepare: 'Note the workspace of the old key, and its name as the Console lists it.',
      create:
        'Settings → API keys → create a key, in the same workspace, with a name and an end if it is offered, and copy it: it is shown this once.',
      revoke:
        'Settings → API keys: disable the old key (inactive), see that nothing breaks, then archive it: archiving cannot be undone. With an admin key in the vault Keyturn sets it inactive.',
      prove: 'Keyturn asks with the old key and expects 401.',
    }),
  },
  facts: factsOf(seen, [
    ['api-form', 'sk-ant-api0, a digit, a hyphen, 90 to 128 characters, AA at the end.', secretlint],
    ['admin-form', 'sk-ant-admin01-, 93 characters, AA at the end.', gitleaks],
    ['check', 'GET /v1/models for API keys, GET /v1/organizations/api_keys for admin keys.', trufflehog],
    ['version', 'The header anthropic-version is needed.', trufflehog],
    ['404', 'A detector of leaked keys takes 404 on these addresses for invalid.', trufflehog, 'uncertain'],
    [
      'admin-api',
      'The Admin API lists keys and sets their status; it creates none and deletes none.',
      adminApi,
    ],
    [
      'expiry',
      'A status "expired" exists; whether a key tells its date is not known.',
      adminApi,
      'uncertain',
    ],
    [
      'organisation-header',
      'Answers carry anthropic-organization-id.',
      'https://docs.claude.com/en/api/overview',
      'uncertain',
    ],
  ]),
});
