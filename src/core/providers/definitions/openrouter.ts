// OpenRouter keys: keys for models and management keys share one form; the answer to /key tells which it is, what is left of its
// limit, and until when it works.
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
const currentKey = 'https://openrouter.ai/docs/api/api-reference/api-keys/get-current-key';
const detector = 'github.com/trufflesecurity/trufflehog@3ab759f pkg/detectors/openrouter/openrouter.go';
const publicCode = "public code 'openrouter.ai/api/v1/keys'";

export const openrouter = defineProvider({
  id: 'openrouter',
  name: 'OpenRouter',
  domain: 'openrouter.ai',
  category: 'saas',
  otherNames: ['OpenRouter API key', 'OpenRouter management key', 'OpenRouter provisioning key'],
  formats: [
    {
      id: 'key',
      kind: 'unknown',
      label: 'API key or management key',
      match: 'prefix',
      pattern: { parts: [literal('sk-or-v1-'), exactly(64, 'hex')] },
      priority: 10,
      maskLength: 12,
    },
  ],
  fields: [
    secretField({
      label: 'API key',
      variable: 'OPENROUTER_API_KEY',
      help: 'Shown once, when it is created.',
      labels: ['openrouter_api_key', 'openrouter_key', 'authorization', 'api_key'],
    }),
  ],
  envNames: ['OPENROUTER_*'],
  hosts: ['openrouter.ai'],
  portals: [
    portalFor('keys', 'https://openrouter.ai/settings/keys', 'Settings → API Keys'),
    portalFor('management', 'https://openrouter.ai/settings/management-keys', 'Settings → Management Keys'),
  ],
  apiBases: [{ environment: 'OpenRouter', kinds: everyKind, url: 'https://openrouter.ai' }],
  auth: bearer,
  managedBy: {
    create: 'the person, or a management key',
    revoke: 'the person, or a management key; disabling can be undone, deleting cannot',
  },
  reveal: { live: 'once', test: 'once', unknown: 'once' },
  editable: ['name', 'limit', 'enabled or disabled'],
  expiry: {
    rule: 'fixed-at-creation',
    required: false,
    prolong: 'Create another key with a later end.',
  },
  classes: [
    { id: 'models', label: 'For models', access: 'limited' },
    { id: 'management', label: 'Management: makes and deletes keys', access: 'full' },
  ],
  movesMoney: { value: true, why: 'Every call spends your credits.' },
  lifecycle: [
    {
      state: 'blocked',
      text: 'A key that has used up its limit, or an account without credits, is refused with 402 until there are some.',
      who: 'the person: raise the limit or buy credits',
    },
    {
      state: 'blocked',
      text: 'A disabled key stays listed and is refused until it is enabled.',
      who: 'the person, or a management key',
    },
  ],
  check: {
    possible: true,
    scheduled: 'all',
    requests: [
      {
        environment: 'OpenRouter',
        kinds: everyKind,
        method: 'GET',
        url: 'https://openrouter.ai/api/v1/key',
        cost: 'none',
      },
    ],
    neverCall: ['/api/v1/keys', '/api/v1/credits', '/api/v1/messages'],
    decisions: [
      {
        status: 200,
        json: { path: ['data', 'limit_remaining'], is: 0 },
        state: 'blocked',
        reason: 'The key is right; its limit is used up.',
        next: 'Raise its limit, or wait until it begins again.',
      },
      worksRow('OpenRouter answered with name, use and limit of the key.', { json: { path: ['data'] } }),
      {
        status: 401,
        bodyHas: 'disabled',
        state: 'blocked',
        reason: 'OpenRouter knows the key; it is disabled.',
        next: 'Enable it under API Keys, if that is right.',
      },
      {
        status: 401,
        bodyHas: 'expired',
        state: 'expired',
        reason: 'OpenRouter says that this key has expired.',
        next: 'Create another key with a later end.',
      },
      {
        status: 401,
        state: 'invalid',
        reason:
          'OpenRouter does not accept this key: unknown, deleted, disabled or expired. One answer for all.',
        next: 'Look under API Keys whether it is listed and enabled.',
      },
      {
        status: 402,
        state: 'blocked',
        reason: 'OpenRouter knows the key; there are no credits, or its limit is used up.',
        next: 'Look at the credits of the account and the limit of the key.',
      },
      {
        status: 403,
        state: 'blocked',
        reason: 'OpenRouter knows the key and refuses this question.',
        next: 'Look at the key and the rules of the organisation.',
      },
      ...lastRows('OpenRouter'),
    ],
    tells: [
      { fact: 'expiresAt', from: { json: ['data', 'expires_at'] }, as: 'date' },
      { fact: 'name', from: { json: ['data', 'label'] }, as: 'text' },
      { fact: 'quota', from: { json: ['data', 'limit_remaining'] }, as: 'text' },
      { fact: 'owner', from: { json: ['data', 'creator_user_id'] }, as: 'text' },
    ],
  },
  rotation: {
    mode: 'api',
    overlap: true,
    needs: 'A management key; a key for models cannot replace itself.',
    steps: usualSteps({
      prepare: 'Note limit and end of the old key.',
      create: 'Keys → create a key with a name and the same limit, and copy it: it is shown this once.',
      revoke: 'In the list disable the old key, see that nothing breaks, then delete it.',
      prove: 'Keyturn asks with the old key and expects 401.',
    }),
  },
  facts: factsOf(seen, [
    ['form', 'sk-or-v1- and 64 hex digits, for both kinds of keys.', detector],
    [
      'check',
      'GET /api/v1/key answers with label, limit, usage and what is left; 401 otherwise.',
      currentKey,
    ],
    ['expiry', 'expires_at stands in the answer where an end was set.', currentKey],
    ['manage', 'Management keys create, disable and delete keys under /api/v1/keys.', publicCode],
    ['echo', 'label shows the beginning and the end of the key.', currentKey],
    ['words', 'What the 401 says of a disabled or expired key was not confirmed.', currentKey, 'uncertain'],
    ['quota', 'How many keys there may be was not found.', currentKey, 'uncertain'],
  ]),
});
