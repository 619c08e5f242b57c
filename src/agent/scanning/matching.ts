// Tables in the memory that scan threads share: put there, handed to threads, wiped. The one place that knows the engine's layout.
import type { ThreadSetup } from './thread-words.ts';

/** Tables that threads can match with. */
export type Eyes = {
  readonly generation: string;
  readonly setup: Omit<ThreadSetup, 'control' | 'home'>;
  /** Overwrites tables and whatever threads read beside them. Only once they have ended. */
  readonly wipe: () => void;
};

export type Matching = {
  /** Takes the bytes, and wipes them; null where they are no tables. */
  readonly ofSession: (
    generation: string,
    head: string,
    parts: readonly Uint8Array<ArrayBuffer>[],
  ) => Eyes | null;
  /** The lasting tables of a vault; null where there are none. @param home absolute */
  readonly lasting: (home: string) => Eyes | null;
};
