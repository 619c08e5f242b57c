// OpenAI admin keys: they manage people, projects and other keys, and may carry a date of their own.
import { defineProvider } from '../define-provider.ts';
import { exactly, literal } from '../format.ts';
import {
  bearer,
  everyKind,
  factsOf,
  lastRows,
  portalFor,
  secretField,
  usualSteps,
  worksRow,
} from '../usual.ts';

const seen = '2026-11-22';
const description = 'github.com/openai/openai-openapi@f85dbe2 openapi.json';
const trufflehog = 'github.com/trufflesecurity/trufflehog@3ab759f pkg/detectors/openaiadmin/openaiadmin.go';
const gitleaks = 'github.com/gitleaks/gitleaks@b58d3f1 config/gitleaks.toml';
const middle = literal('T3BlbkFJ');

export const openaiAdmin = defineProvider({
  id: 'openai-admin',
  name: 'OpenAI admin key',
  domain: 'openai.com',
  category: 'saas',
  otherNames: ['OpenAI organisation admin key'],
  formats: [
    {
      id: 'admin',
      kind: 'unknown',
      label: 'admin key',
      match: 'prefix',
      pattern: {
        parts: [literal('sk-admin-'), exactly(74, 'base64url'), middle, exactly(74, 'base64url')],
      },
    },
    {
      id: 'admin-short',
      kind: 'unknown',
      label: 'admin key, shorter form',
      match: 'prefix',
      pattern: {
        parts: [literal('sk-admin-'), exactly(58, 'base64url'), middle, exactly(58, 'base64url')],
      },
    },
  ],
  fields: [
    secretField({
      label: 'Admin key',
      variable: 'OPENAI_ADMIN_KEY',
      help: 'Shown once, when it is created.',
      labels: ['openai_admin_key', 'admin_key', 'authorization'],
    }),
  ],
  envNames: ['OPENAI_ADMIN_KEY', 'OPENAI_ADMIN_API_KEY'],
  hosts: ['api.openai.com/v1/organization'],
  portals: [
    portalFor(
      'platform',
      'https://platform.openai.com/settings/organization/admin-keys',
      'Settings → Organisation → Admin keys',
    ),
  ],
  apiBases: [{ environment: 'platform', kinds: everyKind, url: 'https://api.openai.com' }],
  auth: bearer,
  managedBy: {
    create: 'an owner of the organisation, on the web or with another admin key',
    revoke: 'an owner of the organisation, or an admin key, also itself',
  },
  reveal: { live: 'once', test: 'once', unknown: 'once' },
  editable: [],
  expiry: {
    rule: 'fixed-at-creation',
    required: false,
    maxMonths: 12,
    prolong: 'The date cannot be changed: create another key with a later one.',
  },
  movesMoney: { value: true, why: 'It can make keys that spend, invite people and change limits.' },
  check: {
    possible: true,
    scheduled: 'opt-in',
    requests: [
      {
        environment: 'platform',
        kinds: everyKind,
        method: 'GET',
        url: 'https://api.openai.com/v1/organization/admin_api_keys?limit=1',
        cost: 'none',
      },
    ],
    neverCall: [
      '/v1/organization/projects',
      '/v1/organization/users',
      '/v1/organization/invites',
      '/v1/chat',
      '/v1/responses',
    ],
    decisions: [
      worksRow('OpenAI answered with a list of admin keys.', { json: { path: ['object'], is: 'list' } }),
      {
        status: 401,
        state: 'invalid',
        reason:
          'OpenAI does not accept this key: unknown, deleted, over, or its owner lost the right. One answer stands for all.',
        next: 'Look whether the key is listed among the admin keys, and until when.',
      },
      {
        status: 403,
        state: 'blocked',
        reason: 'OpenAI knows the key and refuses it: it may not list admin keys, or is no admin key.',
        next: 'Look at the permissions of the key in the settings of the organisation.',
      },
      ...lastRows('OpenAI'),
    ],
  },
  rotation: {
    mode: 'self',
    overlap: true,
    needs: 'Nothing but the key itself.',
    steps: usualSteps({
      prepare: 'Note the name of the old admin key, and be an owner of the organisation.',
      create:
        'Organisation settings → Admin keys: create another one with a name, choose when it ends, and copy it: it is shown this once.',
      revoke: 'In the same list revoke the old admin key, and confirm.',
      prove: 'Keyturn asks with the old key and expects 401.',
    }),
  },
  facts: factsOf(seen, [
    ['form-74', 'sk-admin- with 74 characters on both sides of T3BlbkFJ.', gitleaks, 'uncertain'],
    ['form-58', 'sk-admin- with 58 characters on both sides of T3BlbkFJ.', trufflehog, 'uncertain'],
    ['check', 'GET /v1/organization/admin_api_keys answers with a list.', description],
    [
      'expiry',
      'expires_at of the list is null where a key never ends; at creation 1 to 31,536,000 seconds.',
      description,
    ],
    ['itself', 'An admin key can create and delete admin keys.', description],
  ]),
});
