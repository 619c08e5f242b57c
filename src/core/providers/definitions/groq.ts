// Groq keys: the list of models tells whether a key works. The name is one letter away from Grok, which is xAI's.
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
const detector = 'github.com/trufflesecurity/trufflehog@3ab759f pkg/detectors/groq';
const knowledge = 'general knowledge, no page read';

export const groq = defineProvider({
  id: 'groq',
  name: 'Groq',
  domain: 'groq.com',
  category: 'saas',
  otherNames: ['GroqCloud', 'Groq API key'],
  nearNames: [{ name: 'Grok', domain: 'x.ai', difference: 'the model of xAI; keys begin with xai-' }],
  formats: [
    {
      id: 'key',
      kind: 'unknown',
      label: 'API key',
      match: 'prefix',
      pattern: { parts: [literal('gsk_'), exactly(52, 'alphanumeric')] },
    },
  ],
  fields: [
    secretField({
      label: 'API key',
      variable: 'GROQ_API_KEY',
      help: 'Shown once, when it is created.',
      labels: ['groq_api_key', 'groq_key', 'authorization', 'api_key'],
    }),
  ],
  envNames: ['GROQ_API_KEY', 'GROQ_KEY'],
  hosts: ['api.groq.com', 'console.groq.com'],
  portals: [portalFor('Groq', 'https://console.groq.com/keys', 'API Keys')],
  apiBases: [{ environment: 'Groq', kinds: everyKind, url: 'https://api.groq.com' }],
  auth: bearer,
  managedBy: {
    create: 'a member of the organisation',
    revoke: 'the person who made it, or an owner of the organisation',
  },
  reveal: { live: 'once', test: 'once', unknown: 'once' },
  editable: ['name'],
  expiry: { rule: 'none' },
  movesMoney: { value: true, why: 'Calls are billed to your organisation once it pays.' },
  check: {
    possible: true,
    scheduled: 'all',
    requests: [
      {
        environment: 'Groq',
        kinds: everyKind,
        method: 'GET',
        url: 'https://api.groq.com/openai/v1/models',
        cost: 'none',
      },
    ],
    neverCall: ['/openai/v1/audio', '/openai/v1/batches', '/openai/v1/files'],
    decisions: [
      worksRow('Groq answered with its list of models.', { json: { path: ['data'] } }),
      {
        status: 401,
        state: 'invalid',
        reason: 'Groq does not accept this key: unknown or deleted.',
        next: 'Look under API Keys whether it is listed. A key of xAI (Grok) begins with xai-.',
      },
      {
        status: 403,
        state: 'blocked',
        reason: 'Groq knows the key, or refuses your network: it says forbidden and not which.',
        next: 'Try it from where it is used, and look at the limits of the project.',
      },
      {
        status: 400,
        bodyHas: 'organization_restricted',
        state: 'blocked',
        reason: 'Groq knows the key; its organisation is restricted.',
        next: 'Ask Groq Support.',
      },
      ...lastRows('Groq'),
    ],
  },
  rotation: {
    mode: 'guided',
    overlap: true,
    needs: 'A member of the organisation, logged in to the console.',
    steps: usualSteps({
      prepare: 'See in which project the old key is listed.',
      create:
        'Choose the same project, then "Create API Key": give it a name and an end if it is offered, and copy it: it is shown this once.',
      revoke: 'Under API Keys delete the old key: its name and its last characters tell which one it is.',
      prove: 'Keyturn asks with the old key and expects 401.',
    }),
  },
  facts: factsOf(seen, [
    ['form', 'gsk_ and 52 letters and digits.', detector],
    ['check', 'GET /openai/v1/models: 200 alive, 401 not.', detector],
    ['restricted', 'organization_restricted is said of restricted organisations.', knowledge, 'uncertain'],
    ['no-expiry', 'Keys do not end by themselves.', knowledge, 'uncertain'],
    ['no-api', 'No call that manages keys was found.', knowledge, 'uncertain'],
  ]),
});
