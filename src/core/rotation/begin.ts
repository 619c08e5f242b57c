// The record of a turn at its start, and the name by which its new key is known at the provider.
import type { RecordId } from '../model/ids.ts';
import type {
  Rotation,
  RotationOrder,
  RotationReason,
  RotationShape,
  RotationTask,
} from '../model/rotation.ts';
import { endsOldAtOnce } from './steps.ts';

export type Beginning = {
  readonly keyId: RecordId;
  readonly oldVersionId: RecordId;
  readonly way: string;
  readonly shape: RotationShape;
  readonly order: RotationOrder;
  readonly reason: RotationReason;
  readonly by: string;
  readonly nowMs: number;
  /** When a leak was found; null for other reasons. */
  readonly foundAtMs: number | null;
  readonly graceMs: number;
  readonly managerKeyId: RecordId | null;
  readonly inputs: Readonly<Record<string, string>>;
  /** YYYY-MM-DD; null for none. */
  readonly expiresOn: string | null;
  readonly oldRemoteId: string | null;
  readonly removeFirst: string | null;
  /** What only a person can do, as the plan has it. */
  readonly tasks: readonly RotationTask[];
};

/** A turn before anything happened. A swap knows no other order than its own. */
export const beginRotation = ({ nowMs, order, ...given }: Beginning): Rotation => ({
  type: 'rotation',
  ...given,
  order: endsOldAtOnce(given.shape) ? 'overlap' : order,
  startedAtMs: nowMs,
  deadAtMs: null,
  graceUntilMs: null,
  step: 'plan',
  phase: 'todo',
  againAtMs: null,
  waitsFor: '',
  stepSinceMs: nowMs,
  tries: 0,
  pending: null,
  newVersionId: null,
  learnt: {},
  newRemoteId: null,
  attempts: [],
  revoked: 0,
  journal: [],
  outcome: null,
});

const longestName = 46;

/**
 * The name for a new key at the provider: what the key is called here, and eight digits and letters by which it is found again.
 * @param id random, at least eight hexadecimal digits
 */
export const markFor = (keyName: string, id: string): string => {
  const plain = keyName
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, longestName)
    .replace(/-+$/, '');
  return `${plain === '' ? 'key' : plain}-kt-${id.slice(0, 8)}`;
};
