// Text from the disk that a person will see: in a window, a terminal, a report. Whatever could steer a terminal, turn the direction
// of writing or hide stands as its bytes in hex; so do bytes that are no UTF-8.
import { codePointAt, utf8LengthAt } from '../delivery/utf8.ts';

/** Controls, formats (directions, zero widths, tags), lone surrogates, private and unassigned ones, separators of lines. */
const steering = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u;
const steeringOrInvalid = new RegExp(steering.source, 'gu');

const hexByte = (byte: number): string => `\\x${byte.toString(16).padStart(2, '0')}`;

const encoder = new TextEncoder();

const asBytes = (character: string): string => [...encoder.encode(character)].map(hexByte).join('');

/** A text whose steering characters stand as `\xNN`, by the bytes of UTF-8. Spaces stay; tabs and line breaks do not. */
export const neutraliseText = (text: string): string => text.replace(steeringOrInvalid, asBytes);

const shownAs = (character: string): string => (steering.test(character) ? asBytes(character) : character);

/** What stands for each ASCII character: most of what there is to show. */
const asciiGlyphs: readonly string[] = Array.from({ length: 128 }, (_all, code) =>
  shownAs(String.fromCharCode(code)),
);

/**
 * Reads the bytes `from` to `to` character by character. A sequence that `to` cuts is no character.
 * @param visit gets one visible character, or what is to stand for a stretch of bytes that holds none, and where it stands
 */
export const eachGlyph = (
  bytes: Uint8Array,
  from: number,
  to: number,
  visit: (text: string, from: number, to: number) => void,
): void => {
  for (let at = from; at < to;) {
    const byte = bytes[at] ?? 0;
    const ascii = asciiGlyphs[byte];
    const length = ascii === undefined ? utf8LengthAt(bytes, at) : 1;
    const isWhole = length > 0 && at + length <= to;
    const end = isWhole ? at + length : at + 1;
    if (ascii !== undefined) visit(ascii, at, end);
    else if (isWhole) visit(shownAs(String.fromCodePoint(codePointAt(bytes, at, length))), at, end);
    else visit(hexByte(byte), at, end);
    at = end;
  }
};

/**
 * Bytes as text for people: such as the name of a file, which need not be UTF-8.
 * @param bytes may lie in shared memory
 */
export const neutralise = (bytes: Uint8Array): string => {
  let text = '';
  eachGlyph(bytes, 0, bytes.length, (glyph) => {
    text += glyph;
  });
  return text;
};
