// Every turn of a provider without an official description here, call by call, by the real client against a server that takes nothing but
// what is documented, keeps its keys and fails where it is told to.
import { afterEach, describe, expect, it } from 'vitest';
import type { Refusal } from '../../../../src/core/providers/turning/turn-definition.ts';
import { serverFaults, type Says } from '../../../support/turning/documented-server.ts';
import {
  begin,
  documentedTurns,
  httpCallsOf,
  isCall,
  wayOf,
  type Begun,
} from '../../../support/turning/documented/every.ts';
import type { DocumentedTurn } from '../../../support/turning/documented/kit.ts';
import type { RemoteKey } from '../../../support/turning/remote-keys.ts';

const open: Begun[] = [];
const start = async ({ provider, way, begin: beginning }: DocumentedTurn): Promise<Begun> => {
  const begun = await begin(provider, way, beginning());
  open.push(begun);
  return begun;
};
/** Throws where a call was not as documented. */
afterEach(async () => {
  const results = await Promise.allSettled(open.splice(0).map(({ server }) => server.close()));
  for (const result of results) if (result.status === 'rejected') throw result.reason;
});

const turns = documentedTurns.map((turn) => [`${turn.provider}/${turn.way}`, turn] as const);
const listedIds = ({ server }: Begun): readonly string[] => server.provider.keys.listed().map(({ id }) => id);
const newest = ({ server }: Begun): RemoteKey => server.provider.keys.all.at(-1)!;
const secretsOf = ({ server }: Begun): readonly string[] =>
  server.provider.keys.all.flatMap(({ values }) =>
    Object.entries(values).flatMap(([name, value]) =>
      ['secret', 'clientSecret', 'secretAccessKey', 'apiKey', 'applicationKey'].includes(name) ? [value] : [],
    ),
  );
const expectNoSecret = (begun: Begun, said: unknown): void => {
  const text = JSON.stringify(said);
  for (const secret of secretsOf(begun))
    expect(text.includes(JSON.stringify(secret).slice(1, -1))).toBe(false);
};

/** Up to the new key, which must be there. */
const turnOn = async (begun: Begun): Promise<string> => {
  expect(await begun.turn.look()).toMatchObject({ kind: 'done' });
  const { heard, mark } = await begun.turn.make();
  expect(heard).toMatchObject({ kind: 'done' });
  return mark;
};

describe.each(turns)('%s', (_, turn) => {
  const way = wayOf(turn.provider, turn.way);
  const { call: making } = way.make!;

  it('is turned: the new key has what the old one had, works, and the old one is refused', async () => {
    const begun = await start(turn);
    const { remote } = begun.turn;
    expect((await remote.ask('old'))?.state).toBe(
      turn.refusedAs === 'not-checkable' ? 'not-checkable' : 'valid',
    );
    const looked = await begun.turn.look();
    expect(looked).toMatchObject({ kind: 'done' });
    const before = await remote.list!();
    expect(before).toMatchObject({ kind: 'done' });
    const { heard, mark } = await begun.turn.make();
    expect(heard).toMatchObject({ kind: 'done' });
    const made = newest(begun);
    expect(begun.turn.values().new).toMatchObject(made.values);
    expect(made.id).not.toBe(begun.old.id);
    const { publicKey: _own, ...notes } = made.notes;
    const { publicKey: _old, ...oldNotes } = begun.old.notes;
    // Ends are counted from now: to the hour they are the wished one.
    const timeless = (each: RemoteKey['notes']): unknown =>
      Object.fromEntries(
        Object.entries(each).map(([name, value]) => [
          name,
          /^(?:expires|end)/i.test(name) ? new Date(value as string).toISOString().slice(0, 10) : value,
        ]),
      );
    const { description, ...plain } = timeless(notes) as RemoteKey['notes'];
    expect(plain).toEqual(timeless(oldNotes));
    if (turn.hasMarks) expect(`${made.name} ${String(description)}`).toContain(mark);
    const after = await remote.list!();
    expect(after).toMatchObject({ kind: 'done' });
    if (turn.hasMarks && after.kind === 'done')
      expect(after.value.entries.filter(({ name }) => name.includes(mark))).toHaveLength(1);
    expectNoSecret(begun, [looked, before, after, begun.turn.rotation()]);
    expect((await remote.ask('new'))?.state).toBe(
      turn.refusedAs === 'not-checkable' ? 'not-checkable' : 'valid',
    );
    expect(await remote.revoke(0, begun.turn.rotation().oldRemoteId, 'old')).toMatchObject({ kind: 'done' });
    expect(listedIds(begun)).not.toContain(begun.old.id);
    expect(listedIds(begun)).toContain(made.id);
    expect((await remote.ask('old'))?.state).toBe(turn.refusedAs ?? 'invalid');
    expect((await remote.ask('new'))?.state).toBe(
      turn.refusedAs === 'not-checkable' ? 'not-checkable' : 'valid',
    );
  });

  it('goes back: the new key is removed and the old one works as before', async () => {
    const begun = await start(turn);
    await turnOn(begun);
    const made = newest(begun);
    expect(await begun.turn.remote.revoke(0, begun.turn.rotation().newRemoteId, 'new')).toMatchObject({
      kind: 'done',
    });
    expect(listedIds(begun)).not.toContain(made.id);
    expect(listedIds(begun)).toContain(begun.old.id);
  });

  it.each(serverFaults)(
    'after "%s" says no more than is known, and a key that nobody has is found',
    async (fault) => {
      const begun = await start(turn);
      expect(await begun.turn.look()).toMatchObject({ kind: 'done' });
      const count = listedIds(begun).length;
      begun.server.failNext(fault, isCall(making as Parameters<typeof isCall>[0]));
      const { heard, mark } = await begun.turn.make();
      const isMade = fault.endsWith('after') || fault === 'garbled';
      expect(heard.kind).toBe(fault === 'busy' ? 'refused' : 'lost');
      if (fault === 'busy') expect(heard).toMatchObject({ means: 'wait', againInMs: 1_000 });
      expect(listedIds(begun)).toHaveLength(count + (isMade ? 1 : 0));
      expectNoSecret(begun, heard);
      if (!turn.hasMarks) return;
      const list = await begun.turn.remote.list!();
      const found = list.kind === 'done' ? list.value.entries.filter(({ name }) => name.includes(mark)) : [];
      expect(found).toHaveLength(isMade ? 1 : 0);
      for (const { id } of found)
        expect(await begun.turn.remote.revoke(0, id, 'new')).toMatchObject({ kind: 'done' });
      expect(listedIds(begun)).toHaveLength(count);
      expect(listedIds(begun)).toContain(begun.old.id);
    },
  );

  it('revokes again after an answer that was lost', async () => {
    const begun = await start(turn);
    await turnOn(begun);
    const made = newest(begun);
    const { oldRemoteId } = begun.turn.rotation();
    const [revoking] = way.revoke!;
    begun.server.failNext('cut-after', isCall(revoking as Parameters<typeof isCall>[0]));
    expect(await begun.turn.remote.revoke(0, oldRemoteId, 'old')).toMatchObject({ kind: 'lost' });
    const again = await begun.turn.remote.revoke(0, oldRemoteId, 'old');
    expect(again.kind === 'done' || (again.kind === 'refused' && again.means === 'gone')).toBe(true);
    expect(listedIds(begun)).not.toContain(begun.old.id);
    expect(listedIds(begun)).toContain(made.id);
  });

  it('waits for a provider that learns slowly', async () => {
    if (turn.refusedAs !== undefined) return;
    const begun = await start(turn);
    begun.server.provider.keys.newRefusedFor = 4;
    begun.server.provider.keys.goneAcceptedFor = 4;
    await turnOn(begun);
    const states = async (whose: 'old' | 'new'): Promise<readonly (string | undefined)[]> => {
      const found: (string | undefined)[] = [];
      for (let round = 0; round < 7; round += 1) found.push((await begun.turn.remote.ask(whose))?.state);
      return found;
    };
    const seen = await states('new');
    expect([seen[0], seen.at(-1)]).toEqual(['invalid', 'valid']);
    expect(await begun.turn.remote.revoke(0, begun.turn.rotation().oldRemoteId, 'old')).toMatchObject({
      kind: 'done',
    });
    const last = await states('old');
    expect([last[0], last.at(-1)]).toEqual(['valid', 'invalid']);
  });

  it('changes nothing where the permission is withdrawn', async () => {
    const begun = await start(turn);
    expect(await begun.turn.look()).toMatchObject({ kind: 'done' });
    const before = listedIds(begun);
    begun.server.provider.keys.withdrawn = true;
    const { heard } = await begun.turn.make();
    if (turn.provider !== 'verdaccio') {
      expect(heard.kind).toBe('refused');
      expect(listedIds(begun)).toEqual(before);
    }
  });

  describe('refusals', () => {
    const rows = httpCallsOf(way).flatMap(({ call, at }) =>
      call.refusals.map((row, index) => ({
        name: `${at} ${call.method} row ${String(index)}: ${row.means}`,
        call,
        at,
        row,
      })),
    );
    it.each(rows)('$name', async ({ call, at, row }) => {
      const begun = await start(turn);
      const { remote } = begun.turn;
      // The entry of the old key is asked for by `before` too, where the two calls are one.
      const earlier = httpCallsOf(way).filter(
        (each) => each.at === 'before' && each.call.url === call.url,
      ).length;
      if (at === 'make') await begun.turn.look();
      if (at === 'revoke') await turnOn(begun);
      begun.server.say(isCall(call), answerTo(row), at === 'old' ? earlier : 0);
      const heard =
        at === 'make'
          ? (await begun.turn.make()).heard
          : at === 'revoke'
            ? await remote.revoke(0, begun.turn.rotation().oldRemoteId, 'old')
            : at === 'list' || at === 'session'
              ? await remote.list!()
              : await begun.turn.look();
      expect(heard).toMatchObject({ kind: 'refused', means: row.means, reason: row.reason });
    });
  });
});

/** An answer as a row describes it, and nothing more. */
const answerTo = ({ status, statusFrom, bodyHas, json }: Refusal): Says => {
  const place = json?.path.reduceRight<unknown>((inner, step) => ({ [step]: inner }), json.is ?? 'x') ?? {};
  const body = bodyHas === undefined ? place : { ...place, message: bodyHas };
  return { status: status ?? statusFrom ?? (json === undefined ? 400 : 403), body };
};
