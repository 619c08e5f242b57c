// The promises of docs/rotation.md §2.3, held by driving the machine at random against a provider that fails at every await, with a process that is
// killed anywhere and a clock that jumps. A thousand runs in npm test, a hundred thousand nightly.
import { describe, expect, it } from 'vitest';
import type { Rotation, RotationTask } from '../../../src/core/model/rotation.ts';
import { beginRotation } from '../../../src/core/rotation/begin.ts';
import {
  acceptValue,
  completeTask,
  drive,
  givenUp,
  lookNow,
  undone,
  wantsValue,
} from '../../../src/core/rotation/machine.ts';
import { taskOf } from '../../../src/core/rotation/tasks.ts';
import {
  everyWay,
  faults,
  isInPlace,
  Killed,
  World,
  type Chance,
  type Ways,
} from '../../support/turning/simulated.ts';

const runs = process.env['KEYTURN_LONG'] === '1' ? 100_000 : 1_000;

/** mulberry32: small, and the same everywhere. */
const random = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const chanceOf = (seed: number): Chance & { readonly one: (of: number) => boolean } => {
  const next = random(seed);
  const below = (limit: number): number => Math.floor(next() * limit);
  const rate = 0.02 + next() * 0.25;
  return {
    below,
    one: (of) => below(of) === 0,
    fault: () => (next() < rate ? (faults[below(faults.length)] ?? 'none') : 'none'),
  };
};

let taskCount = 0;
const task = (kind: RotationTask['kind'], step: RotationTask['step'], title: string): RotationTask => {
  taskCount += 1;
  return taskOf(taskCount.toString(16).padStart(32, '0'), kind, step, { title, detail: '' });
};

const recordOf = (way: Ways, order: Rotation['order'], graceMs: number, nowMs: number): Rotation =>
  beginRotation({
    keyId: 'f'.repeat(32),
    oldVersionId: 'v1',
    way: 'a',
    shape: way.shape,
    order,
    reason: 'asked',
    by: 'test',
    nowMs,
    foundAtMs: null,
    graceMs,
    managerKeyId: null,
    inputs: {},
    expiresOn: null,
    oldRemoteId: null,
    removeFirst: null,
    tasks: [
      task('consumer', 'deliver', 'Tell Integral'),
      ...(way.shape === 'guided'
        ? [task('portal', 'create', 'Make it'), task('paste', 'create', 'Put it in')]
        : []),
      ...(way.revokeCalls === 0 && way.shape === 'guided' ? [task('revoke', 'revoke', 'Revoke it')] : []),
    ],
  });

/** What must be true at every instant. */
const instant =
  (way: Ways) =>
  (world: World): void => {
    const { record } = world;
    const text = JSON.stringify(record);
    for (const secret of [...world.secrets.values(), ...world.keys.map((key) => key.secret)])
      expect(text.includes(secret), 'a value stands in the record').toBe(false);
    const isOpen = record.attempts.some(({ state }) => state === 'open');
    const isSwapping = isInPlace(way) && (isOpen || record.outcome?.kind === 'lost');
    if (record.order === 'revoke-first' || (isSwapping && !way.isChosen)) return;
    const works = [...world.secrets.values()].some((secret) => world.isAlive(secret));
    expect(works, 'no key in the vault works').toBe(true);
    if (isSwapping || world.meddled) return;
    expect(world.isAlive(world.secrets.get(world.current)), 'the current key does not work').toBe(true);
  };

/** Nothing stays at the provider that nobody knows: its value is in the vault, or its name is told. */
const nothingIsLeft = (way: Ways, world: World): void => {
  const { record } = world;
  if (record.outcome?.kind === 'lost' || (way.hasSlot && !world.permission)) return;
  const told = `${record.outcome?.next ?? ''} ${record.tasks.map(({ title }) => title).join(' ')}`;
  const known = new Set([...world.secrets.values()]);
  // A request that was done twice is seen by a whole list alone, and nobody looks at it once a person has ended the turn.
  const isWhole = way.hasList && way.isListComplete && record.outcome?.kind !== 'stopped';
  const twice = record.attempts.filter(({ state }) => state === 'kept' && !isWhole).map(({ mark }) => mark);
  const left = world.keys.filter(
    ({ alive, name, secret }) => alive && !['old', 'other', ...twice].includes(name) && !known.has(secret),
  );
  for (const { name } of left) expect(told, `${name} is left and nobody is told`).toContain(name);
};

/** What must be true once the turn is over. */
const atTheEnd = (way: Ways, world: World): void => {
  const { record } = world;
  const { outcome } = record;
  if (outcome === null) throw new Error('it never ended');
  const old = world.isAlive(world.secrets.get('v1'));
  const fresh = record.newVersionId === null ? false : world.isAlive(world.secrets.get(record.newVersionId));
  expect(outcome.sentence).not.toBe('');
  if (outcome.kind === 'turned') expect({ old, fresh }).toEqual({ old: false, fresh: true });
  if (outcome.kind === 'old-lives') expect(fresh).toBe(true);
  if (outcome.kind === 'undone' || outcome.kind === 'unchanged')
    expect({ old, isCurrent: world.current === 'v1' }).toEqual({ old: true, isCurrent: true });
  if (outcome.kind === 'lost') {
    expect(isInPlace(way)).toBe(true);
    if (way.oldTells) expect(old).toBe(false);
    expect(outcome.next).not.toBe('');
  }
  if (record.order === 'overlap' && outcome.kind !== 'lost' && !world.meddled)
    expect(world.isAlive(world.secrets.get(world.current))).toBe(true);
  nothingIsLeft(way, world);
};

const surely = (act: () => unknown): void => {
  try {
    act();
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  }
};

/** A person wants everything as it was; where there is no way back and the new key is gone too, nobody but they can end it. */
const goBack = (world: World): void => {
  const { record } = world;
  const isShut = record.waitsFor.startsWith('there is no way back');
  const back = isShut ? undefined : undone(record, world.nowMs);
  if (back !== undefined) world.save(back);
  else if (world.meddled && world.calm) world.save(givenUp(record, world.nowMs));
};

/** Revoked first there is no way back: a person lets it try once more, and ends it where the new key is worth nothing. */
const insist = (world: World, way: Ways): void => {
  const { record } = world;
  const waits = record.phase === 'waiting' && record.againAtMs === null && record.waitsFor !== '';
  if (record.order !== 'revoke-first' || !waits || way.shape === 'guided') return;
  if (record.step === 'test' && world.calm) world.save(givenUp(record, world.nowMs));
  else if (record.step === 'test' || record.step === 'create') world.save(lookNow(record, world.nowMs));
};

/** A person does what is to be done, not always at once and not always rightly. */
const person = (world: World, way: Ways, chance: ReturnType<typeof chanceOf>): void => {
  const { record } = world;
  if (record.outcome !== null) return;
  insist(world, way);
  if (world.record.outcome !== null) return;
  if (wantsValue(record)) {
    const made = world.add('guided', world.secret(), 0);
    surely(() => acceptValue(world.desk(), { secret: made.secret }));
    // Where it was not taken in, the person makes another one and removes this one.
    if (![...world.secrets.values()].includes(made.secret)) world.kill(made, 0);
    return;
  }
  if (world.meddled || (!world.calm && chance.one(12))) {
    goBack(world);
    return;
  }
  for (const { id, kind, doneAtMs } of record.tasks) {
    if (doneAtMs !== null || kind === 'orphan') continue;
    if (kind === 'revoke') {
      const isTime = record.step === 'revoke' && record.phase === 'waiting';
      if (!isTime) continue;
      // Sometimes said and not done.
      if (world.calm || !chance.one(4)) world.kill(world.key('k1'), 0);
    }
    if (kind === 'portal' || kind === 'paste') continue;
    world.save(completeTask(world.record, id, true, world.nowMs));
  }
};

const mostRounds = 400;
const calmAfter = 60;

const run = async (way: Ways, seed: number): Promise<World> => {
  const chance = chanceOf(seed);
  const order = !isInPlace(way) && chance.one(4) ? 'revoke-first' : 'overlap';
  const graceMs = chance.one(2) ? 0 : chance.below(30 * 86_400_000);
  const world = new World(way, chance, recordOf(way, order, graceMs, 1_800_000_000_000), instant(way));
  for (let round = 0; round < mostRounds && world.record.outcome === null; round += 1) {
    world.calm = round > calmAfter;
    if (!world.calm && chance.one(30)) world.permission = !world.permission;
    if (!world.calm && chance.one(60)) world.meddle();
    if (world.calm) world.permission = true;
    try {
      await drive(world.desk(), { newSeconds: 60, oldSeconds: 60 });
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    }
    surely(() => {
      person(world, way, chance);
    });
    const { againAtMs } = world.record;
    world.advance(againAtMs === null ? 60_000 : Math.max(0, againAtMs - world.nowMs));
    if (!world.calm && chance.one(10)) surely(() => world.save(lookNow(world.record, world.nowMs)));
  }
  return world;
};

/** Runs that found something once, among a hundred thousand. */
const found: Readonly<Record<string, readonly number[]>> = {
  'overlap in two calls, few slots': [4_987],
  'guided to the end': [6_679],
  'overlap with a value of ours': [1_567],
  'two roles in turn': [1_567],
  'a second slot': [55_324],
};

const runAll = async (way: Ways, count: number): Promise<Readonly<Record<string, number>>> => {
  const outcomes: Record<string, number> = {};
  for (const seed of new Set([...Array(count).keys(), ...(found[way.name] ?? [])])) {
    try {
      const world = await run(way, seed);
      world.calm = true;
      world.advance(120_000);
      atTheEnd(way, world);
      const kind = world.record.outcome?.kind ?? 'none';
      outcomes[kind] = (outcomes[kind] ?? 0) + 1;
    } catch (error) {
      throw new Error(`${way.name}, run ${String(seed)}: ${(error as Error).message}`, { cause: error });
    }
  }
  return outcomes;
};

describe('the machine, whatever fails', () => {
  it.each(everyWay.map((way) => [way.name, way] as const))('%s', async (name, way) => {
    const outcomes = await runAll(way, Math.ceil(runs / everyWay.length));
    console.log(`    rotation, ${name}: ${JSON.stringify(outcomes)}`);
    expect(Object.keys(outcomes)).toContain('turned');
    if (!isInPlace(way) || way.isChosen) expect(outcomes['lost']).toBeUndefined();
  });

  it('comes through where nothing fails, in the order of the page', async () => {
    for (const way of everyWay) {
      const calm: Chance = { below: () => 0, fault: () => 'none' };
      const world = new World(way, calm, recordOf(way, 'overlap', 0, 1_800_000_000_000), instant(way));
      world.calm = true;
      for (let round = 0; round < 10 && world.record.outcome === null; round += 1) {
        await drive(world.desk(), { newSeconds: 0, oldSeconds: 0 });
        person(world, way, { ...chanceOf(1), one: () => false });
      }
      expect(world.record.outcome?.kind, way.name).toBe('turned');
      expect(world.record.deadAtMs).not.toBeNull();
    }
  });

  it('says where it stands when a person ends it', async () => {
    for (const way of everyWay) {
      const chance = chanceOf(7);
      const world = new World(
        way,
        chance,
        recordOf(way, 'overlap', 86_400_000, 1_800_000_000_000),
        () => undefined,
      );
      world.calm = true;
      await drive(world.desk(), { newSeconds: 0, oldSeconds: 0 });
      const over = givenUp(world.record, world.nowMs);
      expect(over.outcome?.kind).toBe('stopped');
      expect(over.outcome?.sentence).toMatch(/current one|new key was there/);
    }
  });
});
