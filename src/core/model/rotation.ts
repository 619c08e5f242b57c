// A turn of one key as it is kept in the vault: what was wanted, how far it is, what each step left behind. One record per turn, written
// before and after each effect. Never holds a secret: the new value is a version of its own. docs/rotation.md §2.
import type { RecordId } from './ids.ts';
import type { KeyVersion } from './key.ts';

export const rotationSteps = [
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
export type RotationStepName = (typeof rotationSteps)[number];

export const rotationShapes = ['overlap', 'two-slot', 'swap', 'chain', 'guided'] as const;
export type RotationShape = (typeof rotationShapes)[number];

/** `overlap`: the new one first. `revoke-first`: after a leak, where the person prefers no key to a stolen one. */
export const rotationOrders = ['overlap', 'revoke-first'] as const;
export type RotationOrder = (typeof rotationOrders)[number];

export const rotationReasons = ['asked', 'policy', 'expiry', 'leak'] as const;
export type RotationReason = (typeof rotationReasons)[number];

export const journalEvents = ['begun', 'done', 'failed', 'waiting', 'skipped', 'note'] as const;

/** One line of the journal. `what` is plain words, bounded, without a secret. */
export type JournalLine = {
  readonly step: RotationStepName;
  readonly event: (typeof journalEvents)[number];
  readonly atMs: number;
  readonly what: string;
};

export const taskKinds = [
  'ticket', // ask somebody at the provider
  'portal', // make it there
  'paste', // put the new value in here
  'file', // an env file that could not be written
  'consumer', // somebody who was handed the key
  'confirm', // see that it works, where Keyturn cannot ask
  'revoke', // end the old one in the portal
  'orphan', // look for a key that may have been left there
] as const;
export type TaskKind = (typeof taskKinds)[number];

/** What only a person can do. The old key is not revoked while one that is not `optional` is open. */
export type RotationTask = {
  readonly id: RecordId;
  readonly kind: TaskKind;
  readonly step: RotationStepName;
  readonly title: string;
  readonly detail: string;
  /** Who must do it, in words; empty for the person. */
  readonly who: string;
  /** Environment of the portal page to open; null where there is none. */
  readonly portal: string | null;
  /** YYYY-MM-DD, or null. */
  readonly dueOn: string | null;
  readonly optional: boolean;
  readonly doneAtMs: number | null;
};

/**
 * One asking for a new key. `open`: sent, and no answer yet. `kept`: its secret is in the vault. `none`: the provider said no, or nothing came
 * of it. `orphan`: it is there, and its secret is lost. `removed`: it was there. `unclear`: nobody can tell from here.
 */
export const attemptStates = ['open', 'kept', 'none', 'orphan', 'removed', 'unclear'] as const;
export type Attempt = {
  /** Stands in the name of the key at the provider. */
  readonly mark: string;
  readonly state: (typeof attemptStates)[number];
  readonly remoteId: string | null;
  readonly atMs: number;
};

/**
 * `turned`: the new key works, the old one was seen refused. `old-lives`: the new key works; how long the old one lives is said. `undone`:
 * everything is as before. `unchanged`: nothing happened. `lost`: the old key is dead and the only copy of the new one was in an answer that
 * never came. `stopped`: the person ended it where it stood.
 */
export const rotationOutcomes = ['turned', 'old-lives', 'undone', 'unchanged', 'lost', 'stopped'] as const;
export type RotationOutcome = {
  readonly kind: (typeof rotationOutcomes)[number];
  /** What is true now, in a sentence. */
  readonly sentence: string;
  /** What to do now; empty where nothing is to be done. */
  readonly next: string;
  readonly atMs: number;
};

/** Where the machine stands with the present step. `undoing` walks back. */
export const rotationPhases = ['todo', 'begun', 'waiting', 'undoing'] as const;
export type RotationPhase = (typeof rotationPhases)[number];

export type Rotation = {
  readonly type: 'rotation';
  readonly keyId: RecordId;
  /** Id of the way of the provider's turn definition; `guided` where it has none. */
  readonly way: string;
  readonly shape: RotationShape;
  readonly order: RotationOrder;
  readonly reason: RotationReason;
  readonly by: string;
  readonly startedAtMs: number;
  /** When a leak was found; null for other reasons. */
  readonly foundAtMs: number | null;
  /** When the old key was first seen refused. */
  readonly deadAtMs: number | null;
  readonly graceMs: number;
  readonly graceUntilMs: number | null;
  readonly step: RotationStepName;
  readonly phase: RotationPhase;
  /** For `waiting`: when to look again; null where a person is waited for. */
  readonly againAtMs: number | null;
  /** For `waiting`: for what, in words. */
  readonly waitsFor: string;
  /** When the present step was first begun: patience is counted from here. */
  readonly stepSinceMs: number;
  /** How often the present step was tried in vain. */
  readonly tries: number;
  /** The version that was current at the start. */
  readonly oldVersionId: RecordId;
  /** The new value before it is promoted; its secret record has the version's id. */
  readonly pending: KeyVersion | null;
  /** The version that the new value became. */
  readonly newVersionId: RecordId | null;
  readonly managerKeyId: RecordId | null;
  readonly inputs: Readonly<Record<string, string>>;
  /** What calls told and later calls need. Never a secret. Texts or lists of texts, as JSON text. */
  readonly learnt: Readonly<Record<string, string>>;
  /** YYYY-MM-DD wished for the new key; null for none. */
  readonly expiresOn: string | null;
  /** The provider's id of the old key; null where it needs none or a person revokes. */
  readonly oldRemoteId: string | null;
  readonly newRemoteId: string | null;
  /** A key at the provider that the person lets go to free a slot; null once it is gone. */
  readonly removeFirst: string | null;
  readonly attempts: readonly Attempt[];
  /** How many of the revoke calls are done. */
  readonly revoked: number;
  readonly tasks: readonly RotationTask[];
  /** Oldest first, at most 400 lines. */
  readonly journal: readonly JournalLine[];
  readonly outcome: RotationOutcome | null;
};

/** How one key is turned: set by the person, one record per key at most. */
export type TurnCare = {
  readonly type: 'turn-care';
  readonly keyId: RecordId;
  /** Null for the first way that fits. */
  readonly way: string | null;
  readonly managerKeyId: RecordId | null;
  readonly inputs: Readonly<Record<string, string>>;
  /** Null for the usual one. */
  readonly graceMs: number | null;
  /** May be turned when nobody is there. */
  readonly unattended: boolean;
  /** Turned so many days before its end; null for never. */
  readonly beforeExpiryDays: number | null;
  /** Hours of the day, local time, in which it may be turned on its own: from 0 to 23, to 1 to 24; null for any. */
  readonly hours: { readonly from: number; readonly to: number } | null;
  /** The provider's id of the current value, as a turn left it; null where unknown. */
  readonly remoteId: string | null;
};

/** An env file that was written from an environment and is kept up to date by turns. */
export type TrackedFile = {
  readonly type: 'tracked-file';
  readonly environmentId: RecordId;
  /** Absolute path on the machine of this name. */
  readonly path: string;
  readonly format: string;
  readonly writtenAtMs: number;
};
