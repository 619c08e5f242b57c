// Unpacks .bz2 as a stream, a block at a time. Checksums are skipped: what is looked for either stands in the bytes or does not.
// Written from Joe Tsai's "BZIP2: Format Specification" (2016): no package for it is both maintained and synchronous.
import type { Inflating } from './inflate.ts';
import { Unreadable, type ByteStream } from './input.ts';

const broken = (): Unreadable => new Unreadable('broken-archive');

const largestBlock = 900_000;
const groupSymbols = 50;
const longestCode = 20;
const runA = 0;
const runB = 1;

type Bits = {
  /** The highest bit first. */
  readonly read: (count: number) => number;
  /** One bit: what codes are read by. */
  readonly bit: () => number;
  /** The next whole byte; -1 at the end. */
  readonly byte: () => number;
};

const bitsOf = (stream: ByteStream): Bits => {
  const input = new Uint8Array(65_536);
  let at = 0;
  let length = 0;
  let held = 0;
  let count = 0;
  const next = (): number => {
    if (at === length) {
      at = 0;
      length = stream.read(input);
      if (length === 0) return -1;
    }
    at += 1;
    return input[at - 1] ?? 0;
  };
  return {
    byte: () => {
      count = 0;
      return next();
    },
    bit: () => {
      if (count === 0) {
        held = next();
        if (held < 0) throw broken();
        count = 8;
      }
      count -= 1;
      return (held >> count) & 1;
    },
    read: (wanted) => {
      let value = 0;
      for (let left = wanted; left > 0;) {
        if (count === 0) {
          held = next();
          if (held < 0) throw broken();
          count = 8;
        }
        const take = Math.min(left, count);
        value = value * 2 ** take + ((held >> (count - take)) & ((1 << take) - 1));
        count -= take;
        left -= take;
      }
      return value;
    },
  };
};

/** A canonical Huffman code: of each length the first code, how many there are, and where their symbols begin. */
type Code = {
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
};

const codeOf = (lengths: Uint8Array): Code => {
  const counts = new Uint16Array(longestCode + 1);
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1;
  const symbols = new Uint16Array(lengths.length);
  let at = 0;
  for (let length = 1; length <= longestCode; length += 1)
    for (const [symbol, own] of lengths.entries())
      if (own === length) {
        symbols[at] = symbol;
        at += 1;
      }
  return { counts, symbols };
};

const readSymbol = (bits: Bits, code: Code): number => {
  let value = 0;
  let first = 0;
  let index = 0;
  for (let length = 1; length <= longestCode; length += 1) {
    value = (value << 1) | bits.bit();
    const count = code.counts[length] ?? 0;
    if (value - first < count) return code.symbols[index + value - first] ?? 0;
    index += count;
    first = (first + count) << 1;
  }
  throw broken();
};

const readUsedBytes = (bits: Bits): Uint8Array => {
  const ranges = bits.read(16);
  const used: number[] = [];
  for (let high = 0; high < 16; high += 1) {
    if (((ranges >> (15 - high)) & 1) === 0) continue;
    const lows = bits.read(16);
    for (let low = 0; low < 16; low += 1) if (((lows >> (15 - low)) & 1) === 1) used.push(high * 16 + low);
  }
  if (used.length === 0) throw broken();
  return Uint8Array.from(used);
};

/** Moves an entry of a list to its front. */
const toFront = (list: Uint8Array, at: number): number => {
  const value = list[at] ?? 0;
  list.copyWithin(1, 0, at);
  list[0] = value;
  return value;
};

const readSelectors = (bits: Bits, groups: number): Uint8Array => {
  const count = bits.read(15);
  if (count === 0) throw broken();
  const order = Uint8Array.from({ length: groups }, (_all, at) => at);
  return Uint8Array.from({ length: count }, () => {
    let at = 0;
    while (bits.bit() === 1) {
      at += 1;
      if (at >= groups) throw broken();
    }
    return toFront(order, at);
  });
};

const readLengths = (bits: Bits, symbols: number): Uint8Array => {
  let length = bits.read(5);
  return Uint8Array.from({ length: symbols }, () => {
    for (;;) {
      if (length < 1 || length > longestCode) throw broken();
      if (bits.bit() === 0) return length;
      length += bits.bit() === 0 ? 1 : -1;
    }
  });
};

/** Reads a block's symbols into `block`, runs of the most recent byte and moves to the front undone. @returns how many bytes */
const readSymbols = (bits: Bits, block: Uint32Array, most: number): number => {
  const order = readUsedBytes(bits);
  const groups = bits.read(3);
  if (groups < 2 || groups > 6) throw broken();
  const selectors = readSelectors(bits, groups);
  const symbols = order.length + 2;
  const codes = Array.from({ length: groups }, () => codeOf(readLengths(bits, symbols)));
  let length = 0;
  let run = 0;
  let weight = 1;
  for (let at = 0; ; at += 1) {
    const code = codes[selectors[Math.floor(at / groupSymbols)] ?? groups];
    if (code === undefined) throw broken();
    const symbol = readSymbol(bits, code);
    if (symbol === runA || symbol === runB) {
      run += weight * (symbol + 1);
      weight *= 2;
      if (run > most) throw broken();
      continue;
    }
    if (length + run > most) throw broken();
    block.fill(order[0] ?? 0, length, length + run);
    length += run;
    run = 0;
    weight = 1;
    if (symbol === symbols - 1) return length;
    if (length >= most) throw broken();
    block[length] = toFront(order, symbol - 1);
    length += 1;
  }
};

/** Undoes the Burrows-Wheeler transform in place: behind the low byte of each entry stands the place of the next. */
const link = (block: Uint32Array, length: number): void => {
  const starts = new Uint32Array(257);
  for (let at = 0; at < length; at += 1) {
    const byte = (block[at] ?? 0) & 0xff;
    starts[byte + 1] = (starts[byte + 1] ?? 0) + 1;
  }
  for (let byte = 0; byte < 256; byte += 1) starts[byte + 1] = (starts[byte + 1] ?? 0) + (starts[byte] ?? 0);
  for (let at = 0; at < length; at += 1) {
    const byte = (block[at] ?? 0) & 0xff;
    const to = starts[byte] ?? 0;
    starts[byte] = to + 1;
    block[to] = ((block[to] ?? 0) & 0xff) | (at << 8);
  }
};

/** What is left of a block to give out, with the runs of four and more that the first stage packed. */
type Giving = { left: number; entry: number; last: number; same: number; repeat: number };

const give = (block: Uint32Array, giving: Giving, into: Uint8Array): number => {
  let at = 0;
  while (at < into.length) {
    if (giving.repeat > 0) {
      const count = Math.min(giving.repeat, into.length - at);
      into.fill(giving.last, at, at + count);
      giving.repeat -= count;
      at += count;
      continue;
    }
    if (giving.left === 0) break;
    giving.entry = block[giving.entry >>> 8] ?? 0;
    giving.left -= 1;
    const byte = giving.entry & 0xff;
    if (giving.same === 4) {
      giving.repeat = byte;
      giving.same = 0;
      continue;
    }
    giving.same = byte === giving.last ? giving.same + 1 : 1;
    giving.last = byte;
    into[at] = byte;
    at += 1;
  }
  return at;
};

const blockMagic = 0x314159265359;
const endMagic = 0x177245385090;

/** The header of a stream. @returns bytes of its blocks at most; 0 where the input ends */
const readHeader = (bits: Bits): number => {
  const first = bits.byte();
  if (first < 0) return 0;
  if (first !== 0x42 || bits.read(16) !== 0x5a68) throw broken();
  const level = bits.read(8) - 0x30;
  if (level < 1 || level > 9) throw broken();
  return level * 100_000;
};

/** The unpacked bytes of one or more .bz2 streams, one behind the other. `close` wipes what is held of them. */
export const unbzip2 = (packed: ByteStream): Inflating => {
  const bits = bitsOf(packed);
  const block = new Uint32Array(largestBlock);
  const giving: Giving = { left: 0, entry: 0, last: -1, same: 0, repeat: 0 };
  let most = 0;

  /** @returns false at the end of everything */
  const nextBlock = (): boolean => {
    if (most === 0) most = readHeader(bits);
    if (most === 0) return false;
    const magic = bits.read(48);
    bits.read(32);
    if (magic === endMagic) {
      most = 0;
      return true;
    }
    // A randomised block is made by no version since 1995.
    if (magic !== blockMagic || bits.read(1) === 1) throw broken();
    const origin = bits.read(24);
    const length = readSymbols(bits, block, most);
    if (origin >= length) throw broken();
    link(block, length);
    giving.left = length;
    giving.entry = block[origin] ?? 0;
    giving.last = -1;
    giving.same = 0;
    return true;
  };

  return {
    read: (into) => {
      for (;;) {
        const done = give(block, giving, into);
        if (done > 0 || into.length === 0) return done;
        if (!nextBlock()) return 0;
      }
    },
    close: () => {
      block.fill(0);
    },
  };
};
