// npm registry tokens. The address of the registry is the person's own: it is taken from their npm configuration and stands in no
// file of Keyturn. A registry may answer 200 to anybody, so only a user name counts.
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
const cli = 'npm CLI 11.19.1 lib/commands/token.js';
const page = 'https://docs.npmjs.com/about-access-tokens/';
const changes = 'github.com/npm/documentation PR #1741, #1762, #1775';
const trufflehog = 'github.com/trufflesecurity/trufflehog@3ab759f pkg/detectors/npmtokenv2';

export const npm = defineProvider({
  id: 'npm',
  name: 'npm access token',
  domain: 'npmjs.com',
  category: 'saas',
  otherNames: ['npm granular token', 'npm registry token'],
  formats: [
    {
      id: 'granular',
      kind: 'unknown',
      label: 'granular token',
      match: 'prefix',
      pattern: { parts: [literal('npm_'), exactly(36, 'alphanumeric')] },
    },
    {
      id: 'legacy',
      kind: 'unknown',
      label: 'legacy token',
      match: 'shape',
      pattern: { parts: uuidParts },
      note: 'npm removed legacy tokens in November 2025.',
    },
  ],
  fields: [
    secretField({
      label: 'Access token',
      variable: 'NPM_TOKEN',
      help: 'Shown once, when it is created.',
      labels: ['npm_token', '_authtoken', 'node_auth_token', 'npm_auth_token', 'authorization'],
    }),
  ],
  envNames: ['NPM_TOKEN', 'NODE_AUTH_TOKEN', 'NPM_AUTH_TOKEN', 'NPM_ACCESS_TOKEN'],
  hosts: ['npmjs.com', '/:_authToken'],
  portals: [portalFor('npmjs.com', 'https://www.npmjs.com/settings/~/tokens', 'Avatar → Access Tokens')],
  settings: [
    {
      name: 'registry',
      label: 'Registry',
      help: 'The address of the registry. Keyturn reads it from your npm configuration: npm config get registry.',
    },
  ],
  auth: bearer,
  managedBy: {
    create: 'the person, with password and second factor, on the web or with npm token create',
    revoke: 'the person; npm itself when a token is found in public',
  },
  limits: [{ max: 1000, per: 'account', approximate: false }],
  reveal: { live: 'once', test: 'once', unknown: 'once' },
  editable: [],
  expiry: {
    rule: 'fixed-at-creation',
    required: true,
    maxMonths: 3,
    prolong: 'The date cannot be changed: create another token.',
  },
  movesMoney: { value: false, why: 'A thief can publish a changed package in your name.' },
  check: {
    possible: true,
    scheduled: 'all',
    requests: [
      {
        environment: 'registry',
        kinds: everyKind,
        method: 'GET',
        url: '{registry}/-/whoami',
        cost: 'none',
      },
    ],
    neverCall: ['/-/npm/v1/tokens', '/-/user/', '/-/package/', '/-/npm/v1/user', '/-/v1/login'],
    decisions: [
      worksRow('The registry answered with the user of the token.', { json: { path: ['username'] } }),
      {
        status: 200,
        state: 'invalid',
        reason: 'The registry answered without a user name: it does not take this token for anybody’s.',
        next: 'See that the registry is the one the token was made for, then look at its list of tokens.',
      },
      {
        status: 401,
        state: 'invalid',
        reason:
          'The registry does not accept this token: unknown, revoked or over. It gives one answer for all.',
        next: 'Look at the list of your tokens, and until when this one was made.',
      },
      {
        status: 403,
        state: 'blocked',
        reason:
          'The registry knows the token and refuses it here: its allowed addresses, or a second factor is wanted.',
        next: 'Look at the allowed IP ranges of the token.',
      },
      {
        status: 404,
        state: 'not-checkable',
        reason: 'What stands at this address does not know the question: it may be no npm registry.',
        next: 'See that the setting "registry" is right.',
      },
      ...lastRows('The registry'),
    ],
    tells: [{ fact: 'owner', from: { json: ['username'] }, as: 'text' }],
  },
  rotation: {
    mode: 'api',
    overlap: true,
    needs: 'The password of the account, and a one-time code where a second factor is on.',
    steps: usualSteps({
      prepare: 'Note packages, scopes, organisations and allowed addresses of the old token.',
      create:
        'Access Tokens → "Generate New Token" with the same packages, scopes, organisations and addresses, and a date, and copy it: it is shown this once.',
      revoke: 'In the list of Access Tokens delete the old one.',
      prove: 'Keyturn asks with the old token and expects 401.',
    }),
  },
  facts: factsOf(seen, [
    ['form', 'npm_ and 36 letters and digits.', trufflehog],
    ['legacy', 'Legacy tokens were removed in November 2025.', changes],
    ['check', 'GET /-/whoami answers with the user name; the status alone does not prove it.', cli],
    ['create', 'Creating asks for the password and, with a second factor, for a code.', cli],
    ['quota', '1000 granular tokens per account, 50 organisations and 50 packages or scopes each.', page],
    ['expiry', 'At most 90 days for tokens that may write.', changes],
    ['expiry-field', 'In which entry the list of tokens names the end is not known.', cli, 'uncertain'],
  ]),
});
