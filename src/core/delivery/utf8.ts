// UTF-8 without making a string of it: secrets stay in bytes that can be wiped. Rules: RFC 3629 (no overlong forms, no
// surrogates, nothing above U+10FFFF).

/** Lowest and highest second byte where the first byte narrows them (RFC 3629 §4). */
const narrowedSecond: Readonly<Record<number, readonly [number, number]>> = {
  0xe0: [0xa0, 0xbf],
  0xed: [0x80, 0x9f],
  0xf0: [0x90, 0xbf],
  0xf4: [0x80, 0x8f],
};

const sequenceLength = (first: number): number => {
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first <= 0xdf) return 2;
  if (first >= 0xe0 && first <= 0xef) return 3;
  return first >= 0xf0 && first <= 0xf4 ? 4 : 0;
};

/** Length in bytes of the valid UTF-8 sequence at `at`; 0 where the bytes are not valid UTF-8. */
export const utf8LengthAt = (bytes: Uint8Array, at: number): number => {
  const first = bytes[at];
  if (first === undefined) return 0;
  const length = sequenceLength(first);
  const [low, high] = narrowedSecond[first] ?? [0x80, 0xbf];
  for (let offset = 1; offset < length; offset += 1) {
    const byte = bytes[at + offset];
    const [from, to] = offset === 1 ? [low, high] : [0x80, 0xbf];
    if (byte === undefined || byte < from || byte > to) return 0;
  }
  return length;
};

/** Whether all of the bytes are valid UTF-8. */
export const isUtf8 = (bytes: Uint8Array): boolean => {
  let at = 0;
  while (at < bytes.length) {
    const length = (bytes[at] ?? 0) < 0x80 ? 1 : utf8LengthAt(bytes, at);
    if (length === 0) return false;
    at += length;
  }
  return true;
};

/** The code point of a valid sequence of the given length at `at`. */
export const codePointAt = (bytes: Uint8Array, at: number, length: number): number => {
  const first = bytes[at] ?? 0;
  if (length === 1) return first;
  let code = first & (0x7f >> length);
  for (let offset = 1; offset < length; offset += 1) code = (code << 6) | ((bytes[at + offset] ?? 0) & 0x3f);
  return code;
};
