// Twilio: an API key (SK… and a secret) or the Auth Token of the account. A good standard key is refused the account and allowed
// other things, so it is asked twice before it is called dead.
import type { AuthPlace } from '../asking.ts';
import { defineProvider } from '../define-provider.ts';
import { exactly, literal } from '../format.ts';
import { everyKind, factsOf, lastRows, portalFor, usualSteps, worksRow } from '../usual.ts';

const seen = '2026-11-22';
const iam = 'github.com/twilio/twilio-oai@d50069b spec/json/twilio_iam_v1.json';
const accounts = 'github.com/twilio/twilio-oai@d50069b spec/json/twilio_accounts_v1.json';
const api2010 = 'github.com/twilio/twilio-oai@d50069b spec/json/twilio_api_v2010.json';
const trufflehog = 'github.com/trufflesecurity/trufflehog@3ab759f pkg/detectors/twilioapikey/twilioapikey.go';
const errors = 'https://www.twilio.com/docs/errors';
const asked = { environment: 'twilio', kinds: everyKind, method: 'GET', cost: 'none' } as const;
const account = 'https://api.twilio.com/2010-04-01/Accounts/{accountSid}.json';

const basic = (user: string): { readonly places: readonly AuthPlace[] } => ({
  places: [
    { in: 'basic-user', name: 'user', prefix: '', field: user, required: true },
    { in: 'basic-password', name: 'password', prefix: '', field: 'secret', required: true },
  ],
});

export const twilio = defineProvider({
  id: 'twilio',
  name: 'Twilio',
  domain: 'twilio.com',
  category: 'saas',
  otherNames: ['Twilio API key', 'Twilio Auth Token'],
  nearNames: [
    { name: 'SendGrid', domain: 'sendgrid.com', difference: 'mail, also of Twilio; keys begin with SG.' },
  ],
  formats: [
    {
      id: 'auth-token',
      kind: 'unknown',
      label: 'Auth Token of the account',
      match: 'shape',
      pattern: { parts: [exactly(32, 'hex')] },
      classId: 'auth-token',
    },
    {
      id: 'key-secret',
      kind: 'unknown',
      label: 'secret of an API key',
      match: 'shape',
      pattern: { parts: [exactly(32, 'alphanumeric')] },
      classId: 'key',
    },
    {
      id: 'key-sid',
      kind: 'unknown',
      label: 'SID of an API key',
      match: 'prefix',
      pattern: { parts: [literal('SK'), exactly(32, 'hex-any-case')] },
      field: 'keySid',
      sensitivity: 'identifier',
    },
    {
      id: 'account-sid',
      kind: 'unknown',
      label: 'Account SID',
      match: 'prefix',
      pattern: { parts: [literal('AC'), exactly(32, 'hex-any-case')] },
      field: 'accountSid',
      sensitivity: 'identifier',
    },
  ],
  fields: [
    {
      name: 'accountSid',
      label: 'Account SID',
      variable: 'TWILIO_ACCOUNT_SID',
      secret: false,
      required: true,
      help: 'Begins with AC; stands on the first page of the Console.',
      labels: ['twilio_account_sid', 'account_sid', 'accountsid'],
    },
    {
      name: 'keySid',
      label: 'API key SID',
      variable: 'TWILIO_API_KEY',
      secret: false,
      required: true,
      help: 'Begins with SK. An Auth Token has none.',
      labels: ['twilio_api_key', 'twilio_api_key_sid', 'api_key_sid', 'api_key'],
      formats: ['key-secret', 'key-sid'],
    },
    {
      name: 'secret',
      label: 'Secret or Auth Token',
      variable: 'TWILIO_API_SECRET',
      secret: true,
      required: true,
      help: 'The secret of an API key is shown once; the Auth Token can be shown again in the Console.',
      labels: ['twilio_api_secret', 'twilio_api_key_secret', 'twilio_auth_token', 'auth_token', 'api_secret'],
    },
  ],
  envNames: [
    'TWILIO_API_SECRET',
    'TWILIO_API_KEY_SECRET',
    'TWILIO_AUTH_TOKEN',
    'TWILIO_API_KEY',
    'TWILIO_API_KEY_SID',
    'TWILIO_ACCOUNT_SID',
  ],
  hosts: ['api.twilio.com', 'console.twilio.com'],
  portals: [portalFor('twilio', 'https://console.twilio.com', 'Account → API keys & tokens')],
  apiBases: [{ environment: 'twilio', kinds: everyKind, url: 'https://api.twilio.com' }],
  auth: basic('keySid'),
  managedBy: {
    create: 'an Owner, Administrator or Developer in the Console, or a main API key or the Auth Token',
    revoke: 'the same; the Auth Token is replaced by promoting a secondary one',
  },
  reveal: { live: 'unknown', test: 'unknown', unknown: 'unknown' },
  editable: ['friendly name'],
  expiry: { rule: 'none' },
  classes: [
    { id: 'auth-token', label: 'Auth Token: everything', access: 'full' },
    { id: 'key', label: 'API key: main, standard or restricted', access: 'unknown' },
  ],
  movesMoney: { value: true, why: 'A thief makes calls and sends messages that you pay for.' },
  lifecycle: [
    {
      state: 'blocked',
      text: 'A suspended account refuses nearly everything.',
      who: 'Twilio: look at Billing',
    },
  ],
  check: {
    possible: true,
    scheduled: 'opt-in',
    requests: [
      { ...asked, id: 'token', formats: ['auth-token'], url: account, auth: basic('accountSid') },
      { ...asked, id: 'key', formats: ['key-secret', 'key-sid'], url: account },
      {
        ...asked,
        id: 'services',
        formats: ['key-secret', 'key-sid'],
        url: 'https://verify.twilio.com/v2/Services?PageSize=1',
      },
    ],
    neverCall: [
      '/Messages',
      '/Calls',
      '/IncomingPhoneNumbers',
      '/Verifications',
      '/AuthTokens/',
      '/Keys',
      '/Faxes',
    ],
    decisions: [
      {
        status: 200,
        json: { path: ['status'], is: 'suspended' },
        state: 'blocked',
        reason: 'The values are right; Twilio has suspended the account.',
        next: 'Look at Billing and at the messages of Twilio in the Console.',
      },
      {
        status: 200,
        json: { path: ['status'], is: 'closed' },
        state: 'blocked',
        reason: 'The values are right; the account is closed.',
        next: 'Ask Twilio, or use another account.',
      },
      worksRow('Twilio answered: the values belong together and work.'),
      {
        json: { path: ['code'], is: 20008 },
        state: 'valid',
        reason: 'These are test credentials: Twilio knows them and lets them do very little.',
        next: 'Nothing to do.',
      },
      {
        request: 'key',
        status: 401,
        state: 'not-checkable',
        reason:
          'Twilio refuses the account to this key. A good standard or restricted key gets the same answer as a wrong one.',
        next: 'Compare SID and secret with where they came from, or use a main key for this question.',
        ask: 'services',
      },
      {
        request: 'key',
        status: 403,
        state: 'blocked',
        reason: 'Twilio knows the key; it may not read the account.',
        next: 'Nothing is wrong with it for what it was made for.',
        ask: 'services',
      },
      {
        request: 'services',
        status: 401,
        state: 'invalid',
        reason:
          'Twilio accepts this key neither for the account nor for Verify: wrong, deleted, or restricted to something else.',
        next: 'Look at Account → API keys & tokens whether the SID is listed.',
      },
      {
        request: 'services',
        status: 403,
        state: 'blocked',
        reason: 'Twilio knows the key; it is restricted to other things than Verify and the account.',
        next: 'Nothing is wrong with it for what it was made for; see its permissions in the Console.',
      },
      {
        status: 401,
        state: 'invalid',
        reason:
          'Twilio does not accept this Auth Token for this account: wrong, or replaced. It gives one answer.',
        next: 'Compare the Account SID, then show the Auth Token in the Console.',
      },
      {
        status: 403,
        state: 'blocked',
        reason: 'Twilio knows the values and refuses this question.',
        next: 'Look at the state of the account in the Console.',
      },
      {
        status: 404,
        state: 'not-checkable',
        reason: 'Twilio knows no such account for these values.',
        next: 'Compare the Account SID with the first page of the Console.',
      },
      ...lastRows('Twilio'),
    ],
    tells: [{ fact: 'account', from: { json: ['friendly_name'] }, as: 'text' }],
  },
  rotation: {
    mode: 'api',
    overlap: true,
    needs: 'A main API key or the Auth Token.',
    steps: usualSteps({
      prepare:
        'See which it is: an API key (SK… and its secret), or the Auth Token of the account. Note type and permissions of the key.',
      create:
        'API key: Account → API keys & tokens → create a second one of the same type, and copy the secret: it is shown this once. Auth Token: request a secondary token; both work until you promote it.',
      revoke:
        'API key: delete the old one. Auth Token: promote the secondary one, which ends the old at once.',
      prove: 'Keyturn asks with the old values and expects 401 with code 20003.',
    }),
  },
  facts: factsOf(seen, [
    [
      'forms',
      'SK or AC and 32 hex digits; secrets have 32 letters and digits, the Auth Token 32 hex digits.',
      trufflehog,
    ],
    ['check', 'GET /2010-04-01/Accounts/{sid}.json answers with the account.', api2010],
    ['20003', '401 with code 20003: not authenticated.', `${errors}/20003`],
    [
      'standard',
      'A standard or restricted key may be refused on the account and still work; Verify is asked next.',
      trufflehog,
    ],
    ['20008', 'Code 20008: test credentials may not read this.', `${errors}/20008`, 'uncertain'],
    ['keys', 'Keys are created and deleted at iam.twilio.com/v1/Keys.', iam],
    ['two-slots', 'A secondary Auth Token works beside the first until it is promoted.', accounts],
  ]),
});
