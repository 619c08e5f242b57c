// Twilio against a server of its descriptions: API keys, and the two slots of the Auth Token.
import { describe, expect, it } from 'vitest';
import { describeTurn, type OfficialCase } from '../../../support/turning/official-cases.ts';
import { officialServer } from '../../../support/turning/official-server.ts';
import { officialTurn } from '../../../support/turning/official-turn.ts';
import { twilioProvider } from '../../../support/turning/official/twilio.ts';

describeTurn({
  provider: 'twilio',
  way: 'auth-token',
  removesNew: false,
  saysFull: false,
  operations: {
    before: [],
    make: 'CreateSecondaryAuthToken',
    unmake: 'DeleteSecondaryAuthToken',
    revoke: ['UpdateAuthTokenPromotion'],
  },
  setUp: () => {
    const provider = twilioProvider();
    return { provider, old: provider.token()!, turn: {}, oldId: null };
  },
});

describe('the second slot of the Auth Token', () => {
  const begin = async () => {
    const provider = twilioProvider();
    const server = await officialServer(provider);
    const turn = officialTurn(server, {
      provider: 'twilio',
      way: 'auth-token',
      old: provider.token()!.values,
    });
    await turn.look();
    return { provider, server, turn };
  };

  it('is emptied after a lost answer, and filled again', async () => {
    const { provider, server, turn } = await begin();
    server.fail('CreateSecondaryAuthToken', { kind: 'cut-after' });
    expect((await turn.make()).heard.kind).toBe('lost');
    expect(provider.secondary()).toBeDefined();
    expect(await turn.remote.unmake!()).toMatchObject({ kind: 'done' });
    expect(provider.secondary()).toBeUndefined();
    expect(await turn.remote.unmake!()).toMatchObject({ kind: 'refused', means: 'gone' });
    expect((await turn.make()).heard.kind).toBe('done');
    await server.close();
  });

  it('that is full already is told as that', async () => {
    const { server, turn } = await begin();
    expect((await turn.make()).heard.kind).toBe('done');
    expect((await turn.make()).heard).toMatchObject({ kind: 'refused', means: 'quota-full' });
    await server.close();
  });

  it('is emptied on the way back, and the old token works', async () => {
    const { server, turn } = await begin();
    await turn.make();
    expect(await turn.remote.unmake!()).toMatchObject({ kind: 'done' });
    expect(await turn.remote.ask('new')).toMatchObject({ state: 'invalid' });
    expect(await turn.remote.ask('old')).toMatchObject({ state: 'valid' });
    await server.close();
  });
});

const keyCase = (
  way: string,
  kind: 'standard' | 'restricted',
  manager: 'token' | 'main',
  policy?: unknown,
): void => {
  const one: OfficialCase = {
    provider: 'twilio',
    way,
    removesNew: true,
    operations: { before: ['FetchKey'], list: 'ListGetKeys', make: 'CreateNewKey', revoke: ['DeleteKey'] },
    setUp: () => {
      const provider = twilioProvider();
      const main = provider.keys.add(provider.apiKey('main', 'main'));
      const old = provider.keys.add(provider.apiKey('old', kind, policy));
      const values = manager === 'token' ? provider.token()!.values : main.values;
      return { provider, old, turn: { manager: { provider: 'twilio', values } } };
    },
    expectMade: (made, old) => {
      expect(made.notes).toEqual(old.notes);
    },
  };
  describeTurn(one);
};
keyCase('standard-key', 'standard', 'token');
keyCase('standard-key', 'standard', 'main');
keyCase('restricted-key', 'restricted', 'token', { allow: ['/twilio/messaging/messages/read'] });

describe('the way for standard API keys', () => {
  it('makes nothing in place of a restricted one, which could do less', async () => {
    const provider = twilioProvider();
    const old = provider.keys.add(provider.apiKey('old', 'restricted', { allow: [] }));
    const server = await officialServer(provider);
    const turn = officialTurn(server, {
      provider: 'twilio',
      way: 'standard-key',
      old: old.values,
      manager: { provider: 'twilio', values: provider.token()!.values },
    });
    expect(await turn.look()).toMatchObject({ kind: 'refused', means: 'wrong-input' });
    expect(server.called).not.toContain('CreateNewKey');
    await server.close();
  });
});
