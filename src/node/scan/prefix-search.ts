// Looks for unknown keys in the shared memory: the engine finds places where their literals stand (src/engine/prefixes.ts), the judge
// (core/leaks/patterns) decides, and of matches that overlap one stays. docs/scanning.md §2.
import { settleUnknown } from '../../core/leaks/patterns/settle.ts';
import type { UnknownJudge, UnknownMatch } from '../../core/leaks/matching.ts';
import type { EngineExports } from './engine.ts';
import { prefixTable, type SharedWindows } from './prefix-table.ts';
import { windowsFor } from './prefix-windows.ts';

/** Gives out room in the shared memory; see createRoom in engine.ts. */
export type TakeRoom = (bytes: number) => number;

/** Bytes behind the end of a text that may be read; they mean nothing. */
export const prefixSlack = 32;

const mostRecords = 8_192;
const recordsAt = 64;
const recordBytes = 8;

/**
 * Writes the table of a judge's literals into the shared memory: once for all threads.
 * @param shared how the literals are shared out, where somebody worked that out before: it takes a while
 * @returns its address
 */
export const writePrefixTable = (
  memory: WebAssembly.Memory,
  take: TakeRoom,
  judge: UnknownJudge,
  shared: SharedWindows = windowsFor(judge.prefixes),
): number => {
  const address = take(prefixTable(judge.prefixes, 0, shared).length);
  new Uint8Array(memory.buffer).set(prefixTable(judge.prefixes, address, shared), address);
  return address;
};

/** How a text lies in the memory: addresses. */
export type PrefixText = {
  /** First byte of the chunk. */
  readonly begin: number;
  /** Behind its last byte; `prefixSlack` bytes more can be read. */
  readonly end: number;
  /** Matches that begin here or later belong to the next chunk; `end` for the last one of a piece. */
  readonly until: number;
};

export type PrefixSearch = {
  /** Unknown keys in a text, in order, addresses counted from its first byte. */
  readonly search: (text: PrefixText) => readonly UnknownMatch[];
  /** Of the last search: how many places the engine gave, and how many of them were judged to be keys. */
  readonly counts: () => { readonly candidates: number; readonly matches: number };
};

type Parts = {
  readonly engine: Pick<EngineExports, 'findPrefixes'>;
  readonly memory: WebAssembly.Memory;
  /** Of this thread alone. */
  readonly take: TakeRoom;
  /** As `writePrefixTable` gave it, for the same judge. */
  readonly table: number;
  readonly judge: UnknownJudge;
};

/** A search for one thread. */
export const createPrefixSearch = ({ engine, memory, take, table, judge }: Parts): PrefixSearch => {
  const out = take(recordsAt + mostRecords * recordBytes);
  let candidates = 0;
  let found = 0;
  const judgeAll = ({ begin, end, until }: PrefixText): readonly UnknownMatch[] => {
    const chunk = new Uint8Array(memory.buffer, begin, end - begin);
    const matches: UnknownMatch[] = [];
    for (let from = begin; from < end;) {
      from = engine.findPrefixes(table, begin, from, end, out, mostRecords);
      const [count = 0] = new Uint32Array(memory.buffer, out, 1);
      const records = new Uint32Array(memory.buffer, out + recordsAt, 2 * count);
      candidates += count;
      for (let index = 0; index < count; index += 1) {
        const at = (records[2 * index] ?? 0) - begin;
        const match = judge.judge(chunk, at, records[2 * index + 1] ?? 0);
        if (match !== null && match.start < until - begin) matches.push(match);
      }
    }
    return matches;
  };
  return {
    search: (text) => {
      candidates = 0;
      const matches = settleUnknown(judgeAll(text));
      found = matches.length;
      return matches;
    },
    counts: () => ({ candidates, matches: found }),
  };
};
