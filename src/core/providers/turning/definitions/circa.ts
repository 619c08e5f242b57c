// Circa: keys are made and revoked in the Developer portal. Revoking bites at the next request, so nothing is revoked before everything
// works with the new key.
import { factsOf } from '../../usual.ts';
import { defineTurn } from '../define-turn.ts';

const seen = '2026-11-22';
const page = 'Circa page "Authentication" (seed 3)';

export const circaTurn = defineTurn({
  provider: 'circa',
  ways: [
    {
      id: 'guided',
      label: 'Make a second key in the Developer portal',
      shape: 'guided',
      manager: 'self',
      inputs: [],
      permission: 'A member of the team who may use the Developer portal, best the owner of the old key.',
      old: [],
      // "Takes effect immediately": the first request after it is refused.
      patience: { newSeconds: 0, oldSeconds: 0 },
      afterwards: 'The revoked key and its logs stay visible in the portal.',
      expiry: 'none',
    },
  ],
  facts: factsOf(seen, [
    ['portal', 'Keys are created and revoked in the Developer portal.', page],
    ['at-once', 'Revoking takes effect at once: the next request gets 401.', page],
    ['kept', 'Revoked keys are kept with their logs.', page],
    ['owner', 'A key has the memberships of the person who made it.', page],
    ['quota', 'How many keys there may be was not found.', page, 'uncertain'],
  ]),
});
