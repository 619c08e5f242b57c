// Circle Mint, the core APIs: two dashboards, keys that never expire, 401 that may only mean "product not enabled".
import { defineProvider } from '../define-provider.ts';
import { exactly, literal } from '../format.ts';
import { namesLikeCircle } from '../near-names.ts';

const seen = '2026-11-22';
const helpPage = 'Circle help page "API Keys" (seed 0)';
const authentication = 'https://developers.circle.com/circle-mint/authentication';
const testing = 'https://developers.circle.com/docs/testing-connectivity-and-api-keys';
const path = 'Circle Mint → Developers → API keys';

export const circleMint = defineProvider({
  id: 'circle-mint',
  name: 'Circle Mint',
  domain: 'circle.com',
  category: 'saas',
  otherNames: ['Circle', 'Circle core API', 'USDC'],
  nearNames: namesLikeCircle('circle.com'),
  formats: [
    {
      id: 'live',
      kind: 'live',
      label: 'production key',
      match: 'prefix',
      pattern: { parts: [literal('LIVE_API_KEY:'), exactly(32, 'hex'), literal(':'), exactly(32, 'hex')] },
      maskLength: 17,
      priority: 20,
    },
    {
      id: 'sandbox',
      kind: 'test',
      label: 'sandbox key',
      match: 'prefix',
      pattern: { parts: [literal('SAND_API_KEY:'), exactly(32, 'hex'), literal(':'), exactly(32, 'hex')] },
      maskLength: 17,
      priority: 20,
      note: 'Seen in public code, not on an official page.',
    },
    {
      id: 'sandbox-base64',
      kind: 'test',
      label: 'sandbox key as older documents give it, in base64',
      match: 'prefix',
      pattern: { parts: [literal('U0FORF9BUElfS0VZO'), exactly(87, 'base64')] },
      note: 'Older documents give the sandbox key in base64; today the key is sent as it is shown.',
    },
  ],
  fields: [
    {
      name: 'secret',
      label: 'API key',
      variable: 'CIRCLE_API_KEY',
      secret: true,
      required: true,
      help: 'The whole string with both colons, as the pop-up shows it.',
      labels: ['api_key', 'apikey', 'authorization'],
    },
  ],
  envNames: ['CIRCLE_API_KEY', 'CIRCLE_KEY', 'CIRCLE_MINT_*', 'CIRCLE_SANDBOX_*'],
  hosts: ['api.circle.com', 'api-sandbox.circle.com', 'app.circle.com', 'app-sandbox.circle.com'],
  portals: [
    { environment: 'production', kinds: ['live'], url: 'https://app.circle.com/developer', path },
    { environment: 'sandbox', kinds: ['test'], url: 'https://app-sandbox.circle.com/developer', path },
  ],
  apiBases: [
    { environment: 'production', kinds: ['live'], url: 'https://api.circle.com' },
    { environment: 'sandbox', kinds: ['test'], url: 'https://api-sandbox.circle.com' },
  ],
  auth: {
    places: [{ in: 'header', name: 'Authorization', prefix: 'Bearer ', field: 'secret', required: true }],
  },
  managedBy: {
    create: 'an Administrator, logged in to the dashboard of the right environment',
    revoke: 'an Administrator; the dashboard asks to type DELETE',
  },
  limits: [{ max: 10, per: 'environment', approximate: false }],
  reveal: { live: 'once', test: 'once', unknown: 'once' },
  editable: ['name', 'IP allowlist'],
  expiry: { rule: 'none' },
  classes: [
    { id: 'standard', label: 'Standard: all subscribed services', access: 'full' },
    { id: 'restricted', label: 'Restricted: one product role', access: 'limited' },
    { id: 'read-only', label: 'Read-only, made by a Circle representative', access: 'read-only' },
    { id: 'unknown', label: 'Unknown: ask Circle', access: 'unknown' },
  ],
  classRules: [
    {
      createdBefore: '2023-04-25',
      classId: 'restricted',
      message: 'Circle gave restricted keys to everybody before 25 April 2023.',
    },
  ],
  ipAllowlist: { supported: true, warnWhenEmpty: ['live'] },
  movesMoney: { value: true, why: 'Losing control of a key may cause financial loss, says Circle.' },
  lifecycle: [
    {
      state: 'issued-not-activated',
      text: 'All product APIs are disabled in production until Circle enables them.',
      who: 'Circle Support; an agreement has to be signed',
    },
    {
      state: 'blocked',
      text: 'A restricted key may be valid for a product that the entity may not use yet: the answer is 401.',
      who: 'your Circle Support Engineer',
    },
    {
      state: 'deleted',
      text: 'A deleted key leaves the list and is refused at once.',
      who: 'an Administrator',
    },
  ],
  check: {
    possible: true,
    scheduled: 'opt-in',
    requests: [
      {
        environment: 'production',
        kinds: ['live'],
        method: 'GET',
        url: 'https://api.circle.com/v1/configuration',
        cost: 'none',
      },
      {
        environment: 'sandbox',
        kinds: ['test'],
        method: 'GET',
        url: 'https://api-sandbox.circle.com/v1/configuration',
        cost: 'none',
      },
    ],
    neverCall: ['/v1/payouts', '/v1/transfers', '/v1/businessAccount/transfers'],
    decisions: [
      {
        status: 200,
        state: 'valid',
        reason: 'Circle answered with your configuration.',
        next: 'Nothing to do.',
      },
      {
        status: 401,
        bodyHas: 'Malformed authorization',
        state: 'invalid',
        reason: 'Circle does not accept this key. It says that the value is not encoded as it should be.',
        next: 'Compare the value with the portal: the whole string with both colons.',
      },
      {
        status: 401,
        state: 'invalid',
        reason:
          'Refused: unknown or revoked, or the product is not enabled for your entity. Circle gives one answer for all.',
        next: 'Look whether the key is still listed in the portal; if it is, ask Circle Support about the product.',
      },
      {
        status: 403,
        state: 'blocked',
        reason: 'The key is known, but may not do this: its role or its IP allowlist says no.',
        next: 'Compare your address with the IP allowlist in the portal, then the role of the key.',
      },
      {
        status: 429,
        state: 'unreachable',
        reason: 'Circle asks to wait before the next question.',
        next: 'Check again in a minute.',
      },
      {
        state: 'unreachable',
        reason: 'Circle gave no answer that says anything about the key.',
        next: 'Check again later; your key is unchanged.',
      },
    ],
  },
  rotation: {
    mode: 'guided',
    overlap: true,
    needs: 'Administrator, and a free slot: at 10 of 10 keys revoke an unused one first.',
    typedConfirmation: 'DELETE',
    steps: [
      {
        id: 'prepare',
        text: 'Log in to the dashboard of the right environment as an Administrator: production and sandbox have one each. Note name and IP allowlist of the old key (ellipsis → view details), and see that fewer than 10 keys are listed. A restricted or read-only key is not made there: ask your Circle representative.',
      },
      {
        id: 'create',
        text: 'Circle Mint → Developers → API keys → create an API key: the same name and IP allowlist, then copy the key before you close with X. It is shown this once.',
      },
      {
        id: 'verify',
        text: 'Paste it here, whole, with both colons; Keyturn checks its form and asks Circle.',
      },
      { id: 'distribute', text: 'Give it to every environment and consumer of the old one.' },
      { id: 'test', text: 'See that they work with the new key.' },
      { id: 'confirm', text: 'Type DELETE to say that the old key may go.' },
      { id: 'revoke', text: 'In the portal: the ellipsis of the old key → delete → type DELETE → delete.' },
      { id: 'prove', text: 'Keyturn asks with the old key and expects 401.' },
    ],
  },
  facts: [
    {
      id: 'portals',
      text: 'Production and sandbox have dashboards of their own.',
      source: helpPage,
      verifiedOn: seen,
    },
    { id: 'quota', text: 'At most 10 API keys per environment.', source: helpPage, verifiedOn: seen },
    {
      id: 'restricted-before',
      text: 'Keys issued before 25 April 2023 are restricted.',
      source: helpPage,
      verifiedOn: seen,
    },
    {
      id: 'restricted-invisible',
      text: 'Permissions of a restricted key can be neither seen, edited nor created in the dashboard.',
      source: `${helpPage}; the Console's pages say otherwise for its own keys`,
      verifiedOn: seen,
      uncertain: true,
    },
    {
      id: 'live-form',
      text: 'LIVE_API_KEY: and twice 32 characters.',
      source: authentication,
      verifiedOn: seen,
    },
    {
      id: 'sandbox-form',
      text: 'SAND_API_KEY: and twice 32 hex digits.',
      source: 'public code (10 public files)',
      verifiedOn: seen,
      uncertain: true,
    },
    {
      id: 'check',
      text: 'GET /v1/configuration answers 200 with a good key.',
      source: testing,
      verifiedOn: seen,
    },
    { id: 'no-expiry', text: 'Keys do not expire.', source: authentication, verifiedOn: seen },
  ],
});
