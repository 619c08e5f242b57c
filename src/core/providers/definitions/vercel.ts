// Vercel access tokens: the token tells its own end. An expired one is refused with 403 and a mark, a missing team with 403 and none.
import { defineProvider } from '../define-provider.ts';
import { between, exactly, literal } from '../format.ts';
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
const description = 'github.com/vercel/sdk@1aada4a vercel-spec.json';
const secretlint = 'github.com/secretlint/secretlint@18346ba secretlint-rule-vercel';
const trufflehog = 'github.com/trufflesecurity/trufflehog@3ab759f pkg/detectors/vercel';
const publicCode = 'public code (many public files)';

export const vercel = defineProvider({
  id: 'vercel',
  name: 'Vercel access token',
  domain: 'vercel.com',
  category: 'saas',
  otherNames: ['ZEIT', 'Now'],
  formats: [
    {
      id: 'token',
      kind: 'unknown',
      label: 'access token',
      match: 'prefix',
      pattern: { parts: [literal('vcp_'), between(20, 60, 'alphanumeric')] },
    },
    {
      id: 'other',
      kind: 'unknown',
      label: 'credential of an integration, an app or the AI gateway',
      match: 'prefix',
      pattern: {
        parts: [{ oneOf: ['vci_', 'vca_', 'vcr_', 'vck_'] }, between(20, 60, 'alphanumeric')],
      },
      note: 'Not a token of a person: the question for access tokens says nothing about it.',
    },
    {
      id: 'old',
      kind: 'unknown',
      label: 'access token of the old form',
      match: 'shape',
      pattern: { parts: [exactly(24, 'alphanumeric')] },
    },
  ],
  fields: [
    secretField({
      label: 'Access token',
      variable: 'VERCEL_TOKEN',
      help: 'Shown once, when it is created.',
      labels: ['vercel_token', 'vercel_api_token', 'vercel_access_token', 'authorization'],
    }),
  ],
  envNames: ['VERCEL_TOKEN', 'VERCEL_API_TOKEN', 'VERCEL_ACCESS_TOKEN', 'NOW_TOKEN'],
  hosts: ['api.vercel.com', 'vercel.com/account'],
  portals: [portalFor('vercel', 'https://vercel.com/account/settings/tokens', 'Account Settings → Tokens')],
  apiBases: [{ environment: 'vercel', kinds: everyKind, url: 'https://api.vercel.com' }],
  auth: bearer,
  managedBy: {
    create: 'the person on the web, or a token of the person by API',
    revoke: 'the person, or a token of the person',
  },
  reveal: { live: 'once', test: 'once', unknown: 'once' },
  editable: [],
  expiry: {
    rule: 'fixed-at-creation',
    required: false,
    prolong: 'The date cannot be changed: create another token with a later one.',
  },
  movesMoney: { value: true, why: 'A thief can deploy and use what your plan bills.' },
  check: {
    possible: true,
    scheduled: 'all',
    requests: [
      {
        id: 'token',
        environment: 'vercel',
        kinds: everyKind,
        formats: ['token', 'old'],
        method: 'GET',
        url: 'https://api.vercel.com/v5/user/tokens/current',
        cost: 'none',
      },
      {
        id: 'user',
        environment: 'vercel',
        kinds: everyKind,
        formats: ['token', 'old'],
        method: 'GET',
        url: 'https://api.vercel.com/v2/user',
        cost: 'none',
      },
    ],
    neverCall: ['/v3/user/tokens', '/deployments', '/v1/registrar', '/domains/buy', '/projects', '/env'],
    decisions: [
      worksRow('Vercel answered with the token’s own entry.', {
        request: 'token',
        json: { path: ['token', 'id'] },
      }),
      worksRow('Vercel answered with the person of the token.', {
        request: 'user',
        json: { path: ['user'] },
      }),
      {
        json: { path: ['error', 'invalidToken'], is: true },
        state: 'invalid',
        reason: 'Vercel does not accept this token: unknown, deleted or over. It gives one answer for all.',
        next: 'Look at Account Settings → Tokens whether it is listed, and until when.',
      },
      {
        status: 401,
        state: 'invalid',
        reason: 'Vercel does not accept this token.',
        next: 'Look at Account Settings → Tokens whether it is listed.',
      },
      {
        status: 403,
        state: 'blocked',
        reason:
          'Vercel knows the token and refuses this question: it is for another team, or the team demands SAML.',
        next: 'Look at the scope of the token.',
      },
      {
        request: 'token',
        status: 404,
        state: 'not-checkable',
        reason: 'Vercel does not find an entry for this token.',
        next: 'Look at Account Settings → Tokens.',
        ask: 'user',
      },
      ...lastRows('Vercel'),
    ],
    tells: [
      { fact: 'expiresAt', request: 'token', from: { json: ['token', 'expiresAt'] }, as: 'epoch-ms' },
      { fact: 'createdAt', request: 'token', from: { json: ['token', 'createdAt'] }, as: 'epoch-ms' },
      { fact: 'lastUsedAt', request: 'token', from: { json: ['token', 'activeAt'] }, as: 'epoch-ms' },
      { fact: 'name', request: 'token', from: { json: ['token', 'name'] }, as: 'text' },
      { fact: 'scopes', request: 'token', from: { json: ['token', 'scopes', 0, 'type'] }, as: 'text' },
      { fact: 'owner', request: 'user', from: { json: ['user', 'email'] }, as: 'text' },
    ],
  },
  rotation: {
    mode: 'self',
    overlap: true,
    needs: 'The token itself; for a token of a team the web may be needed.',
    steps: usualSteps({
      prepare: 'Note the scope of the old token: your account or which team.',
      create:
        'Account Settings → Tokens → create a token: a name, the same scope, an end, and copy it: it is shown this once.',
      revoke: 'In the same list delete the old token, by its name, and confirm.',
      prove: 'Keyturn asks with the old token and expects 403 with invalidToken.',
    }),
  },
  facts: factsOf(seen, [
    ['form', 'vcp_ and letters and digits; vci_, vca_, vcr_ and vck_ are of other things.', secretlint],
    ['length', 'How long the part after the prefix is, is not documented.', secretlint, 'uncertain'],
    ['old-form', '24 letters and digits.', trufflehog],
    ['check', 'GET /v5/user/tokens/current answers with name, scopes and dates.', description],
    ['403', 'An expired token is 403 with invalidToken, not 401.', publicCode],
    ['self', 'A token can create and delete tokens of its person.', description],
    ['team', 'Whether a token of a team may create tokens is not known.', description, 'uncertain'],
  ]),
});
