// Byte work that every layout of docs/vault-format-v1.md needs: big-endian integers, hexadecimal, joining, comparing.
// Comparison here is for public bytes; for authentication use the Aead port.

const encoder = new TextEncoder();

/** ASCII domain strings and JSON to bytes. */
export const utf8 = (text: string): Uint8Array => encoder.encode(text);

export const concat = (parts: readonly Uint8Array[]): Uint8Array => {
  let length = 0;
  for (const part of parts) length += part.length;
  const joined = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
};

const at = (bytes: Uint8Array, offset: number): number => bytes[offset] as number;

// Plain arithmetic: a DataView for each integer costs more than everything else when 20,000 entries are read.
export const readU16 = (bytes: Uint8Array, offset: number): number =>
  at(bytes, offset) * 0x100 + at(bytes, offset + 1);
export const readU32 = (bytes: Uint8Array, offset: number): number =>
  readU16(bytes, offset) * 0x10000 + readU16(bytes, offset + 2);

/** Values above 2^53 - 1 come back as NaN, which equals nothing: the format forbids them. */
export const readU64 = (bytes: Uint8Array, offset: number): number => {
  const high = readU32(bytes, offset);
  return high > 0x1fffff ? Number.NaN : high * 0x100000000 + readU32(bytes, offset + 4);
};

export const writeU16 = (bytes: Uint8Array, offset: number, value: number): void => {
  bytes[offset] = value >>> 8;
  bytes[offset + 1] = value;
};
export const writeU32 = (bytes: Uint8Array, offset: number, value: number): void => {
  writeU16(bytes, offset, value >>> 16);
  writeU16(bytes, offset + 2, value & 0xffff);
};
export const writeU64 = (bytes: Uint8Array, offset: number, value: number): void => {
  writeU32(bytes, offset, Math.floor(value / 0x100000000));
  writeU32(bytes, offset + 4, value >>> 0);
};

export const u32 = (value: number): Uint8Array => {
  const bytes = new Uint8Array(4);
  writeU32(bytes, 0, value);
  return bytes;
};
export const u64 = (value: number): Uint8Array => {
  const bytes = new Uint8Array(8);
  writeU64(bytes, 0, value);
  return bytes;
};

/** A non-negative integer as 16 big-endian bytes: the row id of tables that are keyed by a number. */
export const integerId = (value: number): Uint8Array => {
  const bytes = new Uint8Array(16);
  writeU64(bytes, 8, value);
  return bytes;
};

const hexOfByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Lower-case hexadecimal of `length` bytes from `offset`. */
export const toHex = (bytes: Uint8Array, offset = 0, length = bytes.length - offset): string => {
  let text = '';
  for (let at = offset; at < offset + length; at += 1) text += hexOfByte[bytes[at] as number];
  return text;
};

const decoder = new TextDecoder();
const hexDigits = utf8('0123456789abcdef');
/** Both digits of a byte as two bytes in the order of this machine's memory. */
const digitPairs = new Uint16Array(
  Uint8Array.from({ length: 512 }, (_, at) => {
    const byte = at >>> 1;
    return hexDigits[at % 2 === 0 ? byte >>> 4 : byte & 15] as number;
  }).buffer,
);

/** Hexadecimal of `length` bytes at every `stride`: one text cut into pieces, which is much cheaper than many texts. */
export const toHexEach = (bytes: Uint8Array, stride: number, length: number): readonly string[] => {
  const count = Math.floor(bytes.length / stride);
  const pairs = new Uint16Array(count * length);
  let to = 0;
  for (let entry = 0; entry < count; entry += 1) {
    const from = entry * stride;
    for (let at = 0; at < length; at += 1) pairs[to++] = digitPairs[bytes[from + at] as number] as number;
  }
  const text = decoder.decode(new Uint8Array(pairs.buffer));
  const digits = length * 2;
  return Array.from({ length: count }, (_, entry) => text.slice(entry * digits, (entry + 1) * digits));
};

/** Strict: lower-case, even length. Null where it is anything else. */
export const fromHex = (text: string): Uint8Array | null => {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text)) return null;
  const bytes = new Uint8Array(text.length / 2);
  for (let at = 0; at < bytes.length; at += 1)
    bytes[at] = Number.parseInt(text.slice(at * 2, at * 2 + 2), 16);
  return bytes;
};

/** Same length and same bytes. For public bytes only: it stops at the first difference. */
export const sameBytes = (left: Uint8Array, right: Uint8Array): boolean => {
  if (left.length !== right.length) return false;
  for (let at = 0; at < left.length; at += 1) if (left[at] !== right[at]) return false;
  return true;
};

/** The same bytes as whole words, for loops over very many; null where they do not stand at a multiple of four, or do not fill words. */
export const wordsOf = (bytes: Uint8Array): Uint32Array | null =>
  bytes.byteOffset % 4 === 0 && bytes.length % 4 === 0
    ? new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
    : null;

/** Order of the first `length` bytes at two places: negative, zero or positive. */
export const compareAt = (
  left: Uint8Array,
  leftOffset: number,
  right: Uint8Array,
  rightOffset: number,
  length: number,
): number => {
  for (let at = 0; at < length; at += 1) {
    const difference = (left[leftOffset + at] as number) - (right[rightOffset + at] as number);
    if (difference !== 0) return difference;
  }
  return 0;
};

export const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);
