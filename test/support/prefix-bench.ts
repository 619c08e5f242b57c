// An engine, a memory and a judge of unknown keys as a scan thread has them.
import type { UnknownJudge, UnknownMatch } from '../../src/core/leaks/matching.ts';
import { createEngineMemory, createRoom, startEngine } from '../../src/node/scan/engine.ts';
import { createPrefixSearch, prefixSlack, writePrefixTable } from '../../src/node/scan/prefix-search.ts';

export type LoadedSearch = {
  /** Copies the text to `offset` bytes behind a fixed address and looks for unknown keys; positions in the text. */
  readonly search: (
    bytes: Uint8Array,
    options?: { offset?: number; until?: number },
  ) => readonly UnknownMatch[];
  /** Looks through what was loaded with `load`. */
  readonly again: (begin: number, end: number) => readonly UnknownMatch[];
  readonly load: (bytes: Uint8Array) => number;
  readonly candidates: () => number;
};

/** @param most the longest text, in bytes */
export const loadSearch = (judge: UnknownJudge, most = 1 << 20): LoadedSearch => {
  const memory = createEngineMemory();
  const engine = startEngine(memory);
  const { take } = createRoom(memory);
  const table = writePrefixTable(memory, take, judge);
  const parts = createPrefixSearch({ engine, memory, take, table, judge });
  const base = take(most + 256 + prefixSlack);
  return {
    search: (bytes, { offset = 0, until = bytes.length } = {}) => {
      const begin = base + 64 + offset;
      const all = new Uint8Array(memory.buffer);
      // What lies around the text is never part of it.
      all.fill(0x41, base, begin);
      all.set(bytes, begin);
      all.fill(0x41, begin + bytes.length, begin + bytes.length + prefixSlack);
      return parts.search({ begin, end: begin + bytes.length, until: begin + until });
    },
    load: (bytes) => {
      new Uint8Array(memory.buffer).set(bytes, base);
      return base;
    },
    again: (begin, end) => parts.search({ begin, end, until: end }),
    candidates: () => parts.counts().candidates,
  };
};
