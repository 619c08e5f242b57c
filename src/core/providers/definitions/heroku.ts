// Heroku tokens of OAuth authorizations. Regenerating ends the old value at once; the list of authorizations shows live tokens, so
// it is never asked.
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
  uuidParts,
  worksRow,
} from '../usual.ts';

const seen = '2026-11-22';
const schema = 'github.com/heroku/platform-api@4f4f592 schema.json';
const cli = 'github.com/heroku/cli docs/authorizations.md';
const trufflehog = 'github.com/trufflesecurity/trufflehog@3ab759f pkg/detectors/heroku';

export const heroku = defineProvider({
  id: 'heroku',
  name: 'Heroku',
  domain: 'heroku.com',
  category: 'saas',
  otherNames: ['Heroku API key', 'Heroku OAuth authorization'],
  formats: [
    {
      id: 'token',
      kind: 'unknown',
      label: 'token',
      match: 'prefix',
      pattern: { parts: [literal('HRKU-AA'), exactly(58, 'base64url')] },
    },
    {
      id: 'prefixed-uuid',
      kind: 'unknown',
      label: 'token of the former form',
      match: 'prefix',
      pattern: { parts: [literal('HRKU-'), ...uuidParts] },
    },
    {
      id: 'uuid',
      kind: 'unknown',
      label: 'token of the old form',
      match: 'shape',
      pattern: { parts: uuidParts },
    },
  ],
  fields: [
    secretField({
      label: 'Token',
      variable: 'HEROKU_API_KEY',
      labels: ['heroku_api_key', 'heroku_token', 'heroku_api_token', 'authorization'],
    }),
  ],
  envNames: ['HEROKU_API_KEY', 'HEROKU_TOKEN', 'HEROKU_API_TOKEN', 'HEROKU_OAUTH_TOKEN'],
  hosts: ['api.heroku.com', 'dashboard.heroku.com'],
  portals: [
    portalFor(
      'heroku',
      'https://dashboard.heroku.com/account/applications',
      'Account settings → Applications → Authorizations; the account’s own key stands under Account',
    ),
  ],
  apiBases: [{ environment: 'heroku', kinds: everyKind, url: 'https://api.heroku.com' }],
  auth: bearer,
  managedBy: {
    create: 'the person, or a token with the scope global',
    revoke: 'the same',
  },
  reveal: { live: 'again', test: 'again', unknown: 'again' },
  editable: ['description'],
  expiry: {
    rule: 'fixed-at-creation',
    required: false,
    prolong: 'Create another authorization with a later end.',
  },
  classes: [
    { id: 'global', label: 'global: everything', access: 'full' },
    { id: 'limited', label: 'identity, read, write, or protected ones', access: 'limited' },
  ],
  movesMoney: { value: true, why: 'A thief can start dynos and add-ons that you pay for.' },
  lifecycle: [
    { state: 'blocked', text: 'A suspended account refuses its tokens.', who: 'Heroku: look at Billing' },
  ],
  check: {
    possible: true,
    scheduled: 'all',
    requests: [
      {
        environment: 'heroku',
        kinds: everyKind,
        method: 'GET',
        url: 'https://api.heroku.com/account',
        headers: { accept: 'application/vnd.heroku+json; version=3' },
        cost: 'quota',
      },
    ],
    neverCall: [
      '/oauth/authorizations',
      '/oauth/tokens',
      '/regenerate-tokens',
      '/apps',
      '/addons',
      '/invoices',
    ],
    decisions: [
      worksRow('Heroku answered with the account of the token.', { json: { path: ['id'] } }),
      {
        status: 401,
        state: 'invalid',
        reason:
          'Heroku does not accept this token: unknown, regenerated, deleted or over. It gives one answer for all.',
        next: 'Look at Account settings → Applications whether the authorization is listed.',
      },
      {
        json: { path: ['id'], is: 'suspended' },
        state: 'blocked',
        reason: 'Heroku knows the token; the account is suspended.',
        next: 'Look at the messages of Heroku and at Billing.',
      },
      {
        json: { path: ['id'], is: 'two_factor' },
        state: 'blocked',
        reason: 'Heroku knows the token and wants a second factor first.',
        next: 'Log in on the web and look at the settings of multi-factor authentication.',
      },
      {
        status: 403,
        state: 'blocked',
        reason: 'The token works; its scope does not let it read the account.',
        next: 'Nothing is wrong with it for what it was made for.',
      },
      ...lastRows('Heroku'),
    ],
    tells: [
      { fact: 'owner', from: { json: ['email'] }, as: 'text' },
      { fact: 'quota', from: { header: 'ratelimit-remaining' }, as: 'text' },
    ],
  },
  rotation: {
    mode: 'self',
    overlap: true,
    needs: 'The scope global. Regenerating has no overlap; a second authorization has.',
    steps: usualSteps({
      prepare:
        'See whether it is an authorization, or the API key of the account: that one can only be regenerated, which ends the old value at once.',
      create:
        'Applications → Authorizations → "Create authorization": a description, the same scope, an end, and copy the token.',
      revoke: 'In the list of authorizations revoke the old one, and confirm.',
      prove: 'Keyturn asks with the old token and expects 401.',
    }),
  },
  facts: factsOf(seen, [
    ['form', 'HRKU-AA and 58 characters; before that a UUID.', trufflehog],
    ['prefixed-form', 'HRKU- and a UUID is the example of the official schema.', schema],
    ['check', 'GET /account answers with the account.', schema],
    ['401', '401 with id "unauthorized"; the rest of the answer is not documented.', schema, 'uncertain'],
    [
      'expiry',
      'expires_in of an authorization: seconds left, null for never. Its list shows live tokens.',
      schema,
    ],
    ['regenerate', 'Regenerating replaces the token at once.', schema],
    ['cli', 'heroku authorizations: create, rotate, revoke.', cli],
    [
      'ids',
      'Refusals may have the ids suspended and two_factor.',
      'https://devcenter.heroku.com/articles/platform-api-reference',
      'uncertain',
    ],
  ]),
});
