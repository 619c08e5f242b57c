// What must hold of every way of turning that has an official description: a whole turn, the way back, a lost answer at any point, every refusal
// that its file names. A test file says how its provider is set up and which operation each call is.
import { afterEach, describe, expect, it } from 'vitest';
import { isHttp } from '../../../src/core/providers/turning/names.ts';
import { findWay, turnFor } from '../../../src/core/providers/turning/turn-catalogue.ts';
import type { TurnWay } from '../../../src/core/providers/turning/turn-definition.ts';
import { placedCalls, saysFor, type OfficialCase, type Ready } from './official-calls.ts';
import { officialServer, type OfficialServer } from './official-server.ts';
import { officialTurn } from './official-turn.ts';
import type { RemoteKey } from './remote-keys.ts';

export type { OfficialCase, SetUp } from './official-calls.ts';

const secretsOf = ({ values }: RemoteKey): readonly string[] =>
  Object.entries(values).flatMap(([name, value]) =>
    ['accessKeyId', 'keySid', 'accountSid'].includes(name) ? [] : [value],
  );

type Kit = {
  readonly one: OfficialCase;
  readonly way: TurnWay;
  /** What the check says of a key that works. */
  readonly works: string;
  readonly open: OfficialServer[];
  readonly ready: () => Promise<Ready>;
  /** Looked, and the new key is made. */
  readonly made: () => Promise<Ready>;
  readonly revokeAll: (ready: Ready, id: string | null, whose: 'old' | 'new') => Promise<void>;
  /** Asked with patience, as the machine does. */
  readonly settles: (ready: Ready, whose: 'old' | 'new', state: string) => Promise<void>;
};

const kitOf = (one: OfficialCase): Kit => {
  const way = findWay(turnFor(one.provider), one.way)!;
  const open: OfficialServer[] = [];
  const works = one.worksAs ?? 'valid';

  const ready = async (): Promise<Ready> => {
    const { provider, old, turn, oldId } = one.setUp();
    const server = await officialServer(provider);
    open.push(server);
    return {
      server,
      old,
      oldId: oldId === undefined ? old.id : oldId,
      turn: officialTurn(server, { provider: one.provider, way: one.way, old: old.values, ...turn }),
    };
  };
  const made = async (): Promise<Ready> => {
    const set = await ready();
    expect(await set.turn.look()).toMatchObject({ kind: 'done' });
    expect((await set.turn.make()).heard).toMatchObject({ kind: 'done' });
    return set;
  };
  const revokeAll = async ({ turn }: Ready, id: string | null, whose: 'old' | 'new'): Promise<void> => {
    for (let at = 0; at < turn.remote.revokeCalls; at += 1) {
      expect(await turn.remote.revoke(at, id, whose), `revoke ${String(at)}`).toEqual({
        kind: 'done',
        value: null,
      });
      if (whose === 'old') turn.set({ revoked: at + 1 });
    }
  };
  const settles = async ({ turn }: Ready, whose: 'old' | 'new', state: string): Promise<void> => {
    await expect
      .poll(async () => (await turn.remote.ask(whose))?.state, { interval: 1, timeout: 10_000 })
      .toBe(state);
  };

  return { one, way, works, open, ready, made, revokeAll, settles };
};

/** A turn from the first look to the old key refused, and the list on the way. */
const describeWhole = ({ one, way, works, ready, revokeAll }: Kit): void => {
  it('is turned from the first look to the old key refused, by described calls alone', async () => {
    const set = await ready();
    const { turn, server, old, oldId } = set;
    expect(await turn.look()).toMatchObject({ kind: 'done', value: { oldRemoteId: oldId } });
    const heard = await turn.make();
    expect(heard.heard.kind).toBe('done');
    const fresh = server.provider.keys.all.at(-1)!;
    expect(turn.values().new).toEqual({ ...old.values, ...fresh.values });
    if (way.make?.id !== undefined) expect(turn.rotation().newRemoteId).not.toBeNull();
    one.expectMade?.(fresh, old);
    expect(await turn.remote.ask('new')).toMatchObject({ state: works });
    if (way.shape !== 'swap') expect(await turn.remote.ask('old')).toMatchObject({ state: works });
    await revokeAll(set, oldId, 'old');
    if (way.revoke !== undefined) expect(await turn.remote.ask('old')).toMatchObject({ state: 'invalid' });
    expect(await turn.remote.ask('new')).toMatchObject({ state: works });
    for (const { url } of server.incoming)
      for (const secret of [...secretsOf(old), ...secretsOf(fresh)])
        expect(decodeURIComponent(url)).not.toContain(secret);
  });

  if (way.list !== undefined)
    it('lists the keys, the new one by its mark', async () => {
      const { turn, oldId, server } = await ready();
      await turn.look();
      const { mark } = await turn.make();
      const heard = await turn.remote.list!();
      expect(heard.kind).toBe('done');
      if (heard.kind !== 'done') return;
      const { entries, complete } = heard.value;
      expect(complete).toBe(way.list?.name !== undefined);
      expect(entries.map(({ id }) => id)).toContain(oldId);
      if (way.list?.hint !== undefined && way.shape !== 'swap')
        expect(entries.find(({ id }) => id === oldId)?.fitsOld).toBe(true);
      if (way.list?.name !== undefined && way.shape !== 'swap')
        expect(entries.filter(({ name }) => name.includes(mark)).map(({ id }) => id)).toEqual([
          turn.rotation().newRemoteId,
        ]);
      // Nothing of a value is told, whatever the answer shows.
      const told = JSON.stringify(heard.value);
      for (const key of server.provider.keys.all)
        for (const secret of secretsOf(key)) expect(told).not.toContain(secret);
    });
};

/** What comes of the call that makes the new key. */
const describeMaking = ({ one, way, ready }: Kit): void => {
  it.each([
    ['the line is cut before it is done', { kind: 'cut-before' }, 'lost', 0],
    ['the line is cut after it was done', { kind: 'cut-after' }, 'lost', 1],
    ['no answer comes, and nothing was done', { kind: 'hang-before' }, 'lost', 0],
    ['no answer comes, and it was done', { kind: 'hang-after' }, 'lost', 1],
    ['the answer is 500', { kind: 'instead', says: { status: 500, body: 'error' } }, 'lost', 0],
    ['the answer is no answer', { kind: 'garbled', says: { status: 200, body: '<html>' } }, 'lost', 1],
    [
      'the answer holds no value',
      {
        kind: 'garbled',
        says: {
          status: way.make?.call && isHttp(way.make.call) ? way.make.call.success[0]! : 200,
          body: {},
        },
      },
      'lost',
      1,
    ],
  ] as const)('says "%s" of a new key as what it is', async (_, fault, kind, more) => {
    const { turn, server } = await ready();
    await turn.look();
    const before = server.provider.keys.all.length;
    server.fail(one.operations.make, fault);
    expect((await turn.make()).heard).toMatchObject({ kind });
    expect(server.provider.keys.all.length - before).toBe(more);
    expect(server.called.filter((each) => each === one.operations.make)).toHaveLength(1);
    expect(turn.values().new).toBeNull();
  });

  it('waits as long as the provider says', async () => {
    const { turn, server } = await ready();
    await turn.look();
    server.fail(one.operations.make, {
      kind: 'instead',
      says: { status: 429, body: {}, headers: { 'retry-after': '90' } },
    });
    expect((await turn.make()).heard).toMatchObject({ kind: 'refused', means: 'wait', againInMs: 90_000 });
  });

  it('is told that a permission was withdrawn', async () => {
    const { turn, server } = await ready();
    await turn.look();
    server.provider.keys.withdrawn = true;
    expect((await turn.make()).heard).toMatchObject({ kind: 'refused', means: 'no-permission' });
  });

  if (one.saysFull === true)
    it('is told that there is no free place', async () => {
      const { turn, server } = await ready();
      await turn.look();
      server.provider.keys.max = 1;
      expect((await turn.make()).heard).toMatchObject({ kind: 'refused', means: 'quota-full' });
    });
};

/** Answers that are not settled yet, the way back, and what is asked again. */
const describeSettling = ({ one, way, works, ready, made, revokeAll, settles }: Kit): void => {
  it('waits for a new key to be known everywhere, and for the old one to be forgotten', async () => {
    const set = await ready();
    set.server.provider.keys.goneAcceptedFor = 2;
    await set.turn.look();
    set.server.provider.keys.newRefusedFor = 2;
    expect((await set.turn.make()).heard.kind).toBe('done');
    expect(await set.turn.remote.ask('new')).not.toMatchObject({ state: works });
    await settles(set, 'new', works);
    await revokeAll(set, set.oldId, 'old');
    if (way.revoke === undefined) return;
    expect(await set.turn.remote.ask('old')).toMatchObject({ state: works });
    await settles(set, 'old', 'invalid');
  });

  if (one.removesNew) {
    it('goes back: the new key is removed, by the old one or a manager', async () => {
      const set = await made();
      await revokeAll(set, set.turn.rotation().newRemoteId, 'new');
      expect(await set.turn.remote.ask('new')).toMatchObject({ state: 'invalid' });
      expect(await set.turn.remote.ask('old')).toMatchObject({ state: works });
    });

    if (way.list?.name !== undefined)
      it('removes a key whose answer was lost, found by its mark', async () => {
        const set = await ready();
        await set.turn.look();
        set.server.fail(one.operations.make, { kind: 'cut-after' });
        const { heard, mark } = await set.turn.make();
        expect(heard.kind).toBe('lost');
        const listed = await set.turn.remote.list!();
        const found =
          listed.kind === 'done' ? listed.value.entries.filter(({ name }) => name.includes(mark)) : [];
        expect(found).toHaveLength(1);
        await revokeAll(set, found[0]!.id, 'new');
        expect(set.server.provider.keys.all.at(-1)).toMatchObject({ gone: true });
        expect(await set.turn.remote.ask('old')).toMatchObject({ state: works });
      });
  }

  it.each((way.revoke ?? []).map((_, at) => at))(
    'revokes again without harm after a lost answer of call %i',
    async (at) => {
      const set = await made();
      for (let index = 0; index < at; index += 1) {
        await set.turn.remote.revoke(index, set.oldId, 'old');
        set.turn.set({ revoked: index + 1 });
      }
      set.server.fail(one.operations.revoke[at]!, { kind: 'cut-after' });
      expect(await set.turn.remote.revoke(at, set.oldId, 'old')).toMatchObject({ kind: 'lost' });
      const again = await set.turn.remote.revoke(at, set.oldId, 'old');
      expect(again.kind === 'done' || (again.kind === 'refused' && again.means === 'gone')).toBe(true);
      for (let index = at + 1; index < set.turn.remote.revokeCalls; index += 1)
        await set.turn.remote.revoke(index, set.oldId, 'old');
      set.turn.set({ revoked: set.turn.remote.revokeCalls });
      expect(await set.turn.remote.ask('old')).toMatchObject({ state: 'invalid' });
      expect(await set.turn.remote.ask('new')).toMatchObject({ state: works });
    },
  );
};

/** Where calls go, and every refusal that they name. */
const describeRefusals = ({ one, way, ready, made }: Kit): void => {
  it('asks where the description says, where nothing else is configured', () => {
    const { operations } = one.setUp().provider.description;
    for (const { call, operation } of placedCalls(way, one)) {
      const servers = operations.find(({ id }) => id === operation)!.servers;
      expect(servers.map((server) => new URL(server).origin)).toContain(new URL(call.url).origin);
    }
  });

  const rows = placedCalls(way, one).flatMap((placed) =>
    placed.call.refusals.map(
      (row, at) => [`${placed.name}, row ${String(at)}`, row.means, row, placed] as const,
    ),
  );
  it.each(rows)('reads a refusal of %s as %s', async (_, means, row, placed) => {
    const set = placed.name.startsWith('revoke') || placed.name === 'unmake' ? await made() : await ready();
    if (placed.name === 'make') await set.turn.look();
    // Reading is tried three times.
    set.server.fail(placed.operation, { kind: 'instead', says: saysFor(row, placed.call) }, 3);
    expect(await placed.ask(set)).toMatchObject({
      kind: 'refused',
      means,
      reason: row.reason,
      next: row.next,
    });
  });
};

/** States all tests of one way. */
export const describeTurn = (one: OfficialCase): void => {
  const kit = kitOf(one);

  afterEach(async () => {
    // Throws where anything that came was not as described.
    for (const server of kit.open.splice(0)) await server.close();
  });

  describe(`${one.provider}, ${one.way}`, () => {
    describeWhole(kit);
    describeMaking(kit);
    describeSettling(kit);
    describeRefusals(kit);
  });
};
