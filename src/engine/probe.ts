// The tables of the kernel and how a word is looked up in them: a bitmap by a multiplication with a secret number, two bits of one group
// of 64 for each word, which nearly every word of a text fails, then entries by a keyed hash. node/scan/tables.ts writes the head; docs/fingerprints.md says what it gives away.
import { sipHash } from './sip-hash';

export const multiplierAt: usize = 0;
export const shiftAt: usize = 8;
export const bitmapAt: usize = 12;
export const entriesAt: usize = 16;
export const entryMaskAt: usize = 20;
export const strideAt: usize = 24;
/** Which windows are tested at a join: bit n is the one with n characters in front of it. */
export const aroundAt: usize = 28;
export const keyAt: usize = 32;

// What is written: how many; room for the collectors; then records of 16 bytes: address, form, offset within the form.
export const leftAt: usize = 8;
export const rightCountAt: usize = 48;
const wordAt: usize = 56;
const recordsAt: usize = 64;

/** Writes a record for each entry of the word. Entries are tag, form + 1 and offset: 32, 27 and 5 bits. */
export function probe(table: usize, word: u64, at: usize, out: usize): void {
  store<u64>(out + wordAt, word);
  const hash = sipHash(table + keyAt, out + wordAt, 8);
  const entries = <usize>load<u32>(table + entriesAt);
  const mask = load<u32>(table + entryMaskAt);
  const tag = <u32>(hash >> 32);
  let index = <u32>hash & mask;
  for (;;) {
    const entry = load<u64>(entries + (<usize>index << 3));
    if (entry == 0) return;
    if (<u32>(entry >> 32) == tag) {
      const count = load<u32>(out);
      const record = out + recordsAt + (<usize>count << 4);
      store<u32>(record, <u32>at);
      store<u32>(record + 4, (<u32>entry >> 5) - 1);
      store<u32>(record + 8, <u32>entry & 31);
      store<u32>(out, count + 1);
    }
    index = (index + 1) & mask;
  }
}

// @ts-ignore: decorator of AssemblyScript
@inline
export function inBitmap(bitmap: usize, multiplier: u64, shift: u64, word: u64): bool {
  const hash = (word * multiplier) >> shift;
  const bits = load<u64>(bitmap + ((<usize>(hash >> 12)) << 3));
  return (((bits >> (hash & 63)) & (bits >> ((hash >> 6) & 63))) & 1) != 0;
}

/** Looks a word up that is not one of the text as it stands. */
export function testWord(table: usize, word: u64, at: usize, out: usize): void {
  const bitmap = <usize>load<u32>(table + bitmapAt);
  const shift = <u64>load<u32>(table + shiftAt);
  if (inBitmap(bitmap, load<u64>(table + multiplierAt), shift, word)) probe(table, word, at, out);
}

/** More entries of one word than so many are not kept: it stands in too many values to tell them apart. */
const mostOfWord = 8;

/** Enters words into a table: eight bytes each, and for each the lower half of its entry. */
export function insertWords(table: usize, words: usize, payloads: usize, count: u32): void {
  const bitmap = <usize>load<u32>(table + bitmapAt);
  const entries = <usize>load<u32>(table + entriesAt);
  const mask = load<u32>(table + entryMaskAt);
  const multiplier = load<u64>(table + multiplierAt);
  const shift = <u64>load<u32>(table + shiftAt);
  for (let i: u32 = 0; i < count; i++) {
    const word = load<u64>(words + (<usize>i << 3));
    const hash = sipHash(table + keyAt, words + (<usize>i << 3), 8);
    const entry = (hash & 0xffffffff00000000) | <u64>load<u32>(payloads + (<usize>i << 2));
    let index = <u32>hash & mask;
    let alike = 0;
    for (;;) {
      const there = load<u64>(entries + (<usize>index << 3));
      if (there == 0 || there == entry) break;
      if (there >> 32 == entry >> 32) alike++;
      index = (index + 1) & mask;
    }
    if (alike >= mostOfWord) continue;
    store<u64>(entries + (<usize>index << 3), entry);
    const bits = (word * multiplier) >> shift;
    const group = bitmap + ((<usize>(bits >> 12)) << 3);
    store<u64>(group, load<u64>(group) | ((<u64>1) << (bits & 63)) | ((<u64>1) << ((bits >> 6) & 63)));
  }
}
