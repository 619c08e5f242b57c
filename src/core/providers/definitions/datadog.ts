// Datadog: an API key, and an application key that works only beside one. A good key asked at the wrong site is refused.
import { defineProvider } from '../define-provider.ts';
import { exactly } from '../format.ts';
import { everyKind, factsOf, lastRows, ownHeader, portalFor, usualSteps, worksRow } from '../usual.ts';

const seen = '2026-11-22';
const v1 = 'github.com/DataDog/datadog-api-client-typescript .generator/schemas/v1/openapi.yaml';
const v2 = 'github.com/DataDog/datadog-api-client-typescript@f722578 .generator/schemas/v2/openapi.yaml';
const trufflehog = 'github.com/trufflesecurity/trufflehog@3ab759f pkg/detectors/datadogtoken';
const asked = { environment: 'datadog', kinds: everyKind, method: 'GET', cost: 'none' } as const;

export const datadog = defineProvider({
  id: 'datadog',
  name: 'Datadog',
  domain: 'datadoghq.com',
  category: 'saas',
  otherNames: ['Datadog API key', 'Datadog application key'],
  formats: [
    {
      id: 'api-key',
      kind: 'unknown',
      label: 'API key',
      match: 'shape',
      pattern: { parts: [exactly(32, 'hex')] },
      field: 'apiKey',
    },
    {
      id: 'application-key',
      kind: 'unknown',
      label: 'application key',
      match: 'shape',
      pattern: { source: '[0-9A-Za-z-]{40}', anchors: [], maxLength: 40 },
      field: 'applicationKey',
    },
  ],
  fields: [
    {
      name: 'apiKey',
      label: 'API key',
      variable: 'DD_API_KEY',
      secret: true,
      required: true,
      help: 'Belongs to the organisation. An application key is checked together with one.',
      labels: ['dd-api-key', 'dd_api_key', 'datadog_api_key', 'api_key'],
    },
    {
      name: 'applicationKey',
      label: 'Application key',
      variable: 'DD_APP_KEY',
      secret: true,
      required: false,
      help: 'Belongs to a person or a service account; it reads and changes, while the API key alone sends data.',
      labels: ['dd-application-key', 'dd_app_key', 'dd_application_key', 'datadog_app_key', 'app_key'],
    },
  ],
  envNames: ['DD_API_KEY', 'DATADOG_API_KEY', 'DD_APP_KEY', 'DATADOG_APP_KEY', 'DD_APPLICATION_KEY'],
  hosts: ['datadoghq.com', 'datadoghq.eu', 'ddog-gov.com'],
  portals: [
    portalFor(
      'API keys',
      'https://app.datadoghq.com/organization-settings/api-keys',
      'Organization Settings → API Keys (at the address of your site)',
    ),
    portalFor(
      'application keys',
      'https://app.datadoghq.com/organization-settings/application-keys',
      'Organization Settings → Application Keys (at the address of your site)',
    ),
  ],
  settings: [
    {
      name: 'site',
      label: 'Datadog site',
      help: 'As in the address of your Datadog. A good key is refused by every other site.',
      usual: 'datadoghq.com',
      choices: [
        'datadoghq.com',
        'us3.datadoghq.com',
        'us5.datadoghq.com',
        'ap1.datadoghq.com',
        'ap2.datadoghq.com',
        'uk1.datadoghq.com',
        'datadoghq.eu',
        'ddog-gov.com',
      ],
    },
  ],
  auth: ownHeader('DD-API-KEY', 'apiKey'),
  managedBy: {
    create: 'a person with api_keys_write or user_app_keys; an application key can create its successor',
    revoke: 'a person with api_keys_delete or user_app_keys',
  },
  reveal: { live: 'unknown', test: 'unknown', unknown: 'unknown' },
  editable: ['name', 'scopes of an application key'],
  expiry: { rule: 'none' },
  movesMoney: {
    value: true,
    why: 'An API key lets a thief send data that you pay for; an application key reads yours.',
  },
  lifecycle: [
    {
      state: 'owner-left',
      text: 'The application keys of a disabled person stop working.',
      who: 'a remaining person, or better a service account: create a key',
    },
  ],
  check: {
    possible: true,
    scheduled: 'all',
    requests: [
      { ...asked, id: 'api-key', url: 'https://api.{site}/api/v1/validate' },
      {
        ...asked,
        id: 'application-key',
        url: 'https://api.{site}/api/v2/current_user/application_keys',
        auth: {
          places: [
            { in: 'header', name: 'DD-API-KEY', prefix: '', field: 'apiKey', required: true },
            { in: 'header', name: 'DD-APPLICATION-KEY', prefix: '', field: 'applicationKey', required: true },
          ],
        },
      },
    ],
    neverCall: [
      '/api/v1/series',
      '/api/v2/series',
      '/api/v1/events',
      '/api/v2/logs',
      '/api/v1/input',
      '/intake',
    ],
    decisions: [
      {
        request: 'api-key',
        status: 200,
        json: { path: ['valid'], is: true },
        state: 'valid',
        reason: 'Datadog says that the API key is valid.',
        next: 'Nothing to do. With an application key beside it, that one is asked about too.',
        ask: 'application-key',
      },
      worksRow('Datadog accepts the API key and the application key.', { request: 'application-key' }),
      {
        request: 'application-key',
        status: 403,
        state: 'blocked',
        reason:
          'The API key works. Datadog refuses the application key: wrong, deleted, of another organisation, or not allowed to list itself.',
        next: 'Look at Organization Settings → Application Keys.',
      },
      {
        request: 'application-key',
        status: 401,
        state: 'invalid',
        reason: 'The API key works, the application key is not accepted.',
        next: 'Look at Organization Settings → Application Keys.',
      },
      {
        status: 403,
        state: 'invalid',
        reason: 'This site of Datadog does not accept the API key: unknown, deleted, or of another site.',
        next: 'See that the setting "site" is the one in the address of your Datadog, then look at API Keys.',
      },
      {
        status: 401,
        state: 'invalid',
        reason: 'This site of Datadog does not accept the API key: unknown, deleted, or of another site.',
        next: 'See that the setting "site" is the one in the address of your Datadog, then look at API Keys.',
      },
      ...lastRows('Datadog'),
    ],
  },
  rotation: {
    mode: 'api',
    overlap: true,
    needs:
      'An application key with api_keys_write and api_keys_delete, or user_app_keys for application keys.',
    steps: usualSteps({
      prepare: 'See how many keys are allowed: Datadog names the limit itself.',
      create:
        '"New Key" of the same kind, with a name; for an application key with the same scopes, and copy it.',
      revoke: 'In the same list revoke the old key, by its name or id.',
      prove: 'Keyturn asks with the old key and expects 403.',
    }),
  },
  facts: factsOf(seen, [
    [
      'forms',
      '32 hex digits, or 40 characters for an application key: both fit other things too.',
      trufflehog,
    ],
    ['check', 'GET /api/v1/validate answers {"valid":true}, else 403.', v1],
    ['sites', 'Every site knows its own keys only.', v1],
    ['application', 'An application key is accepted beside an API key only.', v2],
    ['limit', 'meta.max_allowed tells how many keys there may be.', v2],
    ['self', 'An application key can create its successor and delete itself.', v2],
  ]),
});
