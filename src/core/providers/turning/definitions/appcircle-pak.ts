// Appcircle Personal Access Keys: one per person, as far as the documents tell. The old one goes before the new one is made, so there is
// a gap, and it is said.
import { factsOf } from '../../usual.ts';
import { defineTurn } from '../define-turn.ts';

const seen = '2026-11-22';
const docs =
  'github.com/appcircleio/appcircle-docusaurus@d5468b9 docs/account/my-organization/security/personal-access-key';

export const appcirclePakTurn = defineTurn({
  provider: 'appcircle-pak',
  ways: [
    {
      id: 'guided',
      label: 'Delete the key and generate another in the portal',
      shape: 'guided',
      manager: 'self',
      inputs: [],
      permission: 'The person whose key it is.',
      old: [],
      patience: { newSeconds: 30, oldSeconds: 60 },
      quota: 1,
      afterwards: 'Between deleting and generating no key works.',
      expiry: 'same-length',
    },
  ],
  facts: factsOf(seen, [
    ['portal', 'The key is generated and deleted in the portal.', docs],
    ['one', 'That there is only one at a time is not said plainly.', docs, 'uncertain'],
    ['date', 'A key has a date; owners are told a week before.', docs],
  ]),
});
