// Netlify personal access tokens: made on the web only; no answer tells until when they work.
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
const description = 'github.com/netlify/open-api@6508031 swagger.yml';
const trufflehog = 'github.com/trufflesecurity/trufflehog@3ab759f pkg/detectors/netlify';

export const netlify = defineProvider({
  id: 'netlify',
  name: 'Netlify access token',
  domain: 'netlify.com',
  category: 'saas',
  otherNames: ['Netlify PAT'],
  formats: [
    {
      id: 'token',
      kind: 'unknown',
      label: 'personal access token',
      match: 'prefix',
      pattern: { parts: [literal('nfp_'), exactly(36, 'word')] },
    },
    {
      id: 'old',
      kind: 'unknown',
      label: 'personal access token of the old form',
      match: 'shape',
      pattern: { parts: [between(43, 45, 'base64url')] },
    },
  ],
  fields: [
    secretField({
      label: 'Access token',
      variable: 'NETLIFY_AUTH_TOKEN',
      help: 'Shown once, when it is created.',
      labels: ['netlify_auth_token', 'netlify_token', 'netlify_access_token', 'authorization'],
    }),
  ],
  envNames: ['NETLIFY_AUTH_TOKEN', 'NETLIFY_TOKEN', 'NETLIFY_ACCESS_TOKEN'],
  hosts: ['api.netlify.com', 'app.netlify.com'],
  portals: [
    portalFor(
      'netlify',
      'https://app.netlify.com/user/applications',
      'User settings → Applications → Personal access tokens',
    ),
  ],
  apiBases: [{ environment: 'netlify', kinds: everyKind, url: 'https://api.netlify.com' }],
  auth: bearer,
  managedBy: { create: 'the person, on the web', revoke: 'the person, on the web' },
  reveal: { live: 'once', test: 'once', unknown: 'once' },
  editable: [],
  expiry: {
    rule: 'fixed-at-creation',
    required: false,
    prolong: 'Create another token with a later date.',
  },
  movesMoney: { value: true, why: 'A thief can change your sites and use what your plan bills.' },
  lifecycle: [
    {
      state: 'blocked',
      text: 'A team that demands single sign-on refuses tokens that were not allowed to it.',
      who: 'the person: allow access to the team when creating the token',
    },
  ],
  check: {
    possible: true,
    scheduled: 'all',
    requests: [
      {
        environment: 'netlify',
        kinds: everyKind,
        method: 'GET',
        url: 'https://api.netlify.com/api/v1/user',
        cost: 'none',
      },
    ],
    neverCall: ['/deploys', '/builds', '/sites', '/oauth/tickets', '/dns_zones', '/purge'],
    decisions: [
      worksRow('Netlify answered with the person of the token.', { json: { path: ['id'] } }),
      {
        status: 401,
        state: 'invalid',
        reason: 'Netlify does not accept this token: unknown, revoked or over. It gives one answer for all.',
        next: 'Look at User settings → Applications whether it is listed.',
      },
      {
        status: 403,
        state: 'blocked',
        reason: 'Netlify knows the token and refuses this question.',
        next: 'Look whether your team demands single sign-on.',
      },
      ...lastRows('Netlify'),
    ],
    tells: [{ fact: 'owner', from: { json: ['email'] }, as: 'text' }],
  },
  rotation: {
    mode: 'guided',
    overlap: true,
    needs: 'The person, logged in on the web.',
    steps: usualSteps({
      prepare: 'See which of your personal access tokens is the old one, by its name; note when it ends.',
      create:
        '"New access token": give it a name and a date, generate it, and copy it: it is shown this once.',
      revoke: 'In the same list open "Options" of the old token and revoke it.',
      prove: 'Keyturn asks with the old token and expects 401.',
    }),
  },
  facts: factsOf(seen, [
    ['form', 'nfp_ and 36 letters, digits and underscores; before that 43 to 45 characters.', trufflehog],
    ['check', 'GET /api/v1/user answers with the person.', description],
    ['no-api', 'The description has no way to manage personal access tokens.', description],
    ['expiry', 'A date is chosen on the web; no answer tells it.', description, 'uncertain'],
    [
      'sso',
      'Access to teams with single sign-on is allowed per token.',
      'general knowledge, no page read',
      'uncertain',
    ],
  ]),
});
