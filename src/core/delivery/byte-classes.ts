// Which bytes of UTF-8 text count as space, line end or part of a name, exactly as dotenv 18's regular expression sees the
// decoded text (ECMAScript \s, ^ and $ with the m flag, \w). Works on bytes so that files which are no valid UTF-8 stay whole.

export const byteOf = {
  tab: 0x09,
  lineFeed: 0x0a,
  carriageReturn: 0x0d,
  space: 0x20,
  doubleQuote: 0x22,
  hash: 0x23,
  dollar: 0x24,
  singleQuote: 0x27,
  colon: 0x3a,
  equals: 0x3d,
  backslash: 0x5c,
  backtick: 0x60,
} as const;

const isAsciiSpace = (byte: number): boolean => byte === byteOf.space || (byte >= 0x09 && byte <= 0x0d);

/** Third byte of the three-byte spaces that start with E2 80: U+2000 to U+200A, U+2028, U+2029, U+202F. */
const isGeneralPunctuationSpace = (byte: number | undefined): boolean =>
  byte !== undefined && ((byte >= 0x80 && byte <= 0x8a) || byte === 0xa8 || byte === 0xa9 || byte === 0xaf);

/** The other three-byte spaces: U+1680, U+205F, U+3000, U+FEFF. */
const lessCommonSpaces: readonly (readonly [number, number, number])[] = [
  [0xe1, 0x9a, 0x80],
  [0xe2, 0x81, 0x9f],
  [0xe3, 0x80, 0x80],
  [0xef, 0xbb, 0xbf],
];

/** Length in bytes of the space (ECMAScript `\s`, line ends included) at `at`; 0 where there is none. */
export const spaceLength = (bytes: Uint8Array, at: number): number => {
  const first = bytes[at];
  if (first === undefined) return 0;
  if (first < 0x80) return isAsciiSpace(first) ? 1 : 0;
  const second = bytes[at + 1];
  if (first === 0xc2) return second === 0xa0 ? 2 : 0;
  const third = bytes[at + 2];
  if (first === 0xe2 && second === 0x80) return isGeneralPunctuationSpace(third) ? 3 : 0;
  return lessCommonSpaces.some((space) => space[0] === first && space[1] === second && space[2] === third)
    ? 3
    : 0;
};

/** Length in bytes of the LF, CR LF or CR at `at`; 0 where there is none. */
export const hardLineEndLength = (bytes: Uint8Array, at: number): number => {
  if (bytes[at] === byteOf.lineFeed) return 1;
  if (bytes[at] !== byteOf.carriageReturn) return 0;
  return bytes[at + 1] === byteOf.lineFeed ? 2 : 1;
};

/** As {@link hardLineEndLength}, and U+2028 and U+2029, where `^` and `$` match too. */
export const lineEndLength = (bytes: Uint8Array, at: number): number => {
  const first = bytes[at];
  if (first === byteOf.lineFeed || first === byteOf.carriageReturn) return hardLineEndLength(bytes, at);
  if (first !== 0xe2 || bytes[at + 1] !== 0x80) return 0;
  return bytes[at + 2] === 0xa8 || bytes[at + 2] === 0xa9 ? 3 : 0;
};

/** The first position at or after `from` that is no space of any kind, line ends included. */
export const skipSpaces = (bytes: Uint8Array, from: number): number => {
  let at = from;
  for (let length = spaceLength(bytes, at); length > 0; length = spaceLength(bytes, at)) at += length;
  return at;
};

/** As {@link skipSpaces}, but stops at a line end. */
export const skipSpacesInLine = (bytes: Uint8Array, from: number): number => {
  let at = from;
  while (lineEndLength(bytes, at) === 0) {
    const length = spaceLength(bytes, at);
    if (length === 0) break;
    at += length;
  }
  return at;
};

const spaceLengthBefore = (bytes: Uint8Array, floor: number, at: number): number => {
  for (let size = 1; size <= 3 && at - size >= floor; size += 1)
    if (spaceLength(bytes, at - size) === size) return size;
  return 0;
};

/** The start of the run of spaces that ends at `end`, not before `floor`. */
export const trimEnd = (bytes: Uint8Array, floor: number, end: number): number => {
  let at = end;
  while (at > floor) {
    const length = spaceLengthBefore(bytes, floor, at);
    if (length === 0) break;
    at -= length;
  }
  return at;
};

/** dotenv's name characters: letters, digits, `_`, `.` and `-`. */
export const isNameByte = (byte: number | undefined): boolean =>
  byte !== undefined &&
  ((byte >= 0x30 && byte <= 0x39) ||
    (byte >= 0x41 && byte <= 0x5a) ||
    (byte >= 0x61 && byte <= 0x7a) ||
    byte === 0x5f ||
    byte === 0x2e ||
    byte === 0x2d);

/** Whether the byte opens a quoted value. */
export const isQuoteByte = (byte: number | undefined): boolean =>
  byte === byteOf.singleQuote || byte === byteOf.doubleQuote || byte === byteOf.backtick;
