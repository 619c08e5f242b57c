// Whole turns of one key, by a real agent on a real server under load: in one go, and by processes that are killed around one act after
// another until the turn is over.
import { randomInt } from 'node:crypto';
import { expect } from 'vitest';
import type { CallInput, CallOutput } from '../../../src/contract/contract.ts';
import type { LivePlace } from './live-place.ts';
import { startLoad, type Count, type Use } from './load.ts';

export type View = CallOutput<'rotation.read'>;
export type Wish = CallInput<'rotation.start'>;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const sureMs = 400;
/** So often at least the key was used with success during a turn. */
const enough = 8;

/** Follows a turn to its end. */
export const toItsEnd = async (place: LivePlace, id: string, withinMs = 240_000): Promise<View> => {
  const endMs = Date.now() + withinMs;
  for (;;) {
    const view = await place.get('rotation.follow', { id });
    if (view.outcome !== null || Date.now() > endMs) return view;
    await pause(50);
  }
};

export type Turned = { readonly view: View; readonly count: Count };

/** A turn in one go. The load begins before it and ends after it. */
export const turnUnderLoad = async (place: LivePlace, wish: Wish, use: Use): Promise<Turned> => {
  const load = startLoad(place.variables, use);
  await pause(sureMs);
  const { id } = await place.get('rotation.start', wish);
  const view = await toItsEnd(place, id);
  await pause(sureMs);
  return { view, count: await load.stop() };
};

export type Killed = Turned & { readonly deaths: readonly string[] };

const mostProcesses = 60;

/** Undefined where the process died first. */
const endOf = async (place: LivePlace, id: string): Promise<View | undefined> => {
  const died = place.died().then(() => undefined);
  for (;;) {
    const followed = await Promise.race([place.call('rotation.follow', { id }), died]);
    if (followed === undefined || !followed.ok) return undefined;
    if (followed.value.outcome !== null) return followed.value;
    await pause(20);
  }
};

/**
 * A turn by processes that die. Each of them is killed before or after one of the next few things that the machine does.
 * @param furthest acts that a process may live for; a death after each single one would begin some steps again for ever
 */
export const turnByTheDying = async (
  place: LivePlace,
  wish: Wish,
  use: Use,
  furthest = 12,
): Promise<Killed> => {
  const load = startLoad(place.variables, use);
  const deaths: string[] = [];
  let id = '';
  let view: View | undefined;
  const death = (): string =>
    `${randomInt(2) === 0 ? 'before' : 'after'}:${String(randomInt(1, furthest + 1))}`;
  await pause(sureMs);
  while (view === undefined) {
    if (deaths.length >= mostProcesses) throw new Error(`no end after ${deaths.join(', ')}`);
    await place.restart(death());
    if (id === '') {
      const begun = await place.call('rotation.start', wish);
      if (begun.ok) id = begun.value.id;
    }
    if (id === '') {
      deaths.push('at its start');
      id = await begunBefore(place, wish);
      continue;
    }
    view = await endOf(place, id);
    if (view === undefined) {
      await place.died();
      deaths.push(place.lastWords().trim().split('\n').at(-1) ?? '');
    }
  }
  await place.restart();
  await pause(sureMs);
  return { view, count: await load.stop(), deaths };
};

/**
 * A turn whose first process dies around one act, and whose second one goes on to the end.
 * @returns undefined where the turn has no such act
 */
export const turnWithOneDeath = async (
  place: LivePlace,
  wish: Wish,
  use: Use,
  death: string,
): Promise<Killed | undefined> => {
  const load = startLoad(place.variables, use);
  await place.restart(death);
  let hasDied = false;
  const dying = place.died().then(() => {
    hasDied = true;
  });
  const begun = await place.call('rotation.start', wish);
  let view = begun.ok ? await endOf(place, begun.value.id) : undefined;
  const words = place.lastWords().trim().split('\n').at(-1) ?? '';
  if (view === undefined) {
    await dying;
    let id = begun.ok ? begun.value.id : '';
    if (begun.ok) await place.restart();
    else id = await begunBefore(place, wish);
    // It had not even begun.
    if (id === '') id = (await place.get('rotation.start', wish)).id;
    view = await toItsEnd(place, id);
  }
  const count = await load.stop();
  return hasDied ? { view, count, deaths: [words] } : undefined;
};

/** The process may have died right after it began: the turn is in the vault. */
const begunBefore = async (place: LivePlace, { keyId }: Wish): Promise<string> => {
  await place.died();
  await place.restart();
  const [first] = await place.get('rotation.list', { keyId });
  return first?.id ?? '';
};

/** What must be true of a turn that went through, as the person sees it. */
export const expectTurned = ({ view }: Turned): void => {
  expect({ outcome: view.outcome, journal: view.journal.slice(-8) }).toMatchObject({
    outcome: { kind: 'turned' },
  });
  expect(view.deadAtMs).not.toBeNull();
};

/** Nobody was refused for a moment, and somebody was there all the time. */
export const expectNoRefusal = ({ count }: Turned): void => {
  expect([...count.words]).toEqual([]);
  expect(count.refused).toBe(0);
  expect(count.used).toBeGreaterThan(enough);
};

/** Where the old one ends with the call that makes the new one: stated, not hidden. */
export const tellRefusals = (name: string, { count }: Turned): void => {
  console.log(
    `${name}: ${String(count.refused)} of ${String(count.refused + count.used)} uses were refused, within ${String(count.spanMs)} ms`,
  );
  expect(count.used).toBeGreaterThan(enough);
};
