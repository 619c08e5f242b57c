// Revoked first: what is not known of the old key never keeps the new one from being made, and what is said at the end is true of both.
import { describe, expect, it } from 'vitest';
import type { Rotation } from '../../../src/core/model/rotation.ts';
import { beginRotation } from '../../../src/core/rotation/begin.ts';
import type { Asked, Desk } from '../../../src/core/rotation/desk.ts';
import {
  acceptValue,
  completeTask,
  drive,
  givenUp,
  lookNow,
  wantsValue,
} from '../../../src/core/rotation/machine.ts';
import { taskOf } from '../../../src/core/rotation/tasks.ts';
import { everyWay, World, type Chance } from '../../support/turning/simulated.ts';

const calm: Chance = { below: () => 1, fault: () => 'none' };
const byHand = everyWay.find(({ name }) => name === 'guided to the end')!;
const startMs = 1_800_000_000_000;

const newWorld = (way = byHand): World => {
  const task = (id: string, kind: 'portal' | 'paste' | 'revoke', step: 'create' | 'revoke') =>
    taskOf(id.repeat(32), kind, step, { title: kind, detail: '' });
  const record = beginRotation({
    keyId: 'f'.repeat(32),
    oldVersionId: 'v1',
    way: 'a',
    shape: way.shape,
    order: 'revoke-first',
    reason: 'asked',
    by: 'test',
    nowMs: startMs,
    foundAtMs: null,
    graceMs: 0,
    managerKeyId: null,
    inputs: {},
    expiresOn: null,
    oldRemoteId: null,
    removeFirst: null,
    tasks:
      way.shape === 'guided'
        ? [task('a', 'portal', 'create'), task('b', 'paste', 'create'), task('c', 'revoke', 'revoke')]
        : [],
  });
  const world = new World(way, calm, record, () => undefined);
  world.calm = true;
  return world;
};

/** @param old what the provider says of the old key; undefined: the truth */
const deskOf = (world: World, old?: Asked): Desk => {
  const desk = world.desk();
  const { ask } = desk.remote;
  return {
    ...desk,
    deliver: () => Promise.resolve([]),
    remote: {
      ...desk.remote,
      ask: (whose) => (whose === 'old' && old !== undefined ? Promise.resolve(old) : ask(whose)),
    },
  };
};
const go = (world: World, old?: Asked): Promise<Rotation> =>
  drive(deskOf(world, old), { newSeconds: 0, oldSeconds: 0 });

const revokes = (world: World): void => {
  world.kill(world.key('k1'), 0);
  world.save(completeTask(world.record, 'c'.repeat(32), true, world.nowMs));
};
const puts = (world: World): void => {
  const made = world.add('made', world.secret(), 0);
  expect(acceptValue(world.desk(), { secret: made.secret })).toBe(true);
};

const mute: Asked = { state: 'not-checkable', reason: 'There is no question for it.', next: '' };
const vague: Asked = { state: 'blocked', reason: 'It may not ask.', next: '' };

describe('a turn that revokes first', () => {
  it('waits for the revoke, then for the new value, and ends proven', async () => {
    const world = newWorld();
    expect(await go(world)).toMatchObject({ step: 'revoke', phase: 'waiting', outcome: null });
    expect(wantsValue(world.record)).toBe(false);
    revokes(world);
    const waits = await go(world);
    expect(waits).toMatchObject({ step: 'create', outcome: null });
    expect(waits.deadAtMs).not.toBeNull();
    expect(wantsValue(waits)).toBe(true);
    puts(world);
    const over = await go(world);
    expect(over.outcome).toMatchObject({ kind: 'turned', sentence: expect.stringContaining('proven dead') });
  });

  it.each([
    ['whose end nobody can ask', mute],
    ['that is answered as living ones are too', vague],
  ])(
    'goes on to the new key with an old one %s, and says at the end that it is not proven',
    async (_, says) => {
      const world = newWorld();
      await go(world, says);
      revokes(world);
      for (let round = 0; round < 40 && world.record.step !== 'create'; round += 1) {
        await go(world, says);
        world.advance(600_000);
      }
      expect(world.record).toMatchObject({ step: 'create', outcome: null, deadAtMs: null });
      expect(wantsValue(world.record)).toBe(true);
      puts(world);
      const over = await go(world, says);
      expect(world.current).toBe(over.newVersionId);
      expect(over.outcome?.kind).toBe('old-lives');
      expect(over.outcome?.sentence).toContain('The new key works and is the current one.');
      expect(over.outcome?.sentence).toContain(`was not seen refused: ${says.reason}`);
    },
  );

  it('that could not be proven at first is proven at the end, where the provider says no by then', async () => {
    const world = newWorld();
    await go(world, mute);
    revokes(world);
    await go(world, mute);
    puts(world);
    const over = await go(world);
    expect(over).toMatchObject({ outcome: { kind: 'turned' } });
    expect(over.deadAtMs).not.toBeNull();
  });

  it('ended by a person says whether anything works', async () => {
    const world = newWorld();
    await go(world);
    expect(givenUp(world.record, startMs).outcome?.sentence).toContain('The old key is the current one.');
    revokes(world);
    await go(world);
    const between = givenUp(world.record, startMs).outcome;
    expect(between?.sentence).toContain('no key of this name works');
    expect(between?.next).toContain('Make a new key');
    puts(world);
    const kept = givenUp(world.record, startMs).outcome;
    expect(kept?.sentence).toContain('after the old key was revoked');
    expect(kept?.sentence).toContain('among the versions');
  });

  describe.each(everyWay.filter(({ shape }) => shape === 'overlap' || shape === 'two-slot'))(
    '$name',
    (way) => {
      /** The provider takes nothing more once the old key is gone. */
      const refusing = async (): Promise<World> => {
        const world = newWorld(way);
        const real = world.desk();
        const desk: Desk = {
          ...real,
          deliver: () => Promise.resolve([]),
          remote: {
            ...real.remote,
            make: (mark) => {
              world.permission = false;
              return real.remote.make(mark);
            },
          },
        };
        await drive(desk, { newSeconds: 0, oldSeconds: 0 });
        return world;
      };

      it('is not over where no new key can be made then: it waits for a person, and goes on from there', async () => {
        const world = await refusing();
        expect(world.isAlive(world.secrets.get('v1'))).toBe(false);
        expect(world.record).toMatchObject({
          step: 'create',
          phase: 'waiting',
          againAtMs: null,
          outcome: null,
        });
        expect(world.record.waitsFor).toContain('the old key is revoked, and no new one could be made');
        expect(givenUp(world.record, startMs).outcome?.sentence).toContain('after the old key was revoked');
        world.permission = true;
        world.save(lookNow(world.record, world.nowMs));
        const over = await go(world);
        expect(over.outcome).toMatchObject({ kind: 'turned' });
        expect(world.isAlive(world.secrets.get(world.current))).toBe(true);
      });
    },
  );

  it('asks for as many new keys as a person lets it, where no answer comes with one', async () => {
    const way = everyWay.find(({ name }) => name === 'overlap with a list')!;
    const world = newWorld(way);
    const real = world.desk();
    let asked = 0;
    const mute: Desk = {
      ...real,
      remote: {
        ...real.remote,
        make: () => {
          asked += 1;
          return Promise.resolve({ kind: 'lost', reason: 'No answer came.', next: '' });
        },
      },
    };
    await drive(mute, { newSeconds: 0, oldSeconds: 0 });
    expect(asked).toBe(3);
    expect(world.record).toMatchObject({ step: 'create', phase: 'waiting', againAtMs: null, outcome: null });
    world.save(lookNow(world.record, world.nowMs));
    await drive(mute, { newSeconds: 0, oldSeconds: 0 });
    expect(asked).toBe(6);
    world.save(lookNow(world.record, world.nowMs));
    expect((await go(world)).outcome).toMatchObject({ kind: 'turned' });
  });

  it('is not over before everybody has the new key', async () => {
    const way = everyWay.find(({ name }) => name === 'overlap with a list')!;
    const world = newWorld(way);
    const tell = taskOf('d'.repeat(32), 'consumer', 'deliver', { title: 'Tell Ann', detail: '' });
    world.save({ ...world.record, tasks: [tell] });
    const waits = await go(world);
    expect(waits).toMatchObject({ step: 'done', phase: 'waiting', waitsFor: 'one task is open: Tell Ann' });
    expect([waits.deadAtMs === null, waits.outcome]).toEqual([false, null]);
    world.save(completeTask(world.record, tell.id, true, world.nowMs));
    expect((await go(world)).outcome).toMatchObject({ kind: 'turned' });
  });
});

it('nor is a turn in place, which ends the old key at once', async () => {
  const world = newWorld(everyWay.find(({ name }) => name === 'swap by the provider'));
  const tell = taskOf('d'.repeat(32), 'consumer', 'deliver', { title: 'Tell Ann', detail: '' });
  world.save({ ...world.record, order: 'overlap', tasks: [tell] });
  expect(await go(world)).toMatchObject({
    step: 'done',
    waitsFor: 'one task is open: Tell Ann',
    outcome: null,
  });
  world.save(completeTask(world.record, tell.id, true, world.nowMs));
  expect((await go(world)).outcome).toMatchObject({ kind: 'turned' });
});
