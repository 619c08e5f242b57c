// Circle Mint: everything in the dashboard, ten keys per environment. Keys of limited access come from a representative, which takes
// days: a ticket before anything else.
import { factsOf } from '../../usual.ts';
import { defineTurn } from '../define-turn.ts';

const seen = '2026-11-22';
const helpPage = 'Circle help page "API Keys" (seed 0)';
const integralPage = 'Integral help page "Circle (API)" (seed 1)';

export const circleMintTurn = defineTurn({
  provider: 'circle-mint',
  ways: [
    {
      id: 'guided',
      label: 'Make a second key in the dashboard',
      shape: 'guided',
      manager: 'self',
      inputs: [],
      permission: 'Administrator, logged in to the dashboard of the right environment.',
      old: [],
      patience: { newSeconds: 30, oldSeconds: 30 },
      quota: 10,
      afterwards: 'A deleted key leaves the list in the dashboard; what is known of it stays here alone.',
      expiry: 'none',
    },
  ],
  assistance: {
    classes: ['restricted', 'read-only'],
    who: 'your Circle representative',
    days: 5,
    text: 'Ask your Circle representative for a key with the same permissions, and the same name and IP allowlist. Permissions can be neither seen nor chosen in the dashboard. The key comes as a message, or appears under Developers → API keys. Put it in here; a message that held it counts as a place where it was seen.',
  },
  facts: factsOf(seen, [
    ['dashboard', 'Keys are created and deleted in the dashboard, by an Administrator.', helpPage],
    ['quota', 'At most 10 API keys per environment.', helpPage],
    ['delete', 'Deleting asks to type DELETE.', helpPage],
    [
      'restricted',
      'Restricted keys are neither created nor edited in the dashboard: ask the representative.',
      helpPage,
    ],
    ['read-only', 'A read-only key has to be asked for where the account may read and write.', integralPage],
    ['days', 'No page says how long that takes; five working days are a guess.', helpPage, 'uncertain'],
    ['settles', 'Whether a deleted key is refused at once is not said.', helpPage, 'uncertain'],
  ]),
});
