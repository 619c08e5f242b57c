// Algolia API keys: with the application id a key can read its own entry, but only at an address that holds the key itself. That
// address is redacted wherever it is shown.
import { defineProvider } from '../define-provider.ts';
import { exactly } from '../format.ts';
import { everyKind, factsOf, lastRows, portalFor, secretField, usualSteps, worksRow } from '../usual.ts';

const seen = '2026-11-22';
const description = 'github.com/algolia/api-clients-automation specs/search/paths/keys';
const getKey = 'https://www.algolia.com/old-docs/libraries/python/v4/methods/search/get-api-key/';
const trufflehog = 'github.com/trufflesecurity/trufflehog@3ab759f pkg/detectors/algoliaadminkey';
const terraform =
  'github.com/k-yomo/terraform-provider-algolia@1ee0f0f internal/provider/resource_api_key.go';

export const algolia = defineProvider({
  id: 'algolia',
  name: 'Algolia API key',
  domain: 'algolia.com',
  category: 'saas',
  otherNames: ['Algolia admin key', 'Algolia search key'],
  formats: [
    {
      id: 'key',
      kind: 'unknown',
      label: 'API key',
      match: 'shape',
      pattern: { parts: [exactly(32, 'hex')] },
    },
    {
      id: 'application-id',
      kind: 'unknown',
      label: 'application id',
      match: 'shape',
      pattern: { parts: [exactly(10, 'upper-alphanumeric')] },
      field: 'appId',
      sensitivity: 'identifier',
    },
  ],
  fields: [
    secretField({
      label: 'API key',
      variable: 'ALGOLIA_API_KEY',
      help: 'A search-only key is public; an admin key can do everything.',
      labels: ['x-algolia-api-key', 'algolia_api_key', 'algolia_admin_key', 'algolia_search_key'],
    }),
    {
      name: 'appId',
      label: 'Application id',
      variable: 'ALGOLIA_APP_ID',
      secret: false,
      required: true,
      help: '10 capitals and digits; stands beside the keys.',
      labels: ['x-algolia-application-id', 'algolia_app_id', 'algolia_application_id', 'app_id'],
    },
  ],
  envNames: [
    'ALGOLIA_API_KEY',
    'ALGOLIA_ADMIN_KEY',
    'ALGOLIA_ADMIN_API_KEY',
    'ALGOLIA_SEARCH_KEY',
    'ALGOLIA_SEARCH_API_KEY',
    'ALGOLIA_WRITE_KEY',
    'ALGOLIA_APP_ID',
  ],
  hosts: ['algolia.net', 'algolianet.com', 'dashboard.algolia.com'],
  portals: [portalFor('algolia', 'https://dashboard.algolia.com/account/api-keys', 'Settings → API Keys')],
  auth: {
    places: [
      { in: 'header', name: 'X-Algolia-Application-Id', prefix: '', field: 'appId', required: true },
      { in: 'header', name: 'X-Algolia-API-Key', prefix: '', field: 'secret', required: true },
      { in: 'path', name: 'key', prefix: '', field: 'secret', required: true },
    ],
    note: 'Algolia has no address for "this key" without the key in it.',
  },
  managedBy: {
    create: 'an administrator of the application, or the admin key',
    revoke: 'the same; a deleted key can be restored',
  },
  reveal: { live: 'again', test: 'again', unknown: 'again' },
  editable: ['permissions', 'indices', 'validity', 'limits', 'referrers'],
  expiry: { rule: 'editable', required: false },
  classes: [
    { id: 'admin', label: 'Admin: everything', access: 'full' },
    { id: 'write', label: 'Write: indices', access: 'limited' },
    { id: 'search', label: 'Search only: public', access: 'read-only' },
  ],
  movesMoney: { value: false, why: 'An admin key can delete every index; searches count against your plan.' },
  lifecycle: [
    {
      state: 'deleted',
      text: 'A deleted key can be restored for a while. Keys derived from it stop with it.',
      who: 'an administrator, or the admin key',
    },
  ],
  check: {
    possible: true,
    scheduled: 'all',
    requests: [
      {
        environment: 'algolia',
        kinds: everyKind,
        method: 'GET',
        url: 'https://{appId}.algolia.net/1/keys/{key}',
        cost: 'none',
      },
    ],
    neverCall: ['/restore', '/1/indexes', '/1/tasks', '/batch', '/query'],
    decisions: [
      worksRow('Algolia answered with the key’s own entry.', { json: { path: ['acl'] } }),
      {
        status: 403,
        bodyHas: 'Invalid Application-ID or API key',
        state: 'invalid',
        reason:
          'Algolia does not accept this key with this application id: one of the two is wrong, or the key is deleted or over.',
        next: 'Compare both with Settings → API Keys of the application.',
      },
      {
        status: 403,
        state: 'blocked',
        reason: 'Algolia knows the key and refuses this question: its referrers, addresses or limits say no.',
        next: 'Look at the restrictions of the key.',
      },
      {
        status: 404,
        state: 'invalid',
        reason: 'Algolia says that this key does not exist in the application.',
        next: 'Compare the application id. A key that was deleted by mistake can be restored for a while.',
      },
      {
        status: 401,
        state: 'invalid',
        reason: 'Algolia does not accept this key.',
        next: 'Compare key and application id with Settings → API Keys.',
      },
      ...lastRows('Algolia'),
    ],
    tells: [
      { fact: 'expiresAt', from: { json: ['validity'] }, as: 'seconds-from-now' },
      { fact: 'createdAt', from: { json: ['createdAt'] }, as: 'epoch-seconds' },
      { fact: 'scopes', from: { json: ['acl'] }, as: 'list' },
      { fact: 'name', from: { json: ['description'] }, as: 'text' },
    ],
  },
  rotation: {
    mode: 'api',
    overlap: true,
    needs: 'The admin key of the application.',
    steps: usualSteps({
      prepare: 'Note permissions, indices, limits and referrers: what is left out of a change is reset.',
      create: 'Under "All API Keys" create a new key with the same ones, and copy it.',
      revoke: 'Under "All API Keys" delete the old key; it can be restored for a while.',
      prove: 'Keyturn asks with the old key and expects 403 or 404.',
    }),
  },
  facts: factsOf(seen, [
    ['form', '32 hex digits, and an application id of 10 capitals and digits.', trufflehog],
    ['check', 'GET /1/keys/{key} answers with acl, validity and createdAt.', description],
    ['itself', 'Any key may read its own entry; the description is then hidden.', getKey],
    ['validity', 'validity counts the seconds that are left; 0 means no end.', terraform],
    ['restore', 'A deleted key can be restored.', description],
    [
      'invalid-words',
      '403 "Invalid Application-ID or API key" stands for a wrong pair.',
      'public code',
      'uncertain',
    ],
    [
      'derived',
      'Secured keys end with the key they derive from.',
      'general knowledge, no page read',
      'uncertain',
    ],
  ]),
});
