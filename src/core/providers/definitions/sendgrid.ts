// Twilio SendGrid keys: a key tells its scopes, and may live in the European region, where the other one does not know it.
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
const description = 'github.com/sendgrid/sendgrid-oai@bef1536 spec/paths/security/api_keys.json';
const trufflehog = 'github.com/trufflesecurity/trufflehog@3ab759f pkg/detectors/sendgrid/sendgrid.go';
const page = 'https://twilio.com/docs/sendgrid/api-reference/api-keys/delete-api-keys';

export const sendgrid = defineProvider({
  id: 'sendgrid',
  name: 'SendGrid',
  domain: 'sendgrid.com',
  category: 'saas',
  otherNames: ['Twilio SendGrid'],
  nearNames: [
    { name: 'Twilio', domain: 'twilio.com', difference: 'calls and messages; an SK… id and a secret' },
  ],
  formats: [
    {
      id: 'key',
      kind: 'unknown',
      label: 'API key',
      match: 'prefix',
      pattern: {
        parts: [literal('SG.'), between(20, 24, 'base64url'), literal('.'), between(39, 50, 'base64url')],
      },
      note: 'The part between the dots is the id of the key.',
    },
  ],
  fields: [
    secretField({
      label: 'API key',
      variable: 'SENDGRID_API_KEY',
      help: 'Shown once, when it is created.',
      labels: ['sendgrid_api_key', 'sendgrid_key', 'api_key', 'authorization'],
    }),
  ],
  envNames: ['SENDGRID_API_KEY', 'SENDGRID_KEY', 'SENDGRID_TOKEN'],
  hosts: ['api.sendgrid.com', 'api.eu.sendgrid.com', 'app.sendgrid.com', 'smtp.sendgrid.net'],
  portals: [portalFor('sendgrid', 'https://app.sendgrid.com/settings/api_keys', 'Settings → API Keys')],
  apiBases: [
    { environment: 'global', kinds: everyKind, url: 'https://api.sendgrid.com' },
    { environment: 'EU', kinds: everyKind, url: 'https://api.eu.sendgrid.com' },
  ],
  auth: bearer,
  managedBy: {
    create: 'a teammate with the permission, or a key with the scope api_keys.create',
    revoke: 'the same; deleting takes a short while to be known everywhere',
  },
  limits: [{ max: 100, per: 'account', approximate: false }],
  reveal: { live: 'once', test: 'once', unknown: 'once' },
  editable: ['name', 'scopes'],
  expiry: { rule: 'none' },
  ipAllowlist: { supported: true, warnWhenEmpty: [] },
  movesMoney: { value: true, why: 'A thief sends mail in your name, and you pay for it.' },
  check: {
    possible: true,
    scheduled: 'all',
    settlesWithinSeconds: 60,
    requests: [
      {
        id: 'global',
        environment: 'global',
        kinds: everyKind,
        method: 'GET',
        url: 'https://api.sendgrid.com/v3/scopes',
        cost: 'none',
      },
      {
        id: 'eu',
        environment: 'EU',
        kinds: everyKind,
        method: 'GET',
        url: 'https://api.eu.sendgrid.com/v3/scopes',
        cost: 'none',
      },
    ],
    neverCall: ['/v3/mail/', '/v3/marketing/', '/v3/api_keys', '/v3/campaigns', '/v3/contactdb'],
    decisions: [
      worksRow('SendGrid answered with the scopes of the key.', { json: { path: ['scopes'] } }),
      {
        request: 'global',
        status: 401,
        state: 'invalid',
        reason: 'SendGrid does not accept this key: unknown, deleted, or of the European region.',
        next: 'Look at Settings → API Keys whether it is listed.',
        ask: 'eu',
      },
      {
        status: 401,
        state: 'invalid',
        reason:
          'SendGrid does not accept this key in either region: unknown or deleted. It gives one answer for both.',
        next: 'Look at Settings → API Keys whether it is listed.',
      },
      {
        status: 403,
        state: 'blocked',
        reason: 'SendGrid knows the key and refuses it here: IP access management, or the account is held.',
        next: 'Compare your address with IP Access Management, then look at the state of the account.',
      },
      ...lastRows('SendGrid'),
    ],
    tells: [{ fact: 'scopes', from: { json: ['scopes'] }, as: 'list' }],
  },
  rotation: {
    mode: 'self',
    overlap: true,
    needs: 'The scopes api_keys.create, read and delete; a free one of 100 places.',
    steps: usualSteps({
      prepare: 'Note the scopes of the old key: one made without scopes may do everything.',
      create:
        'Settings → API Keys → "Create API Key": a name and exactly these scopes, and copy it: it is shown this once.',
      revoke: 'In the list delete the old key: its id is the part between the two dots.',
      prove: 'Keyturn asks with the old key until it is refused, for a minute.',
    }),
  },
  facts: factsOf(seen, [
    ['form', 'SG., 20 to 24 characters, a dot, 39 to 50 characters; the middle part is the id.', trufflehog],
    ['check', 'GET /v3/scopes answers with the scopes of the key.', description],
    ['401', 'The exact text of the 401 is not known.', description, 'uncertain'],
    ['403', '403 means alive but refused.', trufflehog],
    ['regions', 'Europe has an address of its own, api.eu.sendgrid.com.', description],
    [
      'region-401',
      'A European key asked at the other address gets 401.',
      'general knowledge, no page read',
      'uncertain',
    ],
    ['full', 'A key made without scopes has full access.', description],
    ['quota', 'At most 100 keys.', description],
    ['delay', 'Deleting has a small propagation delay; how long is not said.', page, 'uncertain'],
  ]),
});
