// Paths by which providers change, send, buy or spend something. A check never calls one, whatever a definition says: this list
// holds for built-in definitions and for those from outside, beside each provider's own `neverCall`.

/** What one piece of a path (between `/`, `.`, `:` and `?`) must not be. */
const changingWords: ReadonlySet<string> = new Set([
  'rotate',
  'revoke',
  'regenerate',
  'regenerate-tokens',
  'roll',
  'promote',
  'expire',
  'restore',
  'delete',
  'destroy',
  'purge',
  'send',
  'batch_send',
  'pull',
  'charge',
  'charges',
  'payouts',
  'transfers',
  'payment_intents',
  'refunds',
  'purchase',
  'purchases',
  'checkout',
  'access_tokens',
  'completions',
  'chat',
  'responses',
  'embeddings',
  'generations',
  'calls',
  'postmessage',
  'deploy',
  'deployments',
  'publish',
]);

/** Reading lists of such things is harmless with GET, but never needed to learn whether a key works. */
export const changingWordIn = (address: string): string | undefined => {
  const path = address.replace(/^[a-z]+:\/\/[^/?]*/, '');
  return path
    .toLowerCase()
    .split(/[/.:?&=#]/)
    .find((piece) => changingWords.has(piece));
};
