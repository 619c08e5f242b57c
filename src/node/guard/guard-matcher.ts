// The guard's eyes: the fingerprints of the vault's keys and the formats of known providers, in one matcher for one short run.
import { patternsFor } from '../../core/leaks/patterns/patterns.ts';
import { overlapBytes, type Match, type UnknownJudge } from '../../core/leaks/matching.ts';
import type { ProviderDefinition } from '../../core/providers/provider.ts';
import { createEngineMemory, createRoom } from '../scan/engine.ts';
import { createMatcher, matcherRoomBytes } from '../scan/matcher.ts';
import type { PlacedTables } from '../scan/placed-tables.ts';
import { writePrefixTable } from '../scan/prefix-search.ts';

export type GuardMatch = {
  /** Of a key of the vault: its number in the fingerprint file. */
  readonly slot: number | null;
  /** Of another: which format it fits. */
  readonly pattern: string | null;
  readonly masked: string;
  readonly line: number;
  /** Bytes that hold it, in what was looked at. */
  readonly start: number;
  readonly end: number;
};

export type GuardMatcher = {
  readonly look: (content: Uint8Array) => readonly GuardMatch[];
};

/** Puts the lasting tables into the memory; null where there are none. */
export type PlaceLasting = (
  memory: WebAssembly.Memory,
  take: (bytes: number) => number,
) => PlacedTables | null;

const firstAddress = 65_536;
const newline = 10;

const linesIn = (bytes: Uint8Array, end: number): number => {
  let lines = 0;
  for (let at = bytes.indexOf(newline); at >= 0 && at < end; at = bytes.indexOf(newline, at + 1)) lines += 1;
  return lines;
};

/** Where the table of literals stands in the guard's memory: first of all, so that it can be made before there is a memory. */
export const prefixTableAt = firstAddress;

/** The judge once something is to be judged: most commits hold nothing that looks like the beginning of a key. */
const lateJudge = (catalogue: () => readonly ProviderDefinition[]): UnknownJudge => {
  let made: UnknownJudge | null = null;
  const judge = (): UnknownJudge => (made ??= patternsFor(catalogue(), { generic: false }));
  return {
    get prefixes() {
      return judge().prefixes;
    },
    judge: (bytes, at, prefix) => judge().judge(bytes, at, prefix),
    maskOf: (bytes, match) => judge().maskOf(bytes, match),
  };
};

/** @param ready the table of this catalogue's literals for `prefixTableAt`, where the build made it */
export const createGuardMatcher = (
  catalogue: () => readonly ProviderDefinition[],
  placeLasting: PlaceLasting,
  ready?: Uint8Array,
): GuardMatcher => {
  const memory = createEngineMemory();
  const { take } = createRoom(memory, prefixTableAt);
  const judge = lateJudge(catalogue);
  const putReady = (bytes: Uint8Array): number => {
    const at = take(bytes.length);
    new Uint8Array(memory.buffer).set(bytes, at);
    return at;
  };
  const table = ready === undefined ? writePrefixTable(memory, take, judge) : putReady(ready);
  const tables = placeLasting(memory, take);
  const matcher = createMatcher({ memory, room: take(matcherRoomBytes), tables, unknown: { judge, table } });
  const portion = matcher.buffer.length - overlapBytes;

  const describe = (match: Match, at: number, content: Uint8Array): GuardMatch => ({
    slot: match.what === 'known' ? match.slot : null,
    pattern: match.what === 'unknown' ? match.pattern : null,
    masked: match.what === 'unknown' ? matcher.maskOf(match) : '',
    line: linesIn(content, at + match.start) + 1,
    start: at + match.start,
    end: at + match.end,
  });

  return {
    look: (content) => {
      const found: GuardMatch[] = [];
      for (let at = 0; at < content.length; at += portion) {
        const here = content.subarray(at, at + matcher.buffer.length);
        const isLast = at + here.length >= content.length;
        matcher.buffer.set(here);
        for (const match of matcher.match(here.length, isLast)) {
          const each = describe(match, at, content);
          if (!found.some(({ start, end }) => start < each.end && each.start < end)) found.push(each);
        }
        matcher.wipe(0, here.length);
        if (isLast) break;
      }
      return found;
    },
  };
};
