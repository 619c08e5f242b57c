// Tokens of PDF's language, as far as text needs them: strings, numbers, words. One pass, no recursion. Format: ISO 32000-1, 7.2 to 7.3.

export type PdfToken =
  | { readonly is: 'string'; readonly bytes: Uint8Array }
  | { readonly is: 'number'; readonly value: number }
  | { readonly is: 'word'; readonly text: string };

const isSpace = (byte: number): boolean => byte <= 0x20;
/** ( ) < > [ ] { } / % */
const delimiters: ReadonlySet<number> = new Set([0x28, 0x29, 0x3c, 0x3e, 0x5b, 0x5d, 0x7b, 0x7d, 0x2f, 0x25]);
const escapes: ReadonlyMap<number, number> = new Map([
  [0x6e, 0x0a],
  [0x72, 0x0d],
  [0x74, 0x09],
  [0x62, 0x08],
  [0x66, 0x0c],
]);
const backslash = 0x5c;

type Read = { readonly bytes: Uint8Array; readonly next: number };

const octalAt = (bytes: Uint8Array, at: number): { readonly value: number; readonly next: number } | null => {
  let value = 0;
  let next = at;
  while (next < at + 3) {
    const digit = (bytes[next] ?? 0) - 0x30;
    if (digit < 0 || digit > 7) break;
    value = value * 8 + digit;
    next += 1;
  }
  return next === at ? null : { value: value & 0xff, next };
};

/** A string in parentheses, from behind the first. */
const literalAt = (bytes: Uint8Array, from: number): Read => {
  const out: number[] = [];
  let depth = 1;
  let at = from;
  for (; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === backslash) {
      const octal = octalAt(bytes, at + 1);
      const next = bytes[at + 1] ?? 0;
      if (octal !== null) {
        out.push(octal.value);
        at = octal.next - 1;
        continue;
      }
      at += 1;
      // A backslash at the end of a line joins it with the next.
      if (next === 0x0a) continue;
      if (next === 0x0d) at += bytes[at + 1] === 0x0a ? 1 : 0;
      else out.push(escapes.get(next) ?? next);
      continue;
    }
    if (byte === 0x28) depth += 1;
    if (byte === 0x29) depth -= 1;
    if (depth === 0) break;
    out.push(byte);
  }
  return { bytes: Uint8Array.from(out), next: at + 1 };
};

const hexValue = (byte: number): number => {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
};

/** A string in angle brackets, from behind the first. */
const hexAt = (bytes: Uint8Array, from: number): Read => {
  const digits: number[] = [];
  let at = from;
  for (; at < bytes.length && bytes[at] !== 0x3e; at += 1) {
    const value = hexValue(bytes[at] ?? 0);
    if (value >= 0) digits.push(value);
  }
  if (digits.length % 2 === 1) digits.push(0);
  const out = Uint8Array.from(
    { length: digits.length / 2 },
    (_all, index) => (digits[2 * index] ?? 0) * 16 + (digits[2 * index + 1] ?? 0),
  );
  return { bytes: out, next: at + 1 };
};

/** A word or number, from its first byte; names keep their slash. */
const wordAt = (bytes: Uint8Array, from: number): { readonly text: string; readonly next: number } => {
  let at = from + 1;
  while (at < bytes.length && at < from + 128) {
    const byte = bytes[at] ?? 0;
    if (isSpace(byte) || delimiters.has(byte)) break;
    at += 1;
  }
  return { text: String.fromCharCode(...bytes.subarray(from, at)), next: at };
};

const commentEnd = (bytes: Uint8Array, from: number): number => {
  let at = from;
  while (at < bytes.length && bytes[at] !== 0x0a && bytes[at] !== 0x0d) at += 1;
  return at;
};

export function* pdfTokens(bytes: Uint8Array): Generator<PdfToken> {
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0;
    if (isSpace(byte)) at += 1;
    else if (byte === 0x25) at = commentEnd(bytes, at);
    else if (byte === 0x28) {
      const read = literalAt(bytes, at + 1);
      yield { is: 'string', bytes: read.bytes };
      at = read.next;
    } else if (byte === 0x3c && bytes[at + 1] !== 0x3c) {
      const read = hexAt(bytes, at + 1);
      yield { is: 'string', bytes: read.bytes };
      at = read.next;
    } else if (delimiters.has(byte) && byte !== 0x2f) {
      // Arrays and dictionaries are told by their brackets alone.
      yield { is: 'word', text: String.fromCharCode(byte) };
      at += 1;
    } else {
      const { text, next } = wordAt(bytes, at);
      const value = Number(text);
      yield Number.isFinite(value) && byte !== 0x2f ? { is: 'number', value } : { is: 'word', text };
      at = next;
    }
  }
}
