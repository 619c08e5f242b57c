// Reads a text element by element under what may have been done to it: a character as it stands, an escape, or a join that holds
// none. Which of these are looked for is the reading's; the walk tries one after another.
import { afterBackslashes, joinEnd } from './joins.ts';

export type Reading = {
  readonly joins: boolean;
  readonly loose: boolean;
  /** Backslash escapes: of JSON, of C and its children, of shells. */
  readonly escapes: boolean;
  readonly percent: boolean;
  readonly markup: boolean;
  /** Quoted-printable. */
  readonly printable: boolean;
  /** Joins without the beginnings of comments. */
  readonly bare: boolean;
};

const nothing: Reading = {
  joins: false,
  loose: false,
  escapes: false,
  percent: false,
  markup: false,
  printable: false,
  bare: false,
};

/** Tried in this order; one that finds nothing but plain characters is the contiguous one again. */
export const readings: readonly Reading[] = [
  { ...nothing, joins: true },
  { ...nothing, joins: true, bare: true },
  { ...nothing, escapes: true },
  { ...nothing, joins: true, escapes: true },
  { ...nothing, percent: true },
  { ...nothing, markup: true },
  { ...nothing, joins: true, percent: true },
  { ...nothing, joins: true, printable: true, bare: true },
  { ...nothing, joins: true, loose: true, escapes: true, percent: true, markup: true },
  { ...nothing, joins: true, loose: true },
];

const cutting = [0x0a, 0x22, 0x27, 0x60, 0x5c, 0x0d];
const markers: readonly (readonly [keyof Reading, readonly number[]])[] = [
  ['joins', cutting],
  ['escapes', [0x5c]],
  ['percent', [0x25]],
  ['markup', [0x26]],
  ['printable', [0x3d]],
];

/** What a loose reading may take for a break, besides. */
const looselyCutting = [...cutting, 0x25, 0x26, 0x3c];
const holdsAny = (text: Uint8Array, bytes: readonly number[]): boolean =>
  bytes.some((byte) => text.includes(byte));

/** Whether a text holds anything that a reading would read otherwise than as it stands. */
export const concerns = (text: Uint8Array, reading: Reading): boolean =>
  reading.loose
    ? holdsAny(text, looselyCutting)
    : markers.every(([part, bytes]) => !reading[part] || holdsAny(text, bytes));

/** One element: where the next begins, and the bytes it holds; filled anew by each call. */
export type Element = { next: number; count: number; readonly bytes: Uint8Array };
export const newElement = (): Element => ({ next: 0, count: 0, bytes: new Uint8Array(4) });

type Bounds = { readonly text: Uint8Array; readonly to: number };

const hexValue = (byte: number): number => {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const small = byte | 0x20;
  return small >= 0x61 && small <= 0x66 ? small - 0x57 : -1;
};

/** A number of `count` hexadecimal digits; -1 where they are none. */
const hexNumber = ({ text, to }: Bounds, at: number, count: number): number => {
  if (at + count > to) return -1;
  let value = 0;
  for (let index = 0; index < count; index += 1) {
    const digit = hexValue(text[at + index] ?? 0);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
};

const one = (element: Element, byte: number, next: number): true => {
  element.bytes[0] = byte;
  element.count = 1;
  element.next = next;
  return true;
};

const encoder = new TextEncoder();

/** UTF-8 of a code point. */
const character = (element: Element, code: number, next: number): boolean => {
  if (code < 0 || code > 0x10ffff) return false;
  if (code < 0x80) return one(element, code, next);
  const bytes = encoder.encode(String.fromCodePoint(code));
  element.bytes.set(bytes);
  element.count = bytes.length;
  element.next = next;
  return true;
};

const letterEscapes: Readonly<Record<number, number>> = {
  0x6e: 0x0a,
  0x72: 0x0d,
  0x74: 0x09,
  0x62: 0x08,
  0x66: 0x0c,
  0x30: 0x00,
};

const unicodeEscape = (bounds: Bounds, at: number, element: Element): boolean => {
  const code = hexNumber(bounds, at, 4);
  const isPair = code >= 0xd800 && code < 0xdc00 && bounds.text[at + 4] === 0x5c;
  if (!isPair) return character(element, code, at + 4);
  const low = hexNumber(bounds, afterBackslashes(bounds, at + 4) + 1, 4);
  const end = afterBackslashes(bounds, at + 4) + 5;
  return low < 0xdc00 ? false : character(element, 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00), end);
};

/** Any number of backslashes is one escape: a text in JSON in JSON has several. */
const readEscape = (bounds: Bounds, at: number, element: Element): boolean => {
  if (bounds.text[at] !== 0x5c) return false;
  let next = afterBackslashes(bounds, at);
  if (next >= bounds.to) return false;
  const letter = bounds.text[next] ?? 0;
  if (letter === 0x75) return unicodeEscape(bounds, next + 1, element);
  if (letter === 0x78) {
    const value = hexNumber(bounds, next + 1, 2);
    return value < 0 ? false : character(element, value, next + 3);
  }
  const control = letterEscapes[letter];
  // Two backslashes with a letter behind them are one backslash and the letter, unless the letter is of an escape.
  if (control === undefined && next - at > 1 && /[0-9A-Za-z]/.test(String.fromCharCode(letter)))
    return one(element, 0x5c, next);
  next += 1;
  return one(element, control ?? letter, next);
};

const readPercent = (bounds: Bounds, at: number, element: Element): boolean => {
  if (bounds.text[at] !== 0x25) return false;
  const value = hexNumber(bounds, at + 1, 2);
  return value < 0 ? false : one(element, value, at + 3);
};

/** Quoted-printable. Some programs break the line within an escape, which nobody may (RFC 2045 §6.7). */
const readPrintable = (bounds: Bounds, at: number, element: Element): boolean => {
  const { text, to } = bounds;
  if (text[at] !== 0x3d) return false;
  const overBreak = (from: number): number => {
    if (text[from] !== 0x3d) return from;
    const lineFeed = text[from + 1] === 0x0d ? from + 2 : from + 1;
    return text[lineFeed] === 0x0a ? lineFeed + 1 : from;
  };
  const first = overBreak(at + 1);
  const second = overBreak(first + 1);
  const [high, low] = [hexValue(text[first] ?? 0), hexValue(text[second] ?? 0)];
  return second < to && high >= 0 && low >= 0 && one(element, high * 16 + low, second + 1);
};

const entities: readonly (readonly [string, number])[] = [
  ['&amp;', 0x26],
  ['&lt;', 0x3c],
  ['&gt;', 0x3e],
  ['&quot;', 0x22],
  ['&apos;', 0x27],
];

const readMarkup = ({ text, to }: Bounds, at: number, element: Element): boolean => {
  if (text[at] !== 0x26) return false;
  const word = String.fromCharCode(...text.subarray(at, Math.min(at + 10, to)));
  const named = entities.find(([name]) => word.startsWith(name));
  if (named !== undefined) return one(element, named[1], at + named[0].length);
  const [all, decimal, hex] = /^&#(?:(\d{1,6})|[xX]([0-9a-fA-F]{1,5}));/.exec(word) ?? [];
  if (all === undefined) return false;
  return character(
    element,
    decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal),
    at + all.length,
  );
};

const startsJoin = (byte: number): boolean => byte < 0x21 || byte === 0x22 || byte === 0x27 || byte === 0x60;

/** Reads the element at `at`, which lies in front of `bounds.to`. A join holds no bytes. */
export const readElement = (bounds: Bounds, at: number, reading: Reading, element: Element): void => {
  const byte = bounds.text[at] ?? 0;
  if (
    reading.joins &&
    (startsJoin(byte) || byte === 0x5c || (reading.printable && byte === 0x3d) || reading.loose)
  ) {
    const end = joinEnd(bounds, at, {
      isLoose: reading.loose,
      isSoft: reading.printable,
      isBare: reading.bare,
    });
    if (end > at) {
      element.count = 0;
      element.next = end;
      return;
    }
  }
  if (reading.escapes && readEscape(bounds, at, element)) return;
  if (reading.percent && readPercent(bounds, at, element)) return;
  if (reading.printable && readPrintable(bounds, at, element)) return;
  if (reading.markup && readMarkup(bounds, at, element)) return;
  one(element, byte, at + 1);
};
