// Verdaccio, an npm registry of one's own. It answers an unknown token with 200 and an empty object: only a user name counts.
import { defineProvider } from '../define-provider.ts';
import { between, literal } from '../format.ts';
import { bearer, everyKind, factsOf, lastRows, secretField, usualSteps, worksRow } from '../usual.ts';

const seen = '2026-11-22';
const run = 'run on loopback 2026-11-22 (Verdaccio 6.10.4 on Node 22.23.3, 6.8.0 on Node 20.20.2)';
const deletion = 'https://github.com/verdaccio/verdaccio/pull/5943';
const tokens = 'https://github.com/verdaccio/verdaccio/pull/1705';

export const verdaccio = defineProvider({
  id: 'verdaccio',
  name: 'Verdaccio',
  domain: 'verdaccio.org',
  category: 'server',
  otherNames: ['private npm registry'],
  formats: [
    {
      id: 'legacy',
      kind: 'unknown',
      label: 'token of the usual mode',
      match: 'shape',
      pattern: { source: '[0-9A-Za-z+/]{40,512}={0,2}', anchors: [], maxLength: 514 },
      note: 'Ends only when it is deleted.',
    },
    {
      id: 'jwt',
      kind: 'unknown',
      label: 'token of the JWT mode',
      match: 'shape',
      pattern: {
        parts: [
          literal('eyJ'),
          between(10, 1000, 'base64url'),
          literal('.'),
          between(10, 2000, 'base64url'),
          literal('.'),
          between(20, 700, 'base64url'),
        ],
      },
      note: 'Carries its own end.',
    },
  ],
  fields: [
    secretField({
      label: 'Token',
      variable: 'VERDACCIO_TOKEN',
      labels: ['verdaccio_token', '_authtoken', 'authorization'],
    }),
    {
      name: 'password',
      label: 'Password of the user',
      variable: 'VERDACCIO_PASSWORD',
      secret: true,
      required: false,
      help: 'Only in a key that turns others: Verdaccio wants it to make a token. Leave it out of keys that are handed out.',
      labels: ['verdaccio_password'],
    },
  ],
  envNames: ['VERDACCIO_TOKEN', 'VERDACCIO_AUTH_TOKEN'],
  hosts: ['verdaccio'],
  portals: [],
  settings: [
    {
      name: 'registry',
      label: 'Registry',
      help: 'The address of your Verdaccio: https, or http on this machine. npm config get registry shows it where it is your usual one.',
    },
  ],
  selfHosted: true,
  auth: bearer,
  managedBy: {
    create: 'a user of the registry, with the password',
    revoke: 'the same, or another token of the user that is not read-only',
  },
  reveal: { live: 'once', test: 'once', unknown: 'once' },
  editable: [],
  expiry: { rule: 'unknown' },
  movesMoney: { value: false, why: 'A thief can publish packages that your machines install.' },
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
    neverCall: ['/-/npm/v1/tokens', '/-/user/', '/-/npm/v1/user', '/-/package/'],
    decisions: [
      worksRow('Verdaccio answered with the user of the token.', { json: { path: ['username'] } }),
      {
        status: 200,
        state: 'invalid',
        reason:
          'Verdaccio answered without a user name: it does not know the token, or the token is over. Both look the same.',
        next: 'See that the registry is the right one, then log in again for a new token.',
      },
      {
        status: 403,
        bodyHas: 'unauthorized access',
        state: 'invalid',
        reason: 'Verdaccio refuses this token: it was deleted.',
        next: 'Create a new one; a deleted token does not come back.',
      },
      {
        status: 401,
        state: 'invalid',
        reason: 'Verdaccio does not accept this token.',
        next: 'Log in again for a new token.',
      },
      {
        status: 403,
        state: 'blocked',
        reason: 'Verdaccio knows the token and refuses this question.',
        next: 'Ask whoever runs the registry.',
      },
      {
        status: 404,
        state: 'not-checkable',
        reason: 'What stands at this address does not know the question: it may be no Verdaccio.',
        next: 'See that the setting "registry" is right.',
      },
      ...lastRows('Verdaccio'),
    ],
    tells: [
      { fact: 'owner', from: { json: ['username'] }, as: 'text' },
      { fact: 'expiresAt', from: { jwt: 'exp' }, as: 'epoch-seconds' },
    ],
  },
  rotation: {
    mode: 'self',
    overlap: true,
    needs: 'The password of the user. Deleting really ends a token since Verdaccio 6.7.4 only.',
    withoutPortal:
      'A registry of your own: Verdaccio has no page for tokens. The npm command does it, or Keyturn.',
    steps: usualSteps({
      create:
        'npm token create --registry ADDRESS, with the password of the user, and keep the token: it is shown this once.',
      revoke: 'npm token list tells the id of the old one; npm token revoke ID --registry ADDRESS ends it.',
      prove:
        'Keyturn asks with the old token and expects 403. An older Verdaccio lets a deleted token work on.',
    }),
  },
  facts: factsOf(seen, [
    ['forms', 'Base64 of at least 40 characters, or a JWT where that mode is on.', run],
    ['empty-200', 'An unknown or expired token gets 200 and {} from /-/whoami.', run],
    ['deleted-403', 'A deleted token gets 403, "unauthorized access", everywhere.', run],
    ['deletion', 'Deleting revokes since @verdaccio/auth 8.0.3, Verdaccio 6.7.4.', deletion],
    ['tokens', 'Tokens are listed, created and deleted at /-/npm/v1/tokens.', tokens],
  ]),
});
