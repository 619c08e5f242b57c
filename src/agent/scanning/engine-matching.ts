// Puts tables into a memory that scan threads share, and gives each thread a place of its own in it.
import { readFileSync } from 'node:fs';
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

type PlaceIn = (memory: WebAssembly.Memory, take: (bytes: number) => number) => PlacedTables;

type EyesParts = {
  readonly generation: string;
  readonly placeIn: PlaceIn;
  readonly valueKey: Uint8Array;
  readonly threads: number;
  readonly withUnknown: boolean;
  /** Definitions of providers that the vault adds; '' for none. */
  readonly added: string;
};

const eyesOf = (parts: EyesParts): Eyes => {
  const { generation, placeIn, valueKey, threads, withUnknown, added } = parts;
  const memory = createEngineMemory();
  const { take, end } = createRoom(memory, firstAddress);
  const placed = placeIn(memory, take);
  const rooms = Array.from({ length: threads }, () => take(matcherRoomBytes));
  let literals: Promise<number> | null = null;
  const writeLiterals = async (): Promise<number> => {
    const { judgeOf } = await import('./judges.ts');
    return writePrefixTable(memory, take, await judgeOf(false, added));
  };
  return {
    generation,
    withUnknown,
    setupOf: (thread) => {
      const room = rooms[thread];
      if (room === undefined) throw new Error('a thread more than there is room for');
      return { memory, placed, room, valueKey, added };
    },
    literals: () => (literals ??= withUnknown ? writeLiterals() : Promise.resolve(0)),
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
  ofSession: (generation, head, [valueKey, definitions, ...parts], threads) => {
    const tables = readSessionTables(readHead(head), parts);
    if (tables === null || valueKey === undefined || definitions === undefined) return null;
    const added = new TextDecoder().decode(definitions);
    const placeIn: PlaceIn = (memory, take) => placeTables(memory, take, tables);
    const eyes = eyesOf({ generation, placeIn, valueKey, threads, withUnknown: true, added });
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
    const eyes = eyesOf({
      generation: tables.generation,
      placeIn,
      valueKey,
      threads,
      withUnknown: false,
      added: '',
    });
    wipeLasting(tables);
    return eyes;
  },
});
