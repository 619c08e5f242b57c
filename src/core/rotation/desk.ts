// Everything by which the machine touches the world, as ports: the vault's record, the provider, the files, the clock. The agent fills
// it for real; tests fill it with a provider that fails wherever it can.
import type { Rotation } from '../model/rotation.ts';
import type { Result } from '../model/result.ts';
import type { Remote, Values } from '../providers/turning/remote-port.ts';

export type {
  Asked,
  Heard,
  Made,
  Remote,
  RemoteEntry,
  RemoteList,
  Values,
} from '../providers/turning/remote-port.ts';

/**
 * What is written with the record, in the same commit. The desk fills in what follows from it: `pending` and `newVersionId` of the record
 * that is saved.
 */
export type Effect =
  /** The new value becomes a version, sealed, not yet the key's: `pending` of the saved record. */
  | { readonly type: 'keep'; readonly values: Values }
  /** As keep, and the key's current value at once: the old one is dead. */
  | { readonly type: 'keep-current'; readonly values: Values }
  /** The pending version becomes the key's current one. */
  | { readonly type: 'promote' }
  /** The old version becomes or stays current; the new or pending one stays among the versions, replaced. */
  | { readonly type: 'put-back' }
  /** The pending version and its secret are deleted: its key was removed at the provider, or never made. */
  | { readonly type: 'drop' };

export type Delivery = {
  /** In words: "/home/…/.env". */
  readonly place: string;
  /** Null where it was written; else why not, and what to do. */
  readonly problem: string | null;
};

export type Desk = {
  readonly nowMs: () => number;
  readonly newId: () => string;
  /** What the key is called here: part of the new key's name at the provider. */
  readonly keyName: () => string;
  /** The record as saved last. */
  readonly rotation: () => Rotation;
  /** All or nothing. After a failure nothing may be done at the provider. */
  readonly save: (next: Rotation, effect?: Effect) => Result<undefined>;
  readonly remote: Remote;
  /** Puts the new or the old value into the env files that are tracked. */
  readonly deliver: (whose: 'old' | 'new') => Promise<readonly Delivery[]>;
  /** False where nobody wants to go on: a lock, a person who pauses. */
  readonly wait: (ms: number) => Promise<boolean>;
  readonly wanted: () => boolean;
};
