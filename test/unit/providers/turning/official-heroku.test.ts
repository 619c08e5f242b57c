// Heroku against a server of its schema: a second authorization, and new tokens in place of the old.
import { expect } from 'vitest';
import { describeTurn } from '../../../support/turning/official-cases.ts';
import { herokuKey, herokuProvider } from '../../../support/turning/official/heroku.ts';

const setUp = () => {
  const provider = herokuProvider();
  provider.keys.add(herokuKey('another', ['read']));
  return { provider, old: provider.keys.add(herokuKey('old', ['global'])), turn: {} };
};

describeTurn({
  provider: 'heroku',
  way: 'second-authorization',
  removesNew: true,
  operations: { before: [], list: 'authorizations', make: 'create', revoke: ['delete'] },
  setUp,
  expectMade: (made, old) => {
    expect(made.notes['scope']).toEqual(old.notes['scope']);
  },
});

describeTurn({
  provider: 'heroku',
  way: 'regenerate',
  removesNew: false,
  operations: { before: [], list: 'authorizations', make: 'regenerate', revoke: [] },
  setUp,
  expectMade: (made, old) => {
    expect(made.id).toBe(old.id);
    expect(old.gone).toBe(true);
  },
});
