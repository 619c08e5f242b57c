// Splits a `.env` file into segments that tile it byte for byte. Reads what dotenv 18's regular expression reads, but in time
// linear in the file (the expression itself is quadratic on long runs of blank lines). Decides nothing about values' meaning.
import {
  byteOf,
  hardLineEndLength,
  isNameByte,
  isQuoteByte,
  lineEndLength,
  skipSpaces,
  skipSpacesInLine,
  spaceLength,
  trimEnd,
} from './byte-classes.ts';

/** Half-open range of byte offsets. */
export type ByteRange = { readonly start: number; readonly end: number };

export type EntrySegment = {
  readonly kind: 'entry';
  readonly range: ByteRange;
  readonly name: ByteRange;
  /** The value as it stands in the file, quotes included, surrounding spaces not. */
  readonly value: ByteRange;
  /** Whether a closing quote ends the value; false for bare values and for quotes that are never closed. */
  readonly quoted: boolean;
  readonly exported: boolean;
  readonly separator: '=' | ':';
  /** The inline comment from its `#` to the end of the line. */
  readonly comment: ByteRange | null;
};

export type OtherSegment = {
  readonly kind: 'blank' | 'comment' | 'no-value' | 'junk';
  readonly range: ByteRange;
};

export type Segment = EntrySegment | OtherSegment;

type Head = {
  readonly exported: boolean;
  readonly name: ByteRange;
  readonly separator: '=' | ':';
  readonly after: number;
};

type ScannedValue = { readonly value: ByteRange; readonly quoted: boolean; readonly end: number };

const exportWord = [0x65, 0x78, 0x70, 0x6f, 0x72, 0x74];

const isExport = (bytes: Uint8Array, at: number): boolean =>
  exportWord.every((letter, offset) => bytes[at + offset] === letter) &&
  spaceLength(bytes, at + exportWord.length) > 0;

const skipName = (bytes: Uint8Array, from: number): number => {
  let at = from;
  while (isNameByte(bytes[at])) at += 1;
  return at;
};

const readNameAndSeparator = (bytes: Uint8Array, start: number, exported: boolean): Head | null => {
  const end = skipName(bytes, start);
  if (end === start) return null;
  const name = { start, end };
  const equals = skipSpaces(bytes, end);
  if (bytes[equals] === byteOf.equals) return { exported, name, separator: '=', after: equals + 1 };
  if (bytes[end] !== byteOf.colon) return null;
  const space = Math.max(hardLineEndLength(bytes, end + 1), spaceLength(bytes, end + 1));
  return space === 0 ? null : { exported, name, separator: ':', after: end + 1 + space };
};

const readHead = (bytes: Uint8Array, start: number): Head | null => {
  if (isExport(bytes, start)) {
    const head = readNameAndSeparator(bytes, skipSpaces(bytes, start + exportWord.length), true);
    if (head !== null) return head;
  }
  return readNameAndSeparator(bytes, start, false);
};

/** A quote may close a value only where nothing but spaces and a comment follow it in its line. */
const mayCloseAt = (bytes: Uint8Array, at: number): boolean => {
  const next = skipSpacesInLine(bytes, at + 1);
  return next >= bytes.length || bytes[next] === byteOf.hash || lineEndLength(bytes, next) > 0;
};

/**
 * The closing quote, or -1. A backslash before a quote lets the value go on, as long as a later quote closes it; the last
 * one that may close wins, and the first quote without a backslash ends the search.
 */
const findClosingQuote = (bytes: Uint8Array, open: number): number => {
  const quote = bytes[open] ?? 0;
  let best = -1;
  for (let at = bytes.indexOf(quote, open + 1); at !== -1; at = bytes.indexOf(quote, at + 1)) {
    if (mayCloseAt(bytes, at)) best = at;
    if (bytes[at - 1] !== byteOf.backslash) break;
  }
  return best;
};

const readBareValue = (bytes: Uint8Array, from: number): ScannedValue => {
  let end = from;
  while (end < bytes.length && bytes[end] !== byteOf.hash && hardLineEndLength(bytes, end) === 0) end += 1;
  const first = skipSpaces(bytes, from);
  if (first >= end) return { value: { start: from, end: from }, quoted: false, end };
  const value = { start: first, end: trimEnd(bytes, first, end) };
  const quoted = isQuoteByte(bytes[first]) && value.end - first >= 2 && bytes[value.end - 1] === bytes[first];
  return { value, quoted, end };
};

const readValue = (bytes: Uint8Array, from: number): ScannedValue => {
  const first = skipSpaces(bytes, from);
  if (isQuoteByte(bytes[first])) {
    const close = findClosingQuote(bytes, first);
    if (close !== -1) return { value: { start: first, end: close + 1 }, quoted: true, end: close + 1 };
  }
  return readBareValue(bytes, from);
};

const endOfLine = (bytes: Uint8Array, from: number): number => {
  let at = from;
  while (at < bytes.length && lineEndLength(bytes, at) === 0) at += 1;
  return at;
};

const readEntry = (bytes: Uint8Array, lineStart: number, head: Head): EntrySegment => {
  const { value, quoted, end } = readValue(bytes, head.after);
  const after = skipSpacesInLine(bytes, end);
  const hasComment = bytes[after] === byteOf.hash;
  const lineEnd = hasComment ? endOfLine(bytes, after) : after;
  return {
    kind: 'entry',
    range: { start: lineStart, end: lineEnd + lineEndLength(bytes, lineEnd) },
    name: head.name,
    value,
    quoted,
    exported: head.exported,
    separator: head.separator,
    comment: hasComment ? { start: after, end: lineEnd } : null,
  };
};

const otherKind = (bytes: Uint8Array, first: number, end: number): OtherSegment['kind'] => {
  if (first >= end) return 'blank';
  if (bytes[first] === byteOf.hash) return 'comment';
  const name = isExport(bytes, first) ? skipSpacesInLine(bytes, first + exportWord.length) : first;
  return trimEnd(bytes, first, end) === skipName(bytes, name) ? 'no-value' : 'junk';
};

const readSegment = (bytes: Uint8Array, start: number): Segment => {
  const first = skipSpacesInLine(bytes, start);
  const head = readHead(bytes, first);
  if (head !== null) return readEntry(bytes, start, head);
  const end = endOfLine(bytes, first);
  return { kind: otherKind(bytes, first, end), range: { start, end: end + lineEndLength(bytes, end) } };
};

/** Splits the bytes into segments; together they cover every byte once, in order. */
export const scanDotenv = (bytes: Uint8Array): readonly Segment[] => {
  const segments: Segment[] = [];
  let at = 0;
  while (at < bytes.length) {
    const segment = readSegment(bytes, at);
    segments.push(segment);
    at = segment.range.end;
  }
  return segments;
};
