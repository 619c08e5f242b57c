// The value of a match by what stands at its place: as it is, as UTF-16, or as a part of the text that a run of base64 holds.
import type { UnknownMatch } from '../matching.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const values = new Map(alphabet.split('').map((character, value) => [character.charCodeAt(0), value]));
values.set(0x2d, 62).set(0x5f, 63);

/** Base64 of the characters that a text alone decides when it begins a group of three bytes; Latin-1. */
export const decidedBase64 = (text: string): string => {
  const bits = text
    .split('')
    .map((each) => each.charCodeAt(0).toString(2).padStart(8, '0'))
    .join('');
  return (bits.match(/[01]{6}/g) ?? []).map((six) => alphabet[Number.parseInt(six, 2)] ?? '').join('');
};

/** The bytes of a run of base64 in either alphabet; what ends it is left out. */
export const bytesOfBase64 = (run: Uint8Array): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(Math.floor((run.length * 6) / 8));
  let held = 0;
  let bits = 0;
  let at = 0;
  for (const character of run) {
    const value = values.get(character);
    if (value === undefined) break;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at] = (held >> bits) & 0xff;
    at += 1;
  }
  return bytes.subarray(0, at);
};

/** One byte for each pair: its low one, and a sign that no key has where the other is not zero. */
export const narrowed = (bytes: Uint8Array, isBig: boolean): Uint8Array<ArrayBuffer> => {
  const narrow = new Uint8Array(bytes.length >> 1);
  const low = isBig ? 1 : 0;
  for (let at = 0; at < narrow.length; at += 1)
    narrow[at] = bytes[2 * at + 1 - low] === 0 ? (bytes[2 * at + low] ?? 0) : 0xff;
  return narrow;
};

/**
 * The bytes of a match's value, as they stand where nothing disguises them. A copy: the caller wipes it.
 * @param bytes the text in which it was matched
 */
export const valueOfMatch = (
  bytes: Uint8Array,
  { start, end, encoding, within }: UnknownMatch,
): Uint8Array<ArrayBuffer> => {
  const place = bytes.subarray(start, end);
  if (encoding === 'utf-16') return narrowed(place, place[0] === 0);
  if (within === undefined) return Uint8Array.from(place);
  const whole = bytesOfBase64(place);
  const value = whole.slice(within.start, within.end);
  whole.fill(0);
  return value;
};
