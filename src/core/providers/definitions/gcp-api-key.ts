// Google Cloud API keys (Maps, Gemini, Firebase …): one form for all. Restrictions decide what a key may do, and a key that may not
// answer the question is alive all the same.
import { defineProvider } from '../define-provider.ts';
import { exactly, literal } from '../format.ts';
import {
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
const trufflehog = 'github.com/trufflesecurity/trufflehog@3ab759f pkg/detectors/googlegemini';
const discovery =
  'github.com/googleapis/google-api-go-client apikeys/v2/apikeys-api.json (revision 20220530)';
const reasons = 'google.api.ErrorReason (googleapis, error_reason.proto) in public code';

export const gcpApiKey = defineProvider({
  id: 'gcp-api-key',
  name: 'Google Cloud API key',
  domain: 'console.cloud.google.com',
  category: 'saas',
  otherNames: ['Gemini API key', 'Google Maps API key', 'Firebase web API key', 'AIza'],
  nearNames: [
    {
      name: 'Google Cloud service-account key',
      domain: 'cloud.google.com',
      difference: 'a JSON file with a private key; this is one value that begins with AIza',
    },
  ],
  formats: [
    {
      id: 'key',
      kind: 'unknown',
      label: 'API key',
      match: 'prefix',
      pattern: { parts: [literal('AIza'), exactly(35, 'base64url')] },
    },
  ],
  fields: [
    secretField({
      label: 'API key',
      variable: 'GOOGLE_API_KEY',
      help: 'Can be shown again in the console at any time.',
      labels: ['google_api_key', 'gemini_api_key', 'x-goog-api-key', 'google_maps_api_key', 'key'],
    }),
  ],
  envNames: ['GOOGLE_API_KEY', 'GEMINI_API_KEY', 'GOOGLE_MAPS_*', 'FIREBASE_API_KEY', 'YOUTUBE_API_KEY'],
  hosts: ['generativelanguage.googleapis.com', 'maps.googleapis.com', 'apikeys.googleapis.com'],
  portals: [
    portalFor(
      'console',
      'https://console.cloud.google.com/apis/credentials',
      'APIs & Services → Credentials',
    ),
    portalFor('AI Studio', 'https://aistudio.google.com/apikey', 'Get API key'),
  ],
  apiBases: [{ environment: 'google', kinds: everyKind, url: 'https://generativelanguage.googleapis.com' }],
  auth: ownHeader('X-Goog-Api-Key'),
  managedBy: {
    create: 'a member of the project with apikeys.keys.create',
    revoke: 'a member of the project with apikeys.keys.delete; it can be undone for 30 days',
  },
  reveal: { live: 'again', test: 'again', unknown: 'again' },
  editable: ['name', 'API restrictions', 'restrictions to sites, apps or addresses'],
  expiry: { rule: 'none' },
  ipAllowlist: { supported: true, warnWhenEmpty: ['live'] },
  movesMoney: {
    value: true,
    why: 'Calls are billed to your project, and an unrestricted key works for every API.',
  },
  lifecycle: [
    {
      state: 'deleted',
      text: 'A deleted key can be brought back for 30 days.',
      who: 'whoever has apikeys.keys.undelete',
    },
    {
      state: 'blocked',
      text: 'A restricted key answers only the APIs, sites, apps or addresses that it is restricted to.',
      who: 'whoever may edit the key in the console',
    },
  ],
  check: {
    possible: true,
    scheduled: 'all',
    requests: [
      {
        environment: 'google',
        kinds: everyKind,
        method: 'GET',
        url: 'https://generativelanguage.googleapis.com/v1/models?pageSize=1',
        cost: 'none',
      },
    ],
    neverCall: [':generateContent', ':streamGenerateContent', ':embedContent', '/maps/api/', ':undelete'],
    decisions: [
      worksRow('Google answered with a list of models.'),
      {
        bodyHas: 'API_KEY_INVALID',
        state: 'invalid',
        reason: 'Google knows no such key: it was deleted, or the value is not right.',
        next: 'Look in Credentials whether it is listed; a deleted key can be brought back for 30 days.',
      },
      {
        bodyHas: 'API key expired',
        state: 'expired',
        reason: 'Google says that this key has expired.',
        next: 'Create another key and give it the same restrictions.',
      },
      {
        bodyHas: 'reported as leaked',
        state: 'invalid',
        reason: 'Google has shut this key because it was found in public.',
        next: 'Create another key, and look where the old one was published.',
      },
      {
        status: 403,
        bodyHas: 'API_KEY_IP_ADDRESS_BLOCKED',
        state: 'blocked',
        reason: 'The key works, but not from your address.',
        next: 'Look at its address restriction in Credentials.',
      },
      {
        status: 403,
        bodyHas: 'API_KEY_HTTP_REFERRER_BLOCKED',
        state: 'blocked',
        reason: 'The key works, but only from its own web sites.',
        next: 'Nothing to do where that is meant; else look at its restriction in Credentials.',
      },
      {
        status: 403,
        bodyHas: 'CONSUMER_SUSPENDED',
        state: 'blocked',
        reason: 'Google knows the key; the project it belongs to is suspended.',
        next: 'Look at the project and its billing in the console.',
      },
      {
        status: 403,
        state: 'blocked',
        reason:
          'The key is alive: it may not be used for this question (the Gemini API), because of its restrictions or since that API is off.',
        next: 'Nothing to do where the key is for another API, such as Maps.',
      },
      {
        status: 400,
        bodyHas: 'API key not valid',
        state: 'invalid',
        reason: 'Google does not accept this key.',
        next: 'Look in Credentials whether it is listed.',
      },
      {
        status: 400,
        bodyHas: 'location is not supported',
        state: 'not-checkable',
        reason: 'Google does not answer this question where you are. That says nothing about the key.',
        next: 'Try it from where it is used.',
      },
      {
        status: 400,
        state: 'invalid',
        reason: 'Google calls the request wrong, which it says of keys that it does not know.',
        next: 'Look in Credentials whether it is listed.',
      },
      ...lastRows('Google'),
    ],
    settlesWithinSeconds: 300,
  },
  rotation: {
    mode: 'api',
    overlap: true,
    needs: 'A login with apikeys.keys.create and delete on the project; the key cannot replace itself.',
    steps: usualSteps({
      prepare: 'Note the restrictions of the old key.',
      create:
        'APIs & Services → Credentials → create an API key, give it the same restrictions before you give it out, and copy it.',
      revoke: 'Under Credentials delete the old key: for 30 days it can be brought back.',
      prove: 'Keyturn asks with the old key and expects API_KEY_INVALID.',
    }),
  },
  facts: factsOf(seen, [
    ['form', 'AIza and 35 characters of base64url.', trufflehog],
    ['check', 'GET /v1/models: 200 and 403 mean alive, 400 means invalid.', trufflehog],
    ['undelete', 'A deleted key can be brought back within 30 days.', discovery],
    ['reveal', 'keyString of a key can be read again with permission.', discovery],
    [
      'reasons',
      'API_KEY_INVALID, API_KEY_SERVICE_BLOCKED, API_KEY_HTTP_REFERRER_BLOCKED and others tell the cause.',
      reasons,
    ],
    [
      'settle',
      'Changes take some minutes to be known everywhere.',
      'general knowledge, no page read',
      'uncertain',
    ],
    ['quota', 'How many keys a project may have was not found.', discovery, 'uncertain'],
  ]),
});
