// Stripe: keys are made and rolled in the Dashboard. The interface that could do it is a private preview for Stripe Apps, and its list
// answers with every secret in clear: it is not used.
import { factsOf } from '../../usual.ts';
import { defineTurn } from '../define-turn.ts';

const seen = '2026-11-22';
const keysPage = 'https://docs.stripe.com/keys';
const measured = 'github.com/Infisical/infisical design note ENG-5685';
const preview = 'stripe-java and stripe-python ApiKeyRotateParams (private preview)';

export const stripeTurn = defineTurn({
  provider: 'stripe',
  ways: [
    {
      id: 'guided',
      label: 'Roll the key in the Dashboard',
      shape: 'guided',
      manager: 'self',
      inputs: [],
      permission: 'Administrator or Developer of the account.',
      old: [],
      patience: { newSeconds: 15, oldSeconds: 15 },
      afterwards:
        'Where a time was chosen in "Roll key", Stripe ends the old key then by itself: say that it is revoked once that time is over.',
      expiry: 'none',
    },
  ],
  facts: factsOf(seen, [
    ['roll', 'Roll key asks when the old key ends: now, or up to seven days later.', keysPage],
    ['settles', 'An expired key was refused after about nine seconds.', measured],
    [
      'preview',
      '/v2/iam/api_keys could create, rotate and expire: private preview, for Stripe Apps alone.',
      preview,
      'uncertain',
    ],
    ['list-danger', 'Its list answers with every secret in clear.', measured],
  ]),
});
