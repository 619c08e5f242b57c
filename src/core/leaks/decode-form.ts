// From the characters of a form back to the value's bytes. Strict: a character that the form cannot hold ends it.
import { alignmentOf, formKinds, isBase64, isUtf16, type FormKind, type ValueSize } from './forms.ts';

const valueOfHex = (byte: number): number => {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const small = byte | 0x20;
  return small >= 0x61 && small <= 0x66 ? small - 0x57 : -1;
};

const valueOfBase64 = (byte: number): number => {
  if (byte >= 0x41 && byte <= 0x5a) return byte - 0x41;
  if (byte >= 0x61 && byte <= 0x7a) return byte - 0x47;
  if (byte >= 0x30 && byte <= 0x39) return byte + 4;
  if (byte === 0x2b || byte === 0x2d) return 62;
  return byte === 0x2f || byte === 0x5f ? 63 : -1;
};

const fromHex = (characters: Uint8Array): Uint8Array | null => {
  const bytes = new Uint8Array(characters.length >> 1);
  for (let at = 0; at < bytes.length; at += 1) {
    const high = valueOfHex(characters[2 * at] ?? 0);
    const low = valueOfHex(characters[2 * at + 1] ?? 0);
    if (high < 0 || low < 0) return null;
    bytes[at] = (high << 4) | low;
  }
  return bytes;
};

/** The bits of the characters, from the value's first on. */
const fromBase64 = (characters: Uint8Array, alignment: number, length: number): Uint8Array | null => {
  const bytes = new Uint8Array(length);
  const skipped = (8 * alignment) % 6;
  let held = 0;
  let bits = -skipped;
  let at = 0;
  for (const character of characters) {
    const value = valueOfBase64(character);
    if (value < 0) return null;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8 && at < length) {
      bits -= 8;
      bytes[at] = (held >> bits) & 0xff;
      at += 1;
    }
  }
  return at === length ? bytes : null;
};

const fromUtf16 = (bytes: Uint8Array, isBig: boolean): Uint8Array => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const units = Array.from({ length: bytes.length >> 1 }, (_, at) => view.getUint16(2 * at, !isBig));
  return new TextEncoder().encode(units.map((unit) => String.fromCharCode(unit)).join(''));
};

/** The bytes that the characters of a form stand for; null where they are none of it. */
export const decodeForm = (kind: FormKind, characters: Uint8Array, size: ValueSize): Uint8Array | null => {
  if (kind === formKinds.plain) return characters.slice();
  if (kind === formKinds.hex) return fromHex(characters);
  if (isUtf16(kind)) return fromUtf16(characters, kind === formKinds.utf16be);
  const isWide = kind >= formKinds.base64Utf16;
  const bytes = fromBase64(characters, alignmentOf(kind), isWide ? 2 * size.units : size.bytes);
  return bytes !== null && isWide ? fromUtf16(bytes, false) : bytes;
};

/** Whether characters are of the alphabet of URLs. */
export const isUrlAlphabet = (kind: FormKind, characters: Uint8Array): boolean =>
  isBase64(kind) && (characters.includes(0x2d) || characters.includes(0x5f));
