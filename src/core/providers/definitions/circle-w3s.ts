// Circle Web3 Services, managed in the Console: the same LIVE_API_KEY: as Circle Mint, one host for test and live.
import { defineProvider } from '../define-provider.ts';
import { exactly, literal } from '../format.ts';
import { namesLikeCircle } from '../near-names.ts';

const seen = '2026-11-22';
const authentication = 'https://developers.circle.com/w3s/docs/web3-services-api-keys-authentication';
const keysPage = 'https://developers.circle.com/build/keys';
const errorsPage = 'https://developers.circle.com/w3s/docs/synchronous-errors';
const limitsPage = 'https://developers.circle.com/w3s/docs/programmable-wallet-api-rate-limits';

export const circleW3s = defineProvider({
  id: 'circle-w3s',
  name: 'Circle Console',
  domain: 'console.circle.com',
  category: 'saas',
  otherNames: ['Circle Web3 Services', 'W3S', 'Circle programmable wallets'],
  nearNames: namesLikeCircle('circle.com'),
  formats: [
    {
      id: 'test',
      kind: 'test',
      label: 'testnet key',
      match: 'prefix',
      pattern: {
        parts: [
          literal('TEST_API_KEY:'),
          exactly(32, 'hex'),
          literal(':'),
          exactly(32, 'lower-alphanumeric'),
        ],
      },
      maskLength: 17,
      priority: 10,
    },
    {
      id: 'live',
      kind: 'live',
      label: 'mainnet key',
      match: 'prefix',
      pattern: {
        parts: [
          literal('LIVE_API_KEY:'),
          exactly(32, 'hex'),
          literal(':'),
          exactly(32, 'lower-alphanumeric'),
        ],
      },
      maskLength: 17,
      priority: 10,
      note: 'Circle Mint uses the same form: choose by the portal that the key came from.',
    },
    {
      id: 'test-client',
      kind: 'test',
      label: 'client key for a front end',
      match: 'prefix',
      pattern: { parts: [literal('TEST_CLIENT_KEY:'), exactly(32, 'hex'), literal(':'), exactly(32, 'hex')] },
      sensitivity: 'publishable',
      maskLength: 20,
      priority: 10,
      note: 'From an unofficial source. Bound to a domain or an app, meant for the front end.',
    },
  ],
  fields: [
    {
      name: 'secret',
      label: 'API key',
      variable: 'CIRCLE_API_KEY',
      secret: true,
      required: true,
      help: 'The whole string with both colons, as the Console shows it.',
      labels: ['api_key', 'apikey', 'authorization'],
    },
  ],
  envNames: ['CIRCLE_W3S_*', 'CIRCLE_WALLETS_*', 'CIRCLE_CONSOLE_*', 'CIRCLE_WEB3_*', 'CIRCLE_CLIENT_KEY'],
  hosts: ['console.circle.com', 'api.circle.com/v1/w3s'],
  portals: [
    {
      environment: 'console',
      kinds: ['live', 'test', 'unknown'],
      url: 'https://console.circle.com',
      path: 'API & Client Keys',
    },
  ],
  apiBases: [{ environment: 'console', kinds: ['live', 'test', 'unknown'], url: 'https://api.circle.com' }],
  auth: {
    places: [{ in: 'header', name: 'Authorization', prefix: 'Bearer ', field: 'secret', required: true }],
  },
  managedBy: { create: 'a user of the Console', revoke: 'a user of the Console' },
  requestLimit: '3 requests a second per endpoint and entity, unless stated otherwise',
  reveal: { live: 'once', test: 'once', unknown: 'once' },
  editable: ['name', 'IP allowlist'],
  expiry: { rule: 'none' },
  classes: [
    { id: 'standard', label: 'Standard access', access: 'full' },
    {
      id: 'restricted',
      label: 'Restricted access: none, read or read and write per product',
      access: 'limited',
    },
    { id: 'read-only', label: 'Restricted access: read on every product', access: 'read-only' },
    { id: 'unknown', label: 'Unknown', access: 'unknown' },
  ],
  ipAllowlist: { supported: true, warnWhenEmpty: ['live'] },
  movesMoney: { value: true, why: 'Wallets hold funds, and a key with write access can move them.' },
  lifecycle: [
    {
      state: 'blocked',
      text: '403 Forbidden: the key is good, but has no permission for this product.',
      who: 'a user of the Console: the product permissions of the key',
    },
  ],
  check: {
    possible: true,
    scheduled: 'opt-in',
    requests: [
      {
        environment: 'console',
        kinds: ['live', 'test', 'unknown'],
        method: 'GET',
        url: 'https://api.circle.com/v1/w3s/wallets',
        cost: 'none',
      },
    ],
    neverCall: ['/v1/w3s/developer/transactions', '/v1/w3s/user/transactions'],
    decisions: [
      { status: 200, state: 'valid', reason: 'Circle answered with your wallets.', next: 'Nothing to do.' },
      {
        status: 401,
        bodyHas: 'Malformed authorization',
        state: 'invalid',
        reason: 'Circle does not accept this key. It says that the value is not encoded as it should be.',
        next: 'Compare the value with the Console: the whole string with both colons.',
      },
      {
        status: 401,
        state: 'invalid',
        reason:
          'Refused: unknown or revoked, or the product is not enabled for your entity. Circle gives one answer for all.',
        next: 'Look whether the key is still listed in the Console.',
      },
      {
        status: 403,
        state: 'blocked',
        reason: 'The key is good, but may not use this product.',
        next: 'Look at the product permissions of the key in the Console.',
      },
      {
        status: 400,
        state: 'not-checkable',
        reason: 'Circle calls it an invalid parameter or key and does not say which.',
        next: 'Check again later, or try the key in the Console.',
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
    needs: 'A user of the Console.',
    steps: [
      {
        id: 'prepare',
        text: 'Note kind, access (standard, or restricted with its products) and IP allowlist of the old key.',
      },
      {
        id: 'create',
        text: 'Console → API & Client Keys → create a key of the same kind, with the same access and IP allowlist, and copy it: it is shown this once.',
      },
      {
        id: 'verify',
        text: 'Paste it here, whole, with both colons; Keyturn checks its form and asks Circle.',
      },
      { id: 'distribute', text: 'Give it to every environment and consumer of the old one.' },
      { id: 'test', text: 'See that they work with the new key.' },
      { id: 'revoke', text: 'Under API & Client Keys delete the old key, by its name, and confirm.' },
      { id: 'prove', text: 'Keyturn asks with the old key and expects 401.' },
    ],
  },
  facts: [
    {
      id: 'forms',
      text: 'TEST_API_KEY: or LIVE_API_KEY:, 32 hex digits, a colon, 32 characters (not always hex).',
      source: authentication,
      verifiedOn: seen,
    },
    {
      id: 'restricted',
      text: 'Restricted access can be chosen per product in the Console.',
      source: keysPage,
      verifiedOn: seen,
    },
    {
      id: 'client-key',
      text: 'TEST_CLIENT_KEY: marks a client key.',
      source: 'an unofficial source',
      verifiedOn: seen,
      uncertain: true,
    },
    {
      id: 'forbidden',
      text: '403 with code 3 means no access to that endpoint.',
      source: errorsPage,
      verifiedOn: seen,
    },
    {
      id: 'rate',
      text: '3 requests a second per endpoint and entity.',
      source: limitsPage,
      verifiedOn: seen,
    },
    {
      id: 'quota',
      text: 'No limit on the number of keys was found for the Console.',
      source: keysPage,
      verifiedOn: seen,
      uncertain: true,
    },
  ],
});
