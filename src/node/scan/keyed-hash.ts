// The keyed hash of a whole value: by it a candidate is confirmed, and an unknown value is known again. Independent of the hash of the
// windows. docs/fingerprints.md.
import { hash } from 'node:crypto';
import { confirmBytes } from './table-layout.ts';

const blockBytes = 64;
const [innerPad, outerPad] = [0x36, 0x5c];

const sha256 = (bytes: Uint8Array): Buffer => hash('sha256', bytes, 'buffer');

/** SHA-256 of a padded key and a message; nothing of either stays behind. */
const padded = (key: Uint8Array, pad: number, message: Uint8Array): Buffer => {
  const text = new Uint8Array(blockBytes + message.length);
  text.fill(pad, 0, blockBytes);
  for (let at = 0; at < key.length; at += 1) text[at] = (key[at] ?? 0) ^ pad;
  text.set(message, blockBytes);
  const digest = sha256(text);
  text.fill(0);
  return digest;
};

/**
 * HMAC-SHA-256 (FIPS 198-1), cut to 128 bits. By two plain hashes: where many candidates stand, making an HMAC object for each took as long as
 * everything else.
 */
export const keyedHash = (key: Uint8Array, value: Uint8Array): Uint8Array => {
  const short = key.length > blockBytes ? sha256(key) : key;
  return padded(short, outerPad, padded(short, innerPad, value)).subarray(0, confirmBytes);
};
