// Which steps a turn takes, in which order. docs/rotation.md §2.2.
import type { Rotation, RotationOrder, RotationShape, RotationStepName } from '../model/rotation.ts';

const bothLive = [
  'plan',
  'create',
  'keep',
  'test',
  'deliver',
  'promote',
  'grace',
  'revoke',
  'prove',
  'done',
] as const;
const inPlace = ['plan', 'create', 'keep', 'test', 'deliver', 'prove', 'done'] as const;
const revokeFirst = [
  'plan',
  'revoke',
  'prove',
  'create',
  'keep',
  'test',
  'deliver',
  'promote',
  'done',
] as const;

/** Whether making the new key ends the old one. */
export const endsOldAtOnce = (shape: RotationShape): boolean => shape === 'swap' || shape === 'chain';

/** The steps of a turn in their order. What swaps in place has no other order. */
export const stepsOf = (shape: RotationShape, order: RotationOrder): readonly RotationStepName[] => {
  if (endsOldAtOnce(shape)) return inPlace;
  return order === 'revoke-first' ? revokeFirst : bothLive;
};

/** The step after one; `done` after the last. */
export const stepAfter = (
  { shape, order }: Pick<Rotation, 'shape' | 'order'>,
  step: RotationStepName,
): RotationStepName => {
  const steps = stepsOf(shape, order);
  return steps[steps.indexOf(step) + 1] ?? 'done';
};

/** Whether a step comes before another one in this turn. A step that the turn does not take comes before none. */
export const isBefore = (
  { shape, order }: Pick<Rotation, 'shape' | 'order'>,
  step: RotationStepName,
  other: RotationStepName,
): boolean => {
  const steps = stepsOf(shape, order);
  return steps.includes(step) && steps.indexOf(step) < steps.indexOf(other);
};

/** Revoked first, and that is done: nothing works until the new key is there, and there is no way back. */
export const isRevokedFirst = (rotation: Pick<Rotation, 'shape' | 'order' | 'step'>): boolean =>
  rotation.order === 'revoke-first' && isBefore(rotation, 'revoke', rotation.step);
