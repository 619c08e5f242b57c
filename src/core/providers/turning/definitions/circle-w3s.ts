// The Circle Console: everything by hand. Unlike Circle Mint, a person chooses restricted access there, so no representative is needed.
import { factsOf } from '../../usual.ts';
import { defineTurn } from '../define-turn.ts';

const seen = '2026-11-22';
const keysPage = 'https://developers.circle.com/build/keys';

export const circleW3sTurn = defineTurn({
  provider: 'circle-w3s',
  ways: [
    {
      id: 'guided',
      label: 'Make a second key in the Console',
      shape: 'guided',
      manager: 'self',
      inputs: [],
      permission: 'A user of the Console.',
      old: [],
      patience: { newSeconds: 30, oldSeconds: 30 },
      expiry: 'none',
    },
  ],
  facts: factsOf(seen, [
    [
      'console',
      'Keys are created and deleted in the Console, restricted ones too: none, read, or read and write per product.',
      keysPage,
    ],
    ['quota', 'No limit on the number of keys was found for the Console.', keysPage, 'uncertain'],
    ['settles', 'Whether a deleted key is refused at once is not said.', keysPage, 'uncertain'],
  ]),
});
