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

/** One visible character, or what is to stand for a stretch of bytes that holds none. */
export type Glyph = { readonly text: string; readonly from: number; readonly to: number };

/** Reads the bytes `from` to `to` character by character. A sequence that `to` cuts is no character. */
export function* glyphs(bytes: Uint8Array, from = 0, to = bytes.length): Generator<Glyph> {
  let at = from;
  while (at < to) {
    const length = utf8LengthAt(bytes, at);
    if (length === 0 || at + length > to) {
      yield { text: hexByte(bytes[at] ?? 0), from: at, to: at + 1 };
      at += 1;
      continue;
    }
    const character = String.fromCodePoint(codePointAt(bytes, at, length));
    yield { text: steering.test(character) ? asBytes(character) : character, from: at, to: at + length };
    at += length;
  }
}

/**
 * Bytes as text for people: such as the name of a file, which need not be UTF-8.
 * @param bytes may lie in shared memory
 */
export const neutralise = (bytes: Uint8Array): string => {
  let text = '';
  for (const glyph of glyphs(bytes)) text += glyph.text;
  return text;
};
