// The strict reading of the records about turning keys. Part of stored.ts.
import { isRecordId, type RecordId } from '../model/ids.ts';
import type { KeyVersion } from '../model/key.ts';
import {
  attemptStates,
  journalEvents,
  rotationOrders,
  rotationOutcomes,
  rotationPhases,
  rotationReasons,
  rotationShapes,
  rotationSteps,
  taskKinds,
  type Rotation,
  type TrackedFile,
  type TurnCare,
} from '../model/rotation.ts';
import {
  isBoolean,
  isCount,
  isListOf,
  isNullOr,
  isOneOf,
  isRecordOf,
  isShape,
  isText,
  type Guard,
} from './guards.ts';

export const isId: Guard<RecordId> = (value): value is RecordId =>
  typeof value === 'string' && isRecordId(value);

const isTextOrNull = isNullOr(isText);
const isCountOrNull = isNullOr(isCount);
const isIdOrNull = isNullOr(isId);

const isField = isShape({
  name: isText,
  variable: isTextOrNull,
  secret: isBoolean,
  value: isTextOrNull,
  masked: isText,
});

export const isVersion: Guard<KeyVersion> = isShape({
  id: isId,
  number: isCount,
  addedAtMs: isCount,
  addedBy: isText,
  replacedAtMs: isCountOrNull,
  fields: isListOf(isField),
  fingerprints: isRecordOf(isText),
});

const isStep = isOneOf(rotationSteps);

const isTask = isShape({
  id: isId,
  kind: isOneOf(taskKinds),
  step: isStep,
  title: isText,
  detail: isText,
  who: isText,
  portal: isTextOrNull,
  dueOn: isTextOrNull,
  optional: isBoolean,
  doneAtMs: isCountOrNull,
});

const isAttempt = isShape({
  mark: isText,
  state: isOneOf(attemptStates),
  remoteId: isTextOrNull,
  atMs: isCount,
});

const isOutcome = isShape({
  kind: isOneOf(rotationOutcomes),
  sentence: isText,
  next: isText,
  atMs: isCount,
});

export const isRotation: Guard<Rotation> = isShape({
  type: isOneOf(['rotation']),
  keyId: isId,
  way: isText,
  shape: isOneOf(rotationShapes),
  order: isOneOf(rotationOrders),
  reason: isOneOf(rotationReasons),
  by: isText,
  startedAtMs: isCount,
  foundAtMs: isCountOrNull,
  deadAtMs: isCountOrNull,
  graceMs: isCount,
  graceUntilMs: isCountOrNull,
  step: isStep,
  phase: isOneOf(rotationPhases),
  againAtMs: isCountOrNull,
  waitsFor: isText,
  stepSinceMs: isCount,
  tries: isCount,
  oldVersionId: isId,
  pending: isNullOr(isVersion),
  newVersionId: isIdOrNull,
  managerKeyId: isIdOrNull,
  inputs: isRecordOf(isText),
  learnt: isRecordOf(isText),
  expiresOn: isTextOrNull,
  oldRemoteId: isTextOrNull,
  newRemoteId: isTextOrNull,
  removeFirst: isTextOrNull,
  attempts: isListOf(isAttempt),
  revoked: isCount,
  tasks: isListOf(isTask),
  journal: isListOf(isShape({ step: isStep, event: isOneOf(journalEvents), atMs: isCount, what: isText })),
  outcome: isNullOr(isOutcome),
});

export const isTurnCare: Guard<TurnCare> = isShape({
  type: isOneOf(['turn-care']),
  keyId: isId,
  way: isTextOrNull,
  managerKeyId: isIdOrNull,
  inputs: isRecordOf(isText),
  graceMs: isCountOrNull,
  unattended: isBoolean,
  beforeExpiryDays: isCountOrNull,
  hours: isNullOr(isShape({ from: isCount, to: isCount })),
  remoteId: isTextOrNull,
});

export const isTrackedFile: Guard<TrackedFile> = isShape({
  type: isOneOf(['tracked-file']),
  environmentId: isId,
  path: isText,
  format: isText,
  writtenAtMs: isCount,
});
