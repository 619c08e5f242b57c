// The sum that ends a zlib stream (RFC 1950, 8.2), 16 bytes at a step.

const modulus: u32 = 65521;
/** Bytes after which 32 bits could overflow, a multiple of 16. */
const portion: usize = 5_536;

/** Goes on with a sum, 1 at the beginning, over `length` bytes. */
export function adler32(sum: u32, from: usize, length: usize): u32 {
  let a = sum & 0xffff;
  let b = sum >> 16;
  let at = from;
  let rest = length;
  const high = i16x8(16, 15, 14, 13, 12, 11, 10, 9);
  const low = i16x8(8, 7, 6, 5, 4, 3, 2, 1);
  while (rest >= 16) {
    const here = min(rest, portion) & ~15;
    const end = at + here;
    b += a * <u32>here;
    let sums = i32x4.splat(0);
    let before = i32x4.splat(0);
    let weighted = i32x4.splat(0);
    for (; at < end; at += 16) {
      const bytes = v128.load(at);
      before = i32x4.add(before, sums);
      sums = i32x4.add(sums, i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(bytes)));
      weighted = i32x4.add(weighted, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(bytes), high));
      weighted = i32x4.add(weighted, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(bytes), low));
    }
    a += lanes(sums);
    b += (lanes(before) << 4) + lanes(weighted);
    a %= modulus;
    b %= modulus;
    rest -= here;
  }
  for (; rest > 0; rest--) {
    a += load<u8>(at++);
    b += a;
  }
  return ((b % modulus) << 16) | a % modulus;
}

// @ts-ignore: decorator
@inline
function lanes(sums: v128): u32 {
  return (
    i32x4.extract_lane(sums, 0) +
    i32x4.extract_lane(sums, 1) +
    i32x4.extract_lane(sums, 2) +
    i32x4.extract_lane(sums, 3)
  );
}
