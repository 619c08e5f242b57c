// DigitalOcean: tokens of a person or an OAuth app, and pairs for Spaces and Functions. A token without account:read works and is
// refused with 403.
import { defineProvider } from '../define-provider.ts';
import { between, exactly, literal, type KeyFormat } from '../format.ts';
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
const description = 'github.com/digitalocean/openapi@7c1300c specification/DigitalOcean-public.v2.yaml';
const trufflehog = 'github.com/trufflesecurity/trufflehog@3ab759f pkg/detectors/digitaloceanv2';

const token = (
  id: string,
  prefix: string,
  label: string,
): Pick<KeyFormat, 'id' | 'kind' | 'label' | 'match' | 'pattern' | 'classId'> => ({
  id,
  kind: 'unknown',
  label,
  match: 'prefix',
  pattern: { parts: [literal(prefix), exactly(64, 'hex')] },
  classId: 'token',
});
const tokens = ['token', 'oauth', 'refresh'];
const pairs = ['spaces-id', 'functions-id', 'spaces-secret'];

export const digitalocean = defineProvider({
  id: 'digitalocean',
  name: 'DigitalOcean',
  domain: 'digitalocean.com',
  category: 'saas',
  otherNames: ['DigitalOcean token', 'Spaces key'],
  formats: [
    token('token', 'dop_v1_', 'personal access token'),
    token('oauth', 'doo_v1_', 'token of an OAuth app'),
    token('refresh', 'dor_v1_', 'refresh token of an OAuth app'),
    {
      id: 'spaces-id',
      kind: 'unknown',
      label: 'access key id of Spaces',
      match: 'prefix',
      pattern: { parts: [literal('DO'), exactly(18, 'upper-alphanumeric')] },
      field: 'accessKeyId',
      sensitivity: 'identifier',
      classId: 'pair',
    },
    {
      id: 'functions-id',
      kind: 'unknown',
      label: 'access key id of Functions',
      match: 'prefix',
      pattern: { parts: [literal('dof_v1_'), between(32, 128, 'hex')] },
      field: 'accessKeyId',
      sensitivity: 'identifier',
      classId: 'pair',
    },
    {
      id: 'spaces-secret',
      kind: 'unknown',
      label: 'secret key of Spaces',
      match: 'shape',
      pattern: { parts: [exactly(43, 'base64')] },
      field: 'secretAccessKey',
      classId: 'pair',
    },
  ],
  fields: [
    secretField({
      label: 'Token',
      variable: 'DIGITALOCEAN_TOKEN',
      help: 'Shown once, when it is created.',
      labels: ['digitalocean_token', 'digitalocean_access_token', 'do_token', 'authorization'],
      formats: tokens,
    }),
    {
      name: 'accessKeyId',
      label: 'Access key id',
      variable: 'SPACES_ACCESS_KEY_ID',
      secret: false,
      required: true,
      help: 'Of Spaces or Functions.',
      labels: ['spaces_access_key_id', 'spaces_key', 'access_key'],
      formats: pairs,
    },
    {
      name: 'secretAccessKey',
      label: 'Secret key',
      variable: 'SPACES_SECRET_ACCESS_KEY',
      secret: true,
      required: true,
      help: 'Of Spaces or Functions; shown once.',
      labels: ['spaces_secret_access_key', 'spaces_secret', 'secret_key'],
      formats: pairs,
    },
  ],
  envNames: [
    'DIGITALOCEAN_TOKEN',
    'DIGITALOCEAN_ACCESS_TOKEN',
    'DO_TOKEN',
    'DO_API_TOKEN',
    'SPACES_ACCESS_KEY_ID',
    'SPACES_SECRET_ACCESS_KEY',
  ],
  hosts: ['api.digitalocean.com', 'cloud.digitalocean.com', 'digitaloceanspaces.com'],
  portals: [
    portalFor('tokens', 'https://cloud.digitalocean.com/account/api/tokens', 'API → Tokens'),
    portalFor('Spaces', 'https://cloud.digitalocean.com/spaces/access_keys', 'Spaces → Access keys'),
  ],
  apiBases: [{ environment: 'digitalocean', kinds: everyKind, url: 'https://api.digitalocean.com' }],
  auth: bearer,
  managedBy: {
    create: 'the person in the control panel; pairs also by API with a token that may',
    revoke: 'the same',
  },
  reveal: { live: 'once', test: 'once', unknown: 'once' },
  editable: ['name', 'scopes'],
  expiry: {
    rule: 'fixed-at-creation',
    required: false,
    prolong: 'Regenerate the token in the control panel and choose a later date: this gives a new value.',
  },
  classes: [
    { id: 'token', label: 'Token: full or chosen scopes', access: 'unknown' },
    { id: 'pair', label: 'Pair for Spaces or Functions', access: 'limited' },
  ],
  movesMoney: { value: true, why: 'A thief can start machines that you pay for.' },
  lifecycle: [
    { state: 'blocked', text: 'A locked account refuses most calls.', who: 'DigitalOcean Support' },
  ],
  check: {
    possible: true,
    scheduled: 'all',
    requests: [
      {
        environment: 'digitalocean',
        kinds: everyKind,
        formats: ['token', 'oauth'],
        method: 'GET',
        url: 'https://api.digitalocean.com/v2/account',
        cost: 'quota',
      },
    ],
    neverCall: [
      '/v2/droplets',
      '/v2/spaces/keys',
      '/v2/functions',
      '/v2/gen-ai',
      '/v2/account/keys',
      '/v2/domains',
    ],
    decisions: [
      {
        status: 200,
        json: { path: ['account', 'status'], is: 'locked' },
        state: 'blocked',
        reason: 'The token works; DigitalOcean has locked the account.',
        next: 'Ask DigitalOcean Support, and look at Billing.',
      },
      worksRow('DigitalOcean answered with the account of the token.', { json: { path: ['account'] } }),
      {
        status: 401,
        state: 'invalid',
        reason:
          'DigitalOcean does not accept this token: unknown, deleted, regenerated or over. One answer stands for all.',
        next: 'Look at API → Tokens whether it is listed, and until when.',
      },
      {
        status: 403,
        state: 'blocked',
        reason: 'The token works; its scopes do not hold account:read.',
        next: 'Nothing is wrong with it for what it was made for.',
      },
      ...lastRows('DigitalOcean'),
    ],
    tells: [
      { fact: 'owner', from: { json: ['account', 'email'] }, as: 'text' },
      { fact: 'account', from: { json: ['account', 'uuid'] }, as: 'text' },
      { fact: 'quota', from: { header: 'ratelimit-remaining' }, as: 'text' },
    ],
  },
  rotation: {
    mode: 'api',
    overlap: true,
    needs:
      'For pairs a token with spaces_key:create and spaces_key:delete. Tokens themselves: the control panel only.',
    steps: usualSteps({
      prepare: 'Note the scopes of the token, or the buckets of the pair.',
      create:
        '"Generate New Token" with the same scopes and an end, or a second Spaces key for the same buckets, and copy it: it is shown this once. Regenerate would end the old value at once.',
      revoke: 'In the same list open the menu of the old one, delete it, and confirm.',
      prove: 'Keyturn asks with the old token and expects 401.',
    }),
  },
  facts: factsOf(seen, [
    ['forms', 'dop_v1_, doo_v1_ or dor_v1_ and 64 hex digits.', trufflehog],
    [
      'pair-forms',
      'DO and 18 capitals and digits; dof_v1_ and at least 32 hex digits.',
      description,
      'uncertain',
    ],
    [
      'spaces-secret',
      'The secret of Spaces seems to have 43 characters of base64.',
      'public code',
      'uncertain',
    ],
    ['check', 'GET /v2/account needs the scope account:read.', description],
    ['401', '401 with id "unauthorized".', description],
    ['403', '403: alive, the scope is missing.', trufflehog],
    [
      'pairs',
      'Keys of Spaces and Functions are made by API; those of Functions may end by themselves.',
      description,
    ],
    ['expiry', 'No answer tells until when a token works.', description],
  ]),
});
