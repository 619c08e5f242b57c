// Neon API keys: of a person or of an organisation. The question "who am I" of persons fails for organisations, another works for both.
import { defineProvider } from '../define-provider.ts';
import { between, literal } from '../format.ts';
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
const description = 'npm @neondatabase/api-client@2.7.1 public-v2-for-users.gen.yaml';
const publicCode = 'public code (many public files)';

export const neon = defineProvider({
  id: 'neon',
  name: 'Neon',
  domain: 'neon.tech',
  category: 'saas',
  otherNames: ['Neon Postgres'],
  nearNames: [
    { name: 'Neon CRM', domain: 'neoncrm.com', difference: 'software for charities; no napi_ keys' },
  ],
  formats: [
    {
      id: 'key',
      kind: 'unknown',
      label: 'API key',
      match: 'prefix',
      pattern: { parts: [literal('napi_'), between(40, 80, 'lower-alphanumeric')] },
    },
  ],
  fields: [
    secretField({
      label: 'API key',
      variable: 'NEON_API_KEY',
      help: 'Shown once, when it is created.',
      labels: ['neon_api_key', 'neon_key', 'api_key', 'authorization'],
    }),
  ],
  envNames: ['NEON_API_KEY', 'NEON_KEY', 'NEON_TOKEN'],
  hosts: ['console.neon.tech'],
  portals: [
    portalFor(
      'neon',
      'https://console.neon.tech/app/settings/api-keys',
      'Account settings → API keys; of an organisation: its Settings → API keys',
    ),
  ],
  apiBases: [{ environment: 'neon', kinds: everyKind, url: 'https://console.neon.tech' }],
  auth: bearer,
  managedBy: {
    create: 'the person, or a key of the person; for an organisation its administrator',
    revoke: 'the same',
  },
  reveal: { live: 'once', test: 'once', unknown: 'once' },
  editable: [],
  expiry: { rule: 'none' },
  classes: [
    { id: 'personal', label: 'Of a person: everything the person may do', access: 'full' },
    { id: 'organisation', label: 'Of an organisation, perhaps for one project', access: 'unknown' },
  ],
  movesMoney: { value: true, why: 'A thief can read and delete databases, and create what you pay for.' },
  check: {
    possible: true,
    scheduled: 'all',
    requests: [
      {
        environment: 'neon',
        kinds: everyKind,
        method: 'GET',
        url: 'https://console.neon.tech/api/v2/auth',
        cost: 'none',
      },
    ],
    neverCall: ['/api_keys', '/projects', '/organizations/', '/transfer_projects'],
    decisions: [
      worksRow('Neon answered with the account of the key.', { json: { path: ['account_id'] } }),
      {
        status: 401,
        state: 'invalid',
        reason: 'Neon does not accept this key: unknown or revoked. It gives one answer for both.',
        next: 'Look at the list of API keys of the person or the organisation.',
      },
      {
        status: 403,
        state: 'blocked',
        reason: 'Neon knows the key and refuses this question.',
        next: 'Look whether the organisation restricts addresses or the key its project.',
      },
      ...lastRows('Neon'),
    ],
    tells: [{ fact: 'account', from: { json: ['account_id'] }, as: 'text' }],
  },
  rotation: {
    mode: 'self',
    overlap: true,
    needs: 'A key of a person; for keys of an organisation an administrator.',
    steps: usualSteps({
      prepare:
        'Note the id of the old key in the list, and whether it is one of a person, a project or an organisation.',
      create: '"Create new API key" of the same owner, with a name, and copy it: it is shown this once.',
      revoke: 'In the list revoke the old key by its name or id, and confirm.',
      prove: 'Keyturn asks with the old key and expects 401.',
    }),
  },
  facts: factsOf(seen, [
    [
      'form',
      'napi_ and about 64 small letters and digits; the length is not documented.',
      publicCode,
      'uncertain',
    ],
    [
      'check',
      'GET /auth answers to keys of persons and of organisations, with account_id and auth_method.',
      description,
    ],
    ['users-me', '/users/me fails for keys of organisations.', description],
    ['keys', 'A key can create and revoke keys of its person.', description],
    ['own-id', 'Whether auth_data names the id of the key is not known.', description, 'uncertain'],
  ]),
});
