// What stands in a file in the place of a value that was taken out: a text that nobody takes for a key, in the encoding of its place; or the
// name of the variable, where code reads it from there anyhow.
import type { LeakEncoding } from '../../model/finding.ts';
import type { Span } from './history-entry.ts';

const placeholder = 'REMOVED_BY_KEYTURN';

const asUtf16 = (text: string, bigEndian: boolean): Uint8Array => {
  const bytes = new Uint8Array(text.length * 2);
  for (let at = 0; at < text.length; at += 1) bytes[at * 2 + (bigEndian ? 1 : 0)] = text.charCodeAt(at);
  return bytes;
};

/** Of plain characters in UTF-16 the zero comes first in the one order, and last in the other. */
const isBigEndian = (bytes: Uint8Array, { start }: Span): boolean => bytes[start] === 0;

/** The bytes that replace a value. @param bytes of the file, in which the value still stands */
export const replacementFor = (encoding: LeakEncoding, bytes: Uint8Array, span: Span): Uint8Array =>
  encoding === 'utf-16'
    ? asUtf16(placeholder, isBigEndian(bytes, span))
    : new TextEncoder().encode(placeholder);

/** The file without a span, with something else in its place. A new array, which the caller wipes. */
export const withSpan = (bytes: Uint8Array, { start, end }: Span, instead: Uint8Array): Uint8Array => {
  const next = new Uint8Array(bytes.length - (end - start) + instead.length);
  next.set(bytes.subarray(0, start));
  next.set(instead, start);
  next.set(bytes.subarray(end), start + instead.length);
  return next;
};
