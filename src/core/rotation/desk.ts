// Everything by which the machine touches the world, as ports: the vault's record, the provider, the files, the clock. The agent fills
// it for real; tests fill it with a provider that fails wherever it can.
import type { Rotation } from '../model/rotation.ts';
import type { Result } from '../model/result.ts';
import type { CheckState } from '../providers/asking.ts';
import type { RefusalMeaning } from '../providers/turning/turn-definition.ts';

/** Values of a key by field, secret ones among them. Never kept by the machine. */
export type Values = Readonly<Record<string, string>>;

/** What came of a call. Words hold no secret and nothing of an answer that could be one. */
export type Heard<T> =
  | { readonly kind: 'done'; readonly value: T }
  /** The provider answered no. `againInMs` where it says when to come back. */
  | {
      readonly kind: 'refused';
      readonly means: RefusalMeaning;
      readonly reason: string;
      readonly next: string;
      readonly againInMs: number | null;
    }
  /** Nothing left this machine: offline, no such name, a value that is missing. */
  | { readonly kind: 'unsent'; readonly reason: string; readonly next: string }
  /** Sent, perhaps done, and no answer that says so. */
  | { readonly kind: 'lost'; readonly reason: string; readonly next: string };

export type RemoteEntry = {
  readonly id: string;
  readonly name: string;
  /** As the provider writes it; empty where it says nothing. */
  readonly createdAt: string;
  readonly lastUsedAt: string;
  /** Whether what it shows of the value fits the old key; null where it shows nothing. */
  readonly fitsOld: boolean | null;
};

export type RemoteList = {
  readonly entries: readonly RemoteEntry[];
  /** As the list says it; null where it does not. */
  readonly max: number | null;
  readonly complete: boolean;
};

export type Made = {
  /** All fields of the new key. */
  readonly values: Values;
  readonly remoteId: string | null;
  /** YYYY-MM-DD; null where it says none. */
  readonly expiresOn: string | null;
};

export type Asked = { readonly state: CheckState; readonly reason: string; readonly next: string };

/** The provider, for one turn. Each call is made once: repeating is the machine's. */
export type Remote = {
  /** Whether the revoke needs the provider's id of the old key. */
  readonly needsOldId: boolean;
  /** Keys that may stand side by side as the provider file has it; null for no limit that is known. */
  readonly quota: number | null;
  /** All values of the new key where its secret is made here, before anything is sent; null where the provider makes it. */
  readonly choose: () => Values | null;
  /** Reads what the new key must have in common with the old one, and the provider's id of the old one. Changes nothing. */
  readonly look: () => Promise<
    Heard<{ readonly learnt: Readonly<Record<string, string>>; readonly oldRemoteId: string | null }>
  >;
  /** Null where the provider has no list. */
  readonly list: (() => Promise<Heard<RemoteList>>) | null;
  /**
   * The call that makes the new key. Where its secret was chosen here it is kept already, and read from the vault for the call.
   * @param mark stands in the name of the new key
   */
  readonly make: (mark: string) => Promise<Heard<Made>>;
  /** For what is made in place, after an answer that never came. Absent: the old key tells what happened, and nobody knows more. */
  readonly afterLost?: {
    /** False: the old key works either way, and the call is made again (`oldTells` of the way). */
    readonly oldTells: boolean;
    /** What gives access again, as the provider file has it. */
    readonly wayBack: string | null;
  };
  /** Frees the second slot; null where there is none. */
  readonly unmake: (() => Promise<Heard<null>>) | null;
  /** How many calls a revoke takes; 0 where a person does it or nothing is to be done. */
  readonly revokeCalls: number;
  /** Call `index` of the revoke, about the key of this id. `gone` is as good as done. */
  readonly revoke: (index: number, remoteId: string | null, whose: 'old' | 'new') => Promise<Heard<null>>;
  /** A live check. Null where nobody wants the answer any more. */
  readonly ask: (whose: 'old' | 'new') => Promise<Asked | null>;
};

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
