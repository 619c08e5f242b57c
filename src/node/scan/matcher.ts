// Finds keys in one buffer of bytes: known values by tables and the walk, unknown ones by their literals. One for each thread; the
// memory and the tables are shared. docs/scanning.md §2.
import {
  overlapBytes,
  type KnownMatch,
  type Match,
  type UnknownJudge,
  type UnknownMatch,
} from '../../core/leaks/matching.ts';
import { createRoom, startEngine, type EngineExports } from './engine.ts';
import { createKnownSearch, outBytes, type KnownSearch } from './known-search.ts';
import type { PlacedTables } from './placed-tables.ts';
import { createPrefixSearch, type PrefixSearch } from './prefix-search.ts';

/** Bytes that are matched at once, and room in front for what two chunks share. */
export const bufferBytes = 4 * 1024 * 1024 + 2 * 16_384;
/** The engine reads so many bytes beyond both ends of a text; they are zeros. */
const margin = 256;

/** Room in the memory that a matcher takes for itself. */
export const matcherRoomBytes = 3 * margin + bufferBytes + bufferBytes / 2 + outBytes + 256 * 1024;

export type Matcher = {
  /** Where the bytes go that are to be matched. */
  readonly buffer: Uint8Array;
  /**
   * Matches in the first `length` bytes of the buffer, in order.
   * @param isLast false where the piece goes on: an unknown value that begins within its last `overlapBytes` is left to the next chunk
   */
  readonly match: (length: number, isLast?: boolean) => readonly Match[];
  /** What a text is that was matched last: of two bytes for each character, or not. */
  readonly isWide: () => boolean;
  readonly maskOf: (match: UnknownMatch) => string;
  readonly countLines: (from: number, to: number) => number;
  readonly countCharacters: (from: number, to: number) => number;
  /** Overwrites bytes of the buffer. */
  readonly wipe: (from: number, to: number) => void;
  readonly dispose: () => void;
};

export type MatcherParts = {
  readonly memory: WebAssembly.Memory;
  /** Address of `matcherRoomBytes` of this matcher alone. */
  readonly room: number;
  /** Null: unknown values alone. */
  readonly tables: PlacedTables | null;
  /** Null: known values alone. `table`: see writePrefixTable. */
  readonly unknown: { readonly judge: UnknownJudge; readonly table: number } | null;
};

type Text = { readonly begin: number; readonly length: number };
type Width = 'narrow' | 'little' | 'big';

const samples = 256;
/** Of the sampled pairs so many must look like a character of two bytes. */
const leastPairs = 0.6;

/** Whether a text is of two bytes for each character: by its mark, or by its zeros. */
const widthOf = (bytes: Uint8Array, length: number): Width => {
  if (length < 16) return 'narrow';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'little';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'big';
  const step = Math.max(2, 2 * Math.floor(length / (2 * samples)));
  let [little, big, all] = [0, 0, 0];
  for (let at = 0; at + 1 < length && at < step * samples; at += step) {
    all += 1;
    if (bytes[at] !== 0 && bytes[at + 1] === 0) little += 1;
    else if (bytes[at] === 0 && bytes[at + 1] !== 0) big += 1;
  }
  if (little > leastPairs * all) return 'little';
  return big > leastPairs * all ? 'big' : 'narrow';
};

/** A match in the narrow copy, as it stands in the wide text. */
const widened = (match: KnownMatch): KnownMatch => ({
  ...match,
  encoding: match.encoding === 'plain' || match.encoding === 'joined' ? 'utf-16' : match.encoding,
  start: 2 * match.start,
  end: 2 * match.end,
});

/** What is base64 in such a text as well is left: nobody writes that. */
const widenedUnknown = (match: UnknownMatch): readonly UnknownMatch[] =>
  match.encoding === undefined
    ? [{ ...match, encoding: 'utf-16', start: 2 * match.start, end: 2 * match.end }]
    : [];

class SharedMatcher implements Matcher {
  readonly buffer: Uint8Array;
  readonly #engine: EngineExports;
  readonly #known: KnownSearch | null;
  readonly #prefixes: PrefixSearch | null;
  readonly #judge: UnknownJudge | null;
  readonly #begin: number;
  readonly #narrow: number;
  readonly #room: number;
  #width: Width = 'narrow';

  constructor({ memory, room, tables, unknown }: MatcherParts) {
    const { take } = createRoom(memory, room);
    this.#room = room;
    this.#engine = startEngine(memory);
    this.#begin = take(2 * margin + bufferBytes) + margin;
    this.#narrow = take(margin + bufferBytes / 2);
    this.buffer = new Uint8Array(memory.buffer, this.#begin, bufferBytes);
    this.#known =
      tables === null
        ? null
        : createKnownSearch({ memory, engine: this.#engine, out: take(outBytes), tables });
    this.#judge = unknown?.judge ?? null;
    this.#prefixes =
      unknown === null ? null : createPrefixSearch({ engine: this.#engine, memory, take, ...unknown });
  }

  /** A wide text is looked at as it is, and as one of single bytes, in which joins and escapes are like those of any text. */
  #searchKnown(length: number): readonly KnownMatch[] {
    const known = this.#known;
    if (known === null) return [];
    const text: Text = { begin: this.#begin, length };
    const found = known.search(text);
    if (this.#width === 'narrow') return found;
    const narrow = known.search({ begin: this.#narrow, length: length >> 1 }).map(widened);
    const fresh = narrow.filter(
      (match) =>
        !found.some(({ slot, start, end }) => slot === match.slot && start < match.end && match.start < end),
    );
    return [...found, ...fresh];
  }

  #searchUnknown(length: number, isLast: boolean): readonly UnknownMatch[] {
    const prefixes = this.#prefixes;
    if (prefixes === null) return [];
    const searchAt = (begin: number, size: number, overlap: number): readonly UnknownMatch[] => {
      const end = begin + size;
      return prefixes.search({ begin, end, until: isLast ? end : Math.max(begin, end - overlap) });
    };
    return this.#width === 'narrow'
      ? searchAt(this.#begin, length, overlapBytes)
      : searchAt(this.#narrow, length >> 1, overlapBytes >> 1).flatMap(widenedUnknown);
  }

  readonly match = (length: number, isLast = true): readonly Match[] => {
    this.wipe(length, Math.min(length + margin, bufferBytes));
    this.#width = widthOf(this.buffer, length);
    const isWide = this.#width !== 'narrow';
    const pairs = length >> 1;
    if (isWide) this.#engine.narrow(this.#begin, this.#narrow, pairs, this.#width === 'big');
    const known = this.#searchKnown(length);
    const unknown = this.#searchUnknown(length, isLast).filter(
      ({ start, end }) => !known.some((match) => match.start < end && start < match.end),
    );
    if (isWide) this.#engine.wipe(this.#narrow, pairs);
    return [...known, ...unknown].toSorted((left, right) => left.start - right.start);
  };

  readonly isWide = (): boolean => this.#width !== 'narrow';

  readonly maskOf = (match: UnknownMatch): string => this.#judge?.maskOf(this.buffer, match) ?? '';

  readonly countLines = (from: number, to: number): number =>
    this.#engine.countLines(this.#begin + from, to - from);

  readonly countCharacters = (from: number, to: number): number =>
    this.#engine.countCharacters(this.#begin + from, to - from);

  readonly wipe = (from: number, to: number): void => {
    this.#engine.wipe(this.#begin + from, to - from);
  };

  readonly dispose = (): void => {
    this.#known?.wipe();
    this.#engine.wipe(this.#room, matcherRoomBytes);
  };
}

/** A matcher for one thread. */
export const createMatcher = (parts: MatcherParts): Matcher => new SharedMatcher(parts);
