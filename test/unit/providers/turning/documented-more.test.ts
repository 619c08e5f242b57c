// What single providers have that others have not, guided turns whose revoke is a call, and the servers themselves: what is not documented
// must fail a test, or nothing is proven by them.
import { afterEach, describe, expect, it } from 'vitest';
import { secretHandle } from '../../../../src/core/providers/turning/secret-handle.ts';
import { begin, documentedTurns, type Begun } from '../../../support/turning/documented/every.ts';
import type { Beginning } from '../../../support/turning/documented/kit.ts';
import { beginNpm } from '../../../support/turning/documented/registries.ts';
import { beginFastly } from '../../../support/turning/documented/small.ts';
import { tableServer } from '../../../support/turning/table-server.ts';

const open: Begun[] = [];
const start = async (provider: string, way: string, beginning?: Beginning): Promise<Begun> => {
  const turn = documentedTurns.find((each) => each.provider === provider && each.way === way);
  const begun = await begin(provider, way, beginning ?? turn!.begin());
  open.push(begun);
  return begun;
};
afterEach(async () => {
  const results = await Promise.allSettled(open.splice(0).map(({ server }) => server.close()));
  for (const result of results) if (result.status === 'rejected') throw result.reason;
});

describe('a server of a table', () => {
  const ask = async (
    path: string,
    init: RequestInit,
  ): Promise<{ status: number; close: Promise<unknown> }> => {
    const beginning = documentedTurns.find(({ provider }) => provider === 'openrouter')!.begin();
    const server = await tableServer(beginning.provider);
    const authorization = `Bearer ${beginning.manager!.values['secret']!}`;
    const { status } = await fetch(`${server.url}${path}`, {
      ...init,
      headers: { authorization, ...(init.headers as Readonly<Record<string, string>> | undefined) },
    });
    return { status, close: server.close().then(() => 'closed', String) };
  };
  const json = { 'content-type': 'application/json' };

  it('answers what is documented', async () => {
    const { status, close } = await ask('/api/v1/keys', {
      method: 'POST',
      headers: json,
      body: '{"name":"a"}',
    });
    expect([status, await close]).toEqual([201, 'closed']);
  });
  it.each([
    ['a path', '/api/v1/key/1', { method: 'GET' }],
    ['a method', '/api/v1/keys', { method: 'PUT', headers: json, body: '{"name":"a"}' }],
    ['a query', '/api/v1/keys?offset=100', { method: 'GET' }],
    ['a query that is missing', '/api/v1/keys', { method: 'GET' }],
    ['an entry', '/api/v1/keys', { method: 'POST', headers: json, body: '{"name":"a","role":"b"}' }],
    ['an entry that is missing', '/api/v1/keys', { method: 'POST', headers: json, body: '{}' }],
    [
      'a type of body',
      '/api/v1/keys',
      { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{"name":"a"}' },
    ],
    ['a body', '/api/v1/key', { method: 'DELETE', body: 'x' }],
  ])('fails a test that sends %s that is not documented', async (_, path, init) => {
    const { status, close } = await ask(path, init);
    expect(status).toBe(501);
    expect(await close).toContain('not as documented');
  });
  it('knows nobody by a wrong value', async () => {
    const { status } = await ask('/api/v1/key', { headers: { authorization: 'Bearer nobody' } });
    expect(status).toBe(401);
  });
});

describe('guided turns whose old key is revoked by a call', () => {
  it('npm: the old token is found by its beginning and deleted', async () => {
    const begun = await start('npm', 'guided', beginNpm());
    const { remote } = begun.turn;
    expect(await begun.turn.look()).toMatchObject({ kind: 'done', value: { oldRemoteId: begun.old.id } });
    expect((await remote.ask('old'))?.state).toBe('valid');
    expect(await remote.revoke(0, begun.old.id, 'old')).toMatchObject({ kind: 'done' });
    expect(await remote.revoke(0, begun.old.id, 'old')).toMatchObject({ kind: 'refused', means: 'gone' });
    expect((await remote.ask('old'))?.state).toBe('invalid');
    expect((await remote.ask('new'))?.state).toBe('valid');
  });
  it('npm: where a code is wanted nothing is deleted, and the person is told to do it', async () => {
    const begun = await start('npm', 'guided', beginNpm());
    begun.server.provider.keys.withdrawn = true;
    expect(await begun.turn.look()).toMatchObject({ kind: 'refused', means: 'no-permission' });
    expect(begun.server.provider.keys.listed()).toHaveLength(2);
  });
  it('Fastly: the old token revokes itself, and twice does no harm', async () => {
    const begun = await start('fastly', 'guided', beginFastly());
    const { remote } = begun.turn;
    expect(remote.needsOldId).toBe(false);
    expect(await remote.look()).toMatchObject({ kind: 'done' });
    expect((await remote.ask('old'))?.state).toBe('valid');
    expect(await remote.revoke(0, null, 'old')).toMatchObject({ kind: 'done' });
    expect(await remote.revoke(0, null, 'old')).toMatchObject({ kind: 'refused', means: 'gone' });
    expect((await remote.ask('old'))?.state).toBe('invalid');
  });
});

describe('single providers', () => {
  it('Google: an eleventh key finds no place, and none is made', async () => {
    const begun = await start('gcp-sa', 'self');
    begun.server.provider.keys.max = begun.server.provider.keys.listed().length;
    expect(await begun.turn.look()).toMatchObject({ kind: 'done' });
    expect((await begun.turn.make()).heard).toMatchObject({ kind: 'refused', means: 'quota-full' });
    expect(begun.turn.remote.quota).toBe(10);
  });
  it('Datadog: the list says how many keys there may be', async () => {
    const begun = await start('datadog', 'api-key');
    begun.server.provider.keys.max = 50;
    expect(await begun.turn.remote.list!()).toMatchObject({
      kind: 'done',
      value: { max: 50, complete: true },
    });
  });
  it('Datadog: an application key that the list does not show is not followed by one that may do everything', async () => {
    const begun = await start('datadog', 'application-key');
    begun.turn.set({ oldRemoteId: 'another' });
    expect(await begun.turn.look()).toMatchObject({ kind: 'refused' });
    expect(begun.server.called).not.toContain('POST /api/v2/current_user/application_keys');
  });
  it('Docker Hub: a session that may not manage tokens changes nothing', async () => {
    const begun = await start('dockerhub', 'personal');
    begun.server.provider.keys.withdrawn = true;
    expect(await begun.turn.look()).toMatchObject({ kind: 'refused', means: 'no-permission' });
  });
  it('Verdaccio: a wrong password makes no token', async () => {
    const turn = documentedTurns.find(({ provider }) => provider === 'verdaccio')!.begin();
    const manager = { provider: 'verdaccio', values: { ...turn.manager!.values, password: 'another' } };
    const begun = await start('verdaccio', 'by-password', { ...turn, manager });
    expect(await begun.turn.look()).toMatchObject({ kind: 'done' });
    expect((await begun.turn.make()).heard).toMatchObject({ kind: 'refused', means: 'refused' });
    expect(begun.server.provider.keys.listed()).toHaveLength(2);
  });
  it('Vercel: a token of a team is not followed by one for the whole account', async () => {
    const team = documentedTurns.find(({ way }) => way === 'team')!.begin();
    const begun = await start('vercel', 'person', team);
    expect(await begun.turn.look()).toMatchObject({ kind: 'refused', means: 'wrong-input' });
  });
  it('Algolia and Unleash: what is told as an id is a handle, and finds its value again', async () => {
    for (const [provider, way] of [
      ['algolia', 'admin-key'],
      ['unleash', 'admin-token'],
    ] as const) {
      const begun = await start(provider, way);
      const looked = await begun.turn.look();
      expect(looked).toMatchObject({
        kind: 'done',
        value: { oldRemoteId: secretHandle(begun.values['secret']!) },
      });
      const list = await begun.turn.remote.list!();
      const ids = list.kind === 'done' ? list.value.entries.map(({ id }) => id) : [];
      expect(ids).toContain(secretHandle(begun.values['secret']!));
      expect(ids.every((id) => /^#[0-9a-f]{6}$/.test(id))).toBe(true);
    }
  });
});

it('a handle tells values apart and nothing of them', () => {
  const values = Array.from({ length: 200 }, (_, index) => `value ${String(index)}`);
  expect(new Set(values.map(secretHandle)).size).toBe(values.length);
  expect(secretHandle('value 1')).toBe(secretHandle('value 1'));
});
