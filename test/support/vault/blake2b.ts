// BLAKE2b (RFC 7693) for the independent reader: straight from the RFC, slow, and sharing nothing with the product.
const mask = (1n << 64n) - 1n;
const initial = [
  0x6a09e667f3bcc908n,
  0xbb67ae8584caa73bn,
  0x3c6ef372fe94f82bn,
  0xa54ff53a5f1d36f1n,
  0x510e527fade682d1n,
  0x9b05688c2b3e6c1fn,
  0x1f83d9abfb41bd6bn,
  0x5be0cd19137e2179n,
];
const sigma = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
  [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
  [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
  [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
  [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
  [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
  [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
  [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
  [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
];
const columns = [
  [0, 4, 8, 12],
  [1, 5, 9, 13],
  [2, 6, 10, 14],
  [3, 7, 11, 15],
  [0, 5, 10, 15],
  [1, 6, 11, 12],
  [2, 7, 8, 13],
  [3, 4, 9, 14],
];

const turn = (value: bigint, bits: bigint): bigint => ((value >> bits) | (value << (64n - bits))) & mask;

const compress = (state: bigint[], block: Buffer, counted: bigint, isLast: boolean): void => {
  const v = [...state, ...initial];
  v[12] = (v[12] as bigint) ^ (counted & mask);
  v[13] = (v[13] as bigint) ^ (counted >> 64n);
  if (isLast) v[14] = (v[14] as bigint) ^ mask;
  const words = Array.from({ length: 16 }, (_, at) => block.readBigUInt64LE(at * 8));
  const get = (at: number): bigint => v[at] as bigint;
  for (let round = 0; round < 12; round += 1) {
    const order = sigma[round % 10] as number[];
    for (const [step, [a, b, c, d]] of (columns as [number, number, number, number][]).entries()) {
      const x = words[order[step * 2] as number] as bigint;
      const y = words[order[step * 2 + 1] as number] as bigint;
      v[a] = (get(a) + get(b) + x) & mask;
      v[d] = turn(get(d) ^ get(a), 32n);
      v[c] = (get(c) + get(d)) & mask;
      v[b] = turn(get(b) ^ get(c), 24n);
      v[a] = (get(a) + get(b) + y) & mask;
      v[d] = turn(get(d) ^ get(a), 16n);
      v[c] = (get(c) + get(d)) & mask;
      v[b] = turn(get(b) ^ get(c), 63n);
    }
  }
  for (let at = 0; at < 8; at += 1) state[at] = (state[at] as bigint) ^ get(at) ^ get(at + 8);
};

/** BLAKE2b of `length` bytes, keyed where a key is given. */
export const blake2b = (data: Uint8Array, length: number, key: Uint8Array = new Uint8Array(0)): Buffer => {
  const state = [...initial];
  state[0] = (state[0] as bigint) ^ BigInt(0x01010000 ^ (key.length << 8) ^ length);
  const keyBlock = key.length > 0 ? Buffer.concat([key, Buffer.alloc(128 - key.length)]) : Buffer.alloc(0);
  const input = Buffer.concat([keyBlock, data]);
  const blocks = Math.max(1, Math.ceil(input.length / 128));
  for (let at = 0; at < blocks; at += 1) {
    const isLast = at === blocks - 1;
    const block = Buffer.alloc(128);
    input.copy(block, 0, at * 128, (at + 1) * 128);
    compress(state, block, BigInt(isLast ? input.length : (at + 1) * 128), isLast);
  }
  const out = Buffer.alloc(64);
  for (const [at, word] of state.entries()) out.writeBigUInt64LE(word, at * 8);
  return out.subarray(0, length);
};
