// Cloudflare API tokens: of a person or of an account. The question for a person's tokens calls a good account token invalid, so a
// token of the old form is asked for both ways; and 200 alone does not mean that it is active.
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
const schema = 'github.com/cloudflare/api-schemas@65061ff openapi.json';
const types = 'npm cloudflare@7.3.0 resources/{user,accounts}/tokens';
const trufflehog = 'github.com/trufflesecurity/trufflehog@3ab759f pkg/detectors/cloudflareapitoken';
const secretlint = 'github.com/secretlint/secretlint@18346ba secretlint-rule-cloudflare';
const publicCode = 'public code (many public files)';
const base = 'https://api.cloudflare.com/client/v4';

const token = (
  id: string,
  prefix: string,
  label: string,
): Pick<KeyFormat, 'id' | 'kind' | 'label' | 'match' | 'pattern' | 'classId'> => ({
  id,
  kind: 'unknown',
  label,
  match: 'prefix',
  pattern: { parts: [literal(prefix), exactly(40, 'alphanumeric'), exactly(8, 'hex')] },
  classId: id,
});
const verifyOf = { environment: 'cloudflare', kinds: everyKind, method: 'GET', cost: 'none' } as const;

export const cloudflare = defineProvider({
  id: 'cloudflare',
  name: 'Cloudflare API token',
  domain: 'cloudflare.com',
  category: 'saas',
  otherNames: ['Cloudflare account token', 'Cloudflare global API key'],
  formats: [
    token('user', 'cfut_', 'token of a person'),
    token('account', 'cfat_', 'token of an account'),
    token('global', 'cfk_', 'global API key'),
    {
      id: 'old',
      kind: 'unknown',
      label: 'token of the old form',
      match: 'shape',
      pattern: { parts: [exactly(40, 'base64url')] },
      note: 'Does not show whether it belongs to a person or to an account.',
    },
    {
      id: 'old-global',
      kind: 'unknown',
      label: 'global API key of the old form',
      match: 'shape',
      pattern: { parts: [exactly(37, 'hex')] },
      classId: 'global',
    },
  ],
  fields: [
    secretField({
      label: 'API token',
      variable: 'CLOUDFLARE_API_TOKEN',
      help: 'Shown once, when it is created or rolled.',
      labels: ['cloudflare_api_token', 'cf_api_token', 'cloudflare_api_key', 'x-auth-key', 'authorization'],
    }),
    {
      name: 'accountId',
      label: 'Account id',
      variable: 'CLOUDFLARE_ACCOUNT_ID',
      secret: false,
      required: false,
      help: 'Needed to check a token that belongs to an account. 32 hex digits, in the address of the dashboard.',
      labels: ['account_id', 'cloudflare_account_id', 'cf_account_id'],
      formats: ['account', 'old'],
    },
    {
      name: 'email',
      label: 'E-mail of the account',
      variable: 'CLOUDFLARE_EMAIL',
      secret: false,
      required: true,
      help: 'A global API key is sent together with the e-mail of its person.',
      labels: ['x-auth-email', 'cloudflare_email', 'cf_email'],
      formats: ['global', 'old-global'],
    },
  ],
  envNames: ['CLOUDFLARE_API_TOKEN', 'CF_API_TOKEN', 'CLOUDFLARE_API_KEY', 'CF_API_KEY', 'CLOUDFLARE_TOKEN'],
  hosts: ['api.cloudflare.com', 'dash.cloudflare.com'],
  portals: [
    portalFor(
      'cloudflare',
      'https://dash.cloudflare.com/profile/api-tokens',
      'My Profile → API Tokens; of an account: Manage Account → Account API Tokens',
    ),
  ],
  apiBases: [{ environment: 'cloudflare', kinds: everyKind, url: 'https://api.cloudflare.com' }],
  auth: bearer,
  managedBy: {
    create: 'the person; for an account its Super Administrator; or a token with API Tokens Write',
    revoke: 'the same; a token can also be disabled and enabled again',
  },
  reveal: { live: 'once', test: 'once', unknown: 'once' },
  editable: ['name', 'permissions', 'expiry', 'status', 'IP filter'],
  expiry: { rule: 'editable', required: false },
  classes: [
    { id: 'user', label: 'Token of a person', access: 'limited' },
    { id: 'account', label: 'Token of an account', access: 'limited' },
    { id: 'global', label: 'Global API key: everything the person may do', access: 'full' },
  ],
  ipAllowlist: { supported: true, warnWhenEmpty: [] },
  movesMoney: { value: false, why: 'A thief can turn your domains elsewhere and use what you pay for.' },
  lifecycle: [
    {
      state: 'blocked',
      text: 'A disabled token can be enabled again with the same value.',
      who: 'its owner',
    },
    {
      state: 'issued-not-activated',
      text: 'A token may begin to work on a later day than it was made.',
      who: 'nobody: its beginning stands beside it',
    },
  ],
  check: {
    possible: true,
    scheduled: 'all',
    requests: [
      { ...verifyOf, id: 'user', formats: ['user'], url: `${base}/user/tokens/verify` },
      { ...verifyOf, id: 'account', formats: ['account'], url: `${base}/accounts/{accountId}/tokens/verify` },
      { ...verifyOf, id: 'either', formats: ['old'], url: `${base}/user/tokens/verify` },
      {
        ...verifyOf,
        id: 'global',
        formats: ['global', 'old-global'],
        url: `${base}/user`,
        auth: {
          places: [
            { in: 'header', name: 'X-Auth-Email', prefix: '', field: 'email', required: true },
            { in: 'header', name: 'X-Auth-Key', prefix: '', field: 'secret', required: true },
          ],
        },
      },
    ],
    neverCall: ['/value', '/purge_cache', '/dns_records', '/workers/', '/registrar/', '/user/billing'],
    decisions: [
      {
        json: { path: ['result', 'status'], is: 'disabled' },
        state: 'blocked',
        reason: 'Cloudflare knows the token and says that it is disabled.',
        next: 'Enable it on its page if it is still wanted; the value stays the same.',
      },
      {
        json: { path: ['result', 'status'], is: 'expired' },
        state: 'expired',
        reason: 'Cloudflare says that this token is over.',
        next: 'Give it a later date on its page; the value stays the same.',
      },
      worksRow('Cloudflare says that this token is valid and active.', {
        json: { path: ['result', 'status'], is: 'active' },
      }),
      worksRow('Cloudflare answered with the person of the global API key.', {
        request: 'global',
        json: { path: ['result', 'id'] },
      }),
      {
        request: 'either',
        json: { path: ['errors', 0, 'code'], is: 1000 },
        state: 'not-checkable',
        reason:
          'Cloudflare does not know it as the token of a person. A good token of an account gets the same answer.',
        next: 'Add the account id to the key and check again.',
        ask: 'account',
      },
      {
        request: 'account',
        json: { path: ['errors', 0, 'code'], is: 1000 },
        state: 'invalid',
        reason:
          'Cloudflare does not accept this token for this account: unknown, deleted, rolled, or of another account.',
        next: 'Compare the account id, then look at Manage Account → Account API Tokens.',
      },
      {
        json: { path: ['errors', 0, 'code'], is: 1000 },
        state: 'invalid',
        reason:
          'Cloudflare does not accept this token: unknown, deleted or rolled. It gives one answer for all.',
        next: 'Look whether it is listed at My Profile → API Tokens.',
      },
      {
        json: { path: ['errors', 0, 'code'], is: 9109 },
        state: 'blocked',
        reason: 'Cloudflare refuses the token from this address, or for this account.',
        next: 'Compare your address with the IP filter of the token, then its account.',
      },
      {
        status: 400,
        state: 'not-checkable',
        reason: 'Cloudflare finds the header wrong: nothing was said about the token.',
        next: 'Compare the value with where it came from: a character too many, or another kind of key.',
      },
      {
        status: 401,
        state: 'invalid',
        reason: 'Cloudflare refuses the token and does not say why.',
        next: 'Look whether it is listed at My Profile → API Tokens.',
      },
      {
        status: 403,
        state: 'blocked',
        reason: 'Cloudflare refuses this question: a filter or a permission, and it may be the value itself.',
        next: 'Look at the page of the token: its status, its dates and its IP filter.',
      },
      ...lastRows('Cloudflare'),
    ],
    tells: [
      { fact: 'expiresAt', from: { json: ['result', 'expires_on'] }, as: 'date' },
      { fact: 'owner', request: 'global', from: { json: ['result', 'email'] }, as: 'text' },
    ],
  },
  rotation: {
    mode: 'api',
    overlap: false,
    needs: 'API Tokens Write. For an overlap create a second token with the same policies.',
    steps: usualSteps({
      prepare: 'Note the policies of the token. Rolling keeps them and ends the old value at once.',
      create:
        '"Create Token" with the same policies, IP filter and dates, and copy it: it is shown this once. Or "Roll" this one when nothing needs an overlap.',
      revoke:
        'In the list open the menu of the old token and delete it; after rolling, the old value is gone already.',
      prove: 'Keyturn asks with the old token and expects Invalid API Token.',
    }),
  },
  facts: factsOf(seen, [
    ['forms', 'cfut_, cfat_ or cfk_, 40 letters and digits and 8 hex digits.', secretlint],
    ['old-forms', '40 characters, or 37 hex digits for the global key.', trufflehog],
    ['check', 'GET /user/tokens/verify tells status, expires_on and not_before.', schema],
    ['account', 'An account token is verified at /accounts/{id}/tokens/verify.', types],
    ['1000', 'A good account token gets "1000 Invalid API Token" from the question for persons.', trufflehog],
    ['status', '200 does not mean usable: the status may be disabled or expired.', schema],
    ['invalid-words', '401 or 403 with code 1000, "Invalid API Token".', publicCode],
    ['9109', 'Code 9109 stands for a refused address or account.', publicCode, 'uncertain'],
    ['global', 'The global key goes into X-Auth-Email and X-Auth-Key.', schema],
    ['roll', 'PUT …/value gives a new secret and ends the old one.', schema],
    ['quota', '50 tokens per person is often quoted.', publicCode, 'uncertain'],
  ]),
});
