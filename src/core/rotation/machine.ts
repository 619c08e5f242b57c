// The machine: takes a turn from step to step until it waits or is over. Its only memory is the record, written before and after each effect; so
// a process may die anywhere, and the next one goes on from there. docs/rotation.md §2.
import type { Rotation, RotationStepName } from '../model/rotation.ts';
import { createStep } from './create-step.ts';
import type { Desk, Values } from './desk.ts';
import { doneStep } from './done-step.ts';
import { deliverStep, graceStep, promoteStep } from './give-steps.ts';
import { planStep } from './plan-step.ts';
import { proveStep, testStep, type Promised } from './prove-steps.ts';
import { at, ended, finished, openAttempt } from './record.ts';
import { revokeStep } from './revoke-step.ts';
import { marksLeft } from './settle-made.ts';
import { endsOldAtOnce, isRevokedFirst } from './steps.ts';
import { save, type Move, type Step } from './turn.ts';
import { beginUndo, canUndo, undoStep } from './undo.ts';

/** Waits of this length are sat out; longer ones are left to whoever looks again. */
const longestSitMs = 60_000;

/** Kept by the step that makes it: nothing is left to do. */
const keepStep: Step = (desk, rotation) =>
  Promise.resolve(save(desk, finished(rotation, desk.nowMs(), 'the new value is in the vault')));

const stepsWith = (promised: Promised): Readonly<Record<RotationStepName, Step>> => ({
  plan: planStep,
  create: createStep,
  keep: keepStep,
  test: testStep(promised),
  deliver: deliverStep,
  promote: promoteStep,
  grace: graceStep,
  revoke: revokeStep,
  prove: proveStep(promised),
  done: doneStep,
});

/** Milliseconds still to wait; null where a person is waited for. A clock that was set back makes no wait longer than it was. */
const stillMs = ({ phase, againAtMs, waitsFor }: Rotation, nowMs: number): number | null => {
  if (againAtMs !== null) return Math.max(0, againAtMs - nowMs);
  return phase === 'waiting' && waitsFor !== '' ? null : 0;
};

const move = async (desk: Desk, steps: Readonly<Record<RotationStepName, Step>>): Promise<Move> => {
  const rotation = desk.rotation();
  const wait = stillMs(rotation, desk.nowMs());
  if (wait === null || wait > longestSitMs) return 'rest';
  if (wait > 0 && !(await desk.wait(wait))) return 'rest';
  return rotation.phase === 'undoing' ? undoStep(desk, rotation) : steps[rotation.step](desk, rotation);
};

/**
 * Goes on with a turn until it waits for more than a minute, for a person, or is over, or until nobody wants it to go on.
 * @param promised seconds that the provider says a new key may be refused and a revoked one taken
 * @returns the record as saved last
 */
export const drive = async (desk: Desk, promised: Promised): Promise<Rotation> => {
  const steps = stepsWith(promised);
  while (desk.wanted() && desk.rotation().outcome === null) {
    if ((await move(desk, steps)) === 'rest') break;
  }
  return desk.rotation();
};

/** Lets a turn that waits be looked at now, whatever it waits for. Saves nothing. */
export const lookNow = (rotation: Rotation, nowMs: number): Rotation =>
  rotation.outcome !== null || rotation.step === 'grace'
    ? rotation
    : rotation.phase === 'undoing'
      ? { ...rotation, againAtMs: null }
      : { ...at(rotation, rotation.step, nowMs), stepSinceMs: rotation.stepSinceMs, tries: rotation.tries };

/** Turns a turn round; `undefined` where there is no way back any more. Drive it afterwards. */
export const undone = (rotation: Rotation, nowMs: number): Rotation | undefined =>
  canUndo(rotation) && openAttempt(rotation) === undefined
    ? beginUndo(rotation, nowMs, 'a person wants it')
    : undefined;

/** The end as a person wants it: where it stands, in a sentence. */
export const givenUp = (rotation: Rotation, nowMs: number): Rotation =>
  ended(rotation, nowMs, 'stopped', standing(rotation), marksLeft(rotation) ?? standingNext(rotation));

const isPromoted = ({ newVersionId }: Rotation): boolean => newVersionId !== null;

/** Revoked before a new one is the current one: what stands there works no more. */
const hasNone = (rotation: Rotation): boolean => isRevokedFirst(rotation) && !isPromoted(rotation);

const standing = (rotation: Rotation): string => {
  if (hasNone(rotation))
    return rotation.pending === null
      ? 'It was ended after the old key was revoked and before a new one was there: no key of this name works.'
      : 'It was ended after the old key was revoked. It is still the current one; the new value is kept among the versions.';
  if (endsOldAtOnce(rotation.shape) && openAttempt(rotation) !== undefined)
    return 'It was ended while nobody knew whether the provider had replaced the key.';
  if (rotation.pending === null && !isPromoted(rotation))
    return 'It was ended before a new key was there. The old key is the current one.';
  if (isPromoted(rotation) && rotation.deadAtMs !== null)
    return 'It was ended with the new key as the current one. The old one is refused: it is proven dead.';
  return isPromoted(rotation)
    ? 'It was ended with the new key as the current one. The old one was not seen refused.'
    : 'It was ended with the old key as the current one. The new value is kept among the versions.';
};

const standingNext = (rotation: Rotation): string => {
  if (hasNone(rotation)) return 'Make a new key in the portal, and put its value into this one.';
  if (rotation.pending === null && !isPromoted(rotation)) return 'Check the key.';
  if (isPromoted(rotation) && rotation.deadAtMs !== null) return 'Nothing to do.';
  return isPromoted(rotation)
    ? 'Check the older version, and revoke it in the portal if it still works.'
    : 'Revoke the new key in the portal if nobody uses it.';
};

/**
 * Takes the value that a person made in the portal: kept as pending, then tested. Only while a guided turn waits for it.
 * @returns whether it is kept
 */
export const acceptValue = (desk: Desk, values: Values): boolean => {
  const rotation = desk.rotation();
  if (!wantsValue(rotation)) return false;
  const nowMs = desk.nowMs();
  const tasks = rotation.tasks.map((task) =>
    task.step === 'create' && task.doneAtMs === null ? { ...task, doneAtMs: nowMs } : task,
  );
  const made = finished({ ...rotation, tasks }, nowMs, 'the new key was made and put in');
  return (
    save(desk, finished(made, nowMs, 'the new value is in the vault'), { type: 'keep', values }) === 'go'
  );
};

/** Whether a person is asked for the new value. */
export const wantsValue = ({ shape, step, phase, pending, outcome }: Rotation): boolean =>
  outcome === null && shape === 'guided' && step === 'create' && phase !== 'undoing' && pending === null;

export { canUndo } from './undo.ts';
export { completeTask } from './tasks.ts';
