// A turn in the contract's words: where it stands, step by step, and what a person can do about it. Never a value.
import type { CallOutput } from '../../contract/contract.ts';
import type { Book, HeldRotation } from '../../core/keys/book.ts';
import type { Rotation, RotationStepName, RotationTask } from '../../core/model/rotation.ts';
import { canUndo, wantsValue } from '../../core/rotation/machine.ts';
import { openAttempt } from '../../core/rotation/record.ts';
import { stepsOf } from '../../core/rotation/steps.ts';

export type RotationView = CallOutput<'rotation.read'>;
type StepView = RotationView['steps'][number];

const isWell = ({ outcome }: Rotation): boolean =>
  outcome?.kind === 'turned' || outcome?.kind === 'old-lives';

const stateOfStep = (
  rotation: Rotation,
  step: RotationStepName,
  index: number,
  now: number,
): StepView['state'] => {
  if (isWell(rotation)) return 'done';
  if (index < now) return 'done';
  if (index > now) return rotation.outcome === null ? 'todo' : 'skipped';
  if (rotation.outcome === null) return 'now';
  return rotation.outcome.kind === 'stopped' || step === 'plan' ? 'skipped' : 'failed';
};

const viewSteps = (rotation: Rotation): StepView[] => {
  const steps = stepsOf(rotation.shape, rotation.order).filter(
    (step) => step !== 'grace' || rotation.graceMs > 0 || rotation.step === 'grace',
  );
  const now = steps.indexOf(rotation.step);
  return steps.map((step, index) => {
    const last = rotation.journal.findLast((line) => line.step === step);
    return {
      step,
      state: stateOfStep(rotation, step, index, now),
      atMs: last?.atMs ?? null,
      detail: last?.what ?? '',
    };
  });
};

/** Who moves next. A turn that nobody drives and that waits for nothing was interrupted: it goes on by itself. */
const stateOf = (rotation: Rotation, isRunning: boolean): RotationView['state'] => {
  if (rotation.outcome !== null) return 'done';
  if (isRunning) return 'running';
  const waitsForPerson =
    rotation.phase === 'waiting' && rotation.againAtMs === null && rotation.waitsFor !== '';
  return waitsForPerson ? 'needs-you' : 'waiting';
};

export const viewTask = ({
  id,
  kind,
  step,
  title,
  detail,
  who,
  portal,
  dueOn,
  optional,
  doneAtMs,
}: RotationTask) => ({
  id,
  kind,
  step,
  title,
  detail,
  who,
  portal,
  dueOn,
  optional,
  doneAtMs,
});

const interrupted = 'It was interrupted, and goes on from where it stood.';

/** @param isRunning whether this process drives it right now */
export const viewRotation = (book: Book, { id, body }: HeldRotation, isRunning: boolean): RotationView => {
  const held = book.keys.get(body.keyId);
  const provider = held?.body.provider ?? null;
  const state = stateOf(body, isRunning);
  const isLeft = state === 'waiting' && body.againAtMs === null;
  return {
    id,
    keyId: body.keyId,
    keyName: held?.body.name ?? '',
    projectId: held?.body.projectId ?? id,
    provider,
    providerName: provider === null ? '' : (book.catalogue().find(provider)?.name ?? provider),
    way: body.way,
    shape: body.shape,
    order: body.order,
    reason: body.reason,
    by: body.by,
    state,
    waitsFor: isLeft ? interrupted : body.waitsFor,
    againAtMs: body.againAtMs,
    step: body.step,
    steps: viewSteps(body),
    tasks: body.tasks.map(viewTask),
    journal: body.journal.map(({ step, event, atMs, what }) => ({ step, event, atMs, what })),
    canUndo: canUndo(body) && openAttempt(body) === undefined,
    canGiveUp: body.outcome === null,
    wantsValue: wantsValue(body),
    startedAtMs: body.startedAtMs,
    graceUntilMs: body.graceUntilMs,
    foundAtMs: body.foundAtMs,
    deadAtMs: body.deadAtMs,
    outcome: body.outcome === null ? null : { ...body.outcome },
  };
};
