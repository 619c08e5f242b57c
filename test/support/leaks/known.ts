// Tables and a matcher for values, as the scanner has them, for tests.
import { randomBytes } from 'node:crypto';
import type { KnownMatch } from '../../../src/core/leaks/matching.ts';
import type { WantedValue } from '../../../src/core/leaks/session-windows.ts';
import { createEngineMemory, createSharedRoom } from '../../../src/node/scan/engine.ts';
import { createMatcher, matcherRoomBytes, type Matcher } from '../../../src/node/scan/matcher.ts';
import { placeTables, readSessionTables } from '../../../src/node/scan/placed-tables.ts';
import type { LastingValue } from '../../../src/core/leaks/lasting-windows.ts';
import { readLasting, writeLasting } from '../../../src/node/scan/lasting-file.ts';
import {
  buildLastingTables,
  placeLasting,
  type BuiltLasting,
} from '../../../src/node/scan/lasting-tables.ts';
import type { PlacedTables } from '../../../src/node/scan/placed-tables.ts';
import { buildSessionTables, type BuiltTables } from '../../../src/node/scan/tables.ts';

export const random = { bytes: (length: number): Uint8Array => new Uint8Array(randomBytes(length)) };

export const wanted = (values: readonly string[], publicLength = 0): readonly WantedValue[] =>
  values.map((value, slot) => ({ slot, bytes: new TextEncoder().encode(value), publicLength }));

export type Known<B = BuiltTables> = {
  readonly built: B;
  readonly memory: WebAssembly.Memory;
  readonly matcher: Matcher;
  readonly find: (text: string | Uint8Array) => readonly KnownMatch[];
};

type Place = (memory: WebAssembly.Memory, take: (bytes: number) => number) => PlacedTables;

const finder = <B>(built: B, place: Place): Known<B> => {
  const memory = createEngineMemory();
  const { take } = createSharedRoom(memory);
  const tables = place(memory, take);
  const matcher = createMatcher({ memory, room: take(matcherRoomBytes), tables, unknown: null });
  return {
    built,
    memory,
    matcher,
    find: (text) => {
      const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
      matcher.buffer.set(bytes);
      const matches = matcher.match(bytes.length).filter((match) => match.what === 'known');
      matcher.wipe(0, bytes.length);
      return matches;
    },
  };
};

/** As the scanner has values while the vault is unlocked: over JSON and bytes. */
export const knownOf = (values: readonly WantedValue[]): Known => {
  const built = buildSessionTables(values, random);
  const read = readSessionTables(JSON.parse(JSON.stringify(built.tables.head)), built.tables.parts);
  if (read === null) throw new Error('tables that the reader refuses');
  return finder(built, (memory, take) => placeTables(memory, take, read));
};

export const lastingValues = (
  values: readonly WantedValue[],
  estimateBits: number | null = null,
): readonly LastingValue[] => values.map((value) => ({ ...value, estimateBits }));

/** As the scanner and the guard have them while it is locked: over the file. */
export const lastingOf = (
  values: readonly LastingValue[],
): Known<BuiltLasting & { readonly file: Uint8Array }> => {
  const built = buildLastingTables(values, random, 'first');
  const file = writeLasting(built.tables);
  const read = readLasting(file);
  if (!read.ok) throw new Error('a file that the reader refuses');
  return finder({ ...built, file }, (memory, take) => placeLasting(memory, take, read.value));
};
