// Supabase: personal access tokens for the account, and the keys of one project, which are asked at the project's own address.
import type { CheckRequest } from '../asking.ts';
import { defineProvider } from '../define-provider.ts';
import { between, exactly, literal } from '../format.ts';
import {
  bearer,
  everyKind,
  factsOf,
  lastRows,
  ownHeader,
  portalFor,
  secretField,
  usualSteps,
  worksRow,
} from '../usual.ts';

const seen = '2026-11-22';
const guide = 'https://supabase.com/docs/guides/api/api-keys.md';
const rotations = 'github.com/Infisical/infisical supabase-api-key-rotation-fns.ts';
const trufflehog = 'github.com/trufflesecurity/trufflehog@3ab759f pkg/detectors/supabasetoken';
const discussion = 'https://github.com/orgs/supabase/discussions/52680';
const settingsPage = 'https://github.com/supabase/gotrue (README: GET /settings)';
const ofProject = ['secret', 'publishable', 'legacy'];
const project: Pick<CheckRequest, 'environment' | 'kinds' | 'method' | 'auth' | 'cost'> = {
  environment: 'project',
  kinds: everyKind,
  method: 'GET',
  auth: ownHeader('apikey'),
  cost: 'none',
};

export const supabase = defineProvider({
  id: 'supabase',
  name: 'Supabase',
  domain: 'supabase.com',
  category: 'saas',
  otherNames: ['Supabase access token', 'Supabase service role key'],
  formats: [
    {
      id: 'token',
      kind: 'unknown',
      label: 'personal access token',
      match: 'prefix',
      pattern: { parts: [literal('sbp_'), exactly(40, 'lower-alphanumeric')] },
      classId: 'token',
    },
    {
      id: 'secret',
      kind: 'unknown',
      label: 'secret key of a project',
      match: 'prefix',
      pattern: { parts: [literal('sb_secret_'), between(20, 200, 'base64url')] },
      classId: 'secret',
    },
    {
      id: 'publishable',
      kind: 'unknown',
      label: 'publishable key of a project',
      match: 'prefix',
      pattern: { parts: [literal('sb_publishable_'), between(20, 200, 'base64url')] },
      sensitivity: 'publishable',
      classId: 'publishable',
    },
    {
      id: 'legacy',
      kind: 'unknown',
      label: 'legacy anon or service_role key (JWT)',
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
    },
  ],
  fields: [
    secretField({
      label: 'Key or token',
      variable: 'SUPABASE_ACCESS_TOKEN',
      help: 'A publishable key is no secret: it stands in web pages.',
      labels: [
        'supabase_access_token',
        'supabase_secret_key',
        'supabase_service_role_key',
        'supabase_anon_key',
        'supabase_publishable_key',
        'supabase_key',
        'apikey',
      ],
    }),
    {
      name: 'ref',
      label: 'Project ref',
      variable: 'SUPABASE_PROJECT_REF',
      secret: false,
      required: true,
      help: 'The first part of the address of the project: https://REF.supabase.co',
      labels: ['supabase_project_ref', 'supabase_project_id', 'project_ref'],
      formats: ofProject,
    },
  ],
  envNames: [
    'SUPABASE_ACCESS_TOKEN',
    'SUPABASE_SECRET_KEY',
    'SUPABASE_SERVICE_ROLE_KEY',
    'SUPABASE_SERVICE_KEY',
    'SUPABASE_ANON_KEY',
    'SUPABASE_PUBLISHABLE_KEY',
    'SUPABASE_KEY',
  ],
  hosts: ['api.supabase.com', 'supabase.co', 'supabase.com/dashboard'],
  portals: [
    portalFor('account', 'https://supabase.com/dashboard/account/tokens', 'Account → Access Tokens'),
    portalFor(
      'project',
      'https://supabase.com/dashboard/project/_/settings/api-keys',
      'Project → Settings → API Keys',
    ),
  ],
  apiBases: [{ environment: 'account', kinds: everyKind, url: 'https://api.supabase.com' }],
  auth: bearer,
  managedBy: {
    create: 'tokens: the person on the web; keys of a project: its Owner or Administrator, or a token',
    revoke: 'the same; legacy keys end together with the secret that signed them, or are disabled',
  },
  requestLimit: '60 requests a minute per person (Management API)',
  reveal: { live: 'again', test: 'again', unknown: 'unknown' },
  editable: ['name', 'description'],
  expiry: { rule: 'none' },
  classes: [
    { id: 'token', label: 'Access token: the whole account', access: 'full' },
    { id: 'secret', label: 'Secret key: past every row policy of its project', access: 'full' },
    { id: 'publishable', label: 'Publishable key: no secret', access: 'limited' },
  ],
  movesMoney: {
    value: true,
    why: 'A token can create and delete projects; a secret key reads every row of its project.',
  },
  lifecycle: [
    {
      state: 'blocked',
      text: 'A paused project answers nothing; legacy keys can be disabled for a project.',
      who: 'an Owner or Administrator of the project',
    },
  ],
  check: {
    possible: true,
    scheduled: 'all',
    requests: [
      {
        id: 'account',
        environment: 'account',
        kinds: everyKind,
        formats: ['token'],
        method: 'GET',
        url: 'https://api.supabase.com/v1/projects',
        cost: 'quota',
      },
      { ...project, id: 'data', formats: ['secret'], url: 'https://{ref}.supabase.co/rest/v1/' },
      {
        ...project,
        id: 'settings',
        formats: ['publishable', 'legacy'],
        url: 'https://{ref}.supabase.co/auth/v1/settings',
      },
    ],
    neverCall: [
      '/api-keys',
      '/auth/v1/admin',
      '/auth/v1/otp',
      '/auth/v1/signup',
      '/auth/v1/recover',
      '/functions/v1',
    ],
    decisions: [
      worksRow('Supabase answered: the key works.'),
      {
        bodyHas: 'Legacy API keys are disabled',
        state: 'blocked',
        reason: 'The project has its legacy keys disabled.',
        next: 'Use a publishable or secret key, or enable legacy keys in the settings of the project.',
      },
      {
        request: 'account',
        status: 401,
        state: 'invalid',
        reason: 'Supabase does not accept this token: unknown, revoked or over. It gives one answer for all.',
        next: 'Look at Account → Access Tokens whether it is listed.',
      },
      {
        status: 401,
        bodyHas: 'Invalid API key',
        state: 'invalid',
        reason: 'The project does not accept this key: deleted, disabled, or of another project.',
        next: 'Compare the project ref, then look at the API keys of the project.',
      },
      {
        status: 401,
        state: 'invalid',
        reason:
          'The project refuses the key and does not say why: deleted, of another project, or a secret key that it takes for one in a browser.',
        next: 'Compare the project ref, then look at the API keys of the project.',
      },
      {
        status: 403,
        state: 'blocked',
        reason: 'Supabase knows the key and refuses this question.',
        next: 'Look at the role of its owner, or at the network restrictions of the project.',
      },
      {
        status: 404,
        state: 'not-checkable',
        reason: 'There is no such project.',
        next: 'Compare the project ref with the address of your project.',
      },
      {
        status: 540,
        state: 'unreachable',
        reason: 'The project is paused. This says nothing about the key.',
        next: 'Resume the project in the dashboard and check again.',
      },
      ...lastRows('Supabase'),
    ],
    tells: [{ fact: 'expiresAt', from: { jwt: 'exp' }, as: 'epoch-seconds' }],
  },
  rotation: {
    mode: 'api',
    overlap: true,
    needs: 'For keys of a project a personal access token. Tokens themselves are made on the web only.',
    steps: usualSteps({
      prepare:
        'See which it is: a personal access token (Account → Access Tokens), a secret or publishable key of a project, or a legacy key (anon, service_role).',
      create:
        'Project Settings → API Keys: create another key of the same type, or under Account → Access Tokens generate another token, and copy it. A legacy key has no successor of its kind: create a secret key.',
      revoke:
        'In the same list delete the old one. A legacy key ends only when the project’s legacy keys are disabled, all at once.',
      prove: 'Keyturn asks with the old key and expects 401.',
    }),
  },
  facts: factsOf(seen, [
    ['token-form', 'sbp_ and 40 characters.', trufflehog],
    ['key-forms', 'sb_secret_ and sb_publishable_; the length is not documented.', guide, 'uncertain'],
    [
      'publishable',
      'A publishable key may be known to everybody; a secret key passes every row policy.',
      guide,
    ],
    ['legacy', 'Legacy keys are JWTs and carry their end.', guide],
    ['check-token', 'GET /v1/projects answers to a token.', trufflehog],
    ['check-project', 'A secret key is sent as apikey to the address of its project.', guide],
    [
      'check-settings',
      'GET /auth/v1/settings answers to a publishable or legacy key.',
      settingsPage,
      'uncertain',
    ],
    [
      'browser',
      'A secret key is refused with 401 where the request looks like one of a browser.',
      discussion,
    ],
    ['rotation', 'Keys of a project are created and deleted by API with a token.', rotations],
  ]),
});
