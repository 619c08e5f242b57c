// Puts tables into a memory that scan threads share, and gives each thread a place of its own in it.
import { patternsFor } from '../../core/leaks/patterns/patterns.ts';
import { builtInCatalogue } from '../../core/providers/whole-catalogue.ts';
import { createEngineMemory, createRoom } from '../../node/scan/engine.ts';
import { matcherRoomBytes } from '../../node/scan/matcher.ts';
import {
  placeTables,
  readSessionTables,
  wipeTables,
  type PlacedTables,
} from '../../node/scan/placed-tables.ts';
import { writePrefixTable } from '../../node/scan/prefix-search.ts';
import type { SessionTables } from '../../node/scan/tables.ts';
import type { Eyes, Matching } from './matching.ts';

const firstAddress = 65_536;

/** The judges of unknown values; the same in every thread, since the same catalogue makes them. */
export const judgeOf = (generic: boolean) => patternsFor(builtInCatalogue.providers, { generic });

const place = (tables: SessionTables | null, threads: number) => {
  const memory = createEngineMemory();
  const room = createRoom(memory, firstAddress);
  const placed: PlacedTables | null = tables === null ? null : placeTables(memory, room.take, tables);
  const prefixTables = {
    prefixed: writePrefixTable(memory, room.take, judgeOf(false)),
    all: writePrefixTable(memory, room.take, judgeOf(true)),
  };
  const rooms = Array.from({ length: threads }, () => ({
    none: room.take(matcherRoomBytes),
    prefixed: room.take(matcherRoomBytes),
    all: room.take(matcherRoomBytes),
  }));
  return { memory, placed, prefixTables, rooms, end: room.end };
};

const eyesOf = (
  generation: string,
  tables: SessionTables | null,
  valueKey: Uint8Array,
  threads: number,
): Eyes => {
  const { memory, placed, prefixTables, rooms, end } = place(tables, threads);
  return {
    generation,
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

/** Tables by the engine. */
export const engineMatching = (): Matching => ({
  ofSession: (generation, head, [valueKey, ...parts], threads) => {
    const tables = readSessionTables(readHead(head), parts);
    if (tables === null || valueKey === undefined) return null;
    const eyes = eyesOf(generation, tables, valueKey, threads);
    wipeTables(tables);
    return eyes;
  },
  lasting: () => null,
});
