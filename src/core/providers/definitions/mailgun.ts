// Mailgun API keys: two regions that do not know each other's keys; sending keys that may only send; a key that was reset may work
// on for two days.
import { defineProvider } from '../define-provider.ts';
import { exactly, literal } from '../format.ts';
import { everyKind, factsOf, lastRows, portalFor, secretField, usualSteps, worksRow } from '../usual.ts';

const seen = '2026-11-22';
const authentication = 'https://documentation.mailgun.com/docs/mailgun/api-reference/authentication';
const overview = 'https://documentation.mailgun.com/docs/mailgun/api-reference';
const keys = 'https://documentation.mailgun.com/docs/mailgun/api-reference/send/mailgun/keys/post-v1-keys';
const trufflehog = 'github.com/trufflesecurity/trufflehog@3ab759f pkg/detectors/mailgun';
const gitguardian =
  'https://docs.gitguardian.com/secrets-detection/secrets-detection-engine/detectors/specifics/mailgun_primary_key';

export const mailgun = defineProvider({
  id: 'mailgun',
  name: 'Mailgun',
  domain: 'mailgun.com',
  category: 'saas',
  otherNames: ['Sinch Mailgun'],
  formats: [
    {
      id: 'prefixed',
      kind: 'unknown',
      label: 'API key',
      match: 'prefix',
      pattern: { parts: [literal('key-'), exactly(32, 'lower-alphanumeric')] },
    },
    {
      id: 'key',
      kind: 'unknown',
      label: 'API key of the newer form',
      match: 'shape',
      pattern: {
        parts: [exactly(32, 'hex'), literal('-'), exactly(8, 'hex'), literal('-'), exactly(8, 'hex')],
      },
    },
  ],
  fields: [
    secretField({
      label: 'API key',
      variable: 'MAILGUN_API_KEY',
      help: 'Shown once, when it is created.',
      labels: ['mailgun_api_key', 'mailgun_key', 'mailgun_private_api_key', 'api_key'],
    }),
  ],
  envNames: ['MAILGUN_API_KEY', 'MAILGUN_KEY', 'MAILGUN_PRIVATE_API_KEY', 'MAILGUN_SENDING_KEY'],
  hosts: ['api.mailgun.net', 'api.eu.mailgun.net', 'app.mailgun.com'],
  portals: [
    portalFor(
      'mailgun',
      'https://app.mailgun.com/settings/api_security',
      'Account settings → API Security; sending keys: the domain → Sending API keys',
    ),
  ],
  apiBases: [
    { environment: 'US', kinds: everyKind, url: 'https://api.mailgun.net' },
    { environment: 'EU', kinds: everyKind, url: 'https://api.eu.mailgun.net' },
  ],
  auth: {
    places: [{ in: 'basic-password', name: 'api', prefix: '', field: 'secret', required: true }],
    note: 'The user is always "api".',
  },
  managedBy: {
    create: 'an administrator, on the web or with a key of the role admin',
    revoke: 'the same; the primary key is reset, not deleted',
  },
  reveal: { live: 'once', test: 'once', unknown: 'once' },
  editable: ['description'],
  expiry: {
    rule: 'fixed-at-creation',
    required: false,
    prolong: 'Create another key with a later end.',
  },
  classes: [
    { id: 'admin', label: 'admin: everything', access: 'full' },
    { id: 'developer', label: 'developer, basic', access: 'limited' },
    { id: 'sending', label: 'sending: of one domain, may only send', access: 'limited' },
  ],
  movesMoney: { value: true, why: 'A thief sends mail in your name, and you pay for it.' },
  check: {
    possible: true,
    scheduled: 'all',
    settlesWithinSeconds: 172_800,
    requests: [
      {
        id: 'us',
        environment: 'US',
        kinds: everyKind,
        method: 'GET',
        url: 'https://api.mailgun.net/v3/domains?limit=1',
        cost: 'none',
      },
      {
        id: 'eu',
        environment: 'EU',
        kinds: everyKind,
        method: 'GET',
        url: 'https://api.eu.mailgun.net/v3/domains?limit=1',
        cost: 'none',
      },
    ],
    neverCall: ['/messages', '/v1/keys', '/v4/address/validate', '/v1/inbox', '/v3/lists', '/v3/routes'],
    decisions: [
      worksRow('Mailgun answered with your domains.', { json: { path: ['items'] } }),
      {
        request: 'us',
        status: 401,
        state: 'invalid',
        reason:
          'Mailgun does not accept this key here: unknown, deleted, of the European region, or a sending key, which may only send.',
        next: 'Look at API Security whether the key is listed, and of which domain and region it is.',
        ask: 'eu',
      },
      {
        status: 401,
        state: 'invalid',
        reason:
          'Mailgun does not accept this key in either region: unknown, deleted, over, or a sending key, which may only send. One answer stands for all.',
        next: 'Look at API Security, and for a sending key at the settings of its domain.',
      },
      {
        status: 403,
        state: 'blocked',
        reason:
          'Mailgun knows the key and refuses this question: its role, its addresses, or the account is held.',
        next: 'Look at the role of the key and at its IP allowlist.',
      },
      ...lastRows('Mailgun'),
    ],
  },
  rotation: {
    mode: 'self',
    overlap: true,
    needs: 'A key of the role admin.',
    steps: usualSteps({
      prepare: 'Note role and domain of the old key.',
      create:
        'API security → add a key with the same role and domain, and an end, and copy it: it is shown this once.',
      revoke: 'In the same list delete the old key, by its id or description.',
      prove:
        'Keyturn asks with the old key until it is refused; a primary key that was reset may work for 48 hours.',
    }),
  },
  facts: factsOf(seen, [
    ['forms', 'key- and 32 characters, or 32, 8 and 8 hex digits.', trufflehog],
    ['basic', 'Basic authentication; the user is api.', authentication],
    ['regions', 'The European region has an address of its own.', overview],
    ['sending', 'A sending key may only POST messages of its domain.', authentication],
    ['check', 'GET /v3/domains answers with total_count and items.', trufflehog],
    ['401', 'The text of the 401 is not documented.', authentication, 'uncertain'],
    ['create', 'Keys have a role, a kind and may have an end in seconds.', keys],
    ['settle', 'A primary key that was reset stays usable for up to 48 hours.', gitguardian],
  ]),
});
