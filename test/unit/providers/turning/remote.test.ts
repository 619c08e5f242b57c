// The remote of a turn, by the agent's own wires and the real client, against a provider on loopback that fails before and after what it does.
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTurnWires } from '../../../../src/agent/checking/wires.ts';
import type { Rotation } from '../../../../src/core/model/rotation.ts';
import { mayBeSent, type NoAnswer } from '../../../../src/core/ports.ts';
import type { Party } from '../../../../src/core/providers/turning/ask/proof.ts';
import { createRemote } from '../../../../src/core/providers/turning/remote.ts';
import type { Heard, Remote, Values } from '../../../../src/core/providers/turning/remote-port.ts';
import type { HttpCall, TurnWay } from '../../../../src/core/providers/turning/turn-definition.ts';
import { beginRotation } from '../../../../src/core/rotation/begin.ts';
import { nodeAsking } from '../../../../src/node/asking-ports.ts';
import { acme, acmeServer, newSecret, type Acme, type Fault } from '../../../support/turning/acme-server.ts';

const mark = 'my-key-kt-1a2b3c4d';
const base = 'https://api.acme.test';
const call = (over: Partial<HttpCall> & Pick<HttpCall, 'method' | 'url'>): HttpCall => ({
  does: 'asks',
  by: 'manager',
  success: [200],
  refusals: [],
  repeatable: true,
  ...over,
});
const overlap: TurnWay = {
  id: 'second',
  label: 'A second key',
  shape: 'overlap',
  manager: 'self',
  inputs: [],
  permission: 'Any key.',
  make: {
    before: [
      call({
        method: 'GET',
        url: `${base}/me`,
        by: 'old',
        learns: [{ name: 'scopes', from: { json: ['scopes'] }, required: true }],
      }),
    ],
    call: call({
      method: 'POST',
      url: `${base}/keys`,
      body: { type: 'json', value: { name: '{mark}', scopes: '{scopes}', ends: '{expiresAt?}' } },
      success: [201],
      repeatable: false,
      idempotencyHeader: 'idempotency-key',
    }),
    gives: { secret: { json: ['key'] } },
    id: { json: ['id'] },
    expiresAt: ['expires'],
  },
  list: {
    call: call({ method: 'GET', url: `${base}/keys` }),
    items: ['data'],
    id: ['id'],
    name: ['name'],
    hint: { json: ['hint'], how: 'masked' },
    complete: { path: ['more'], is: false },
  },
  old: [{ from: 'hint' }, { from: 'name' }],
  revoke: [call({ method: 'DELETE', url: `${base}/keys/{id}`, by: 'new', success: [204] })],
  patience: { newSeconds: 1, oldSeconds: 1 },
};
const swap: TurnWay = {
  ...overlap,
  id: 'roll',
  shape: 'swap',
  make: {
    call: call({ method: 'POST', url: `${base}/keys/{oldId}/roll`, repeatable: false }),
    gives: { secret: { json: ['key'] } },
  },
  revoke: [],
  wayBack: 'Make a new one.',
};

let server: Acme;
beforeEach(async () => {
  server = await acmeServer();
});
afterEach(() => server.close());

const open = { wanted: () => true, onStop: () => () => undefined };
const soon = () =>
  nodeAsking({ proxies: {}, limits: { totalMs: 400, connectMs: 300 }, wait: () => Promise.resolve() });

type Stage = {
  readonly remote: Remote;
  readonly set: (changes: Partial<Rotation>) => void;
  readonly old: Values;
  keep: Values | null;
};
type Setting = { readonly manager?: Party; readonly names?: readonly string[]; readonly url?: string };

const stage = (way: TurnWay, old: Values, { manager, names = [], url = server.url }: Setting = {}): Stage => {
  let rotation = beginRotation({
    keyId: 'f'.repeat(32),
    oldVersionId: 'old',
    way: way.id,
    shape: way.shape,
    order: 'overlap',
    reason: 'asked',
    by: 'a test',
    nowMs: Date.now(),
    foundAtMs: null,
    graceMs: 0,
    managerKeyId: null,
    inputs: {},
    expiresOn: null,
    oldRemoteId: null,
    removeFirst: null,
    tasks: [],
  });
  const made: Stage = {
    remote: createRemote({
      way,
      definition: acme,
      kind: 'unknown',
      reach: { baseUrl: url, values: {} },
      rotation: () => rotation,
      names: () => names,
      old: () => old,
      new: () => made.keep,
      manager: () => manager ?? null,
      wires: createTurnWires(soon(), { nowMs: Date.now, monotonicMs: () => performance.now() }, open),
      randomBytes: (length) => new Uint8Array(randomBytes(length)),
    }),
    set: (changes) => {
      rotation = { ...rotation, ...changes };
    },
    old,
    keep: null,
  };
  return made;
};
const valueOf = <T>(heard: Heard<T>): T => {
  if (heard.kind !== 'done') throw new Error(JSON.stringify(heard));
  return heard.value;
};
const looked = async (at: Stage): Promise<void> => {
  const { learnt, oldRemoteId } = valueOf(await at.remote.look());
  at.set({ learnt, oldRemoteId });
};
const asked = (method: string, path: string): number =>
  server.seen.filter((each) => each.method === method && each.path === path).length;

describe('a second key', () => {
  it('is looked for, made, asked about, and the old one is revoked', async () => {
    const old = server.add('my key');
    server.add('another');
    const at = stage(overlap, { secret: old.secret, team: 'a' });
    expect(valueOf(await at.remote.look())).toEqual({
      learnt: { scopes: '["read","write"]' },
      oldRemoteId: old.id,
    });
    await looked(at);
    const made = valueOf(await at.remote.make(mark));
    const fresh = server.keys.find(({ name }) => name === mark);
    expect(made).toEqual({
      values: { secret: fresh?.secret, team: 'a' },
      remoteId: fresh?.id,
      expiresOn: '2027-01-31',
    });
    const sent = server.seen.find(({ method }) => method === 'POST');
    expect(JSON.parse(sent?.body ?? '')).toEqual({ name: mark, scopes: ['read', 'write'] });
    expect(sent?.headers['idempotency-key']).toBe(mark);
    expect(asked('GET', '/me')).toBe(2);
    at.keep = made.values;
    at.set({ newRemoteId: made.remoteId });
    expect(await at.remote.ask('new')).toMatchObject({ state: 'valid' });
    expect(await at.remote.revoke(0, old.id, 'old')).toEqual({ kind: 'done', value: null });
    expect(server.seen.at(-1)?.headers.authorization).toBe(`Bearer ${made.values['secret'] ?? ''}`);
    expect(await at.remote.revoke(0, old.id, 'old')).toMatchObject({ kind: 'refused', means: 'gone' });
    expect(await at.remote.ask('old')).toMatchObject({ state: 'invalid' });
  });

  it('is removed by the old one on the way back, and an orphan or an unused key by whoever lives', async () => {
    const [old, fresh, orphan] = [server.add('old'), server.add(mark), server.add('orphan')];
    const at = stage(overlap, { secret: old.secret });
    at.keep = { secret: fresh.secret };
    at.set({ oldRemoteId: old.id, newRemoteId: fresh.id, phase: 'undoing', revoked: 1 });
    const by = () => server.seen.at(-1)?.headers.authorization?.replace('Bearer ', '');
    await at.remote.revoke(0, orphan.id, 'new');
    expect([orphan.gone, by()]).toEqual([true, old.secret]);
    await at.remote.revoke(0, fresh.id, 'new');
    expect([fresh.gone, by()]).toEqual([true, old.secret]);
    const later = server.add('later');
    fresh.gone = false;
    at.set({ phase: 'begun', step: 'done', revoked: 1, deadAtMs: 1 });
    await at.remote.revoke(0, later.id, 'new');
    expect([later.gone, by()]).toEqual([true, fresh.secret]);
  });

  it('is found by its mark where its answer told no id', async () => {
    const old = server.add('old');
    const at = stage(overlap, { secret: old.secret });
    await looked(at);
    server.fail('POST /keys', { after: { status: 201, body: JSON.stringify({ key: newSecret() }) } });
    const made = valueOf(await at.remote.make(mark));
    expect(made.remoteId).toBeNull();
    at.keep = made.values;
    at.set({ attempts: [{ mark, state: 'kept', remoteId: null, atMs: 1 }] });
    expect(await at.remote.revoke(0, null, 'new')).toEqual({ kind: 'done', value: null });
    expect(server.keys.find(({ name }) => name === mark)?.gone).toBe(true);
    expect(old.gone).toBe(false);
    expect(await at.remote.revoke(0, null, 'old')).toMatchObject({ kind: 'refused', means: 'refused' });
  });

  const faults: readonly (readonly [string, Fault, Heard<never>['kind'], made: boolean])[] = [
    ['a line cut before anything was done', 'cut-before', 'lost', false],
    ['a line cut after it was made', 'cut-after', 'lost', true],
    ['a line cut in the answer', 'cut-in-answer', 'lost', true],
    ['no answer', 'hang', 'lost', false],
    ['a broken server', { status: 500, body: '' }, 'lost', false],
    ['a gateway', { status: 502, body: '<html>' }, 'lost', false],
    ['a busy server', { status: 503, body: '' }, 'lost', false],
    [
      'a busy server with a time',
      { status: 503, body: '', headers: { 'retry-after': '3' } },
      'refused',
      false,
    ],
    ['too many requests', { status: 429, body: '' }, 'refused', false],
    [
      'a redirect elsewhere',
      { status: 307, body: '', headers: { location: 'http://127.0.0.1:1/' } },
      'lost',
      false,
    ],
    ['a redirect at home', { status: 308, body: '', headers: { location: '/keys' } }, 'lost', false],
    ['a yes without a value', { after: { status: 201, body: '{}' } }, 'lost', true],
    ['a yes that is no JSON', { after: { status: 201, body: 'yes' } }, 'lost', true],
    ['a yes that is a list', { after: { status: 201, body: '[]' } }, 'lost', true],
    ['a yes of another status', { after: { status: 202, body: '{}' } }, 'lost', true],
    ['a yes without end', { after: { status: 201, body: `{"key":"${'x'.repeat(400_000)}"}` } }, 'lost', true],
    ['a no with words', { status: 403, body: '{"error":"you may not"}' }, 'refused', false],
  ];

  it.each(faults)('after %s: never asked twice, and told as what it is', async (_, fault, kind, isMade) => {
    const old = server.add('old');
    const at = stage(overlap, { secret: old.secret });
    await looked(at);
    server.fail('POST /keys', fault);
    const heard = await at.remote.make(mark);
    expect(heard.kind).toBe(kind);
    expect(asked('POST', '/keys')).toBe(1);
    expect(server.keys.some(({ name }) => name === mark)).toBe(isMade);
    expect(JSON.stringify(heard)).not.toMatch(/acme_|you may not/);
  });

  it('is not asked for where nobody listens, or the value is not one', async () => {
    const at = stage(overlap, { secret: newSecret() }, { url: 'http://127.0.0.1:1' });
    at.set({ learnt: { scopes: '[]' } });
    expect((await at.remote.make(mark)).kind).toBe('unsent');
    const odd = stage(overlap, { secret: 'not a key' });
    odd.set({ learnt: { scopes: '[]' } });
    expect((await odd.remote.make(mark)).kind).toBe('unsent');
    expect(server.seen).toEqual([]);
  });

  it('is not asked for where what it needs could not be read: nothing was changed', async () => {
    const at = stage(overlap, { secret: server.add('old').secret });
    server.fail('GET /me', { status: 200, body: '{"scopes":null}' });
    expect(await at.remote.make(mark)).toMatchObject({ kind: 'refused', means: 'refused' });
    server.fail('GET /me', 'hang');
    expect((await at.remote.make(mark)).kind).toBe('unsent');
    expect(asked('POST', '/keys')).toBe(0);
  });

  it('takes a wished end, and is not made with one that is over', async () => {
    const at = stage(overlap, { secret: server.add('old').secret });
    await looked(at);
    at.set({ expiresOn: '2020-01-01' });
    expect((await at.remote.make(mark)).kind).toBe('unsent');
    const year = new Date().getUTCFullYear() + 1;
    at.set({ expiresOn: `${String(year)}-06-01` });
    valueOf(await at.remote.make(mark));
    expect(server.seen.at(-1)?.body).toContain(`"ends":"${String(year)}-06-01T00:00:00Z"`);
  });
});

describe('the old key', () => {
  it('is found by its hint, else by its name, and only where one alone fits', async () => {
    const old = server.add('my key');
    const twin = server.add('twin', `${newSecret().slice(0, -4)}${old.secret.slice(-4)}`);
    const at = stage(overlap, { secret: old.secret }, { names: ['my key'] });
    expect(valueOf(await at.remote.look()).oldRemoteId).toBe(old.id);
    twin.gone = true;
    expect(valueOf(await at.remote.look()).oldRemoteId).toBe(old.id);
    server.add('my key', `${newSecret().slice(0, -4)}${old.secret.slice(-4)}`);
    expect(valueOf(await at.remote.look()).oldRemoteId).toBeNull();
  });

  it('is not taken for another of its name whose hint is another', async () => {
    const old = server.add('other name');
    server.add('my key', `${newSecret().slice(0, -4)}${old.secret.endsWith('zzzz') ? 'yyyy' : 'zzzz'}`);
    const byName = { ...overlap, old: [{ from: 'name' }] } as const;
    const at = stage(byName, { secret: old.secret }, { names: ['my key'] });
    expect(valueOf(await at.remote.look()).oldRemoteId).toBeNull();
  });

  it('is the one that a person or an earlier turn named, without another look', async () => {
    const old = server.add('old');
    const at = stage(overlap, { secret: old.secret });
    at.set({ oldRemoteId: 'chosen' });
    expect(valueOf(await at.remote.look()).oldRemoteId).toBe('chosen');
    expect(asked('GET', '/keys')).toBe(0);
  });

  it('is looked for again after a cut line, and told as lost where nothing comes', async () => {
    const at = stage(overlap, { secret: server.add('old').secret });
    server.fail('GET /me', 'cut-before');
    expect((await at.remote.look()).kind).toBe('done');
    server.fail('GET /me', 'hang');
    expect((await at.remote.look()).kind).toBe('lost');
    server.fail('GET /me', { status: 401, body: '' });
    expect(await at.remote.look()).toMatchObject({ kind: 'refused', means: 'no-permission' });
  });

  it('stands in a list that is bounded and tells no secret', async () => {
    const old = server.add('old');
    const at = stage(overlap, { secret: old.secret });
    const list = valueOf(await at.remote.list!());
    expect(list).toEqual({
      entries: [{ id: old.id, name: 'old', createdAt: '', lastUsedAt: '', fitsOld: true }],
      max: null,
      complete: true,
    });
    for (const body of ['', '[]', '{"data":{}}', 'null', '{"data"', `{"data":["${'x'.repeat(300_000)}"]}`]) {
      server.fail('GET /keys', { status: 200, body });
      expect((await at.remote.list!()).kind).toBe('lost');
    }
  });
});

describe('a swap in place', () => {
  it('needs the id, gives the new value and has a way back; after a lost answer the old key tells', async () => {
    const old = server.add('old');
    const { secret } = old;
    const at = stage(swap, { secret });
    expect(at.remote).toMatchObject({
      needsOldId: true,
      revokeCalls: 0,
      unmake: null,
      afterLost: { oldTells: true, wayBack: 'Make a new one.' },
    });
    await looked(at);
    server.fail(`POST /keys/${old.id}/roll`, 'cut-after');
    expect((await at.remote.make(mark)).kind).toBe('lost');
    expect(asked('POST', `/keys/${old.id}/roll`)).toBe(1);
    expect(await at.remote.ask('old')).toMatchObject({ state: 'invalid' });
  });

  it('that answers with the value of before is told as lost', async () => {
    const old = server.add('old');
    const at = stage(swap, { secret: old.secret });
    await looked(at);
    server.fail(`POST /keys/${old.id}/roll`, { status: 200, body: JSON.stringify({ key: old.secret }) });
    expect((await at.remote.make(mark)).kind).toBe('lost');
  });
});

describe('a session', () => {
  const bySession: TurnWay = {
    ...overlap,
    manager: { providers: ['acme'], needs: 'a manager' },
    session: {
      call: call({
        method: 'POST',
        url: `${base}/session`,
        body: { type: 'json', value: { key: '{manager:secret}' } },
        by: 'nobody',
      }),
      token: ['token'],
      auth: acme.auth.places[0] ? { places: [{ ...acme.auth.places[0], field: 'token' }] } : acme.auth,
    },
    make: { ...overlap.make!, before: [], call: { ...overlap.make!.call, by: 'session' } },
  };

  it('is opened by the manager for the call that it proves', async () => {
    const manager = server.add('manager');
    const at = stage(
      bySession,
      { secret: server.add('old').secret },
      { manager: { definition: acme, values: { secret: manager.secret } } },
    );
    at.set({ learnt: { scopes: '[]' } });
    expect((await at.remote.make(mark)).kind).toBe('done');
    expect(server.seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /session',
      'POST /keys',
    ]);
    expect(server.seen[1]?.headers.authorization).not.toContain(manager.secret);
  });

  const withManager = (): Stage => {
    const manager: Party = { definition: acme, values: { secret: server.add('manager').secret } };
    const at = stage(bySession, { secret: server.add('old').secret }, { manager });
    at.set({ learnt: { scopes: '[]' } });
    return at;
  };

  it.each([
    ['refused', { status: 401, body: '' }, 'refused'],
    ['without a token', { status: 200, body: '{}' }, 'unsent'],
    ['with a token that is none', { status: 200, body: '{"token":7}' }, 'unsent'],
    ['slow', 'hang', 'unsent'],
  ] as const)('that is %s leaves the call unsent', async (_, fault, kind) => {
    const at = withManager();
    server.fail('POST /session', fault);
    expect((await at.remote.make(mark)).kind).toBe(kind);
    expect(asked('POST', '/keys')).toBe(0);
  });

  it('is opened again after a cut line: what it makes is forgotten', async () => {
    const at = withManager();
    server.fail('POST /session', 'cut-after');
    expect((await at.remote.make(mark)).kind).toBe('done');
    expect([asked('POST', '/session'), asked('POST', '/keys')]).toEqual([2, 1]);
  });

  it('is not opened without the manager’s key', async () => {
    const at = stage(bySession, { secret: server.add('old').secret });
    at.set({ learnt: { scopes: '[]' } });
    expect((await at.remote.make(mark)).kind).toBe('unsent');
    expect(server.seen).toEqual([]);
  });
});

describe('a value that is chosen here', () => {
  const chosen: TurnWay = {
    ...overlap,
    make: {
      call: call({
        method: 'POST',
        url: `${base}/keys`,
        body: { type: 'json', value: { name: '{mark}', key: '{new:secret}' } },
        success: [201],
      }),
      gives: { secret: { chosen: true } },
    },
    chosenLength: 32,
  };

  it('is kept before it is sent, and taken from the vault for the call', async () => {
    const at = stage(chosen, { secret: server.add('old').secret, team: 'a' });
    const values = at.remote.choose();
    expect(values).toEqual({ secret: expect.stringMatching(/^[A-Za-z0-9]{32}$/) as string, team: 'a' });
    expect(at.remote.choose()?.['secret']).not.toBe(values?.['secret']);
    expect((await at.remote.make(mark)).kind).toBe('unsent');
    at.keep = values;
    expect(valueOf(await at.remote.make(mark)).values).toEqual(values);
    expect(JSON.parse(server.seen.at(-1)?.body ?? '')).toEqual({ name: mark, key: values?.['secret'] });
  });

  it('is none where the provider makes it', () => {
    expect(stage(overlap, { secret: newSecret() }).remote.choose()).toBeNull();
  });
});

describe('what may have been sent', () => {
  it.each([
    ['refused-address', false],
    ['no-name', false],
    ['not-reached', false],
    ['no-trust', false],
    ['no-tls', false],
    ['no-connection', true],
    ['too-slow', true],
    ['sent-elsewhere', true],
    ['not-http', true],
    ['stopped', true],
  ] as const satisfies readonly (readonly [NoAnswer['why'], boolean])[])('%s: %s', (why, sent) => {
    expect(mayBeSent(why)).toBe(sent);
  });
});
