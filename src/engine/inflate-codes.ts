// The codes of a block (RFC 1951, 3.2.6 and 3.2.7): the fixed one, and one that stands in front of its block.
import { buildTable, decodeAsLengths, decodeAsOffsets, decodeAsPrecode, isException } from './huffman';
import { Bits, fill, take } from './inflate-bits';
import {
  atFixedBuilt, atLengthBits, atOffsetBits, fixedLengths, fixedOffsets, lengthTable, lensAt, offsetTable,
  precodeTable, workAt,
} from './inflate-layout';

export function buildFixed(state: usize): void {
  const lens = state + lensAt;
  memory.fill(lens, 8, 144);
  memory.fill(lens + 144, 9, 112);
  memory.fill(lens + 256, 7, 24);
  memory.fill(lens + 280, 8, 8);
  buildTable(lens, 288, state + fixedLengths, decodeAsLengths, 9, state + workAt);
  memory.fill(lens, 5, 32);
  buildTable(lens, 32, state + fixedOffsets, decodeAsOffsets, 5, state + workAt);
  store<u32>(state, 1, atFixedBuilt);
}

const precodeOrder = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);

/** Reads the code of a dynamic block and builds its tables; false where it is broken. */
export function readCodes(state: usize): bool {
  const lens = state + lensAt;
  const work = state + workAt;
  fill();
  const lengths = take(5) + 257;
  const offsets = take(5) + 1;
  const precodes = take(4) + 4;
  if (lengths > 286 || offsets > 30) return false;
  memory.fill(lens, 0, 32);
  for (let i: u32 = 0; i < precodes; i++) {
    if (Bits.left < 3) fill();
    store<u8>(lens + load<u8>(precodeOrder + i), <u8>take(3));
  }
  const precodeBits = buildTable(lens, 19, state + precodeTable, decodeAsPrecode, 7, work);
  if (precodeBits < 0) return false;
  const mask = (<u64>1 << precodeBits) - 1;
  const table = state + precodeTable;
  const total = lengths + offsets;
  memory.fill(lens, 0, 352);
  let i: u32 = 0;
  while (i < total) {
    fill();
    const entry = load<u32>(table + ((<usize>(Bits.bits & mask)) << 2));
    if (entry & isException) return false;
    take(entry & 0xff);
    const symbol = entry >> 16;
    if (symbol < 16) {
      store<u8>(lens + i, <u8>symbol);
      i++;
      continue;
    }
    let same: u8 = 0;
    let times: u32;
    if (symbol == 16) {
      if (i == 0) return false;
      same = load<u8>(lens + i - 1);
      times = 3 + take(2);
    } else if (symbol == 17) times = 3 + take(3);
    else times = 11 + take(7);
    if (i + times > total) return false;
    memory.fill(lens + i, same, times);
    i += times;
  }
  if (load<u8>(lens + 256) == 0) return false;
  const offsetBits = buildTable(lens + lengths, offsets, state + offsetTable, decodeAsOffsets, 8, work);
  if (offsetBits < 0) return false;
  const lengthBits = buildTable(lens, lengths, state + lengthTable, decodeAsLengths, 11, work);
  if (lengthBits < 0) return false;
  store<u32>(state, offsetBits, atOffsetBits);
  store<u32>(state, lengthBits, atLengthBits);
  return true;
}
