// Installation tokens of a GitHub App: one hour, minted with the app's private key. Since April 2026 they may be long and hold a JWT.
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
const description = 'npm @octokit/openapi@23.0.2 generated/api.github.com.json';

export const githubApp = defineProvider({
  id: 'github-app',
  name: 'GitHub App installation token',
  domain: 'github.com',
  category: 'saas',
  otherNames: ['ghs token', 'GitHub Actions token'],
  formats: [
    {
      id: 'opaque',
      kind: 'unknown',
      label: 'installation token',
      match: 'prefix',
      pattern: { parts: [literal('ghs_'), exactly(36, 'alphanumeric')] },
    },
    {
      id: 'stateless',
      kind: 'unknown',
      label: 'installation token with a JWT',
      match: 'prefix',
      pattern: {
        parts: [
          literal('ghs_'),
          between(1, 20, 'digits'),
          literal('_eyJ'),
          between(10, 1000, 'base64url-padded'),
          literal('.'),
          between(10, 2000, 'base64url-padded'),
          literal('.'),
          between(20, 700, 'base64url-padded'),
        ],
      },
      note: 'Rolled out from 27 April 2026: 40 characters are no longer to be relied on.',
    },
  ],
  fields: [
    secretField({
      label: 'Installation token',
      variable: 'GITHUB_APP_TOKEN',
      help: 'Lives one hour. What is worth keeping is the private key of the app.',
      labels: ['installation_token', 'github_app_token', 'authorization'],
    }),
  ],
  envNames: ['GITHUB_APP_TOKEN', 'GITHUB_INSTALLATION_TOKEN'],
  hosts: ['api.github.com/app'],
  portals: [
    portalFor(
      'github.com',
      'https://github.com/settings/apps',
      'Settings → Developer settings → GitHub Apps → the app → Private keys',
    ),
  ],
  apiBases: [{ environment: 'github.com', kinds: everyKind, url: 'https://api.github.com' }],
  selfHosted: true,
  auth: bearer,
  managedBy: {
    create: 'whoever holds the private key of the app',
    revoke: 'the token itself, or an owner who suspends or removes the installation',
  },
  reveal: { live: 'once', test: 'once', unknown: 'once' },
  expiry: {
    rule: 'fixed-at-creation',
    required: true,
    prolong:
      'Mint a new one with the private key of the app: an installation token always ends after an hour.',
  },
  movesMoney: { value: false, why: 'For an hour a thief may do what the app may do in its repositories.' },
  lifecycle: [
    {
      state: 'blocked',
      text: 'A suspended installation refuses its tokens.',
      who: 'an owner of the account that installed the app',
    },
  ],
  check: {
    possible: true,
    scheduled: 'all',
    requests: [
      {
        environment: 'github.com',
        kinds: everyKind,
        method: 'GET',
        url: 'https://api.github.com/installation/repositories?per_page=1',
        headers: { accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' },
        cost: 'quota',
      },
    ],
    neverCall: ['/access_tokens', '/installation/token', '/credentials/revoke', '/applications/'],
    decisions: [
      worksRow('GitHub answered with the repositories of the installation.', {
        json: { path: ['total_count'] },
      }),
      {
        status: 401,
        state: 'invalid',
        reason:
          'GitHub does not accept this token: over (they live one hour), revoked or unknown. GitHub gives one answer for all.',
        next: 'Mint a new one with the private key of the app.',
      },
      {
        status: 403,
        bodyHas: 'rate limit',
        state: 'unreachable',
        reason: 'Too many requests: GitHub asks to wait. This says nothing about the token.',
        next: 'Check again after the time it names.',
      },
      {
        status: 403,
        state: 'blocked',
        reason:
          'GitHub knows the token and refuses it: the installation may be suspended, or the token is of another kind.',
        next: 'Look at the installation in the settings of the account.',
      },
      ...lastRows('GitHub'),
    ],
    tells: [{ fact: 'quota', from: { header: 'x-ratelimit-remaining' }, as: 'text' }],
  },
  rotation: {
    mode: 'api',
    overlap: true,
    needs: 'The private key of the app.',
    steps: usualSteps({
      prepare: 'Have the private key of the app at hand, and the id of the installation.',
      create:
        'Mint a new installation token with the private key of the app, by your own program, and keep it from the answer; tokens do not end each other, and each lives an hour.',
      revoke: 'Let the old token end after its hour, or revoke it with itself.',
      prove: 'Keyturn asks with the old token and expects 401.',
    }),
  },
  facts: factsOf(seen, [
    ['opaque-form', 'ghs_ and 36 letters and digits.', description],
    ['stateless-form', 'ghs_, the app id and a JWT, rolled out from 2026-04-27.', description],
    ['check', 'GET /installation/repositories works with an installation token only.', description],
    ['hour', 'An installation token ends after one hour.', description],
    ['self-revoke', 'DELETE /installation/token revokes the token that asks.', description],
  ]),
});
