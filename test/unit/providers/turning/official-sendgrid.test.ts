// SendGrid against a server of the description: the new key has the scopes of the old one, never all.
import { expect } from 'vitest';
import { describeTurn, type OfficialCase } from '../../../support/turning/official-cases.ts';
import {
  everything,
  managing,
  scopesOf,
  sendgridKey,
  sendgridProvider,
} from '../../../support/turning/official/sendgrid.ts';

const common: Pick<OfficialCase, 'provider' | 'operations' | 'removesNew' | 'saysFull' | 'expectMade'> = {
  provider: 'sendgrid',
  operations: {
    before: ['GET_scopes'],
    list: 'GET_api_keys',
    make: 'create-api-keys',
    revoke: ['DELETE_api_keys-api_key_id'],
  },
  removesNew: true,
  saysFull: true,
  expectMade: (made, old) => {
    expect(scopesOf(made)).toEqual(scopesOf(old));
    expect(scopesOf(made).length).toBeLessThan(everything.length);
  },
};

for (const suffix of ['', '-eu']) {
  describeTurn({
    ...common,
    way: `self${suffix}`,
    setUp: () => {
      const provider = sendgridProvider();
      return { provider, old: provider.keys.add(sendgridKey('old', [...managing, 'mail.send'])), turn: {} };
    },
  });
  describeTurn({
    ...common,
    way: `managed${suffix}`,
    setUp: () => {
      const provider = sendgridProvider();
      const manager = provider.keys.add(sendgridKey('manager', everything));
      return {
        provider,
        old: provider.keys.add(sendgridKey('old', ['mail.send'])),
        turn: { manager: { provider: 'sendgrid', values: manager.values } },
      };
    },
  });
}
