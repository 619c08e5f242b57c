// Linear API keys: GraphQL, where a refusal may come with several statuses; the key goes into Authorization without Bearer, an OAuth
// token with it.
import { defineProvider } from '../define-provider.ts';
import { exactly, literal } from '../format.ts';
import {
  bearer,
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
const schema = 'github.com/linear/linear@8335e09 packages/sdk/src/schema.graphql';
const detector = 'github.com/trufflesecurity/trufflehog@3ab759f pkg/detectors/linearapi';
const knowledge = 'general knowledge, no page read';
const who = {
  type: 'json',
  entries: { query: '{ viewer { id name email organization { name urlKey } } }' },
} as const;

export const linear = defineProvider({
  id: 'linear',
  name: 'Linear API key',
  domain: 'linear.app',
  category: 'saas',
  otherNames: ['Linear personal API key'],
  formats: [
    {
      id: 'key',
      kind: 'unknown',
      label: 'API key',
      match: 'prefix',
      pattern: { parts: [literal('lin_api_'), exactly(40, 'alphanumeric')] },
    },
    {
      id: 'oauth',
      kind: 'unknown',
      label: 'OAuth access token',
      match: 'prefix',
      pattern: { parts: [literal('lin_oauth_'), exactly(64, 'hex')] },
      note: 'Its form stands in no document.',
    },
  ],
  fields: [
    secretField({
      label: 'API key',
      variable: 'LINEAR_API_KEY',
      help: 'Shown once, when it is created.',
      labels: ['linear_api_key', 'linear_key', 'linear_token', 'authorization'],
    }),
  ],
  envNames: ['LINEAR_API_KEY', 'LINEAR_KEY', 'LINEAR_TOKEN', 'LINEAR_ACCESS_TOKEN'],
  hosts: ['api.linear.app', 'linear.app/settings'],
  portals: [
    portalFor(
      'Linear',
      'https://linear.app/settings/account/security',
      'Settings → Account → Security & access → Personal API keys',
    ),
  ],
  apiBases: [{ environment: 'Linear', kinds: everyKind, url: 'https://api.linear.app' }],
  auth: ownHeader('Authorization'),
  managedBy: {
    create: 'the person, where the workspace allows personal keys',
    revoke: 'the person, or an administrator of the workspace',
  },
  reveal: { live: 'once', test: 'once', unknown: 'once' },
  editable: [],
  expiry: { rule: 'none' },
  movesMoney: { value: false, why: 'A thief reads and changes issues as the person.' },
  lifecycle: [
    {
      state: 'owner-left',
      text: 'A key acts as its person and goes with them.',
      who: 'another member: create a key of your own',
    },
  ],
  check: {
    possible: true,
    scheduled: 'all',
    requests: [
      {
        environment: 'Linear',
        kinds: everyKind,
        formats: ['key'],
        method: 'POST',
        url: 'https://api.linear.app/graphql',
        body: who,
        cost: 'quota',
      },
      {
        environment: 'Linear',
        kinds: everyKind,
        formats: ['oauth'],
        method: 'POST',
        url: 'https://api.linear.app/graphql',
        body: who,
        auth: bearer,
        cost: 'quota',
      },
    ],
    neverCall: [],
    decisions: [
      worksRow('Linear answered with the person the key belongs to.', {
        json: { path: ['data', 'viewer', 'id'] },
      }),
      {
        bodyHas: 'RATELIMITED',
        state: 'unreachable',
        reason:
          'Too many requests: Linear asks to wait, with 400 in place of 429. This says nothing about the key.',
        next: 'Check again in an hour.',
      },
      {
        bodyHas: 'AUTHENTICATION_ERROR',
        state: 'invalid',
        reason: 'Linear does not accept this key: unknown or revoked.',
        next: 'Look under Personal API keys whether it is listed.',
      },
      {
        bodyHas: 'remove the Bearer prefix',
        state: 'malformed',
        reason: 'Linear wants this key as it is; the value begins with a word that does not belong to it.',
        next: 'Copy the key alone.',
      },
      {
        bodyHas: 'FORBIDDEN',
        state: 'blocked',
        reason: 'Linear knows the key; it may not ask this, or the workspace forbids it.',
        next: 'Look at the access of the key and the API settings of the workspace.',
      },
      {
        status: 401,
        state: 'invalid',
        reason: 'Linear does not accept this key: unknown or revoked.',
        next: 'Look under Personal API keys whether it is listed.',
      },
      {
        status: 403,
        state: 'blocked',
        reason: 'Linear knows the key and refuses this question.',
        next: 'Look at the access of the key and the API settings of the workspace.',
      },
      {
        json: { path: ['errors', 0] },
        state: 'not-checkable',
        reason: 'Linear answered with an error that says nothing certain about the key.',
        next: 'Check again later, or look under Personal API keys.',
      },
      ...lastRows('Linear'),
    ],
    tells: [
      { fact: 'owner', from: { json: ['data', 'viewer', 'email'] }, as: 'text' },
      { fact: 'organisation', from: { json: ['data', 'viewer', 'organization', 'name'] }, as: 'text' },
      { fact: 'quota', from: { header: 'x-ratelimit-requests-remaining' }, as: 'text' },
    ],
  },
  rotation: {
    mode: 'guided',
    overlap: true,
    needs: 'The person, logged in to Linear.',
    steps: usualSteps({
      prepare:
        'Note permissions and teams of the old key. Where the workspace forbids personal keys, ask its administrator first.',
      create:
        'Under "Personal API keys" create a new key with the same permissions and teams, and copy it: it is shown this once.',
      revoke: 'In the same list revoke the old key, by its name, and confirm.',
      prove: 'Keyturn asks with the old key and expects an authentication error.',
    }),
  },
  facts: factsOf(seen, [
    ['form', 'lin_api_ and 40 letters and digits.', detector],
    ['oauth-form', 'lin_oauth_ and 64 hex digits.', 'public code (a few public files)', 'uncertain'],
    ['check', 'POST /graphql with { viewer }; the key without Bearer.', detector],
    ['no-api', 'The public schema has no calls that create or delete keys.', schema],
    [
      'codes',
      'extensions.code is AUTHENTICATION_ERROR for a bad key and RATELIMITED, with 400, for too many requests.',
      knowledge,
      'uncertain',
    ],
    ['quota', 'How many keys there may be was not found.', knowledge, 'uncertain'],
  ]),
});
