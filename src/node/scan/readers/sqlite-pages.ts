// Pages, b-trees and records of a SQLite file, read by hand and read-only: opening an unknown database with SQLite would write beside it,
// take locks, need a copy, and run what its schema says. Every page is looked at once at most, so no file can lead in circles.
// Format: sqlite.org/fileformat2.html, of which the numbers below are.
import { Unreadable, type Extent } from './input.ts';

const broken = (): Unreadable => new Unreadable('broken-archive');

const headerBytes = 100;
const interiorIndex = 0x02;
const interiorTable = 0x05;
const leafIndex = 0x0a;
const leafTable = 0x0d;

/** Pages as a reader sees them, with what the write-ahead log has for them. */
export type Pages = {
  readonly pageBytes: number;
  readonly usable: number;
  readonly count: number;
  /** A page, numbered from 1; valid until the next call. Null the second time, and where there is none. */
  readonly visit: (number: number) => Uint8Array | null;
  /** Like `visit`, but for pages that nobody visited so far. */
  readonly isVisited: (number: number) => boolean;
  readonly wipe: () => void;
};

const u16 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
const u32 = (bytes: Uint8Array, at: number): number => u16(bytes, at) * 65_536 + u16(bytes, at + 2);

/** Where each page of the log's present generation stands in it. */
const readLog = (log: Extent, pageBytes: number): ReadonlyMap<number, number> => {
  const places = new Map<number, number>();
  const header = new Uint8Array(32);
  if (log.readAt(0, header) < 32 || (u32(header, 0) & 0xfffffffe) !== 0x377f0682) return places;
  if (u32(header, 8) !== pageBytes) return places;
  const frame = new Uint8Array(24);
  for (let at = 32; at + 24 + pageBytes <= log.size; at += 24 + pageBytes) {
    if (log.readAt(at, frame) < 24) break;
    // Frames of an earlier generation have other salts.
    if (!frame.subarray(8, 16).every((byte, index) => byte === header[16 + index])) break;
    places.set(u32(frame, 0), at + 24);
  }
  return places;
};

/** Opens a database of which the first bytes are known to be one. @param log the write-ahead log beside it */
export const openPages = (database: Extent, log: Extent | null): Pages => {
  const header = new Uint8Array(headerBytes);
  if (database.readAt(0, header) < headerBytes) throw broken();
  const size = u16(header, 16);
  const pageBytes = size === 1 ? 65_536 : size;
  if (pageBytes < 512 || (pageBytes & (pageBytes - 1)) !== 0) throw broken();
  const usable = pageBytes - (header[20] ?? 0);
  if (usable < 480) throw broken();
  const inLog = log === null ? new Map<number, number>() : readLog(log, pageBytes);
  const inFile = Math.ceil(database.size / pageBytes);
  const count = [...inLog.keys()].reduce((most, number) => Math.max(most, number), inFile);
  // A log cannot make a database larger than itself and the file together.
  if (count > inFile + inLog.size) throw broken();
  const visited = new Uint8Array(Math.ceil((count + 1) / 8));
  const page = new Uint8Array(pageBytes);
  return {
    pageBytes,
    usable,
    count,
    isVisited: (number) => ((visited[number >> 3] ?? 0) & (1 << (number & 7))) !== 0,
    wipe: () => {
      page.fill(0);
    },
    visit: (number) => {
      const bit = 1 << (number & 7);
      const place = number >> 3;
      if (number < 1 || number > count || ((visited[place] ?? 0) & bit) !== 0) return null;
      visited[place] = (visited[place] ?? 0) | bit;
      const logged = inLog.get(number);
      const length =
        logged === undefined || log === null
          ? database.readAt((number - 1) * pageBytes, page)
          : log.readAt(logged, page);
      page.fill(0, length);
      return page;
    },
  };
};

type Varint = { readonly value: number; readonly next: number };

export const varintAt = (bytes: Uint8Array, from: number): Varint => {
  let value = 0;
  for (let at = from; at < from + 8; at += 1) {
    const byte = bytes[at];
    if (byte === undefined) throw broken();
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return { value, next: at + 1 };
  }
  return { value: value * 256 + (bytes[from + 8] ?? 0), next: from + 9 };
};

/** What is done with a tree's content; nothing where a tree is only marked as visited. */
export type TreeReader = {
  /** A whole record. Its bytes are valid during the call only. */
  readonly record: (payload: Uint8Array) => void;
  /** Bytes of a page that no cell uses any more. */
  readonly unused: (bytes: Uint8Array) => void;
  /** Whether a record of so many bytes may be put together in memory. */
  readonly mayHold: (bytes: number) => boolean;
};

/** Bytes of a payload that stand in the cell itself (1.6 "B-tree Pages"). */
const localBytes = (payload: number, usable: number, isTable: boolean): number => {
  const most = isTable ? usable - 35 : Math.floor(((usable - 12) * 64) / 255) - 23;
  if (payload <= most) return payload;
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const fitting = least + ((payload - least) % (usable - 4));
  return fitting <= most ? fitting : least;
};

type Cell = { readonly local: Uint8Array; readonly size: number; readonly overflow: number };

const cellAt = (page: Uint8Array, from: number, type: number, usable: number): Cell => {
  const isTable = type === leafTable;
  const size = varintAt(page, type === interiorIndex ? from + 4 : from);
  const at = isTable ? varintAt(page, size.next).next : size.next;
  const length = localBytes(size.value, usable, isTable);
  if (at + length > usable) throw broken();
  const overflow = length < size.value ? u32(page, at + length) : 0;
  return { local: page.subarray(at, at + length), size: size.value, overflow };
};

/** Puts a payload together over its overflow pages; those that are missing leave zeros. */
const wholePayload = (pages: Pages, cell: Cell): Uint8Array => {
  const bytes = new Uint8Array(cell.size);
  bytes.set(cell.local);
  let at = cell.local.length;
  for (let next = cell.overflow; next !== 0 && at < cell.size;) {
    const page = pages.visit(next);
    if (page === null) break;
    next = u32(page, 0);
    const part = page.subarray(4, Math.min(pages.usable, 4 + cell.size - at));
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
};

/** Overflow pages of a payload that is too large to put together, or of no interest: given one by one, or only marked. */
const passOverflow = (pages: Pages, cell: Cell, reader: TreeReader | null): void => {
  for (let next = cell.overflow; next !== 0;) {
    const page = pages.visit(next);
    if (page === null) return;
    next = u32(page, 0);
    reader?.unused(page.subarray(4, pages.usable));
  }
};

/** Bytes between the list of cells and the first cell, and blocks that were freed: what was deleted stands there. */
const giveUnused = (
  page: Uint8Array,
  start: number,
  cellsEnd: number,
  usable: number,
  reader: TreeReader,
): void => {
  const content = u16(page, start + 5) || 65_536;
  if (content > cellsEnd && content <= usable) reader.unused(page.subarray(cellsEnd, content));
  let block = u16(page, start + 1);
  for (let most = usable / 4; block > 0 && most > 0; most -= 1) {
    const length = u16(page, block + 2);
    if (length < 4 || block + length > usable) return;
    reader.unused(page.subarray(block + 4, block + length));
    const next = u16(page, block);
    if (next <= block) return;
    block = next;
  }
};

const cellOffsets = (
  page: Uint8Array,
  start: number,
  isInterior: boolean,
  usable: number,
): readonly number[] => {
  const from = start + (isInterior ? 12 : 8);
  const count = Math.min(u16(page, start + 3), Math.floor((usable - from) / 2));
  const offsets: number[] = [];
  for (let at = from; at < from + 2 * count; at += 2) {
    const offset = u16(page, at);
    if (offset >= from && offset < usable) offsets.push(offset);
  }
  return offsets;
};

const readCells = (pages: Pages, cells: readonly Cell[], reader: TreeReader | null): void => {
  for (const cell of cells) {
    if (reader === null || (cell.overflow !== 0 && !reader.mayHold(cell.size)))
      passOverflow(pages, cell, reader);
    else if (cell.overflow === 0) reader.record(cell.local);
    else {
      const payload = wholePayload(pages, cell);
      try {
        reader.record(payload);
      } finally {
        payload.fill(0);
      }
    }
  }
};

/** Walks the tree that begins at a page. */
export const readTree = (pages: Pages, root: number, reader: TreeReader | null): void => {
  const pending = [root];
  for (let number = pending.pop(); number !== undefined; number = pending.pop()) {
    const visited = pages.visit(number);
    if (visited === null) continue;
    const start = number === 1 ? headerBytes : 0;
    const type = visited[start] ?? 0;
    if (type !== interiorIndex && type !== interiorTable && type !== leafIndex && type !== leafTable)
      continue;
    // Overflow pages are read into the same room.
    const page = visited.slice();
    const isInterior = type === interiorIndex || type === interiorTable;
    const offsets = cellOffsets(page, start, isInterior, pages.usable);
    if (isInterior) {
      const children = [...offsets.map((offset) => u32(page, offset)), u32(page, start + 8)];
      pending.push(...children.toReversed());
    }
    if (type === interiorTable) continue;
    const cells = offsets.map((offset) => cellAt(page, offset, type, pages.usable));
    try {
      readCells(pages, cells, reader);
      if (reader !== null && !isInterior)
        giveUnused(page, start, start + 8 + 2 * offsets.length, pages.usable, reader);
    } finally {
      page.fill(0);
    }
  }
};
