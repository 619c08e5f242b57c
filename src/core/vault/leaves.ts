// A leaf lists the rows of one table whose ids begin with the same byte (docs/vault-format-v1.md §6.1): id, revision and
// tag, packed in 40 bytes each and sorted. Pure functions on packed lists; who seals and stores them is elsewhere.
import { compareAt, readU64, wordsOf, writeU64 } from './bytes.ts';
import { idBytes, tagBytes } from './envelope.ts';
import type { RecordTable } from './vault-types.ts';

export const entryBytes = 40;
export const bucketCount = 256;
const revisionAt = idBytes;
const tagAt = idBytes + 8;

export type Entry = { readonly id: Uint8Array; readonly revision: number; readonly tag: Uint8Array };

const firstLeaf: Readonly<Record<RecordTable, number>> = { meta: 256, secret: 512 };
/** Keys of all leaves: meta 256..511, secret 512..767. */
export const leafCount = 512;
export const firstLeafKey = 256;

export const leafKey = (table: RecordTable, bucket: number): number => firstLeaf[table] + bucket;

export const entryCount = (list: Uint8Array): number => list.length / entryBytes;

/** Index of the first entry that is not below `id`. */
const lowerBound = (list: Uint8Array, id: Uint8Array): number => {
  let low = 0;
  let high = entryCount(list);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareAt(list, middle * entryBytes, id, 0, idBytes) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
};

const holds = (list: Uint8Array, index: number, id: Uint8Array): boolean =>
  index < entryCount(list) && compareAt(list, index * entryBytes, id, 0, idBytes) === 0;

export const entryAt = (list: Uint8Array, index: number): Entry => {
  const at = index * entryBytes;
  return {
    id: list.slice(at, at + idBytes),
    revision: readU64(list, at + revisionAt),
    tag: list.slice(at + tagAt, at + tagAt + tagBytes),
  };
};

export const findEntry = (list: Uint8Array, id: Uint8Array): Entry | null => {
  const index = lowerBound(list, id);
  return holds(list, index, id) ? entryAt(list, index) : null;
};

const packEntry = (entry: Entry): Uint8Array => {
  const packed = new Uint8Array(entryBytes);
  packed.set(entry.id);
  writeU64(packed, revisionAt, entry.revision);
  packed.set(entry.tag, tagAt);
  return packed;
};

/** A new list with the entry added or replaced. */
export const withEntry = (list: Uint8Array, entry: Entry): Uint8Array => {
  const index = lowerBound(list, entry.id);
  const skip = holds(list, index, entry.id) ? 1 : 0;
  const next = new Uint8Array(list.length + (skip === 1 ? 0 : entryBytes));
  next.set(list.subarray(0, index * entryBytes));
  next.set(packEntry(entry), index * entryBytes);
  next.set(list.subarray((index + skip) * entryBytes), (index + 1) * entryBytes);
  return next;
};

/** A new list without that id. */
export const withoutEntry = (list: Uint8Array, id: Uint8Array): Uint8Array => {
  const index = lowerBound(list, id);
  if (!holds(list, index, id)) return list;
  const next = new Uint8Array(list.length - entryBytes);
  next.set(list.subarray(0, index * entryBytes));
  next.set(list.subarray((index + 1) * entryBytes), index * entryBytes);
  return next;
};

/** Packs sorted columns, as one query gives them, into a list. */
export const packColumns = (ids: Uint8Array, revisions: readonly number[], tags: Uint8Array): Uint8Array => {
  const list = new Uint8Array(revisions.length * entryBytes);
  for (let index = 0; index < revisions.length; index += 1) {
    const at = index * entryBytes;
    list.set(ids.subarray(index * idBytes, (index + 1) * idBytes), at);
    writeU64(list, at + revisionAt, revisions[index] as number);
    list.set(tags.subarray(index * tagBytes, (index + 1) * tagBytes), at + tagAt);
  }
  return list;
};

/** Whole entries, strictly ascending, all in the bucket: what a strict reader asks of an opened leaf. */
export const isLeafSound = (list: Uint8Array, bucket: number): boolean => {
  if (list.length === 0 || list.length % entryBytes !== 0) return false;
  for (let at = 0; at < list.length; at += entryBytes) {
    if (list[at] !== bucket) return false;
    if (at > 0 && compareAt(list, at - entryBytes, list, at, idBytes) >= 0) return false;
  }
  return true;
};

const pairBytes = idBytes + tagBytes;

/** `scale` is how many bytes an item of the arrays has: they are read as they come, byte by byte or word by word. */
const sameItems = (
  list: Uint8Array | Uint32Array,
  pairs: Uint8Array | Uint32Array,
  count: number,
  scale: number,
): boolean => {
  const [entrySize, pairSize] = [entryBytes / scale, pairBytes / scale];
  const [idSize, gap] = [idBytes / scale, (tagAt - idBytes) / scale];
  for (let index = 0; index < count; index += 1) {
    const entry = index * entrySize;
    const pair = index * pairSize;
    for (let at = 0; at < idSize; at += 1) if (list[entry + at] !== pairs[pair + at]) return false;
    for (let at = idSize; at < pairSize; at += 1)
      if (list[entry + gap + at] !== pairs[pair + at]) return false;
  }
  return true;
};

/** Whether id and tag of every entry are those of the pairs (16 and 16 bytes), in order. */
export const matchesPairs = (list: Uint8Array, pairs: Uint8Array): boolean => {
  const count = entryCount(list);
  if (pairs.length !== count * pairBytes) return false;
  const [listWords, pairWords] = [wordsOf(list), wordsOf(pairs)];
  return listWords === null || pairWords === null
    ? sameItems(list, pairs, count, 1)
    : sameItems(listWords, pairWords, count, Uint32Array.BYTES_PER_ELEMENT);
};

export const revisionAtEntry = (list: Uint8Array, index: number): number =>
  readU64(list, index * entryBytes + revisionAt);

export const sumOfRevisions = (list: Uint8Array): number => {
  let sum = 0;
  for (let index = 0; index < entryCount(list); index += 1) sum += revisionAtEntry(list, index);
  return sum;
};
