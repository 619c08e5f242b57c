// XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03) for the independent reader: HChaCha20 written out here, the rest from node:crypto,
// which the product never uses for this.
import { createDecipheriv } from 'node:crypto';

const rotate = (value: number, bits: number): number => ((value << bits) | (value >>> (32 - bits))) >>> 0;

const quarters = [
  [0, 4, 8, 12],
  [1, 5, 9, 13],
  [2, 6, 10, 14],
  [3, 7, 11, 15],
  [0, 5, 10, 15],
  [1, 6, 11, 12],
  [2, 7, 8, 13],
  [3, 4, 9, 14],
] as const;

/** Draft §2.2: a key from a key and the first 16 bytes of the nonce. */
export const hChaCha20 = (key: Uint8Array, nonce: Uint8Array): Buffer => {
  const input = Buffer.concat([Buffer.from('expand 32-byte k'), key, nonce.subarray(0, 16)]);
  const state = Array.from({ length: 16 }, (_, at) => input.readUInt32LE(at * 4));
  const get = (at: number): number => state[at] as number;
  for (let round = 0; round < 10; round += 1)
    for (const [a, b, c, d] of quarters) {
      state[a] = (get(a) + get(b)) >>> 0;
      state[d] = rotate(get(d) ^ get(a), 16);
      state[c] = (get(c) + get(d)) >>> 0;
      state[b] = rotate(get(b) ^ get(c), 12);
      state[a] = (get(a) + get(b)) >>> 0;
      state[d] = rotate(get(d) ^ get(a), 8);
      state[c] = (get(c) + get(d)) >>> 0;
      state[b] = rotate(get(b) ^ get(c), 7);
    }
  const out = Buffer.alloc(32);
  for (const [at, from] of [0, 1, 2, 3, 12, 13, 14, 15].entries()) out.writeUInt32LE(get(from), at * 4);
  return out;
};

/** Throws where it is not authentic. `sealed` ends in the tag. */
export const xChaChaOpen = (
  key: Uint8Array,
  nonce: Uint8Array,
  associated: Uint8Array,
  sealed: Uint8Array,
): Buffer => {
  const inner = Buffer.concat([Buffer.alloc(4), nonce.subarray(16, 24)]);
  const decipher = createDecipheriv('chacha20-poly1305', hChaCha20(key, nonce), inner, { authTagLength: 16 });
  const cipherLength = sealed.length - 16;
  decipher.setAuthTag(sealed.subarray(cipherLength));
  decipher.setAAD(associated, { plaintextLength: cipherLength });
  return Buffer.concat([decipher.update(sealed.subarray(0, cipherLength)), decipher.final()]);
};
