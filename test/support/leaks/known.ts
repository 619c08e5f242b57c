// Tables and a matcher for values, as the scanner has them, for tests.
import { randomBytes } from 'node:crypto';
import type { KnownMatch } from '../../../src/core/leaks/matching.ts';
import type { WantedValue } from '../../../src/core/leaks/session-windows.ts';
import { createEngineMemory, createSharedRoom } from '../../../src/node/scan/engine.ts';
import { createMatcher, matcherRoomBytes, type Matcher } from '../../../src/node/scan/matcher.ts';
import { placeTables, readSessionTables } from '../../../src/node/scan/placed-tables.ts';
import { buildSessionTables, type BuiltTables } from '../../../src/node/scan/tables.ts';

export const random = { bytes: (length: number): Uint8Array => new Uint8Array(randomBytes(length)) };

export const wanted = (values: readonly string[], publicLength = 0): readonly WantedValue[] =>
  values.map((value, slot) => ({ slot, bytes: new TextEncoder().encode(value), publicLength }));

export type Known = {
  readonly built: BuiltTables;
  readonly memory: WebAssembly.Memory;
  readonly matcher: Matcher;
  readonly find: (text: string | Uint8Array) => readonly KnownMatch[];
};

export const knownOf = (values: readonly WantedValue[]): Known => {
  const built = buildSessionTables(values, random);
  const memory = createEngineMemory();
  const { take } = createSharedRoom(memory);
  const read = readSessionTables(JSON.parse(JSON.stringify(built.tables.head)), built.tables.parts);
  if (read === null) throw new Error('tables that the reader refuses');
  const tables = placeTables(memory, take, read);
  const matcher = createMatcher({ memory, room: take(matcherRoomBytes), tables, unknown: null });
  return {
    built,
    memory,
    matcher,
    find: (text) => {
      const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
      matcher.buffer.set(bytes);
      const matches = matcher.match(bytes.length).filter((match) => match.what === 'known');
      matcher.wipe(bytes.length);
      return matches;
    },
  };
};
