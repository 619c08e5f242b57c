// Picks the places of a text that may be joins or escapes, 64 bytes at a time: line breaks with something that goes on at both sides,
// quotes behind which a further literal may follow, backslashes and percent signs. Only a filter: around.ts looks closer.

// Constants. Read from memory into locals before the loop: a constant in the code is put together anew at every use.
//   halves of a byte, each bit a rectangle of them:
//   1 quotes " '    2 tab CR    4 space    8 & * + , .    16 < > \ ^ | ~    32 ( )    64 [ ] { }    128 : ;
export const lowHalves = memory.data<u8>([4, 0, 1, 0, 0, 0, 8, 1, 32, 34, 136, 200, 24, 66, 24, 0], 16);
export const highHalves = memory.data<u8>([2, 0, 45, 144, 0, 80, 0, 80, 0, 0, 0, 0, 0, 0, 0, 0], 16);
//   15, quotes, operators, spaces, ends, newline, `, backslash, %
export const splats = memory.data<u8>([0x0f, 1, 24, 6, 224, 0x0a, 0x60, 0x5c, 0x25]);

// @ts-ignore: decorator of AssemblyScript
@inline
function bits(a: v128, b: v128, c: v128, d: v128): u64 {
  return (
    <u64>i8x16.bitmask(a) |
    (<u64>i8x16.bitmask(b) << 16) |
    (<u64>i8x16.bitmask(c) << 32) |
    (<u64>i8x16.bitmask(d) << 48)
  );
}

// @ts-ignore: decorator of AssemblyScript
@inline
function equal(a: v128, b: v128, c: v128, d: v128, byte: v128): u64 {
  return bits(i8x16.eq(a, byte), i8x16.eq(b, byte), i8x16.eq(c, byte), i8x16.eq(d, byte));
}

// @ts-ignore: decorator of AssemblyScript
@inline
function without(a: v128, b: v128, c: v128, d: v128, wanted: v128, zero: v128): u64 {
  return equal(v128.and(a, wanted), v128.and(b, wanted), v128.and(c, wanted), v128.and(d, wanted), zero);
}

// @ts-ignore: decorator of AssemblyScript
@inline
function classesOf(bytes: v128, low: v128, high: v128, half: v128): v128 {
  return v128.and(
    i8x16.swizzle(low, v128.and(bytes, half)),
    i8x16.swizzle(high, v128.and(i16x8.shr_u(bytes, 4), half)),
  );
}

/**
 * The places of a block of 64 bytes, a bit each. What stands beyond the block's borders counts as what it would have to be.
 * Inlined with its constants in the caller's locals.
 */
// @ts-ignore: decorator of AssemblyScript
@inline
export function seedsOf(
  block: usize,
  low: v128,
  high: v128,
  half: v128,
  quoteBit: v128,
  operatorBits: v128,
  spaceBits: v128,
  endBits: v128,
  newline: v128,
  backtick: v128,
  slash: v128,
  percent: v128,
): u64 {
  const zero = i8x16.splat(0);
  const edge: u64 = 1 << 63;
  const edges: u64 = 3 << 62;
  const a = v128.load(block);
  const b = v128.load(block, 16);
  const c = v128.load(block, 32);
  const d = v128.load(block, 48);
  const newlines = equal(a, b, c, d, newline);
  const slashes = equal(a, b, c, d, slash);
  const percents = equal(a, b, c, d, percent);
  const ka = classesOf(a, low, high, half);
  const kb = classesOf(b, low, high, half);
  const kc = classesOf(c, low, high, half);
  const kd = classesOf(d, low, high, half);
  const quotes = ~without(ka, kb, kc, kd, quoteBit, zero) | equal(a, b, c, d, backtick);
  let seeds: u64 = newlines | quotes | slashes | percents;
  if (seeds != 0) {
    const operators = ~without(ka, kb, kc, kd, operatorBits, zero);
    const spaces = ~without(ka, kb, kc, kd, spaceBits, zero);
    const ends = ~without(ka, kb, kc, kd, endBits, zero) | newlines;
    const between = operators | quotes | spaces;
    const behindSpace = ((spaces >> 1) | edge) & ((between >> 2) | edges);
    const behindOperator = ((operators >> 1) | edge) & (((between | newlines) >> 2) | (quotes >> 3) | edges | (<u64>1 << 61));
    seeds =
      (newlines & ~(ends << 1) & ~(ends >> 1)) |
      (quotes & (behindSpace | behindOperator | (quotes >> 1) | edge)) |
      (slashes & ~((slashes | quotes) >> 1)) |
      percents;
  }
  return seeds;
}
