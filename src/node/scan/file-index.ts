// What files were when they were last read: two keyed 64-bit hashes each, of the path and of size, times and inode. A file that is still what it was is
// passed over. The index knows no path; at rest it is sealed by the agent, here it lives as long as a scan. docs/scanning.md §5.
import { lstatSync, type BigIntStats } from 'node:fs';
import type { FilePath } from './file-path.ts';
import { keyedHash } from './keyed-hash.ts';

export const indexKeyBytes = 32;
const pairBytes = 16;
/** Beyond this many files the index is begun anew. */
export const mostIndexed = 4_000_000;

/** In memory that the threads share. */
export type SharedIndex = { readonly key: Uint8Array; readonly table: SharedArrayBuffer };

const hash64 = (key: Uint8Array, ...parts: readonly (string | Uint8Array)[]): bigint => {
  const hash = keyedHash(key, Buffer.concat(parts.map((part) => Buffer.from(part))));
  const found = new DataView(hash.buffer, hash.byteOffset, hash.length).getBigUint64(0, true);
  // Zero marks an empty place.
  return found === 0n ? 1n : found;
};

/** What a path is called in the index. */
export const pathMark = (key: Uint8Array, path: FilePath): bigint => hash64(key, 'path\0', path);

const factsText = ({ size, mtimeNs, ctimeNs, ino, dev }: BigIntStats): string =>
  [size, mtimeNs, ctimeNs, ino, dev].join(' ');

/** What a file is now; null where it is none. Asked before it is read: what changes while it is read is read again. */
export const fileMark = (key: Uint8Array, path: FilePath): bigint | null => {
  const facts = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  return facts?.isFile() === true ? hash64(key, 'file\0', factsText(facts)) : null;
};

const capacityFor = (pairs: number): number => {
  let capacity = 1_024;
  while (capacity < pairs * 2) capacity *= 2;
  return capacity;
};

const placeOf = (table: BigUint64Array, name: bigint): number => {
  const mask = table.length / 2 - 1;
  let at = Number(name & BigInt(mask));
  while (table[2 * at] !== 0n && table[2 * at] !== name) at = (at + 1) & mask;
  return at;
};

/** What a path was; null where it was never read whole. */
export const lookUp = ({ table }: SharedIndex, name: bigint): bigint | null => {
  const words = new BigUint64Array(table);
  const at = placeOf(words, name);
  return words[2 * at] === name ? (words[2 * at + 1] ?? null) : null;
};

const pairsIn = (bytes: Uint8Array): BigUint64Array => {
  const count = Math.floor((bytes.length - indexKeyBytes) / pairBytes);
  const pairs = new BigUint64Array(count * 2);
  new Uint8Array(pairs.buffer).set(bytes.subarray(indexKeyBytes, indexKeyBytes + count * pairBytes));
  return pairs;
};

/** An index as the agent sent it: a key, then pairs. */
export const openIndex = (bytes: Uint8Array): SharedIndex | null => {
  if (bytes.length < indexKeyBytes) return null;
  const pairs = pairsIn(bytes);
  const table = new SharedArrayBuffer(capacityFor(pairs.length / 2) * pairBytes);
  const words = new BigUint64Array(table);
  for (let at = 0; at < pairs.length; at += 2) {
    const name = pairs[at] ?? 0n;
    if (name === 0n) continue;
    const place = placeOf(words, name);
    words[2 * place] = name;
    words[2 * place + 1] = pairs[at + 1] ?? 0n;
  }
  return { key: bytes.slice(0, indexKeyBytes), table };
};

/** The pairs of the index with newer ones in their place, as the agent keeps them. */
export const withMarks = (index: SharedIndex, marks: readonly BigUint64Array[]): Uint8Array => {
  const all = new Map<bigint, bigint>();
  const words = new BigUint64Array(index.table);
  const fresh = marks.reduce((sum, { length }) => sum + length / 2, 0);
  if (fresh < mostIndexed / 2)
    for (let at = 0; at < words.length; at += 2)
      if (words[at] !== 0n) all.set(words[at] ?? 0n, words[at + 1] ?? 0n);
  for (const list of marks) {
    for (let at = 0; at < list.length && all.size < mostIndexed; at += 2) {
      // A file that was not read whole is read again.
      if (list[at + 1] === 0n) all.delete(list[at] ?? 0n);
      else all.set(list[at] ?? 0n, list[at + 1] ?? 0n);
    }
  }
  const bytes = new Uint8Array(indexKeyBytes + all.size * pairBytes);
  bytes.set(index.key);
  const pairs = new BigUint64Array([...all].flat());
  bytes.set(new Uint8Array(pairs.buffer), indexKeyBytes);
  return bytes;
};
