// Decode tables of DEFLATE's codes, in two levels, filled by doubling. An entry says all about its symbol: how many bits it takes
// with its extra bits (lowest byte), how many of those are the code (bits 8 to 11), and the value or base (from bit 16).

export const isLiteral: u32 = 0x80000000;
/** No value: the address of an inner table, the end of a block, or no code at all. */
export const isException: u32 = 0x8000;
export const isSubtable: u32 = 0x4000;
export const isEnd: u32 = 0x2000;

export const decodeAsLengths: u32 = 0;
export const decodeAsOffsets: u32 = 1;
export const decodeAsPrecode: u32 = 2;

/** Base of each length and its extra bits, from symbol 257 (RFC 1951, 3.2.5). */
const lengthBases = memory.data<u16>([
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
]);
const lengthExtras = memory.data<u8>([
  0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
]);
const offsetBases = memory.data<u16>([
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
  8193, 12289, 16385, 24577,
]);
const offsetExtras = memory.data<u8>([
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
]);

const maxBits: u32 = 15;
const sortedAt: usize = 128;

// @ts-ignore: decorator
@inline
function meaning(kind: u32, symbol: u32): u32 {
  if (kind == decodeAsLengths) {
    if (symbol < 256) return isLiteral | (symbol << 16);
    if (symbol == 256) return isException | isEnd;
    if (symbol > 285) return isException;
    const at = symbol - 257;
    return ((<u32>load<u16>(lengthBases + (<usize>at << 1))) << 16) | load<u8>(lengthExtras + at);
  }
  if (kind == decodeAsOffsets) {
    if (symbol > 29) return isException;
    return ((<u32>load<u16>(offsetBases + (<usize>symbol << 1))) << 16) | load<u8>(offsetExtras + symbol);
  }
  return symbol << 16;
}

// @ts-ignore: decorator
@inline
function double(table: usize, entries: u32): void {
  const bytes = <usize>entries << 2;
  if (bytes < 16) {
    for (let i: usize = 0; i < bytes; i += 4) store<u32>(table + bytes + i, load<u32>(table + i));
  } else {
    for (let i: usize = 0; i < bytes; i += 16) v128.store(table + bytes + i, v128.load(table + i));
  }
}

/** The next code of the same length, its bits in reverse, as they stand in the stream. */
// @ts-ignore: decorator
@inline
function nextCode(code: u32, last: u32): u32 {
  const bit: u32 = 1 << (31 - clz<u32>(code ^ last));
  return (code & (bit - 1)) | bit;
}

/**
 * Builds the table of a code.
 * @param lens a byte for each symbol: the length of its code
 * @param mostBits of the outer table; 32 KiB would be too slow to fill for the small streams that git stores
 * @param work 1,024 bytes
 * @returns bits of the outer table; -1 where zlib too would refuse the code
 */
export function buildTable(lens: usize, symbols: u32, table: usize, kind: u32, mostBits: u32, work: usize): i32 {
  memory.fill(work, 0, 64);
  for (let i: u32 = 0; i < symbols; i++) {
    const at = work + (<usize>load<u8>(lens + i) << 2);
    store<u32>(at, load<u32>(at) + 1);
  }
  store<u32>(work, 0);
  let longest = maxBits;
  while (longest > 0 && load<u32>(work + (<usize>longest << 2)) == 0) longest--;
  if (longest == 0) {
    if (kind == decodeAsPrecode) return -1;
    store<u32>(table, isException | 1);
    store<u32>(table, isException | 1, 4);
    return 1;
  }

  let space: u32 = 0;
  let first: u32 = 0;
  for (let length: u32 = 1; length <= longest; length++) {
    const count = load<u32>(work + (<usize>length << 2));
    space = (space << 1) + count;
    if (space > <u32>1 << length) return -1;
    store<u32>(work + 64 + (<usize>length << 2), first);
    first += count;
  }
  if (space < <u32>1 << longest) {
    // One code of one bit is all that may leave room.
    if (kind == decodeAsPrecode || longest != 1) return -1;
  }
  for (let i: u32 = 0; i < symbols; i++) {
    const length = load<u8>(lens + i);
    if (length == 0) continue;
    const at = work + 64 + (<usize>length << 2);
    const place = load<u32>(at);
    store<u32>(at, place + 1);
    store<u16>(work + sortedAt + (<usize>place << 1), <u16>i);
  }
  if (space < <u32>1 << longest) {
    store<u32>(table, meaning(kind, load<u16>(work + sortedAt)) + 0x101);
    store<u32>(table, isException | 1, 4);
    return 1;
  }
  return fillTable(table, kind, min<u32>(mostBits, longest), work);
}

/** Fills the table of a complete code. @param work counts by length, and symbols in the order of their codes */
function fillTable(table: usize, kind: u32, tableBits: u32, work: usize): i32 {
  let sorted = work + sortedAt;
  let length: u32 = 1;
  while (load<u32>(work + (<usize>length << 2)) == 0) length++;
  let code: u32 = 0;
  let left = load<u32>(work + (<usize>length << 2));
  if (length <= tableBits) {
    let size: u32 = 1 << length;
    while (true) {
      for (; left > 0; left--) {
        store<u32>(table + (<usize>code << 2), meaning(kind, load<u16>(sorted)) + (length << 8) + length);
        sorted += 2;
        if (code == size - 1) {
          for (; length < tableBits; length++) {
            double(table, size);
            size <<= 1;
          }
          return tableBits;
        }
        code = nextCode(code, size - 1);
      }
      length++;
      if (length > tableBits) break;
      double(table, size);
      size <<= 1;
      left = load<u32>(work + (<usize>length << 2));
    }
    left = load<u32>(work + (<usize>length << 2));
  }
  fillInner(table, kind, tableBits, work, sorted, code, length);
  return tableBits;
}

/** The inner tables, of codes that are longer than the outer one has bits. */
function fillInner(
  table: usize,
  kind: u32,
  tableBits: u32,
  work: usize,
  symbolsAt: usize,
  firstCode: u32,
  firstLength: u32,
): void {
  let sorted = symbolsAt;
  let code = firstCode;
  let length = firstLength;
  const mask: u32 = (1 << tableBits) - 1;
  let prefix: u32 = 0xffffffff;
  let start: u32 = 0;
  let end: u32 = 1 << tableBits;
  while (true) {
    while (load<u32>(work + (<usize>length << 2)) == 0) length++;
    const countAt = work + (<usize>length << 2);
    if ((code & mask) != prefix) {
      prefix = code & mask;
      start = end;
      let innerBits = length - tableBits;
      let space = load<u32>(countAt);
      while (space < <u32>1 << innerBits) {
        innerBits++;
        space = (space << 1) + load<u32>(work + (<usize>(tableBits + innerBits) << 2));
      }
      end = start + (1 << innerBits);
      store<u32>(
        table + (<usize>prefix << 2),
        (start << 16) | isException | isSubtable | (innerBits << 8) | tableBits,
      );
    }
    const rest = length - tableBits;
    const entry = meaning(kind, load<u16>(sorted)) + (rest << 8) + rest;
    sorted += 2;
    for (let i = start + (code >> tableBits); i < end; i += 1 << rest) store<u32>(table + (<usize>i << 2), entry);
    const last: u32 = (1 << length) - 1;
    if (code == last) return;
    code = nextCode(code, last);
    store<u32>(countAt, load<u32>(countAt) - 1);
  }
}
