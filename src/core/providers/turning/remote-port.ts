// What the machine asks of a provider, for one turn: filled from a provider's turn file (remote.ts), and by a simulated provider in tests.
import type { CheckState } from '../asking.ts';
import type { RefusalMeaning } from './turn-definition.ts';

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
