// A key that cannot be asked about is nobody's answer: neither is an old one called dead for it, nor a lost answer looked for without end.
import { expect, it } from 'vitest';
import type { Rotation } from '../../../src/core/model/rotation.ts';
import { beginRotation } from '../../../src/core/rotation/begin.ts';
import type { Asked, Desk } from '../../../src/core/rotation/desk.ts';
import { completeTask, drive } from '../../../src/core/rotation/machine.ts';
import { everyWay, World, type Chance } from '../../support/turning/simulated.ts';

const startMs = 1_800_000_000_000;

const newWorld = (name: string): World => {
  const way = everyWay.find((each) => each.name === name)!;
  const chance: Chance = { below: () => 1, fault: () => 'none' };
  const record = beginRotation({
    keyId: 'f'.repeat(32),
    oldVersionId: 'v1',
    way: 'a',
    shape: way.shape,
    order: 'overlap',
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
    tasks: [],
  });
  return new World(way, chance, record, () => undefined);
};

const go = (world: World, old: Asked): Promise<Rotation> => {
  const real = world.desk();
  const { ask } = real.remote;
  const desk: Desk = {
    ...real,
    deliver: () => Promise.resolve([]),
    remote: { ...real.remote, ask: (whose) => (whose === 'old' ? Promise.resolve(old) : ask(whose)) },
  };
  return drive(desk, { newSeconds: 0, oldSeconds: 0 });
};

const unasked: readonly Asked[] = [
  { state: 'malformed', reason: 'It has not the form that its provider gives. Nothing was sent.', next: '' },
  { state: 'not-checkable', reason: 'There is no question for it.', next: '' },
];

it.each(unasked)('an old key that is $state is not said to be dead', async (old) => {
  const world = newWorld('overlap with a list');
  world.calm = true;
  const over = await go(world, old);
  expect(over).toMatchObject({ deadAtMs: null, outcome: { kind: 'old-lives' } });
  expect(over.outcome!.sentence).toContain(`cannot be asked: ${old.reason}`);
});

it.each(unasked)(
  'a swap whose answer was lost ends, though the old key is $state, and says what is not known',
  async (old) => {
    const world = newWorld('swap by the provider');
    world.calm = true;
    const real = world.desk();
    const desk: Desk = {
      ...real,
      remote: {
        ...real.remote,
        ask: () => Promise.resolve(old),
        make: async (mark) => {
          await real.remote.make(mark);
          return { kind: 'lost', reason: 'No answer came.', next: '' };
        },
      },
    };
    const over = await drive(desk, { newSeconds: 0, oldSeconds: 0 });
    expect(over.outcome).toMatchObject({ kind: 'lost' });
    expect(over.outcome!.sentence).toContain('cannot be asked whether it was replaced');
    expect(over.outcome!.next).not.toBe('');
    // Never asked for twice.
    expect(world.keys).toHaveLength(2);
  },
);

it('a new key that only a person saw at work is not said to have been asked', async () => {
  const world = newWorld('overlap with a list');
  world.calm = true;
  const real = world.desk();
  const desk: Desk = {
    ...real,
    deliver: () => Promise.resolve([]),
    remote: {
      ...real.remote,
      ask: (whose) => (whose === 'new' ? Promise.resolve(unasked[0]!) : real.remote.ask(whose)),
    },
  };
  const waits = await drive(desk, { newSeconds: 0, oldSeconds: 0 });
  const [confirm] = waits.tasks;
  expect(confirm).toMatchObject({ kind: 'confirm', doneAtMs: null });
  world.save(completeTask(world.record, confirm!.id, true, world.nowMs));
  const over = await drive(desk, { newSeconds: 0, oldSeconds: 0 });
  expect(over.outcome).toMatchObject({ kind: 'turned' });
  expect(over.outcome!.sentence).toContain('was seen by a person');
  expect(over.outcome!.sentence).not.toContain('The new key works');
});
