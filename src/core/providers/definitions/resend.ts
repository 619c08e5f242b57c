// Resend API keys. A key that may only send is refused with 401 and works: the name in the answer decides, not its number.
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
const description = 'github.com/resend/resend-openapi@fd6f395 resend.yaml';
const publicCode = 'public code (many public files)';

export const resend = defineProvider({
  id: 'resend',
  name: 'Resend',
  domain: 'resend.com',
  category: 'saas',
  formats: [
    {
      id: 'key',
      kind: 'unknown',
      label: 'API key',
      match: 'prefix',
      pattern: { parts: [literal('re_'), between(20, 100, 'word')] },
      note: 'Most have 8 characters, an underscore and 24 more; the length is not documented.',
    },
  ],
  fields: [
    secretField({
      label: 'API key',
      variable: 'RESEND_API_KEY',
      help: 'Shown once, when it is created.',
      labels: ['resend_api_key', 'resend_key', 'api_key', 'authorization'],
    }),
  ],
  envNames: ['RESEND_API_KEY', 'RESEND_KEY', 'RESEND_TOKEN'],
  hosts: ['api.resend.com', 'resend.com/api-keys'],
  portals: [portalFor('resend', 'https://resend.com/api-keys', 'API Keys')],
  apiBases: [{ environment: 'resend', kinds: everyKind, url: 'https://api.resend.com' }],
  auth: bearer,
  managedBy: {
    create: 'a member of the team, or a key with full access',
    revoke: 'the same',
  },
  reveal: { live: 'once', test: 'once', unknown: 'once' },
  editable: ['name'],
  expiry: { rule: 'none' },
  classes: [
    { id: 'full', label: 'Full access', access: 'full' },
    { id: 'sending', label: 'Sending access, perhaps for one domain', access: 'limited' },
  ],
  movesMoney: { value: true, why: 'A thief sends mail in your name, and you pay for it.' },
  check: {
    possible: true,
    scheduled: 'all',
    requests: [
      {
        environment: 'resend',
        kinds: everyKind,
        method: 'GET',
        url: 'https://api.resend.com/domains',
        cost: 'none',
      },
    ],
    neverCall: ['/emails', '/broadcasts', '/api-keys', '/audiences', '/contacts'],
    decisions: [
      worksRow('Resend answered with your domains.', { json: { path: ['data'] } }),
      {
        json: { path: ['name'], is: 'restricted_api_key' },
        state: 'blocked',
        reason: 'The key works; it may only send e-mail, so it may not list domains.',
        next: 'Nothing is wrong with it for what it was made for.',
      },
      {
        json: { path: ['name'], is: 'invalid_api_key' },
        state: 'invalid',
        reason: 'Resend does not accept this key: unknown or deleted. It gives one answer for both.',
        next: 'Look at API Keys whether it is listed.',
      },
      {
        bodyHas: 'API key is invalid',
        state: 'invalid',
        reason: 'Resend does not accept this key: unknown or deleted. It gives one answer for both.',
        next: 'Look at API Keys whether it is listed.',
      },
      {
        json: { path: ['name'], is: 'missing_api_key' },
        state: 'not-checkable',
        reason: 'The key did not arrive: something between here and Resend took the header away.',
        next: 'Look at your proxy, then check again.',
      },
      {
        status: 401,
        state: 'invalid',
        reason: 'Resend refuses the key and does not say why.',
        next: 'Look at API Keys whether it is listed.',
      },
      {
        status: 403,
        state: 'blocked',
        reason: 'Resend knows the key and refuses this question.',
        next: 'Look at the permission of the key and at the state of the team.',
      },
      ...lastRows('Resend'),
    ],
  },
  rotation: {
    mode: 'self',
    overlap: true,
    needs: 'A key with full access; one with sending access cannot make its successor.',
    steps: usualSteps({
      prepare: 'Note permission and domain of the old key.',
      create:
        'Create a second key with the same ones, and keep its id: the list does not say which key is in use.',
      revoke:
        'In the list of API keys open the menu of the old key and remove it; its first characters tell which one it is.',
      prove: 'Keyturn asks with the old key and expects invalid_api_key.',
    }),
  },
  facts: factsOf(seen, [
    ['form', 're_ and at least 20 characters; the exact length is not documented.', publicCode, 'uncertain'],
    ['check', 'GET /domains answers 200 to a key with full access.', description],
    ['restricted', '401 with restricted_api_key: alive, may only send.', publicCode],
    ['names', 'Refusals are 401, 403 or 400; the name tells them apart.', publicCode],
    ['keys', 'Keys are created, listed, renamed and deleted by API with a full key.', description],
    ['list', 'The list shows id, name and dates, not the beginning of a key.', description],
  ]),
});
