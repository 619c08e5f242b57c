// Resend against a server of the description. Its check is refused by name for keys that may only send, which means that they work.
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { describeTurn, type OfficialCase } from '../../../support/turning/official-cases.ts';
import { secretOf } from '../../../support/turning/official/openai.ts';
import { resendProvider } from '../../../support/turning/official/resend.ts';
import type { NewKey } from '../../../support/turning/remote-keys.ts';

const resendKey = (name: string, permission: string, domain?: string): NewKey => ({
  id: randomUUID(),
  name,
  values: { secret: secretOf('resend', 'key') },
  notes: { permission, domain },
  mayManage: permission === 'full_access',
});
const common: Pick<OfficialCase, 'provider' | 'operations' | 'removesNew' | 'expectMade'> = {
  provider: 'resend',
  operations: {
    before: [],
    list: 'api-keys/list',
    make: 'api-keys/create',
    revoke: ['api-keys/remove'],
  },
  removesNew: true,
  expectMade: (made, old) => {
    expect(made.notes).toEqual(old.notes);
  },
};

describeTurn({
  ...common,
  way: 'full-access',
  setUp: () => {
    const provider = resendProvider();
    return {
      provider,
      old: provider.keys.add(resendKey('the old one', 'full_access')),
      turn: { names: ['the old one'] },
    };
  },
});

const sending = (way: string, domain?: string): void => {
  describeTurn({
    ...common,
    way,
    worksAs: 'blocked',
    setUp: () => {
      const provider = resendProvider();
      const manager = provider.keys.add(resendKey('manager', 'full_access'));
      return {
        provider,
        old: provider.keys.add(resendKey('the old one', 'sending_access', domain)),
        turn: {
          manager: { provider: 'resend', values: manager.values },
          names: ['the old one'],
          inputs: domain === undefined ? {} : { domainId: domain },
        },
      };
    },
  });
};
sending('sending');
sending('sending-one-domain', randomUUID());
