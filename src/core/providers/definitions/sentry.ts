// Sentry auth tokens: of a person, an organisation, an integration or an app. 403 with the permission text means that a personal token
// is alive; of an organisation token it proves nothing.
import { defineProvider } from '../define-provider.ts';
import { exactly, literal, type KeyFormat } from '../format.ts';
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
const detectors =
  'github.com/trufflesecurity/trufflehog@3ab759f pkg/detectors/sentrytoken/{v1,v2}, sentryorgtoken';
const formatsPage = 'https://docs.sentry.io/security-legal-pii/security/token-formats/';
const tokensPage = 'https://docs.sentry.io/account/auth-tokens';
const schema = 'github.com/getsentry/sentry-api-schema@a589a26 openapi-derefed.json';
const tokenTypes = 'github.com/getsentry/sentry src/sentry/types/token.py';

const hexToken = (
  id: string,
  prefix: string,
  label: string,
): Pick<KeyFormat, 'id' | 'kind' | 'label' | 'match' | 'pattern' | 'classId'> => ({
  id,
  kind: 'unknown',
  label,
  match: 'prefix',
  pattern: { parts: [literal(prefix), exactly(64, 'hex')] },
  classId: id,
});

export const sentry = defineProvider({
  id: 'sentry',
  name: 'Sentry auth token',
  domain: 'sentry.io',
  category: 'saas',
  otherNames: ['Sentry token', 'sentry-cli token'],
  nearNames: [
    {
      name: 'Sentry DSN',
      domain: 'ingest.sentry.io',
      difference: 'an address that programs send errors to; it reads nothing and is no secret',
    },
  ],
  formats: [
    hexToken('user', 'sntryu_', 'personal token'),
    {
      id: 'organisation',
      kind: 'unknown',
      label: 'organisation token',
      match: 'prefix',
      pattern: {
        source: 'sntrys_eyJ[A-Za-z0-9=_+/]{100,600}',
        anchors: ['sntrys_eyJ'],
        maxLength: 610,
      },
      classId: 'organisation',
      note: 'Its middle is base64 JSON with the address and region of the organisation.',
    },
    hexToken('integration', 'sntryi_', 'token of an internal integration'),
    hexToken('app', 'sntrya_', 'token of an app for a person'),
    {
      id: 'older',
      kind: 'unknown',
      label: 'older token without a prefix',
      match: 'shape',
      pattern: { parts: [exactly(64, 'hex')] },
      classId: 'user',
    },
  ],
  fields: [
    secretField({
      label: 'Auth token',
      variable: 'SENTRY_AUTH_TOKEN',
      help: 'Shown once, when it is created.',
      labels: ['sentry_auth_token', 'sentry_token', 'auth_token', 'authorization'],
    }),
  ],
  envNames: ['SENTRY_AUTH_TOKEN', 'SENTRY_TOKEN', 'SENTRY_API_TOKEN'],
  hosts: ['sentry.io/api', 'sentry.io/settings'],
  portals: [
    portalFor(
      'personal',
      'https://sentry.io/settings/account/api/auth-tokens/',
      'User settings → Personal Tokens',
    ),
    portalFor('organisation', 'https://sentry.io/settings/auth-tokens/', 'Settings → Organization Tokens'),
  ],
  apiBases: [{ environment: 'sentry.io', kinds: everyKind, url: 'https://sentry.io' }],
  selfHosted: true,
  auth: bearer,
  managedBy: {
    create: 'the person for personal tokens, a manager or owner of the organisation for the others',
    revoke: 'the same, on the web; tokens cannot be managed with a token',
  },
  reveal: { live: 'once', test: 'once', unknown: 'once' },
  editable: ['name', 'permissions of an internal integration'],
  expiry: { rule: 'none' },
  classes: [
    { id: 'user', label: 'Personal: acts as the person', access: 'unknown' },
    { id: 'organisation', label: 'Organisation: releases and source maps', access: 'limited' },
    { id: 'integration', label: 'Internal integration: chosen permissions', access: 'limited' },
    { id: 'app', label: 'App on behalf of a person', access: 'limited' },
  ],
  movesMoney: {
    value: false,
    why: 'A thief reads errors with all that they carry, and may change projects.',
  },
  lifecycle: [
    {
      state: 'owner-left',
      text: 'A personal token ends with the membership of its person; organisation tokens stay.',
      who: 'a manager: create an organisation token or an internal integration',
    },
  ],
  check: {
    possible: true,
    scheduled: 'all',
    requests: [
      {
        id: 'organisation',
        environment: 'sentry.io',
        kinds: everyKind,
        formats: ['organisation'],
        method: 'GET',
        url: 'https://sentry.io/api/0/auth/validate/',
        cost: 'none',
      },
      {
        id: 'personal',
        environment: 'sentry.io',
        kinds: everyKind,
        formats: ['user', 'integration', 'app', 'older'],
        method: 'GET',
        url: 'https://sentry.io/api/0/auth/validate/',
        cost: 'none',
      },
    ],
    neverCall: ['/api/0/api-tokens/', '/releases/', '/events/'],
    decisions: [
      worksRow('Sentry accepts this token.'),
      {
        status: 403,
        request: 'personal',
        bodyHas: 'permission',
        state: 'blocked',
        reason: 'The token is alive: Sentry knows it and only misses a permission for this question.',
        next: 'Nothing to do where it does its work; else look at its permissions.',
      },
      {
        status: 403,
        request: 'organisation',
        state: 'not-checkable',
        reason:
          'Sentry refuses this question to organisation tokens and does not say whether this one is known.',
        next: 'Look under Organization Tokens whether it is listed, and when it was last used.',
      },
      {
        status: 403,
        state: 'blocked',
        reason:
          'Sentry refuses this question: a permission is missing, or the organisation demands single sign-on or a second factor.',
        next: 'Look at the permissions of the token and the security settings of the organisation.',
      },
      {
        status: 401,
        state: 'invalid',
        reason:
          'Sentry does not accept this token: unknown or revoked, or one of another region or of a server of its own.',
        next: 'Look in the settings whether it is listed; for another region set its address for this provider.',
      },
      {
        status: 400,
        state: 'invalid',
        reason: 'Sentry calls the token wrong.',
        next: 'Compare the value with where it came from.',
      },
      ...lastRows('Sentry'),
    ],
  },
  rotation: {
    mode: 'guided',
    overlap: true,
    needs: 'The person on the web, or a manager for organisation tokens and integrations.',
    steps: usualSteps({
      prepare: 'Note kind and permissions of the old token: they cannot be added to later.',
      create:
        '"Create New Token" on the page of the same kind (personal, organisation, or internal integration), with the same permissions, and copy it: it is shown this once.',
      revoke: 'On the same page remove the old token (or "Revoke"), and confirm.',
      prove: 'Keyturn asks with the old token and expects 401.',
    }),
  },
  facts: factsOf(seen, [
    ['personal-form', 'sntryu_ and 64 hex digits.', formatsPage],
    ['organisation-form', 'sntrys_eyJ and base64 with url and region inside.', detectors],
    ['other-forms', 'sntrya_ for apps and sntryi_ for integrations, 64 hex digits behind them.', tokenTypes],
    [
      'check',
      'GET /api/0/auth/validate/: 200 alive, 401 not; 403 with the permission text is alive for personal tokens.',
      detectors,
    ],
    [
      'organisation-403',
      'For organisation tokens the same source takes 403 for dead.',
      detectors,
      'uncertain',
    ],
    [
      'no-api',
      'The published description has no calls for tokens; /api/0/api-tokens/ refuses tokens by design.',
      schema,
    ],
    ['kinds', 'Organisation tokens have fixed permissions, integrations chosen ones.', tokensPage],
    ['quota', 'How many tokens there may be was not found.', tokensPage, 'uncertain'],
  ]),
});
