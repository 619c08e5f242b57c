// OpenAI keys of projects and service accounts. Answers of refusals repeat part of the key; a restricted key may be refused
// the list of models and still work.
import { defineProvider } from '../define-provider.ts';
import { between, literal } from '../format.ts';
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
const description = 'github.com/openai/openai-openapi@f85dbe2 openapi.json';
const trufflehog = 'github.com/trufflesecurity/trufflehog@3ab759f pkg/detectors/openai/openai.go';
const gitleaks = 'github.com/gitleaks/gitleaks@b58d3f1 config/gitleaks.toml';
/** Stands in the middle of every key of OpenAI. */
const middle = literal('T3BlbkFJ');

export const openai = defineProvider({
  id: 'openai',
  name: 'OpenAI API key',
  domain: 'openai.com',
  category: 'saas',
  otherNames: ['ChatGPT API', 'OpenAI project key', 'OpenAI service account'],
  nearNames: [
    {
      name: 'OpenRouter',
      domain: 'openrouter.ai',
      difference: 'one key for models of many makers; keys begin with sk-or-',
    },
  ],
  formats: [
    {
      id: 'project',
      kind: 'unknown',
      label: 'project key',
      match: 'prefix',
      pattern: {
        parts: [literal('sk-proj-'), between(20, 150, 'base64url'), middle, between(20, 150, 'base64url')],
      },
      classId: 'project',
    },
    {
      id: 'service-account',
      kind: 'unknown',
      label: 'key of a service account',
      match: 'prefix',
      pattern: {
        parts: [literal('sk-svcacct-'), between(20, 150, 'base64url'), middle, between(20, 150, 'base64url')],
      },
      classId: 'service-account',
    },
    {
      id: 'legacy',
      kind: 'unknown',
      label: 'legacy user key',
      match: 'prefix',
      // By its middle: other makers begin their keys with sk- too, and those are not OpenAI keys gone wrong.
      pattern: {
        source: 'sk-[0-9A-Za-z]{20}T3BlbkFJ[0-9A-Za-z]{20}',
        anchors: ['T3BlbkFJ'],
        maxLength: 51,
      },
      classId: 'legacy',
    },
  ],
  fields: [
    secretField({
      label: 'API key',
      variable: 'OPENAI_API_KEY',
      help: 'Shown once, when it is created.',
      labels: ['openai_api_key', 'openai_key', 'api_key', 'authorization'],
    }),
  ],
  envNames: ['OPENAI_API_KEY', 'OPENAI_KEY', 'OPENAI_TOKEN'],
  hosts: ['api.openai.com', 'platform.openai.com'],
  portals: [
    portalFor('platform', 'https://platform.openai.com/api-keys', 'Settings → the project → API keys'),
  ],
  apiBases: [{ environment: 'platform', kinds: everyKind, url: 'https://api.openai.com' }],
  auth: bearer,
  managedBy: {
    create: 'a member of the project; for service accounts an owner, also by API with an admin key',
    revoke: 'the same; deleting a service account ends all its keys',
  },
  reveal: { live: 'once', test: 'once', unknown: 'once' },
  editable: ['name', 'permissions'],
  expiry: { rule: 'none' },
  classes: [
    { id: 'project', label: 'Of a person in a project', access: 'unknown' },
    { id: 'service-account', label: 'Of a service account', access: 'unknown' },
    { id: 'legacy', label: 'Legacy: everything the person may do', access: 'full' },
  ],
  movesMoney: { value: true, why: 'Every call of a model is billed to your organisation.' },
  lifecycle: [
    {
      state: 'owner-left',
      text: 'A key of a person ends when the person leaves the project; a service account stays.',
      who: 'an owner: move the key to a service account',
    },
  ],
  check: {
    possible: true,
    scheduled: 'opt-in',
    requests: [
      {
        environment: 'platform',
        kinds: everyKind,
        method: 'GET',
        url: 'https://api.openai.com/v1/models',
        cost: 'none',
      },
    ],
    neverCall: [
      '/v1/chat',
      '/v1/completions',
      '/v1/responses',
      '/v1/embeddings',
      '/v1/images',
      '/v1/audio',
      '/v1/videos',
      '/v1/fine_tuning',
      '/v1/batches',
      '/v1/files',
      '/v1/organization/projects',
    ],
    decisions: [
      worksRow('OpenAI answered with the list of models.', { json: { path: ['object'], is: 'list' } }),
      {
        status: 401,
        bodyHas: 'ip_not_authorized',
        state: 'blocked',
        reason: 'The key is known, but this address is not on the allowlist of the project.',
        next: 'Compare your address with the IP allowlist of the project.',
      },
      {
        status: 401,
        bodyHas: 'member of an organization',
        state: 'blocked',
        reason: 'OpenAI knows the key; its owner is no longer a member of the organisation.',
        next: 'Ask an owner of the organisation, or use the key of a service account.',
      },
      {
        status: 401,
        bodyHas: 'invalid_api_key',
        state: 'invalid',
        reason: 'OpenAI does not accept this key: unknown, deleted or disabled. It gives one answer for all.',
        next: 'Look whether the key is listed in its project.',
      },
      {
        status: 401,
        state: 'invalid',
        reason: 'OpenAI refuses the key and does not say why.',
        next: 'Look whether the key is listed in its project.',
      },
      {
        status: 403,
        bodyHas: 'unsupported_country',
        state: 'unreachable',
        reason: 'OpenAI does not answer from this country or region. This says nothing about the key.',
        next: 'Check from where the key is used.',
      },
      {
        status: 403,
        state: 'blocked',
        reason: 'The key works, but is restricted: it may not read the list of models.',
        next: 'Nothing is wrong with it for what it was made for; its permissions stand in the project.',
      },
      {
        status: 429,
        bodyHas: 'insufficient_quota',
        state: 'blocked',
        reason: 'The key works; the quota or the balance of the organisation is used up.',
        next: 'Look at Billing and at the limits of the project.',
      },
      ...lastRows('OpenAI'),
    ],
    tells: [{ fact: 'organisation', from: { header: 'openai-organization' }, as: 'text' }],
  },
  rotation: {
    mode: 'api',
    overlap: true,
    needs:
      'An admin key of the organisation (sk-admin-…), for keys of service accounts. Keys of persons are made on the web only.',
    steps: usualSteps({
      prepare: 'Note project, owner (a person or a service account) and permissions of the old key.',
      create:
        '"Create new secret key" for the same project and owner, with the same permissions, and copy it: it is shown this once.',
      revoke:
        'In the list of keys revoke the old one (the bin beside it). Do not delete the service account: that ends the new key too.',
      prove: 'Keyturn asks with the old key and expects 401 with invalid_api_key.',
    }),
  },
  facts: factsOf(seen, [
    ['forms', 'sk-proj- or sk-svcacct-, T3BlbkFJ in the middle.', trufflehog],
    ['legacy-form', 'sk-, 20 characters, T3BlbkFJ, 20 characters.', gitleaks],
    ['length', 'The lengths on both sides of the middle are not documented.', trufflehog, 'uncertain'],
    ['check', 'GET /v1/models answers with a list.', description],
    ['echo', 'The text of the 401 repeats part of the key.', description],
    ['restricted', '403 at /v1/models may be a restricted key that works.', trufflehog],
    [
      'service-account',
      'Service accounts can have several keys, made by API with an admin key.',
      description,
    ],
    [
      'organisation-header',
      'Answers carry openai-organization.',
      'https://platform.openai.com/docs/api-reference/debugging-requests',
      'uncertain',
    ],
    [
      'error-codes',
      'ip_not_authorized, unsupported_country and insufficient_quota are told apart.',
      'https://platform.openai.com/docs/guides/error-codes',
      'uncertain',
    ],
  ]),
});
