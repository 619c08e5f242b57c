// From a value as it stands in a `.env` file to the value it means, byte for byte as dotenv 18 decodes it: outer quotes off,
// CR LF and CR become LF, and in double quotes (closed or not) `\n` and `\r` are expanded. No other escape is touched.
import { byteOf, hardLineEndLength, isQuoteByte } from './byte-classes.ts';
import { ByteWriter } from './byte-writer.ts';

export const quoteStyles = ['none', 'single', 'double', 'backtick'] as const;
export type QuoteStyle = (typeof quoteStyles)[number];

const styleOfByte: Readonly<Record<number, QuoteStyle>> = {
  [byteOf.singleQuote]: 'single',
  [byteOf.doubleQuote]: 'double',
  [byteOf.backtick]: 'backtick',
};

/** How a value is quoted: `none` for bare values and for quotes that are never closed. */
export const quoteStyleOf = (raw: Uint8Array, quoted: boolean): QuoteStyle =>
  quoted ? (styleOfByte[raw[0] ?? 0] ?? 'none') : 'none';

/** Whether the value starts with a quote that nothing closes. */
export const hasUnclosedQuote = (raw: Uint8Array, quoted: boolean): boolean => !quoted && isQuoteByte(raw[0]);

const escapedByte: Readonly<Record<number, number>> = { 0x6e: byteOf.lineFeed, 0x72: byteOf.carriageReturn };

/** The value that `raw` stands for; a fresh copy that the caller owns. */
export const decodeValue = (raw: Uint8Array, quoted: boolean): Uint8Array => {
  const expands = raw[0] === byteOf.doubleQuote;
  const end = quoted ? raw.length - 1 : raw.length;
  const changes = raw.includes(byteOf.carriageReturn) || (expands && raw.includes(byteOf.backslash));
  if (!changes) return raw.slice(quoted ? 1 : 0, end);
  const writer = new ByteWriter();
  let at = quoted ? 1 : 0;
  while (at < end) {
    const byte = raw[at] ?? 0;
    const lineEnd = hardLineEndLength(raw, at);
    const escaped =
      expands && byte === byteOf.backslash && at + 1 < end ? escapedByte[raw[at + 1] ?? 0] : undefined;
    if (lineEnd > 0) writer.byte(byteOf.lineFeed);
    else writer.byte(escaped ?? byte);
    at += escaped === undefined ? Math.max(lineEnd, 1) : 2;
  }
  return writer.take();
};

const isLetterOrUnderscore = (byte: number | undefined): boolean =>
  byte !== undefined && (byte === 0x5f || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a));

/**
 * Whether some readers (dotenv-expand, Compose, a shell) would put another variable's value here: an unescaped `$NAME` or
 * `${NAME`. Single quotes protect from that everywhere but in dotenv-expand, and are not reported.
 */
export const isInterpolated = (raw: Uint8Array, style: QuoteStyle): boolean => {
  if (style === 'single') return false;
  for (let at = raw.indexOf(byteOf.dollar); at !== -1; at = raw.indexOf(byteOf.dollar, at + 1)) {
    const next = raw[at + 1] === 0x7b ? at + 2 : at + 1;
    if (raw[at - 1] !== byteOf.backslash && isLetterOrUnderscore(raw[next])) return true;
  }
  return false;
};
