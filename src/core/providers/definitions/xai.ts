// xAI keys: the answer to /v1/api-key describes the key itself, and says blocked or disabled of a key that it answers.
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
const detector = 'github.com/trufflesecurity/trufflehog@3ab759f pkg/detectors/xai/xai.go';
const description =
  'https://docs.x.ai/docs/api-reference#api-key (as copied by github.com/api-evangelist/xai)';
const management = 'https://docs.x.ai/developers/management-api';

export const xai = defineProvider({
  id: 'xai',
  name: 'xAI',
  domain: 'x.ai',
  category: 'saas',
  otherNames: ['Grok API key', 'xAI API key'],
  nearNames: [
    { name: 'Groq', domain: 'groq.com', difference: 'runs models of others; keys begin with gsk_' },
    { name: 'X', domain: 'x.com', difference: 'the network; its API keys have no prefix' },
  ],
  formats: [
    {
      id: 'key',
      kind: 'unknown',
      label: 'API key',
      match: 'prefix',
      pattern: { parts: [literal('xai-'), exactly(80, 'word')] },
    },
  ],
  fields: [
    secretField({
      label: 'API key',
      variable: 'XAI_API_KEY',
      help: 'Shown once, when it is created.',
      labels: ['xai_api_key', 'grok_api_key', 'authorization', 'api_key'],
    }),
  ],
  envNames: ['XAI_API_KEY', 'XAI_KEY', 'GROK_API_KEY'],
  hosts: ['api.x.ai', 'console.x.ai'],
  portals: [portalFor('xAI', 'https://console.x.ai', 'The team → API Keys')],
  apiBases: [{ environment: 'xAI', kinds: everyKind, url: 'https://api.x.ai' }],
  auth: bearer,
  managedBy: {
    create: 'a member of the team with the right to manage keys, or a management key',
    revoke: 'the same; disabling can be undone, deleting cannot',
  },
  reveal: { live: 'once', test: 'once', unknown: 'once' },
  editable: ['name', 'models and endpoints that it may use', 'enabled or disabled'],
  expiry: { rule: 'unknown' },
  movesMoney: { value: true, why: 'Every call is billed to your team.' },
  lifecycle: [
    {
      state: 'blocked',
      text: 'xAI may block a key or a whole team; a member may disable a key.',
      who: 'an administrator of the team, or xAI',
    },
  ],
  check: {
    possible: true,
    scheduled: 'all',
    requests: [
      {
        environment: 'xAI',
        kinds: everyKind,
        method: 'GET',
        url: 'https://api.x.ai/v1/api-key',
        cost: 'none',
      },
    ],
    neverCall: ['/v1/images', '/v1/messages', '/v1/complete'],
    decisions: [
      {
        status: 200,
        json: { path: ['api_key_disabled'], is: true },
        state: 'blocked',
        reason: 'xAI knows the key; it is disabled.',
        next: 'Enable it in the console, if that is right.',
      },
      {
        status: 200,
        json: { path: ['api_key_blocked'], is: true },
        state: 'blocked',
        reason: 'xAI knows the key and has blocked it, as it does with keys that are found in public.',
        next: 'Create another key, and look where this one was published.',
      },
      {
        status: 200,
        json: { path: ['team_blocked'], is: true },
        state: 'blocked',
        reason: 'xAI knows the key; its team is blocked.',
        next: 'Look at the billing of the team in the console.',
      },
      worksRow('xAI answered with name and rights of the key.'),
      {
        status: 400,
        state: 'invalid',
        reason: 'xAI does not accept this key: it answers a wrong key with 400.',
        next: 'Look in the console whether it is listed.',
      },
      {
        status: 401,
        state: 'invalid',
        reason: 'xAI does not accept this key.',
        next: 'Look in the console whether it is listed.',
      },
      {
        status: 403,
        state: 'blocked',
        reason: 'xAI knows the key: it or its team is blocked, or may not ask this.',
        next: 'Look at the key and its team in the console.',
      },
      ...lastRows('xAI'),
    ],
    tells: [
      { fact: 'name', from: { json: ['name'] }, as: 'text' },
      { fact: 'scopes', from: { json: ['acls'] }, as: 'list' },
      { fact: 'owner', from: { json: ['user_id'] }, as: 'text' },
      { fact: 'organisation', from: { json: ['team_id'] }, as: 'text' },
      { fact: 'createdAt', from: { json: ['create_time'] }, as: 'date' },
    ],
  },
  rotation: {
    mode: 'guided',
    overlap: true,
    needs: 'A member of the team who may manage keys.',
    steps: usualSteps({
      prepare: 'Note which models and endpoints the old key may use.',
      create:
        'Under API Keys create a second key with the same models and endpoints, and copy it: it is shown this once.',
      revoke:
        'Under API Keys disable the old key, see that nothing breaks, then delete it: deleting cannot be undone.',
      prove: 'Keyturn asks with the old key and expects 400 or 401.',
    }),
  },
  facts: factsOf(seen, [
    ['form', 'xai- and 80 letters, digits and _.', detector],
    [
      'check',
      'GET /v1/api-key describes the key: name, acls, api_key_blocked, api_key_disabled, team_blocked.',
      description,
    ],
    ['refused', 'A wrong key is answered 400.', description],
    ['management', 'A management API makes and deletes keys, with a management key.', management],
    ['expiry', 'Whether keys end was not found.', description, 'uncertain'],
    ['quota', 'How many keys there may be was not found.', description, 'uncertain'],
  ]),
});
