// LZMA's decoder for LZMA2 chunks. Written from the public-domain LZMA specification (Igor Pavlov, lzma-specification.txt) and the
// description of LZMA2 in the XZ format's documentation: no package for it is both maintained and synchronous.
import { Unreadable } from './input.ts';

const top = 1 << 24;
const half = 1024;
const states = 12;
const lengthProbs = 2 + 256 + 256;

/** Where in one table of probabilities each model begins. */
const isMatch = 0;
const isRep = isMatch + (states << 4);
const isRepG0 = isRep + states;
const isRepG1 = isRepG0 + states;
const isRepG2 = isRepG1 + states;
const isRep0Long = isRepG2 + states;
const slots = isRep0Long + (states << 4);
const special = slots + (4 << 6);
const align = special + 128;
const lengths = align + 16;
const repLengths = lengths + lengthProbs;
const literals = repLengths + lengthProbs;
const mostLiterals = 0x300 << 4;

/** A length model: two choices, eight lengths for each of 16 positions twice, then 256. */
const low = 2;
const middle = low + (16 << 3);
const high = middle + (16 << 3);

/** The unpacked bytes so far: what a match can point back to. */
export type Window = {
  bytes: Uint8Array;
  /** Bytes behind which the next one goes. */
  length: number;
  /** The first byte that a match may still reach. */
  start: number;
};

/** Numbers of a decoder that change with every bit, in an array: fields of an object would be boxed where they pass 31 bits. */
const range = 0;
const code = 1;
const at = 2;
const state = 3;
const rep0 = 4;
const rep1 = 5;
const rep2 = 6;
const rep3 = 7;
const literalContext = 8;
const literalPosition = 9;
const positionMask = 10;

export type LzmaDecoder = {
  readonly probs: Uint16Array;
  readonly now: Int32Array;
  readonly window: Window;
  chunk: Uint8Array;
};

export const createLzmaDecoder = (window: Window): LzmaDecoder => ({
  probs: new Uint16Array(literals + mostLiterals),
  now: new Int32Array(11),
  window,
  chunk: new Uint8Array(0),
});

/** @returns false where the byte means nothing. LZMA2 allows at most four bits of literal context and position together. */
export const setProperties = ({ now }: LzmaDecoder, byte: number): boolean => {
  const context = byte % 9;
  const position = Math.floor(byte / 9) % 5;
  const bits = Math.floor(byte / 45);
  if (bits > 4 || context + position > 4) return false;
  now[literalContext] = context;
  now[literalPosition] = (1 << position) - 1;
  now[positionMask] = (1 << bits) - 1;
  return true;
};

export const resetState = ({ probs, now }: LzmaDecoder): void => {
  probs.fill(half);
  now.fill(0, state, literalContext);
};

/** An entry that is there. */
const of = (array: Uint8Array | Uint16Array | Int32Array, index: number): number => array[index] ?? 0;

const normalise = (decoder: LzmaDecoder): void => {
  const { now, chunk } = decoder;
  if (of(now, range) >>> 0 >= top) return;
  now[range] = of(now, range) << 8;
  now[code] = (of(now, code) << 8) | of(chunk, of(now, at));
  now[at] = of(now, at) + 1;
};

const readBit = (decoder: LzmaDecoder, model: number): number => {
  const { now, probs } = decoder;
  normalise(decoder);
  const prob = of(probs, model);
  const bound = Math.imul(of(now, range) >>> 11, prob);
  if ((of(now, code) ^ 0x80000000) < (bound ^ 0x80000000)) {
    now[range] = bound;
    probs[model] = prob + ((2048 - prob) >>> 5);
    return 0;
  }
  now[range] = of(now, range) - bound;
  now[code] = of(now, code) - bound;
  probs[model] = prob - (prob >>> 5);
  return 1;
};

const readDirect = (decoder: LzmaDecoder, count: number): number => {
  const { now } = decoder;
  let value = 0;
  for (let left = count; left > 0; left -= 1) {
    normalise(decoder);
    const halved = of(now, range) >>> 1;
    now[range] = halved;
    const isLess = (of(now, code) ^ 0x80000000) < (halved ^ 0x80000000);
    if (!isLess) now[code] = of(now, code) - halved;
    value = (value << 1) | (isLess ? 0 : 1);
  }
  return value;
};

const readTree = (decoder: LzmaDecoder, from: number, bits: number): number => {
  let index = 1;
  for (let left = bits; left > 0; left -= 1) index = (index << 1) | readBit(decoder, from + index);
  return index - (1 << bits);
};

const readReverseTree = (decoder: LzmaDecoder, from: number, bits: number): number => {
  let index = 1;
  let value = 0;
  for (let place = 0; place < bits; place += 1) {
    const bit = readBit(decoder, from + index);
    index = (index << 1) | bit;
    value |= bit << place;
  }
  return value;
};

const readLength = (decoder: LzmaDecoder, model: number, position: number): number => {
  if (readBit(decoder, model) === 0) return 2 + readTree(decoder, model + low + (position << 3), 3);
  if (readBit(decoder, model + 1) === 0) return 10 + readTree(decoder, model + middle + (position << 3), 3);
  return 18 + readTree(decoder, model + high, 8);
};

const readDistance = (decoder: LzmaDecoder, length: number): number => {
  const slot = readTree(decoder, slots + (Math.min(length - 2, 3) << 6), 6);
  if (slot < 4) return slot;
  const bits = (slot >>> 1) - 1;
  const base = (2 | (slot & 1)) << bits;
  if (slot < 14) return base + readReverseTree(decoder, special + base - slot, bits);
  return (base + (readDirect(decoder, bits - 4) << 4) + readReverseTree(decoder, align, 4)) | 0;
};

const readLiteral = (decoder: LzmaDecoder): void => {
  const { now, window } = decoder;
  const { bytes, length, start } = window;
  const before = length > start ? of(bytes, length - 1) : 0;
  const bits = of(now, literalContext);
  const context = (((length - start) & of(now, literalPosition)) << bits) + (before >>> (8 - bits));
  const from = literals + 0x300 * context;
  let symbol = 1;
  if (of(now, state) >= 7) {
    let match = of(bytes, length - of(now, rep0) - 1);
    while (symbol < 0x100) {
      const expected = (match >>> 7) & 1;
      match <<= 1;
      const bit = readBit(decoder, from + ((1 + expected) << 8) + symbol);
      symbol = (symbol << 1) | bit;
      if (bit !== expected) break;
    }
  }
  while (symbol < 0x100) symbol = (symbol << 1) | readBit(decoder, from + symbol);
  bytes[length] = symbol;
  window.length = length + 1;
  const before7 = of(now, state);
  now[state] = before7 < 4 ? 0 : before7 < 10 ? before7 - 3 : before7 - 6;
};

/** Length of a repeated match; 1 for a single byte. */
const readRepeat = (decoder: LzmaDecoder, position: number): number => {
  const { now } = decoder;
  const was = of(now, state);
  if (readBit(decoder, isRepG0 + was) === 0) {
    if (readBit(decoder, isRep0Long + (was << 4) + position) === 0) {
      now[state] = was < 7 ? 9 : 11;
      return 1;
    }
  } else {
    let distance = of(now, rep1);
    if (readBit(decoder, isRepG1 + was) === 1) {
      if (readBit(decoder, isRepG2 + was) === 0) distance = of(now, rep2);
      else {
        distance = of(now, rep3);
        now[rep3] = of(now, rep2);
      }
      now[rep2] = of(now, rep1);
    }
    now[rep1] = of(now, rep0);
    now[rep0] = distance;
  }
  now[state] = was < 7 ? 8 : 11;
  return readLength(decoder, repLengths, position);
};

const readMatch = (decoder: LzmaDecoder, position: number): number => {
  const { now } = decoder;
  now.copyWithin(rep1, rep0, rep3);
  const length = readLength(decoder, lengths, position);
  now[rep0] = readDistance(decoder, length);
  now[state] = of(now, state) < 7 ? 7 : 10;
  return length;
};

const copyMatch = ({ now, window }: LzmaDecoder, length: number, end: number): void => {
  const { bytes } = window;
  let to = window.length;
  // A distance of 2^31 or more stands as a negative number.
  let from = to - of(now, rep0) - 1;
  if (of(now, rep0) < 0 || from < 0 || from < window.start || to + length > end)
    throw new Unreadable('broken-archive');
  for (const last = to + length; to < last; to += 1) {
    bytes[to] = of(bytes, from);
    from += 1;
  }
  window.length = to;
};

/**
 * Unpacks one chunk behind the window's end, which must have room for it.
 * @param unpacked how many bytes it makes
 */
export const decodeChunk = (decoder: LzmaDecoder, chunk: Uint8Array, unpacked: number): void => {
  const { now, window } = decoder;
  const end = window.length + unpacked;
  decoder.chunk = chunk;
  now[range] = -1;
  now[code] = (of(chunk, 1) << 24) | (of(chunk, 2) << 16) | (of(chunk, 3) << 8) | of(chunk, 4);
  now[at] = 5;
  while (window.length < end) {
    const position = (window.length - window.start) & of(now, positionMask);
    const was = of(now, state);
    if (readBit(decoder, isMatch + (was << 4) + position) === 0) readLiteral(decoder);
    else {
      const isRepeat = readBit(decoder, isRep + was) === 1;
      const length = isRepeat ? readRepeat(decoder, position) : readMatch(decoder, position);
      copyMatch(decoder, length, end);
    }
    if (of(now, at) > chunk.length) throw new Unreadable('broken-archive');
  }
};
