// SipHash-2-4 with a 64-bit result. Source: Aumasson and Bernstein, "SipHash: a fast short-input PRF" (2012).

/**
 * Keyed hash of the `length` bytes at `at`.
 * @param key address of 16 bytes
 */
export function sipHash(key: usize, at: usize, length: usize): u64 {
  const k0 = load<u64>(key);
  const k1 = load<u64>(key, 8);
  let v0 = k0 ^ 0x736f6d6570736575;
  let v1 = k1 ^ 0x646f72616e646f6d;
  let v2 = k0 ^ 0x6c7967656e657261;
  let v3 = k1 ^ 0x7465646279746573;
  const end = at + (length & ~7);
  let tail = (<u64>length) << 56;
  for (let i: usize = 0; i < (length & 7); i++) tail |= (<u64>load<u8>(end + i)) << (i << 3);
  for (let p = at; p <= end; p += 8) {
    const m = p == end ? tail : load<u64>(p);
    v3 ^= m;
    for (let round = 0; round < 2; round++) {
      v0 += v1;
      v1 = rotl<u64>(v1, 13) ^ v0;
      v0 = rotl<u64>(v0, 32);
      v2 += v3;
      v3 = rotl<u64>(v3, 16) ^ v2;
      v0 += v3;
      v3 = rotl<u64>(v3, 21) ^ v0;
      v2 += v1;
      v1 = rotl<u64>(v1, 17) ^ v2;
      v2 = rotl<u64>(v2, 32);
    }
    v0 ^= m;
  }
  v2 ^= 0xff;
  for (let round = 0; round < 4; round++) {
    v0 += v1;
    v1 = rotl<u64>(v1, 13) ^ v0;
    v0 = rotl<u64>(v0, 32);
    v2 += v3;
    v3 = rotl<u64>(v3, 16) ^ v2;
    v0 += v3;
    v3 = rotl<u64>(v3, 21) ^ v0;
    v2 += v1;
    v1 = rotl<u64>(v1, 17) ^ v2;
    v2 = rotl<u64>(v2, 32);
  }
  return v0 ^ v1 ^ v2 ^ v3;
}
