// The text that a page shows, line by line: a writer of PDF sets a word in pieces, moved by fractions, and in the numbers of a font's own
// glyphs. A font's table back to characters (ToUnicode) is used where there is one. Which font a piece is set in is not followed: a text is
// given once for each table under which it reads as anything. Format: ISO 32000-1, 9.4 and 9.10.
import { pdfTokens, type PdfToken } from './pdf-tokens.ts';

/** Characters by code, and how many bytes a code has. */
export type CodeTable = { readonly width: number; readonly characters: ReadonlyMap<number, string> };

const mostCodes = 65_536;
/** In thousandths of a letter's height: a wider step to the right is a space. */
const spaceStep = -180;

const codeOf = (bytes: Uint8Array): number => bytes.reduce((value, byte) => value * 256 + byte, 0);

/** UTF-16, the high byte first. */
const charactersOf = (bytes: Uint8Array): string => {
  let text = '';
  for (let at = 0; at + 1 < bytes.length; at += 2)
    text += String.fromCharCode((bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0));
  return text;
};

const following = (text: string, step: number): string => {
  const last = text.charCodeAt(text.length - 1);
  return Number.isNaN(last) ? '' : text.slice(0, -1) + String.fromCharCode(last + step);
};

const isString = (token: PdfToken): token is Extract<PdfToken, { is: 'string' }> => token.is === 'string';

/** Ranges in a row: from, to, and the first character or a list of them. */
const putRanges = (tokens: readonly PdfToken[], put: (code: number, text: string) => boolean): void => {
  for (let at = 0; at + 2 < tokens.length; at += 3) {
    const [first, last, target] = tokens.slice(at, at + 3);
    if (first?.is !== 'string' || last?.is !== 'string' || target === undefined) return;
    const from = codeOf(first.bytes);
    const to = Math.min(codeOf(last.bytes), from + mostCodes);
    if (target.is === 'string') {
      const text = charactersOf(target.bytes);
      for (let code = from; code <= to; code += 1) if (!put(code, following(text, code - from))) return;
      continue;
    }
    const end = tokens.findIndex(
      (token, index) => index > at + 2 && token.is === 'word' && token.text === ']',
    );
    const list = tokens.slice(at + 3, end < 0 ? undefined : end).filter(isString);
    for (const [index, token] of list.entries()) put(from + index, charactersOf(token.bytes));
    at = (end < 0 ? tokens.length : end) - 2;
  }
};

/** A font's table from codes to characters; null where the stream is none. */
export const readCodeTable = (stream: Uint8Array): CodeTable | null => {
  const characters = new Map<number, string>();
  let width = 0;
  /** A table that says everything many times over is cut. */
  let left = mostCodes;
  const put = (code: number, text: string): boolean => {
    left -= 1;
    if (left >= 0 && text !== '') characters.set(code, text);
    return left > 0;
  };
  let section: PdfToken[] = [];
  for (const token of pdfTokens(stream)) {
    if (token.is !== 'word' || token.text === '[' || token.text === ']') {
      section.push(token);
      continue;
    }
    if (token.text === 'endcodespacerange') width = section.find(isString)?.bytes.length ?? 0;
    if (token.text === 'endbfrange') putRanges(section, put);
    if (token.text === 'endbfchar')
      for (let at = 0; at + 1 < section.length; at += 2) {
        const [code, text] = section.slice(at, at + 2);
        if (code?.is === 'string' && text?.is === 'string') put(codeOf(code.bytes), charactersOf(text.bytes));
      }
    section = [];
  }
  return characters.size === 0 || width < 1 || width > 2 ? null : { width, characters };
};

/** What a page shows: strings as they stand, and where lines and spaces are. */
type Shown = Uint8Array | ' ' | '\n';

type Place = { line: number };

/** Where the operands of a moving operator put the next text: on another line or not. */
const movesLine = (operator: string, numbers: readonly number[], place: Place): boolean => {
  if (operator === 'Tm') {
    const line = numbers.at(-1) ?? 0;
    const moves = line !== place.line;
    place.line = line;
    return moves;
  }
  if (operator === 'Td' || operator === 'TD') return (numbers.at(-1) ?? 0) !== 0;
  return operator === 'T*' || operator === "'" || operator === '"';
};

const showing: ReadonlySet<string> = new Set(['Tj', 'TJ', "'", '"']);

/** What a content stream shows; empty where it shows no text. */
export const readShown = (stream: Uint8Array): readonly Shown[] => {
  const shown: Shown[] = [];
  const place: Place = { line: 0 };
  let operands: PdfToken[] = [];
  const show = (): void => {
    for (const token of operands) {
      if (token.is === 'string') shown.push(token.bytes);
      else if (token.is === 'number' && token.value < spaceStep) shown.push(' ');
    }
  };
  for (const token of pdfTokens(stream)) {
    if (token.is !== 'word' || '[]<>'.includes(token.text) || token.text.startsWith('/')) {
      if (operands.length < 10_000) operands.push(token);
      continue;
    }
    const numbers = operands.filter((operand) => operand.is === 'number').map((operand) => operand.value);
    if (movesLine(token.text, numbers, place)) shown.push('\n');
    if (showing.has(token.text)) show();
    operands = [];
  }
  return shown.some((part) => typeof part !== 'string') ? shown : [];
};

/** Bytes that a code turns to at most: some characters of UTF-8. */
const mostForCode = 16;

const encoder = new TextEncoder();

/** UTF-8 of a string of codes; -1 where no code is in the table. */
const putCodes = (part: Uint8Array, table: CodeTable, into: Uint8Array): number => {
  let length = 0;
  let known = false;
  for (let at = 0; at + table.width <= part.length; at += table.width) {
    const text = table.characters.get(codeOf(part.subarray(at, at + table.width)));
    known ||= text !== undefined;
    if (text !== undefined) length += encoder.encodeInto(text.slice(0, 4), into.subarray(length)).written;
  }
  return known ? length : -1;
};

/**
 * The shown text under a table, UTF-8; as the strings stand where there is none. Empty where no code is in the table, and where it is
 * blank. To be wiped.
 */
export const shownText = (shown: readonly Shown[], table: CodeTable | null): Uint8Array => {
  const size = shown.reduce((sum, part) => sum + (typeof part === 'string' ? 1 : part.length), 0);
  const bytes = new Uint8Array(table === null ? size : size * mostForCode);
  let length = 0;
  let isKnown = false;
  for (const part of shown) {
    if (typeof part === 'string') {
      bytes[length] = part.charCodeAt(0);
      length += 1;
    } else if (table === null) {
      bytes.set(part, length);
      length += part.length;
      isKnown ||= part.length > 0;
    } else {
      const written = putCodes(part, table, bytes.subarray(length));
      isKnown ||= written >= 0;
      length += Math.max(0, written);
    }
  }
  return isKnown ? bytes.subarray(0, length) : new Uint8Array(0);
};
