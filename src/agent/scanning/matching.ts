// What the scanner needs of the engine: tables that threads can match with, and that can be wiped.
import type { ThreadEyes } from './thread-words.ts';

/** Tables in the memory that threads share. */
export type Eyes = {
  readonly generation: string;
  /** Whether unknown values can be looked for as well. */
  readonly withUnknown: boolean;
  /** What one thread matches with; the same again for the one that takes its place. */
  readonly setupOf: (thread: number) => ThreadEyes;
  /** Address of the table of literals, made when it is first wanted; 0 without unknown values. */
  readonly literals: () => Promise<number>;
  /** Overwrites tables and whatever threads read beside them. Only once they have ended. */
  readonly wipe: () => void;
};

export type Matching = {
  /** Takes the bytes, and wipes them; null where they are no tables. */
  readonly ofSession: (
    generation: string,
    head: string,
    parts: readonly Uint8Array<ArrayBuffer>[],
    threads: number,
  ) => Eyes | null;
  /** The lasting tables of a vault; null where there are none. @param home absolute */
  readonly lasting: (home: string, threads: number) => Eyes | null;
};
