// Shopify Admin API: access tokens of an app for one shop, and the client secret of the app. The address holds the shop; the answer
// lists the scopes.
import { defineProvider } from '../define-provider.ts';
import { exactly, literal, type KeyFormat } from '../format.ts';
import { everyKind, factsOf, lastRows, ownHeader, portalFor, usualSteps, worksRow } from '../usual.ts';

const seen = '2026-11-22';
const secretPage =
  'https://shopify.dev/docs/apps/build/authentication-authorization/client-secrets/rotate-revoke-client-credentials';
const changelog = 'https://shopify.dev/changelog/offline-access-tokens-now-support-expiry-and-refresh';
const offlinePage =
  'https://shopify.dev/docs/apps/build/security/credentials-and-data/use-expiring-offline-access-tokens';
const detector = 'github.com/trufflesecurity/trufflehog@3ab759f pkg/detectors/shopify';
const gitleaks = 'github.com/gitleaks/gitleaks@b58d3f1 config/gitleaks.toml';
const tokens = ['access-token', 'custom-app', 'private-app'];
const shopHelp = 'The part of SHOP.myshopify.com before the first dot.';

const hexToken = (
  id: string,
  prefix: string,
  label: string,
): Pick<KeyFormat, 'id' | 'kind' | 'label' | 'match' | 'pattern'> => ({
  id,
  kind: 'unknown',
  label,
  match: 'prefix',
  pattern: { parts: [literal(prefix), exactly(32, 'hex-any-case')] },
});

export const shopify = defineProvider({
  id: 'shopify',
  name: 'Shopify Admin API',
  domain: 'shopify.com',
  category: 'saas',
  otherNames: ['Shopify access token', 'Shopify app secret'],
  formats: [
    hexToken('access-token', 'shpat_', 'access token'),
    hexToken('custom-app', 'shpca_', 'access token of a custom app'),
    hexToken('private-app', 'shppa_', 'password of a private app'),
    hexToken('client-secret', 'shpss_', 'client secret of an app'),
  ],
  fields: [
    {
      name: 'shop',
      label: 'Shop',
      variable: 'SHOPIFY_SHOP',
      secret: false,
      required: false,
      help: shopHelp,
      labels: ['shopify_shop', 'shopify_store', 'shop', 'shop_name', 'store_name'],
      shape: 'text',
      formats: tokens,
    },
    {
      name: 'secret',
      label: 'Access token or client secret',
      variable: 'SHOPIFY_ACCESS_TOKEN',
      secret: true,
      required: true,
      help: 'A token of the admin is shown once; the client secret of an app can be shown again in the Dev Dashboard.',
      labels: [
        'shopify_access_token',
        'shopify_admin_api_access_token',
        'shopify_api_secret',
        'x-shopify-access-token',
        'access_token',
      ],
    },
    {
      name: 'refreshToken',
      label: 'Refresh token',
      variable: 'SHOPIFY_REFRESH_TOKEN',
      secret: true,
      required: false,
      help: 'Came with a token that expires. With it Keyturn asks for the next pair.',
      labels: ['shopify_refresh_token'],
      formats: ['access-token'],
    },
    {
      name: 'clientId',
      label: 'Client id of the app',
      variable: 'SHOPIFY_API_KEY',
      secret: false,
      required: false,
      help: 'The app → Settings → Credentials. Needed to refresh a token that expires.',
      labels: ['shopify_api_key', 'shopify_client_id'],
      formats: ['access-token'],
    },
    {
      name: 'clientSecret',
      label: 'Client secret of the app',
      variable: 'SHOPIFY_API_SECRET',
      secret: true,
      required: false,
      help: 'The app → Settings → Credentials. Needed to refresh a token that expires.',
      labels: ['shopify_client_secret'],
      formats: ['access-token'],
    },
  ],
  envNames: [
    'SHOPIFY_ACCESS_TOKEN',
    'SHOPIFY_ADMIN_*',
    'SHOPIFY_API_*',
    'SHOPIFY_TOKEN',
    'SHOPIFY_CLIENT_SECRET',
  ],
  hosts: ['myshopify.com', 'shopify.com/admin'],
  portals: [
    portalFor('Dev Dashboard', 'https://dev.shopify.com', 'The app → Settings → Credentials'),
    portalFor(
      'admin',
      'https://admin.shopify.com',
      'Settings → Apps and sales channels → Develop apps → the app',
    ),
  ],
  apiBases: [{ environment: 'shop', kinds: everyKind, url: 'https://{shop}.myshopify.com' }],
  settings: [{ name: 'shop', label: 'Shop', help: shopHelp }],
  auth: ownHeader('X-Shopify-Access-Token'),
  managedBy: {
    create: 'the app, when a merchant installs it; the owner of the shop for a custom app',
    revoke: 'the merchant, by removing the app; the developer for the client secret',
  },
  reveal: { live: 'once', test: 'once', unknown: 'once' },
  editable: ['scopes, which need the app to be approved again'],
  expiry: { rule: 'unknown' },
  movesMoney: { value: true, why: 'A thief reads customers and orders, and may change prices and refunds.' },
  lifecycle: [
    {
      state: 'deleted',
      text: 'Removing the app from the shop ends its token at once.',
      who: 'the merchant',
    },
    {
      state: 'blocked',
      text: 'From 1 January 2027 public apps must use tokens that expire after 60 minutes.',
      who: 'the developer of the app',
    },
  ],
  check: {
    possible: true,
    scheduled: 'all',
    requests: [
      {
        environment: 'shop',
        kinds: everyKind,
        formats: tokens,
        method: 'GET',
        url: 'https://{shop}.myshopify.com/admin/oauth/access_scopes.json',
        cost: 'none',
      },
    ],
    neverCall: ['/orders', '/refunds', '/admin/oauth/access_token', '/products', '/customers'],
    decisions: [
      worksRow('Shopify answered with the scopes of the token.', { json: { path: ['access_scopes'] } }),
      {
        status: 401,
        bodyHas: 'expired',
        state: 'expired',
        reason: 'Shopify says that this token has expired: such tokens live 60 minutes.',
        next: 'Let the app refresh it.',
      },
      {
        status: 401,
        state: 'invalid',
        reason:
          'Shopify does not accept this token for this shop: unknown, revoked with the app, or of another shop.',
        next: 'Compare the shop, and look in its settings whether the app is still installed.',
      },
      {
        status: 402,
        state: 'blocked',
        reason: 'The shop is frozen: its bill is not paid.',
        next: 'Ask the owner of the shop.',
      },
      {
        status: 403,
        state: 'blocked',
        reason: 'Shopify knows the token and refuses this question.',
        next: 'Look at the scopes of the app and whether the shop allows it.',
      },
      {
        status: 404,
        state: 'not-checkable',
        reason: 'There is no shop of this name. Nothing was said about the token.',
        next: shopHelp,
      },
      {
        status: 423,
        state: 'blocked',
        reason: 'The shop is locked.',
        next: 'Ask the owner of the shop, or Shopify Support.',
      },
      ...lastRows('Shopify'),
    ],
    tells: [{ fact: 'scopes', from: { json: ['access_scopes'], each: 'handle' }, as: 'list' }],
  },
  rotation: {
    mode: 'self',
    overlap: true,
    needs: 'Client id and secret of the app; the Dev Dashboard for the client secret itself.',
    steps: usualSteps({
      prepare: 'Find out which it is: a token of one shop, or the client secret of the app.',
      create:
        'For a client secret: Settings → Credentials → rotate; both work until you revoke the old, and copy the new one. For a token: install the app again, or let it refresh.',
      revoke: 'Revoke the old client secret after every shop has a token made with the new one.',
      prove: 'Keyturn asks with the old token and expects 401.',
    }),
  },
  facts: factsOf(seen, [
    ['forms', 'shpat_, shpca_, shppa_ and shpss_ with 32 hex digits.', gitleaks],
    ['check', 'GET /admin/oauth/access_scopes.json lists the scopes of a token.', detector],
    ['secret', 'Old and new client secret both work until the old one is revoked.', secretPage],
    ['expiring', 'Expiring offline tokens live 60 minutes and are refreshed.', changelog],
    ['must-expire', 'Public apps must use them from 1 January 2027.', offlinePage],
    ['refused', 'The text of the 401 was not confirmed.', 'general knowledge, no page read', 'uncertain'],
    [
      'locked',
      '402 and 423 stand for a frozen and a locked shop.',
      'general knowledge, no page read',
      'uncertain',
    ],
  ]),
});
