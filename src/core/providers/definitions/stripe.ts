// Stripe keys: secret, restricted, publishable; live and test. A restricted key is refused with 403 and works all the same; the
// answer of a refusal repeats the end of the key.
import { defineProvider } from '../define-provider.ts';
import { between, literal, type KeyFormat, type KeyKind } from '../format.ts';
import { bearer, everyKind, factsOf, lastRows, secretField, usualSteps, worksRow } from '../usual.ts';

const seen = '2026-11-22';
const keysPage = 'https://docs.stripe.com/keys';
const secretlint = 'github.com/secretlint/secretlint@18346ba secretlint-rule-stripe';
const trufflehog = 'github.com/trufflesecurity/trufflehog@3ab759f pkg/detectors/stripe/stripe.go';
const measured = 'github.com/Infisical/infisical design note ENG-5685';
const preview = 'stripe-java and stripe-python ApiKeyRotateParams (private preview)';

type Words = {
  readonly prefix: string;
  readonly label: string;
  readonly classId: string;
  readonly least: number;
};
const keyOf = (
  kind: KeyKind,
  { prefix, label, classId, least }: Words,
): Pick<KeyFormat, 'id' | 'kind' | 'label' | 'match' | 'pattern' | 'sensitivity' | 'classId'> => ({
  id: `${classId}-${kind}`,
  kind,
  label: `${label}, ${kind}`,
  match: 'prefix',
  pattern: { parts: [literal(`${prefix}_${kind}_`), between(least, 247, 'alphanumeric')] },
  sensitivity: classId === 'publishable' ? 'publishable' : 'secret',
  classId,
});
const secretKey = { prefix: 'sk', label: 'secret key', classId: 'secret' };
const restrictedKey = { prefix: 'rk', label: 'restricted key', classId: 'restricted' };
const publishableKey = { prefix: 'pk', label: 'publishable key', classId: 'publishable' };

export const stripe = defineProvider({
  id: 'stripe',
  name: 'Stripe',
  domain: 'stripe.com',
  category: 'saas',
  otherNames: ['Stripe secret key', 'Stripe restricted key'],
  formats: [
    keyOf('live', { ...secretKey, least: 20 }),
    keyOf('test', { ...secretKey, least: 10 }),
    keyOf('live', { ...restrictedKey, least: 20 }),
    keyOf('test', { ...restrictedKey, least: 10 }),
    keyOf('live', { ...publishableKey, least: 10 }),
    keyOf('test', { ...publishableKey, least: 10 }),
  ],
  fields: [
    secretField({
      label: 'API key',
      variable: 'STRIPE_SECRET_KEY',
      help: 'A live secret key is shown once. A publishable key is no secret: it stands in web pages.',
      labels: ['stripe_secret_key', 'stripe_api_key', 'stripe_key', 'secret_key', 'authorization'],
    }),
  ],
  envNames: [
    'STRIPE_SECRET_KEY',
    'STRIPE_API_KEY',
    'STRIPE_KEY',
    'STRIPE_PUBLISHABLE_KEY',
    'STRIPE_RESTRICTED_KEY',
  ],
  hosts: ['api.stripe.com', 'dashboard.stripe.com'],
  portals: [
    {
      environment: 'live',
      kinds: ['live', 'unknown'],
      url: 'https://dashboard.stripe.com/apikeys',
      path: 'Developers → API keys',
    },
    {
      environment: 'test',
      kinds: ['test'],
      url: 'https://dashboard.stripe.com/test/apikeys',
      path: 'Developers → API keys, in test mode or a sandbox',
    },
  ],
  apiBases: [{ environment: 'live', kinds: everyKind, url: 'https://api.stripe.com' }],
  auth: bearer,
  managedBy: {
    create: 'an Administrator or Developer of the account, in the Dashboard',
    revoke: 'the same: delete, or roll with an end of the old key between now and seven days',
  },
  limits: [{ max: 2, per: 'environment', approximate: true }],
  reveal: { live: 'once', test: 'again', unknown: 'unknown' },
  editable: ['name', 'permissions of a restricted key', 'IP allowlist'],
  expiry: { rule: 'none' },
  classes: [
    { id: 'secret', label: 'Secret: everything', access: 'full' },
    { id: 'restricted', label: 'Restricted: chosen permissions', access: 'limited' },
    { id: 'publishable', label: 'Publishable: no secret', access: 'limited' },
  ],
  ipAllowlist: { supported: true, warnWhenEmpty: ['live'] },
  movesMoney: { value: true, why: 'A live secret key can charge, refund and pay out.' },
  lifecycle: [
    {
      state: 'revoked',
      text: 'A rolled key ends when the time chosen for it is over, up to seven days later.',
      who: 'nobody: use the new key',
    },
  ],
  check: {
    possible: true,
    scheduled: 'opt-in',
    settlesWithinSeconds: 15,
    requests: [
      {
        environment: 'live',
        kinds: everyKind,
        formats: ['secret-live', 'secret-test', 'restricted-live', 'restricted-test'],
        method: 'GET',
        url: 'https://api.stripe.com/v1/balance',
        cost: 'none',
      },
    ],
    neverCall: [
      '/v1/charges',
      '/v1/payment_intents',
      '/v1/payouts',
      '/v1/transfers',
      '/v1/refunds',
      '/v1/topups',
      '/v1/checkout',
      '/v2/iam',
    ],
    decisions: [
      worksRow('Stripe answered with the balance of the account.', {
        json: { path: ['object'], is: 'balance' },
      }),
      {
        status: 401,
        bodyHas: 'api_key_expired',
        state: 'expired',
        reason: 'Stripe says that this key is over: it was rolled or deleted.',
        next: 'Use the key that took its place; it stands in the Dashboard.',
      },
      {
        status: 401,
        state: 'invalid',
        reason:
          'Stripe does not accept this key: unknown, or not a secret or restricted one. It gives one answer.',
        next: 'Look whether the key is listed, in the right one of live and test.',
      },
      {
        status: 403,
        bodyHas: 'IP address',
        state: 'blocked',
        reason: 'The key works, but not from this address: its IP allowlist says no.',
        next: 'Compare your address with the IP allowlist of the key.',
      },
      {
        status: 403,
        state: 'blocked',
        reason: 'The key works; it is a restricted one that may not read the balance.',
        next: 'Nothing is wrong with it for what it was made for; its permissions stand in the Dashboard.',
      },
      ...lastRows('Stripe'),
    ],
  },
  rotation: {
    mode: 'guided',
    overlap: true,
    needs: 'Administrator or Developer of the account.',
    steps: usualSteps({
      prepare:
        'Note kind (secret or restricted), permissions and IP allowlist of the old key, and whether it is live or test: each has its own page.',
      create:
        'Beside the old key: "Roll key", choose how long the old one still works (now, or up to seven days), and copy the new one: a live key is shown this once. Or create a second key with the same permissions.',
      revoke:
        'Let the time that was chosen run out, or expire the old key now in its menu; a second key is ended with "Delete key".',
      prove:
        'Keyturn asks with the old key and expects 401 with api_key_expired; this can take some ten seconds.',
    }),
  },
  // The secret test keys of the documentation's examples, now and before.
  publishedSamples: ['ddd19c486d095d84', '67e733c2f9035757'],
  facts: factsOf(seen, [
    ['forms', 'sk_, rk_ or pk_, live_ or test_, then up to 247 letters and digits.', secretlint],
    ['publishable', 'Publishable keys are no secret.', keysPage],
    ['shown', 'A live secret key is shown once; test keys can be shown again.', keysPage],
    ['check', '200 or 403 means that the key works; GET /v1/balance says live or test.', trufflehog],
    ['echo', 'The text of a refusal repeats the last characters of the key.', trufflehog],
    ['roll', 'Rolling lets the old key work for up to seven days.', keysPage],
    ['preview', 'Keys by API: private preview, for Stripe Apps only.', preview, 'uncertain'],
    ['settle', 'An expired key was refused after about nine seconds.', measured],
    ['list-danger', 'The list of the preview API returned every secret in clear.', measured],
    [
      'quota',
      'Two keys live and two in the sandbox by default.',
      'text of the Dashboard, as seen in public',
      'uncertain',
    ],
  ]),
});
