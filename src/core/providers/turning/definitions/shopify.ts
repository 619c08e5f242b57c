// Shopify's expiring offline tokens: a refresh token answers with the next pair. Shopify keeps the used one until its successor is
// used, so that a lost answer can be asked for again.
import { factsOf } from '../../usual.ts';
import { defineTurn } from '../define-turn.ts';
import { askedTooOften, mayNot, notAccepted, notTaken, notThere } from '../usual-refusals.ts';

const seen = '2026-11-22';
const changelog = 'https://shopify.dev/changelog/offline-access-tokens-now-support-expiry-and-refresh';
const resilient = 'https://shopify.dev/changelog/more-resilient-refreshes-for-expiring-offline-access-tokens';
const sdk = 'npm @shopify/shopify-api@12.2.0 lib/auth/oauth/refresh-token';
const install = 'Let the merchant open the app again, or install it again: that gives a new pair.';

export const shopifyTurn = defineTurn({
  provider: 'shopify',
  ways: [
    {
      id: 'refresh',
      label: 'Refresh a token that expires',
      shape: 'chain',
      formats: ['access-token'],
      manager: 'self',
      inputs: [],
      permission: 'Client id and secret of the app, and the refresh token of the pair.',
      make: {
        call: {
          does: 'asks Shopify for the next pair',
          method: 'POST',
          url: 'https://{shop}.myshopify.com/admin/oauth/access_token',
          headers: { accept: 'application/json' },
          body: {
            type: 'json',
            value: {
              client_id: '{clientId}',
              client_secret: '{old:clientSecret}',
              grant_type: 'refresh_token',
              refresh_token: '{old:refreshToken}',
            },
          },
          by: 'nobody',
          success: [200],
          refusals: [
            notTaken('Shopify does not accept the refresh token: it was used, or is over.', install, {
              means: 'refused',
            }),
            notAccepted('Shopify does not accept client id and secret, or the refresh token.', install),
            mayNot('Shopify does not let the app do this.', 'Look at the app in the Dev Dashboard.'),
            notThere('There is no shop of this name.', 'Compare the shop: SHOP.myshopify.com.', {
              means: 'wrong-input',
            }),
            askedTooOften('Shopify'),
          ],
          repeatable: true,
        },
        gives: { secret: { json: ['access_token'] }, refreshToken: { json: ['refresh_token'] } },
      },
      old: [{ from: 'nothing' }],
      revoke: [],
      patience: { newSeconds: 10, oldSeconds: 3_600 },
      oldTells: false,
      afterwards: 'The access token of before may work until its 60 minutes are over.',
      wayBack: install,
      expiry: 'none',
    },
  ],
  facts: factsOf(seen, [
    [
      'refresh',
      'A refresh token is exchanged at the token endpoint for the next pair; an access token lives an hour.',
      changelog,
    ],
    ['body', 'client_id, client_secret, refresh_token and grant_type, as JSON.', sdk],
    [
      'again',
      'A used refresh token may be used again until its successor is used, for at most 30 days.',
      resilient,
    ],
    ['old', 'Whether the access token of before ends at once was not found.', changelog, 'uncertain'],
    ['refused', 'Which status a used refresh token gets was not confirmed.', changelog, 'uncertain'],
  ]),
});
