// Base64 as requests and tokens need it (RFC 4648): encoding of bytes, decoding of the URL form of JSON Web Tokens. The core
// has no host's functions for it.
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Standard base64 with padding. */
export const toBase64 = (bytes: Uint8Array): string => {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3);
    const group = (first << 16) | (second << 8) | third;
    const left = bytes.length - at;
    text += letters.charAt(group >> 18) + letters.charAt((group >> 12) & 63);
    text += left > 1 ? letters.charAt((group >> 6) & 63) : '=';
    text += left > 2 ? letters.charAt(group & 63) : '=';
  }
  return text;
};

/** Reads base64 in either alphabet, padded or not; undefined where it is neither. */
export const fromBase64 = (text: string): Uint8Array | undefined => {
  const plain = text
    .replaceAll('-', '+')
    .replaceAll('_', '/')
    .replace(/={1,2}$/, '');
  if (plain.length % 4 === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((plain.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const letter of plain) {
    const value = letters.indexOf(letter);
    if (value < 0) return undefined;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at] = (held >> bits) & 255;
    at += 1;
  }
  return bytes;
};
