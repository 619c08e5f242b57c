// Base64 (RFC 4648 §4, padded) for bytes that travel in JSON. Written out because the core's hosts have no common one; it
// keeps no copy in a string longer than the frame needs. Strict: what encode() would not write, decode() refuses.
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const values = new Map(Array.from(alphabet, (letter, index) => [letter.charCodeAt(0), index]));
const padding = '='.charCodeAt(0);

/** Bytes as base64 text. */
export const encodeBase64 = (bytes: Uint8Array): string => {
  const parts: string[] = [];
  for (let index = 0; index < bytes.length; index += 3) {
    const left = bytes.length - index;
    const group =
      ((bytes[index] ?? 0) << 16) | ((bytes[index + 1] ?? 0) << 8) | (left > 2 ? (bytes[index + 2] ?? 0) : 0);
    const letter = (shift: number): string => alphabet.charAt((group >> shift) & 63);
    parts.push(letter(18), letter(12), left > 1 ? letter(6) : '=', left > 2 ? letter(0) : '=');
  }
  return parts.join('');
};

/** Base64 text as bytes, or null where it is not what {@link encodeBase64} writes. */
export const decodeBase64 = (text: string): Uint8Array | null => {
  if (text.length % 4 !== 0) return null;
  const padded = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const letters = text.length - padded;
  const bytes = new Uint8Array((text.length / 4) * 3 - padded);
  let bits = 0;
  let group = 0;
  let at = 0;
  for (let index = 0; index < letters; index += 1) {
    const code = text.charCodeAt(index);
    const value = code === padding ? undefined : values.get(code);
    if (value === undefined) return null;
    group = ((group << 6) | value) & 0xfff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at] = (group >> bits) & 255;
      at += 1;
    }
  }
  // Bits left over must be zero, or two texts would stand for the same bytes.
  return (group & ((1 << bits) - 1)) === 0 ? bytes : null;
};
