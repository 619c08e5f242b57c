// Neon against a server of the description: personal keys, keys of an organisation, and of one project of it.
import { expect } from 'vitest';
import { describeTurn, type OfficialCase } from '../../../support/turning/official-cases.ts';
import { neonKey, neonProvider } from '../../../support/turning/official/neon.ts';

const common: Pick<OfficialCase, 'provider' | 'removesNew' | 'expectMade'> = {
  provider: 'neon',
  removesNew: true,
  expectMade: (made, old) => {
    expect(made.notes).toEqual(old.notes);
  },
};

describeTurn({
  ...common,
  way: 'personal',
  operations: { before: [], list: 'listApiKeys', make: 'createApiKey', revoke: ['revokeApiKey'] },
  setUp: () => {
    const provider = neonProvider();
    return { provider, old: provider.keys.add(neonKey('old', null)), turn: { names: ['old'] } };
  },
});

for (const project of [undefined, 'quiet-tree-1'])
  describeTurn({
    ...common,
    way: 'organisation',
    operations: { before: [], list: 'listOrgApiKeys', make: 'createOrgApiKey', revoke: ['revokeOrgApiKey'] },
    setUp: () => {
      const provider = neonProvider();
      const manager = provider.keys.add(neonKey('administrator', null));
      return {
        provider,
        old: provider.keys.add(neonKey('old', provider.organisation, project)),
        turn: {
          manager: { provider: 'neon', values: manager.values },
          names: ['old'],
          inputs: { organisationId: provider.organisation },
        },
      };
    },
  });
