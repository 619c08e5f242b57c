// Finds where the windows of known values stand: every stride-th word of the text, and around every join and escape. A hit is only
// a candidate: core/leaks/walk.ts reads on from it and confirms. docs/scanning.md §2, docs/fingerprints.md.
import { testAround } from './around';
import { highHalves, lowHalves, seedsOf, splats } from './filter';
import { bitmapAt, inBitmap, multiplierAt, probe, shiftAt, strideAt } from './probe';

/** A block of 64 bytes cannot lead to more than so many records. */
const reserve: u32 = 8192;

/**
 * Looks for the windows of a table in a text.
 * @param table address of its head
 * @param text address of the text; 256 bytes of zeros in front of and behind it
 * @param out address of what is written
 * @param room how many records there is room for
 * @returns where it ended: `length`, or less where the room was used up
 */
export function scanKnown(
  table: usize,
  text: usize,
  from: usize,
  length: usize,
  out: usize,
  room: u32,
): usize {
  const multiplier = load<u64>(table + multiplierAt);
  const shift = <u64>load<u32>(table + shiftAt);
  const bitmap = <usize>load<u32>(table + bitmapAt);
  const stride = <usize>load<u32>(table + strideAt);
  const low = v128.load(lowHalves);
  const high = v128.load(highHalves);
  const half = v128.load_splat<u8>(splats);
  const quoteBit = v128.load_splat<u8>(splats, 1);
  const operatorBits = v128.load_splat<u8>(splats, 2);
  const spaceBits = v128.load_splat<u8>(splats, 3);
  const endBits = v128.load_splat<u8>(splats, 4);
  const newline = v128.load_splat<u8>(splats, 5);
  const backtick = v128.load_splat<u8>(splats, 6);
  const slash = v128.load_splat<u8>(splats, 7);
  const percent = v128.load_splat<u8>(splats, 8);
  const end = text + length;
  let next = text + from;
  for (let block = text + from; block < end; block += 64) {
    if (load<u32>(out) + reserve > room) return block - text;
    if (stride == 8) {
      for (let at = block; at < block + 64; at += 8) {
        const word = load<u64>(at);
        if (inBitmap(bitmap, multiplier, shift, word)) probe(table, word, at, out);
      }
    } else {
      for (; next < block + 64; next += stride) {
        const word = load<u64>(next);
        if (inBitmap(bitmap, multiplier, shift, word)) probe(table, word, next, out);
      }
    }
    let seeds = seedsOf(
      block,
      low,
      high,
      half,
      quoteBit,
      operatorBits,
      spaceBits,
      endBits,
      newline,
      backtick,
      slash,
      percent,
    );
    while (seeds != 0) {
      testAround(table, block + <usize>ctz(seeds), out);
      seeds &= seeds - 1;
    }
  }
  return length;
}
