// Inflates zlib streams (RFC 1950, 1951) inside the memory, in the manner of libdeflate: a bit buffer of 64 bits that is filled without
// a branch, tables of two levels whose entries say all about a symbol, literals in a row. Takes what zlib takes and refuses what zlib
// refuses. Can stop where the room or the input ends and go on later. What it reads and writes beyond its bounds, at most `inflateSlack` bytes,
// must be memory of the caller's; nothing there is trusted or kept.
import { adler32 } from './adler32';
import {
  buildTable,
  decodeAsLengths,
  decodeAsOffsets,
  decodeAsPrecode,
  isEnd,
  isException,
  isLiteral,
  isSubtable,
} from './huffman';

/** Bytes behind the input that may be read, and behind the room that may be written over. */
export const inflateSlack: usize = 640;

// State of one stream, in the caller's memory; the first words are read from outside (node/scan/git/inflater.ts).
const atInput: usize = 0; // u32: address of the next byte of input
const atOutput: usize = 4; // u32: address behind what was written
const atPhase: usize = 8;
const atLast: usize = 12;
const atBitsLeft: usize = 16;
const atStoredLeft: usize = 20;
const atBits: usize = 24;
const atLengthBits: usize = 32;
const atOffsetBits: usize = 36;
const atFixedBuilt: usize = 40;
const atSum: usize = 44;
const lengthTable: usize = 64;
const offsetTable: usize = lengthTable + 2_400 * 4;
const precodeTable: usize = offsetTable + 512 * 4;
const fixedLengths: usize = precodeTable + 128 * 4;
const fixedOffsets: usize = fixedLengths + 512 * 4;
const lensAt: usize = fixedOffsets + 32 * 4;
const workAt: usize = lensAt + 384;
/** Size of the state; the work area of buildTable is the last in it. */
export const inflateStateBytes: usize = workAt + 1_024;

const phaseHead = 0;
const phaseBlock = 1;
const phaseStored = 2;
const phaseFixed = 3;
const phaseDynamic = 4;
const phaseCheck = 5;
const phaseDone = 6;

/** What a run gives. */
const isDone = 0;
const wantsRoom = 1;
const wantsInput = 2;
const isBroken = 3;

/** Longest head of a dynamic block: 14 bits, 19 times 3, 316 times 7 and 7. */
const longestHead: usize = 576;

const precodeOrder = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);

/** Makes a state ready for a new stream. @param state address of `inflateStateBytes` bytes, zeroed once before first use */
export function inflateStart(state: usize): void {
  store<u32>(state, phaseHead, atPhase);
  store<u32>(state, 0, atLast);
  store<u32>(state, 0, atBitsLeft);
  store<u64>(state, 0, atBits);
  store<u32>(state, 1, atSum);
}

function buildFixed(state: usize): void {
  const lens = state + lensAt;
  memory.fill(lens, 8, 144);
  memory.fill(lens + 144, 9, 112);
  memory.fill(lens + 256, 7, 24);
  memory.fill(lens + 280, 8, 8);
  buildTable(lens, 288, state + fixedLengths, decodeAsLengths, 9, state + workAt);
  memory.fill(lens, 5, 32);
  buildTable(lens, 32, state + fixedOffsets, decodeAsOffsets, 5, state + workAt);
  store<u32>(state, 1, atFixedBuilt);
}

/** Copies a match; may write up to 16 bytes beyond it. */
// @ts-ignore: decorator
@inline
function copyMatch(to: usize, offset: usize, length: usize): void {
  let from = to - offset;
  const end = to + length;
  if (offset >= 16) {
    do {
      v128.store(to, v128.load(from));
      to += 16;
      from += 16;
    } while (to < end);
  } else if (offset >= 8) {
    do {
      store<u64>(to, load<u64>(from));
      to += 8;
      from += 8;
    } while (to < end);
  } else if (offset == 1) {
    const same = v128.splat<u8>(load<u8>(from));
    do {
      v128.store(to, same);
      to += 16;
    } while (to < end);
  } else {
    do {
      store<u8>(to, load<u8>(from));
      to++;
      from++;
    } while (to < end);
  }
}

let bits: u64 = 0;
let left: u32 = 0;
let input: usize = 0;

/** At least 56 bits. What lies behind the input is read as well: who ends looks how far it came. */
// @ts-ignore: decorator
@inline
function fill(): void {
  bits |= load<u64>(input) << (<u64>left);
  input += (63 - left) >> 3;
  left |= 56;
}

// @ts-ignore: decorator
@inline
function take(count: u32): u32 {
  const value = <u32>(bits & ((<u64>1 << count) - 1));
  bits >>= count;
  left -= count;
  return value;
}

/** Reads the code of a dynamic block and builds its tables; false where it is broken. */
function readCodes(state: usize): bool {
  const lens = state + lensAt;
  const work = state + workAt;
  fill();
  const lengths = take(5) + 257;
  const offsets = take(5) + 1;
  const precodes = take(4) + 4;
  if (lengths > 286 || offsets > 30) return false;
  memory.fill(lens, 0, 32);
  for (let i: u32 = 0; i < precodes; i++) {
    if (left < 3) fill();
    store<u8>(lens + load<u8>(precodeOrder + i), <u8>take(3));
  }
  const precodeBits = buildTable(lens, 19, state + precodeTable, decodeAsPrecode, 7, work);
  if (precodeBits < 0) return false;
  const mask = (<u64>1 << precodeBits) - 1;
  const table = state + precodeTable;
  const total = lengths + offsets;
  memory.fill(lens, 0, 352);
  let i: u32 = 0;
  while (i < total) {
    fill();
    const entry = load<u32>(table + ((<usize>(bits & mask)) << 2));
    if (entry & isException) return false;
    take(entry & 0xff);
    const symbol = entry >> 16;
    if (symbol < 16) {
      store<u8>(lens + i, <u8>symbol);
      i++;
      continue;
    }
    let same: u8 = 0;
    let times: u32;
    if (symbol == 16) {
      if (i == 0) return false;
      same = load<u8>(lens + i - 1);
      times = 3 + take(2);
    } else if (symbol == 17) times = 3 + take(3);
    else times = 11 + take(7);
    if (i + times > total) return false;
    memory.fill(lens + i, same, times);
    i += times;
  }
  if (load<u8>(lens + 256) == 0) return false;
  const offsetBits = buildTable(lens + lengths, offsets, state + offsetTable, decodeAsOffsets, 8, work);
  if (offsetBits < 0) return false;
  const lengthBits = buildTable(lens, lengths, state + lengthTable, decodeAsLengths, 11, work);
  if (lengthBits < 0) return false;
  store<u32>(state, offsetBits, atOffsetBits);
  store<u32>(state, lengthBits, atLengthBits);
  return true;
}

/**
 * Symbols of one block, until it ends, or room or input do.
 * @param from first byte that a match may reach back to
 * @param limit the first symbol that begins behind it stops; what begins at it may be the end of the block
 * @param safe address up to which input may be looked at
 */
function readSymbols(
  state: usize,
  lengthsAt: usize,
  offsetsAt: usize,
  lengthBits: u32,
  offsetBits: u32,
  from: usize,
  limit: usize,
  safe: usize,
): u32 {
  let b = bits;
  let l = left;
  let at = input;
  let out: usize = load<u32>(state, atOutput);
  const lengthMask = (<u64>1 << lengthBits) - 1;
  const offsetMask = (<u64>1 << offsetBits) - 1;
  let status: u32 = isBroken;
  while (true) {
    if (out > limit) {
      status = wantsRoom;
      break;
    }
    if (at > safe) {
      status = wantsInput;
      break;
    }
    b |= load<u64>(at) << (<u64>l);
    at += (63 - l) >> 3;
    l |= 56;
    let entry = load<u32>(lengthsAt + ((<usize>(b & lengthMask)) << 2));
    let saved = b;
    b >>= <u64>(entry & 0xff);
    l -= entry & 0xff;
    if (entry & isLiteral) {
      store<u8>(out, <u8>(entry >> 16));
      out++;
      entry = load<u32>(lengthsAt + ((<usize>(b & lengthMask)) << 2));
      saved = b;
      b >>= <u64>(entry & 0xff);
      l -= entry & 0xff;
      if (entry & isLiteral) {
        store<u8>(out, <u8>(entry >> 16));
        out++;
        entry = load<u32>(lengthsAt + ((<usize>(b & lengthMask)) << 2));
        saved = b;
        b >>= <u64>(entry & 0xff);
        l -= entry & 0xff;
        if (entry & isLiteral) {
          store<u8>(out, <u8>(entry >> 16));
          out++;
          continue;
        }
      }
    }
    if (entry & isException) {
      if (entry & isSubtable) {
        const inner = (entry >> 16) + <u32>(b & ((<u64>1 << ((entry >> 8) & 0xf)) - 1));
        entry = load<u32>(lengthsAt + (<usize>inner << 2));
        saved = b;
        b >>= <u64>(entry & 0xff);
        l -= entry & 0xff;
        if (entry & isLiteral) {
          store<u8>(out, <u8>(entry >> 16));
          out++;
          continue;
        }
      }
      if (entry & isException) {
        status = entry & isEnd ? isDone : isBroken;
        break;
      }
    }
    const length: usize =
      (entry >> 16) + <u32>((saved & ((<u64>1 << (entry & 0xff)) - 1)) >> ((entry >> 8) & 0xf));
    b |= load<u64>(at) << (<u64>l);
    at += (63 - l) >> 3;
    l |= 56;
    entry = load<u32>(offsetsAt + ((<usize>(b & offsetMask)) << 2));
    if (entry & isException) {
      if (!(entry & isSubtable)) break;
      b >>= <u64>(entry & 0xff);
      l -= entry & 0xff;
      const inner = (entry >> 16) + <u32>(b & ((<u64>1 << ((entry >> 8) & 0xf)) - 1));
      entry = load<u32>(offsetsAt + (<usize>inner << 2));
      if (entry & isException) break;
    }
    const offset: usize =
      (entry >> 16) + <u32>((b & ((<u64>1 << (entry & 0xff)) - 1)) >> ((entry >> 8) & 0xf));
    b >>= <u64>(entry & 0xff);
    l -= entry & 0xff;
    if (offset > out - from) break;
    copyMatch(out, offset, length);
    out += length;
  }
  bits = b;
  left = l;
  input = at;
  store<u32>(state, <u32>out, atOutput);
  return status;
}

/** Bytes that were looked at but not used go back. */
function giveBack(): void {
  input -= left >> 3;
  left &= 7;
  bits &= (<u64>1 << left) - 1;
}

/** Adds what a run wrote to the stream's sum. */
function sumUp(state: usize, from: usize): void {
  store<u32>(state, adler32(load<u32>(state, atSum), from, <usize>load<u32>(state, atOutput) - from), atSum);
}

function readHead(end: usize): u32 {
  if (end - input < 2) return wantsInput;
  const method = load<u8>(input);
  const flags = load<u8>(input, 1);
  if ((((<u32>method) << 8) | flags) % 31 != 0) return isBroken;
  if ((method & 0xf) != 8 || method >> 4 > 7 || flags & 0x20) return isBroken;
  input += 2;
  return isDone;
}

/** @returns isDone once the state's phase says what follows */
function readBlockHead(state: usize): u32 {
  fill();
  store<u32>(state, take(1), atLast);
  const kind = take(2);
  if (kind == 3) return isBroken;
  if (kind == 1) {
    if (!load<u32>(state, atFixedBuilt)) buildFixed(state);
    store<u32>(state, phaseFixed, atPhase);
  } else if (kind == 2) {
    if (!readCodes(state)) return isBroken;
    store<u32>(state, phaseDynamic, atPhase);
  } else {
    take(left & 7);
    giveBack();
    const length = load<u16>(input);
    if (length != (load<u16>(input, 2) ^ 0xffff)) return isBroken;
    input += 4;
    store<u32>(state, length, atStoredLeft);
    store<u32>(state, phaseStored, atPhase);
  }
  return isDone;
}

function copyStored(state: usize, limit: usize, end: usize): u32 {
  const out: usize = load<u32>(state, atOutput);
  let length: usize = load<u32>(state, atStoredLeft);
  // As with symbols, what begins at the limit is seen: there may be nothing left.
  const room: usize = out > limit ? 0 : limit - out;
  const there: usize = end > input ? end - input : 0;
  const wanted = length;
  length = min<usize>(length, min<usize>(room, there));
  memory.copy(out, input, length);
  input += length;
  store<u32>(state, <u32>(out + length), atOutput);
  store<u32>(state, <u32>(wanted - length), atStoredLeft);
  if (length == wanted) return isDone;
  return length == room ? wantsRoom : wantsInput;
}

/**
 * Goes on with a stream. Where it ends, `atInput` of the state is the byte behind it.
 * @param at first byte of input not yet used (`atInput` of the run before)
 * @param isWhole nothing comes behind `end`
 * @param from first byte of what was written that is still there; a match reaches back 32 KiB at most
 * @param out where to write
 * @param limit address at which the room ends; `inflateSlack` bytes behind it may be written over, some of them with what belongs to the stream
 * @returns 0 done, 1 the room is full, 2 more input is wanted, 3 no such stream
 */
export function inflateRun(
  state: usize,
  at: usize,
  end: usize,
  isWhole: bool,
  from: usize,
  out: usize,
  limit: usize,
): u32 {
  input = at;
  left = load<u32>(state, atBitsLeft);
  bits = load<u64>(state, atBits);
  store<u32>(state, <u32>out, atOutput);
  const safe = isWhole ? end + 8 : end - 24;
  let status: u32 = isDone;
  while (status == isDone) {
    const phase = load<u32>(state, atPhase);
    if (phase == phaseDynamic || phase == phaseFixed) {
      if (!isWhole && end - input < 32) {
        status = wantsInput;
        break;
      }
      status =
        phase == phaseDynamic
          ? readSymbols(
              state,
              state + lengthTable,
              state + offsetTable,
              load<u32>(state, atLengthBits),
              load<u32>(state, atOffsetBits),
              from,
              limit,
              safe,
            )
          : readSymbols(state, state + fixedLengths, state + fixedOffsets, 9, 5, from, limit, safe);
      giveBack();
      if (status == isDone) store<u32>(state, load<u32>(state, atLast) ? phaseCheck : phaseBlock, atPhase);
    } else if (phase == phaseBlock) {
      if (!isWhole && end - input < longestHead) status = wantsInput;
      else {
        status = readBlockHead(state);
        giveBack();
      }
      if (input > end) status = isBroken;
    } else if (phase == phaseStored) {
      status = copyStored(state, limit, end);
      if (status == isDone) store<u32>(state, load<u32>(state, atLast) ? phaseCheck : phaseBlock, atPhase);
    } else if (phase == phaseCheck) {
      left = 0;
      bits = 0;
      if (input + 4 > end) status = wantsInput;
      else {
        sumUp(state, out);
        status = bswap<u32>(load<u32>(input)) == load<u32>(state, atSum) ? isDone : isBroken;
        input += 4;
        store<u32>(state, phaseDone, atPhase);
      }
    } else if (phase == phaseHead) {
      status = readHead(end);
      if (status == isDone) store<u32>(state, phaseBlock, atPhase);
    } else break;
  }
  if (isWhole && (status == wantsInput || input > end)) status = isBroken;
  if (load<u32>(state, atPhase) != phaseDone) sumUp(state, out);
  store<u32>(state, <u32>input, atInput);
  store<u32>(state, left, atBitsLeft);
  store<u64>(state, bits, atBits);
  return status;
}
