// Puts tables into a memory that scan threads share, and gives each thread a place of its own in it.
import { readFileSync } from 'node:fs';
import { patternsFor } from '../../core/leaks/patterns/patterns.ts';
import { builtInCatalogue } from '../../core/providers/whole-catalogue.ts';
import { createEngineMemory, createRoom } from '../../node/scan/engine.ts';
import { matcherRoomBytes } from '../../node/scan/matcher.ts';
import { readLasting } from '../../node/scan/lasting-file.ts';
import { placeLasting, wipeLasting } from '../../node/scan/lasting-tables.ts';
import {
  placeTables,
  readSessionTables,
  wipeTables,
  type PlacedTables,
} from '../../node/scan/placed-tables.ts';
import { writePrefixTable } from '../../node/scan/prefix-search.ts';
import { guardFile } from './guard-file.ts';
import type { Eyes, Matching } from './matching.ts';

const firstAddress = 65_536;

/** The judges of unknown values; the same in every thread, since the same catalogue makes them. */
export const judgeOf = (generic: boolean) => patternsFor(builtInCatalogue.providers, { generic });

type PlaceIn = (memory: WebAssembly.Memory, take: (bytes: number) => number) => PlacedTables;

type EyesParts = {
  readonly generation: string;
  readonly placeIn: PlaceIn;
  readonly valueKey: Uint8Array;
  readonly threads: number;
  readonly withUnknown: boolean;
};

const eyesOf = ({ generation, placeIn, valueKey, threads, withUnknown }: EyesParts): Eyes => {
  const memory = createEngineMemory();
  const { take, end } = createRoom(memory, firstAddress);
  const placed = placeIn(memory, take);
  const table = (generic: boolean): number =>
    withUnknown ? writePrefixTable(memory, take, judgeOf(generic)) : 0;
  const prefixTables = { prefixed: table(false), all: table(true) };
  const roomOf = (wanted: boolean): number => (wanted ? take(matcherRoomBytes) : 0);
  const rooms = Array.from({ length: threads }, () => ({
    none: roomOf(true),
    prefixed: roomOf(withUnknown),
    all: roomOf(withUnknown),
  }));
  return {
    generation,
    withUnknown,
    setupOf: (thread) => {
      const own = rooms[thread];
      if (own === undefined) throw new Error('a thread more than there is room for');
      return { memory, placed, prefixTables, rooms: own, valueKey };
    },
    wipe: () => {
      new Uint8Array(memory.buffer).fill(0, firstAddress, Math.min(end(), memory.buffer.byteLength));
      valueKey.fill(0);
    },
  };
};

const readHead = (head: string): unknown => {
  try {
    return JSON.parse(head) as unknown;
  } catch {
    return null;
  }
};

const readFile = (path: string): Uint8Array | null => {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
};

/** Tables by the engine. */
export const engineMatching = (): Matching => ({
  ofSession: (generation, head, [valueKey, ...parts], threads) => {
    const tables = readSessionTables(readHead(head), parts);
    if (tables === null || valueKey === undefined) return null;
    const placeIn: PlaceIn = (memory, take) => placeTables(memory, take, tables);
    const eyes = eyesOf({ generation, placeIn, valueKey, threads, withUnknown: true });
    wipeTables(tables);
    return eyes;
  },
  lasting: (home, threads) => {
    const file = readFile(guardFile(home));
    const read = file === null ? null : readLasting(file);
    file?.fill(0);
    if (read === null || !read.ok) return null;
    const tables = read.value;
    const placeIn: PlaceIn = (memory, take) => placeLasting(memory, take, tables);
    // Unknown values are told apart by a key of the vault, so they are not looked for without it.
    const valueKey = new Uint8Array(32);
    const eyes = eyesOf({ generation: tables.generation, placeIn, valueKey, threads, withUnknown: false });
    wipeLasting(tables);
    return eyes;
  },
});
