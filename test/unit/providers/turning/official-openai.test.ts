// OpenAI, projects and admin keys, against servers of the description.
import { describe, expect, it } from 'vitest';
import { describeTurn, type OfficialCase } from '../../../support/turning/official-cases.ts';
import { officialServer } from '../../../support/turning/official-server.ts';
import { officialTurn } from '../../../support/turning/official-turn.ts';
import {
  newId,
  openaiAdminProvider,
  openaiProvider,
  secretOf,
  type OpenaiProvider,
} from '../../../support/turning/official/openai.ts';
import type { RemoteKey } from '../../../support/turning/remote-keys.ts';

describeTurn({
  provider: 'openai-admin',
  way: 'self',
  removesNew: true,
  operations: {
    before: [],
    list: 'admin-api-keys-list',
    make: 'admin-api-keys-create',
    revoke: ['admin-api-keys-delete'],
  },
  setUp: () => {
    const provider = openaiAdminProvider();
    const values = { secret: secretOf('openai-admin', 'admin') };
    return { provider, old: provider.keys.add({ id: newId('key_'), name: 'old', values }), turn: {} };
  },
  expectMade: (made) => {
    expect(made.notes['expiresAt']).toBeNull();
  },
});

const addManager = (provider: OpenaiProvider): RemoteKey =>
  provider.keys.add({
    id: newId('key_'),
    name: 'admin',
    values: { secret: secretOf('openai-admin', 'admin') },
  });

const setUp =
  (format: string, isOfAccount: boolean): OfficialCase['setUp'] =>
  () => {
    const provider = openaiProvider();
    const manager = addManager(provider);
    const account = provider.addAccount('robot');
    const old = provider.keys.add({
      id: newId('key_'),
      name: 'old',
      values: { secret: secretOf('openai', format) },
      notes: isOfAccount ? { account } : {},
      mayManage: false,
    });
    return {
      provider,
      old,
      turn: {
        manager: { provider: 'openai-admin', values: manager.values },
        inputs: { projectId: provider.project, serviceAccountId: account.id },
      },
    };
  };

describeTurn({
  provider: 'openai',
  way: 'second-key',
  removesNew: false,
  operations: {
    before: [],
    list: 'list-project-api-keys',
    make: 'CreateanAPIkeyforaserviceaccount',
    revoke: [],
  },
  setUp: setUp('service-account', true),
  expectMade: (made, old) => {
    expect(made.notes['account']).toBe(old.notes['account']);
  },
});

describeTurn({
  provider: 'openai',
  way: 'new-account',
  removesNew: true,
  operations: {
    before: [],
    list: 'list-project-api-keys',
    make: 'create-project-service-account',
    revoke: ['delete-project-service-account'],
  },
  setUp: () => {
    const set = setUp('service-account', true)();
    // Known by its account.
    return { ...set, oldId: (set.old.notes['account'] as { readonly id: string }).id };
  },
});

describeTurn({
  provider: 'openai',
  way: 'to-service-account',
  // The description says so: keys of service accounts are not deleted by this call.
  removesNew: false,
  operations: {
    before: [],
    list: 'list-project-api-keys',
    make: 'create-project-service-account',
    revoke: ['delete-project-api-key'],
  },
  setUp: setUp('project', false),
});

describe('ends of OpenAI admin keys', () => {
  it('are asked for in seconds, and told as a day', async () => {
    const provider = openaiAdminProvider();
    const values = { secret: secretOf('openai-admin', 'admin') };
    const old = provider.keys.add({ id: newId('key_'), name: 'old', values });
    const server = await officialServer(provider);
    const day = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    const turn = officialTurn(server, {
      provider: 'openai-admin',
      way: 'self',
      old: old.values,
      expiresOn: day,
    });
    await turn.look();
    const { heard } = await turn.make();
    expect(heard.kind).toBe('done');
    const told = heard.kind === 'done' ? heard.value.expiresOn : null;
    // Midnight of the day, less the part of a second that seconds cut off.
    expect([day, new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10)]).toContain(told);
    const end = provider.keys.all.at(-1)!.notes['expiresAt'] as number;
    expect(Math.abs(end - Date.parse(day) / 1_000)).toBeLessThan(5);
    await server.close();
  });

  it('that lie further than a year away are not taken, and nothing is made', async () => {
    const provider = openaiAdminProvider();
    const values = { secret: secretOf('openai-admin', 'admin') };
    const old = provider.keys.add({ id: newId('key_'), name: 'old', values });
    const server = await officialServer(provider);
    const turn = officialTurn(server, {
      provider: 'openai-admin',
      way: 'self',
      old: old.values,
      expiresOn: new Date(Date.now() + 400 * 86_400_000).toISOString().slice(0, 10),
    });
    await turn.look();
    await turn.make();
    expect(provider.keys.all).toHaveLength(1);
    // What the description does not allow is a mistake of ours, and this is how it is seen.
    await expect(server.close()).rejects.toThrow('expires_in_seconds is out of bounds');
  });
});
