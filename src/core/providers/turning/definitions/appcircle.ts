// Appcircle API keys: made in the portal with a date that never changes afterwards. A successor of the same date lasts no longer, so a
// later one is what prolongs.
import { factsOf } from '../../usual.ts';
import { defineTurn } from '../define-turn.ts';

const seen = '2026-11-22';
const page = 'Appcircle page "API Keys" (seed 2)';
const docs = 'github.com/appcircleio/appcircle-docusaurus@d5468b9';

export const appcircleTurn = defineTurn({
  provider: 'appcircle',
  ways: [
    {
      id: 'guided',
      label: 'Make a second key in the portal',
      shape: 'guided',
      manager: 'self',
      inputs: [],
      permission: 'Owner or Manager of the organisation. A Viewer sees the list only.',
      old: [],
      patience: { newSeconds: 30, oldSeconds: 60 },
      quota: 10,
      afterwards:
        'Deleting is permanent: nothing of the old key stays in the portal. Tokens that were exchanged for it may work until they end.',
      expiry: 'same-day',
    },
  ],
  facts: factsOf(seen, [
    [
      'portal',
      'Keys are created, managed and deleted in the portal, with organisation, roles and a date.',
      page,
    ],
    ['date', 'The date cannot be changed; a new key may have the same one.', page],
    ['delete', 'Delete removes a key for good.', page],
    [
      'rotate',
      'Since 3.29.7 Rotate takes a new date, for keys that are over too.',
      `${docs} docs/release-notes.md`,
    ],
    ['rotate-old', 'Whether Rotate ends the old secret at once is not said.', docs, 'uncertain'],
    ['quota', 'Typically 10 keys, root and sub-organisations together.', docs, 'uncertain'],
    ['tokens', 'How long exchanged tokens outlive a deleted key is not said.', docs, 'uncertain'],
  ]),
});
