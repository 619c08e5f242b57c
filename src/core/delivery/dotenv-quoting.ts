// How to write a value so that dotenv 18, Node's util.parseEnv and our own reader all read it back. The styles are tried in
// order; a value that no style carries is an error for the caller to name. Must not turn a value into a string.
import { byteOf, lineEndLength, spaceLength, trimEnd } from './byte-classes.ts';
import { ByteWriter } from './byte-writer.ts';
import type { QuoteStyle } from './dotenv-value.ts';

const quoteByteOf: Readonly<Record<Exclude<QuoteStyle, 'none'>, number>> = {
  single: byteOf.singleQuote,
  double: byteOf.doubleQuote,
  backtick: byteOf.backtick,
};

const hasLineEnd = (value: Uint8Array): boolean => value.some((_byte, at) => lineEndLength(value, at) > 0);

const isAnyQuote = (byte: number | undefined): boolean =>
  byte === byteOf.singleQuote || byte === byteOf.doubleQuote || byte === byteOf.backtick;

/** Bare values end at a `#`, at a line end, and lose spaces at both ends. */
const fitsBare = (value: Uint8Array): boolean =>
  !isAnyQuote(value[0]) &&
  !value.includes(byteOf.hash) &&
  !hasLineEnd(value) &&
  spaceLength(value, 0) === 0 &&
  trimEnd(value, 0, value.length) === value.length;

const isPlainByte = (byte: number): boolean =>
  (byte >= 0x30 && byte <= 0x39) ||
  (byte >= 0x41 && byte <= 0x5a) ||
  (byte >= 0x61 && byte <= 0x7a) ||
  [0x5f, 0x2e, 0x2d, 0x2f, 0x3a, 0x40, 0x25, 0x2b, 0x2c, 0x3d].includes(byte);

/** Whether the value needs no quotes anywhere, not even where a shell reads the file: letters, digits and `_.-/:@%+,=`. */
export const isPlain = (value: Uint8Array): boolean => value.every(isPlainByte);

const hasEscape = (value: Uint8Array): boolean =>
  value.some((byte, at) => byte === byteOf.backslash && (value[at + 1] === 0x6e || value[at + 1] === 0x72));

const fitsQuoted = (value: Uint8Array, style: Exclude<QuoteStyle, 'none'>): boolean =>
  !value.includes(quoteByteOf[style]) && !(style === 'double' && hasEscape(value));

/** Whether the style carries the value through both readers. No style carries a carriage return through util.parseEnv. */
export const fitsStyle = (value: Uint8Array, style: QuoteStyle): boolean => {
  if (value.includes(byteOf.carriageReturn)) return false;
  return style === 'none' ? fitsBare(value) : fitsQuoted(value, style);
};

/** The value between quotes of the style; `escapeLineFeeds` writes line feeds as `\n`, for double quotes only. */
export const quoteValue = (value: Uint8Array, style: QuoteStyle, escapeLineFeeds = false): Uint8Array => {
  if (style === 'none') return value.slice();
  const writer = new ByteWriter().byte(quoteByteOf[style]);
  for (const byte of value) {
    if (escapeLineFeeds && byte === byteOf.lineFeed) writer.byte(byteOf.backslash).byte(0x6e);
    else writer.byte(byte);
  }
  return writer.byte(quoteByteOf[style]).take();
};

/** Plain values need no quotes, and a backslash at the end is best read without a quote behind it. */
const isBestBare = (value: Uint8Array): boolean => isPlain(value) || value.at(-1) === byteOf.backslash;

/** Styles that carry the value, the best first: bare where that is safe, then single (a shell keeps `$` in it), then the rest. */
export const stylesFor = (value: Uint8Array): readonly QuoteStyle[] => {
  const order: readonly QuoteStyle[] = isBestBare(value)
    ? ['none', 'single', 'double', 'backtick']
    : ['single', 'double', 'backtick', 'none'];
  return order.filter((style) => fitsStyle(value, style));
};
