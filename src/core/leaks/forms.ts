// The forms by which a value stands in a file, as strings of characters in which windows are looked for. What a text does to a form
// on top of that (joins, escapes, percent signs) is read away by the walk. docs/scanning.md §2.

/** Numbers of forms as they stand in the tables. Base64 has an alignment: how many bytes stand in front within the group of three. */
export const formKinds = {
  plain: 0,
  hex: 1,
  utf16le: 2,
  utf16be: 3,
  base64: 4,
  base64Utf16: 7,
} as const;
export type FormKind = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
export const everyFormKind: readonly FormKind[] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

export const isBase64 = (kind: FormKind): boolean => kind >= formKinds.base64;
export const isUtf16 = (kind: FormKind): boolean => kind === formKinds.utf16le || kind === formKinds.utf16be;

/** Bytes in front of the value within its first group of three. */
export const alignmentOf = (kind: FormKind): number =>
  kind >= formKinds.base64Utf16 ? kind - formKinds.base64Utf16 : kind - formKinds.base64;

/** A value's length: in bytes of UTF-8 and in units of UTF-16. */
export type ValueSize = { readonly bytes: number; readonly units: number };

/** Bytes that the characters of a form stand for. */
const encodedBytes = (kind: FormKind, { bytes, units }: ValueSize): number =>
  kind >= formKinds.base64Utf16 ? 2 * units : bytes;

/** Characters of a form. Of base64: also those at the ends that hold bits of the neighbours. */
export const formLength = (kind: FormKind, size: ValueSize): number => {
  if (kind === formKinds.plain) return size.bytes;
  if (kind === formKinds.hex) return 2 * size.bytes;
  if (isUtf16(kind)) return 2 * size.units;
  const before = 8 * alignmentOf(kind);
  return Math.ceil((before + 8 * encodedBytes(kind, size)) / 6) - Math.floor(before / 6);
};

/** Characters of a form that the value alone decides: first, and behind the last. */
export const ownRange = (kind: FormKind, size: ValueSize): readonly [number, number] => {
  if (!isBase64(kind)) return [0, formLength(kind, size)];
  const before = 8 * alignmentOf(kind);
  const first = Math.floor(before / 6);
  const bits = before + 8 * encodedBytes(kind, size);
  return [Math.ceil(before / 6) - first, Math.floor(bits / 6) - first];
};

/** Where the character at `byte` of the value (`unit` of its UTF-16) begins in a form; of base64, the first character that is its alone. */
export const formOffset = (kind: FormKind, byte: number, unit: number): number => {
  if (kind === formKinds.plain) return byte;
  if (kind === formKinds.hex) return 2 * byte;
  if (isUtf16(kind)) return 2 * unit;
  const before = 8 * alignmentOf(kind);
  const inside = kind >= formKinds.base64Utf16 ? 16 * unit : 8 * byte;
  return Math.ceil((before + inside) / 6) - Math.floor(before / 6);
};

const encoder = new TextEncoder();
export const base64Alphabets = [
  encoder.encode('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'),
  encoder.encode('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'),
] as const;
const hexAlphabets = [encoder.encode('0123456789abcdef'), encoder.encode('0123456789ABCDEF')] as const;

const utf16Of = (text: string, isBig: boolean): Uint8Array => {
  const bytes = new Uint8Array(2 * text.length);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < text.length; at += 1) view.setUint16(2 * at, text.charCodeAt(at), !isBig);
  return bytes;
};

const base64Of = (bytes: Uint8Array, kind: FormKind, length: number, alphabet: Uint8Array): Uint8Array => {
  const form = new Uint8Array(length);
  const before = alignmentOf(kind);
  let bit = 6 * Math.floor((8 * before) / 6);
  for (let index = 0; index < length; index += 1) {
    const at = (bit >> 3) - before;
    const pair = ((at < 0 ? 0 : (bytes[at] ?? 0)) << 8) | (bytes[at + 1] ?? 0);
    form[index] = alphabet[(pair >> (10 - (bit & 7))) & 63] ?? 0;
    bit += 6;
  }
  return form;
};

/** The form in the alphabet of addresses; null where that is the same. */
const inUrlAlphabet = (form: Uint8Array): Uint8Array | null => {
  let other: Uint8Array | null = null;
  for (let index = 0; index < form.length; index += 1) {
    const byte = form[index];
    if (byte !== 0x2b && byte !== 0x2f) continue;
    other ??= form.slice();
    other[index] = byte === 0x2b ? 0x2d : 0x5f;
  }
  return other;
};

const hexOf = (bytes: Uint8Array, alphabet: Uint8Array): Uint8Array => {
  const form = new Uint8Array(2 * bytes.length);
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    form[2 * at] = alphabet[byte >> 4] ?? 0;
    form[2 * at + 1] = alphabet[byte & 15] ?? 0;
  }
  return form;
};

/**
 * The spellings of a form: of hex in both cases, of base64 in both alphabets where they differ. All have the same length.
 * @param text the value as text; its bytes are `bytes`
 */
export const spellingsOf = (kind: FormKind, bytes: Uint8Array, text: string): readonly Uint8Array[] => {
  if (kind === formKinds.plain) return [bytes];
  if (kind === formKinds.hex) return hexAlphabets.map((alphabet) => hexOf(bytes, alphabet));
  if (isUtf16(kind)) return [utf16Of(text, kind === formKinds.utf16be)];
  const encoded = kind >= formKinds.base64Utf16 ? utf16Of(text, false) : bytes;
  const length = formLength(kind, { bytes: bytes.length, units: text.length });
  const usual = base64Of(encoded, kind, length, base64Alphabets[0]);
  const other = inUrlAlphabet(usual);
  if (encoded !== bytes) encoded.fill(0);
  return other === null ? [usual] : [usual, other];
};
