// Postmark tokens: UUIDs, of a server or of the account, told apart by the header that takes them. Where nobody knows which it is,
// both are tried: the answer tells.
import { defineProvider } from '../define-provider.ts';
import {
  everyKind,
  factsOf,
  lastRows,
  ownHeader,
  portalFor,
  secretField,
  usualSteps,
  uuidParts,
  worksRow,
} from '../usual.ts';

const seen = '2026-11-22';
const overview = 'https://postmarkapp.com/developer/api/overview';
const support =
  'https://postmarkapp.com/support/article/getting-a-403-that-doesnt-look-like-a-postmark-error';
const detector = 'github.com/trufflesecurity/trufflehog@3ab759f pkg/detectors/postmark/postmark.go';
const publicCode = "public code 'X-Postmark-Account-Token', '\"ApiTokens\": ['";

export const postmark = defineProvider({
  id: 'postmark',
  name: 'Postmark server / account token',
  domain: 'postmarkapp.com',
  category: 'saas',
  otherNames: ['Postmark API token', 'Postmark server token'],
  nearNames: [
    {
      name: 'Postman',
      domain: 'postman.com',
      difference: 'tries out APIs; keys begin with PMAK-',
    },
  ],
  formats: [
    {
      id: 'token',
      kind: 'unknown',
      label: 'server or account token',
      match: 'shape',
      pattern: { parts: uuidParts },
      note: 'A UUID: nothing in it says that it is a key.',
    },
  ],
  fields: [
    secretField({
      label: 'Token',
      variable: 'POSTMARK_SERVER_TOKEN',
      help: 'Can be shown again under API Tokens. A server that is called POSTMARK_API_TEST only pretends to send.',
      labels: [
        'x-postmark-server-token',
        'x-postmark-account-token',
        'postmark_api_token',
        'postmark_token',
        'postmark_account_token',
        'postmark_server_token',
      ],
    }),
  ],
  envNames: ['POSTMARK_*'],
  hosts: ['api.postmarkapp.com', 'smtp.postmarkapp.com'],
  portals: [
    portalFor('account', 'https://account.postmarkapp.com/api_tokens', 'Account → API Tokens'),
    portalFor('server', 'https://account.postmarkapp.com/servers', 'The server → API Tokens'),
  ],
  apiBases: [{ environment: 'Postmark', kinds: everyKind, url: 'https://api.postmarkapp.com' }],
  auth: ownHeader('X-Postmark-Server-Token'),
  managedBy: {
    create: 'an administrator of the server; the owner or an administrator of the account for account tokens',
    revoke: 'the same',
  },
  limits: [{ max: 3, per: 'environment', approximate: true }],
  reveal: { live: 'again', test: 'again', unknown: 'again' },
  editable: [],
  expiry: { rule: 'none' },
  classes: [
    { id: 'server', label: 'Server: sends mail and reads its activity', access: 'limited' },
    { id: 'account', label: 'Account: servers and domains, and the tokens of every server', access: 'full' },
  ],
  movesMoney: {
    value: true,
    why: 'A thief sends mail in your name and at your cost; an account token reads every server token.',
  },
  lifecycle: [
    {
      state: 'issued-not-activated',
      text: 'A new account may send to its own domains only until Postmark has approved it.',
      who: 'Postmark, on request of the owner',
    },
  ],
  check: {
    possible: true,
    scheduled: 'all',
    requests: [
      {
        id: 'server',
        environment: 'Postmark',
        kinds: everyKind,
        method: 'GET',
        url: 'https://api.postmarkapp.com/deliverystats',
        headers: { accept: 'application/json' },
        cost: 'none',
      },
      {
        id: 'account',
        environment: 'Postmark',
        kinds: everyKind,
        method: 'GET',
        url: 'https://api.postmarkapp.com/domains?count=1&offset=0',
        headers: { accept: 'application/json' },
        auth: ownHeader('X-Postmark-Account-Token'),
        cost: 'none',
      },
    ],
    neverCall: ['/email', '/messages', '/servers'],
    decisions: [
      worksRow('Postmark accepts it as the token of a server.', { request: 'server' }),
      worksRow('Postmark accepts it as the token of the account.', { request: 'account' }),
      {
        status: 403,
        bodyHas: '<html',
        state: 'unreachable',
        reason: 'A filter in front of Postmark stopped the question. This says nothing about the token.',
        next: 'Check again later, or from another network.',
      },
      {
        request: 'server',
        status: 401,
        state: 'invalid',
        reason: 'Postmark knows no server token of this value.',
        next: 'Look under API Tokens of the server whether it is listed.',
        ask: 'account',
      },
      {
        status: 401,
        state: 'invalid',
        reason:
          'Postmark accepts it neither as the token of a server nor as that of the account: unknown or deleted.',
        next: 'Look under API Tokens of the server and of the account.',
      },
      {
        status: 403,
        state: 'blocked',
        reason: 'Postmark knows the token and refuses this question.',
        next: 'Look at the server and the account on the web.',
      },
      {
        status: 422,
        state: 'blocked',
        reason: 'Postmark knows the token and says that the account or the server may not do this.',
        next: 'Look at the account on the web: it may be waiting for approval.',
      },
      ...lastRows('Postmark'),
    ],
  },
  rotation: {
    mode: 'guided',
    overlap: true,
    needs: 'An administrator of the server, or of the account; a server holds about three tokens.',
    steps: usualSteps({
      prepare:
        'See whether it is a token of the account or of a server; a server holds about three tokens: at the limit delete an unused one first.',
      create:
        'Under API Tokens of the same server, or of the account, generate another token, and copy it: it stays visible there.',
      revoke: 'Under API Tokens delete the old token, and confirm.',
      prove: 'Keyturn asks with the old token and expects 401.',
    }),
  },
  facts: factsOf(seen, [
    ['headers', 'X-Postmark-Server-Token and X-Postmark-Account-Token take different tokens.', overview],
    ['refused', 'Wrong or missing headers are answered 401.', overview],
    ['filter-403', 'A 403 with HTML comes from a filter in front of the API, not from Postmark.', support],
    ['check', 'GET /deliverystats for a server, GET /domains for the account.', detector],
    ['plaintext', 'GET /servers gives the tokens of every server in clear to an account token.', publicCode],
    ['quota', 'Three tokens per server.', 'from memory, no page read', 'uncertain'],
    [
      'error-code',
      'The body of the 401 holds ErrorCode 10.',
      'public code (a few public files)',
      'uncertain',
    ],
  ]),
});
