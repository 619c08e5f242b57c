// Base64 (RFC 4648 §4, padded) straight from bytes to bytes: the encoded secret is never a string.
import type { ByteWriter } from '../byte-writer.ts';

const alphabet = new TextEncoder().encode('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
const padding = 0x3d;

/** Writes `value` in base64. */
export const writeBase64 = (writer: ByteWriter, value: Uint8Array): void => {
  for (let at = 0; at < value.length; at += 3) {
    const left = value.length - at;
    const group = ((value[at] ?? 0) << 16) | ((value[at + 1] ?? 0) << 8) | (value[at + 2] ?? 0);
    for (let digit = 0; digit < 4; digit += 1) {
      const letter = alphabet[(group >> (18 - 6 * digit)) & 63] ?? padding;
      writer.byte(digit > left ? padding : letter);
    }
  }
};
