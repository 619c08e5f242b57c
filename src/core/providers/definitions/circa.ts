// Circa: live keys shown once, test keys at any time; every request names one team; a leaked key spends credits.
import { defineProvider } from '../define-provider.ts';
import { exactly, literal } from '../format.ts';
import { namesLikeCircle } from '../near-names.ts';

const seen = '2026-11-22';
const page = 'Circa documentation page "Authentication" (seed 3)';
const docs = 'https://docs.circa.ai/authentication';

/** `circa_live_` and 7 characters: what Circa itself stores and shows. */
const shownByPortal = 18;

export const circa = defineProvider({
  id: 'circa',
  name: 'Circa',
  domain: 'circa.ai',
  category: 'saas',
  nearNames: namesLikeCircle('circa.ai'),
  formats: [
    {
      id: 'live',
      kind: 'live',
      label: 'live key',
      match: 'prefix',
      pattern: { parts: [literal('circa_live_'), exactly(32, 'base64url')] },
      publicLength: shownByPortal,
      rightBoundary: false,
    },
    {
      id: 'test',
      kind: 'test',
      label: 'test key',
      match: 'prefix',
      pattern: { parts: [literal('circa_test_'), exactly(32, 'base64url')] },
      publicLength: shownByPortal,
      rightBoundary: false,
    },
  ],
  fields: [
    {
      name: 'secret',
      label: 'API key',
      variable: 'CIRCA_API_KEY',
      secret: true,
      required: true,
      help: 'A live key is shown once, at creation; a test key can be copied again from the API keys page.',
      labels: ['x-api-key', 'circa_api_key', 'api_key'],
    },
    {
      name: 'teamId',
      label: 'Team id',
      variable: 'CIRCA_TEAM_ID',
      secret: false,
      required: true,
      help:
        'In app.circa.ai: gear icon beside the team selector → Team Settings → General. The row is there only when the ' +
        'developer portal is enabled for your account; else switch the team in the Developer portal to read its id.',
      labels: ['x-team-id', 'team_id', 'circa_team_id', 'circa_team'],
      shape: 'uuid',
    },
  ],
  envNames: ['CIRCA_*'],
  hosts: ['api.circa.ai', 'app.circa.ai'],
  portals: [
    {
      environment: 'developer portal',
      kinds: ['live', 'test', 'unknown'],
      url: 'https://app.circa.ai',
      path: 'Developer portal → API keys',
    },
  ],
  apiBases: [
    { environment: 'developer portal', kinds: ['live', 'test', 'unknown'], url: 'https://api.circa.ai' },
  ],
  auth: {
    places: [
      { in: 'header', name: 'x-api-key', prefix: '', field: 'secret', required: true },
      { in: 'header', name: 'x-team-id', prefix: '', field: 'teamId', required: true },
    ],
    note: 'Exactly one team per request, and the owner of the key must be an active member of it.',
  },
  managedBy: {
    create: 'a member of the team, in the Developer portal; live or test is chosen at creation',
    revoke: 'a member of the team; takes effect at once',
  },
  requestLimit: '300 requests a minute per key',
  quotaPools: { live: 'live credits', test: 'sandbox quota' },
  reveal: { live: 'once', test: 'again', unknown: 'unknown' },
  editable: [],
  expiry: { rule: 'none' },
  movesMoney: { value: true, why: 'A leaked key can debit your credit balance and reads all your data.' },
  lifecycle: [
    {
      state: 'revoked',
      text: 'A revoked key stays in the list with its logs and can never be used again.',
      who: 'nobody: create a new key',
    },
    {
      state: 'owner-left',
      text: 'A key has the team memberships of its creator: it changes silently when they leave a team.',
      who: 'a remaining member: create a key of your own',
    },
  ],
  check: {
    possible: true,
    scheduled: 'opt-in',
    requests: [
      {
        environment: 'developer portal',
        kinds: ['live', 'test', 'unknown'],
        method: 'GET',
        url: 'https://api.circa.ai/public/me',
        cost: 'quota',
      },
    ],
    neverCall: ['/datapoints/pull'],
    decisions: [
      {
        status: 200,
        state: 'valid',
        reason: 'Circa answered with the owner of the key.',
        next: 'Nothing to do.',
      },
      {
        status: 400,
        bodyHas: 'x-team-id',
        state: 'not-checkable',
        reason: 'The team id was missing: nothing was said about the key.',
        next: 'Add the team id from Team Settings → General and check again.',
      },
      {
        status: 401,
        state: 'invalid',
        reason: 'Circa does not accept this key: it is unknown or revoked. Circa gives one answer for both.',
        next: 'Look at the API keys page; revoked keys stay listed there.',
      },
      {
        status: 403,
        state: 'blocked',
        reason: 'The key works, but its owner is not an active member of this team.',
        next: 'Choose another team id, or ask for membership.',
      },
      {
        status: 429,
        state: 'unreachable',
        reason: 'Too many requests: Circa asks to wait.',
        next: 'Check again after the time it names.',
      },
      {
        state: 'unreachable',
        reason: 'Circa gave no answer that says anything about the key.',
        next: 'Check again later; your key is unchanged.',
      },
    ],
  },
  rotation: {
    mode: 'guided',
    overlap: true,
    needs:
      'A member of the team who may use the Developer portal, best the owner of the old key: a key has the memberships of whoever makes it.',
    steps: [
      {
        id: 'prepare',
        text: 'Open the Developer portal, choose the right team at the top, and find the old key by its first 18 characters. Whoever makes the new key must be a member of every team that it is used for.',
      },
      {
        id: 'create',
        text: 'Create a key of the same kind, live or test, and copy it: a live key is shown this once.',
      },
      { id: 'verify', text: 'Paste it here; Keyturn checks its form and asks Circa with one team id.' },
      {
        id: 'distribute',
        text: 'Give it to every environment and consumer of the old one; x-team-id stays as it is.',
      },
      { id: 'test', text: 'See that they work with the new key: after revoking there is no overlap.' },
      { id: 'revoke', text: 'Revoke the old key in the Developer portal: it ends at once, for good.' },
      { id: 'prove', text: 'Keyturn asks with the old key and expects 401 at the first try.' },
    ],
  },

  // The key of the documentation's own examples.
  publishedSamples: ['fbca41668ddff997'],
  facts: [
    {
      id: 'form',
      text: 'circa_live_ or circa_test_ and 32 characters of base64url.',
      source: page,
      verifiedOn: seen,
    },
    {
      id: 'prefix-shown',
      text: 'Circa keeps a SHA-256 hash and the first 18 characters of a live key.',
      source: page,
      verifiedOn: seen,
    },
    {
      id: 'test-revealable',
      text: 'Test keys stay revealable in the portal.',
      source: page,
      verifiedOn: seen,
    },
    {
      id: 'team',
      text: 'x-team-id names exactly one team on every request.',
      source: page,
      verifiedOn: seen,
    },
    { id: 'one-401', text: '401: missing, malformed, unknown or revoked.', source: page, verifiedOn: seen },
    { id: 'credits', text: '/datapoints/pull debits the credit balance.', source: page, verifiedOn: seen },
    { id: 'check', text: 'GET /public/me answers with the owner.', source: docs, verifiedOn: seen },
    {
      id: 'order',
      text: 'Whether a wrong key or a missing team is noticed first is not known.',
      source: docs,
      verifiedOn: seen,
      uncertain: true,
    },
    {
      id: 'rate',
      text: '300 requests a minute per key.',
      source: 'https://uat.docs.circa.ai/rate-limits',
      verifiedOn: seen,
    },
  ],
});
