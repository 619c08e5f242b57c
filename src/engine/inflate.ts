// Inflates zlib streams (RFC 1950, 1951) inside the memory, in the manner of libdeflate: a bit buffer of 64 bits that is filled without
// a branch, tables of two levels whose entries say all about a symbol, literals in a row. Takes what zlib takes and refuses what zlib
// refuses. Can stop where the room or the input ends and go on later. What it reads and writes beyond its bounds, at most `inflateSlack` bytes,
// must be memory of the caller's; nothing there is trusted or kept.
import { adler32 } from './adler32';
import { Bits, fill, giveBack, take } from './inflate-bits';
import { buildFixed, readCodes } from './inflate-codes';
import {
  atBits, atBitsLeft, atFixedBuilt, atInput, atLast, atLengthBits, atOffsetBits, atOutput, atPhase, atStoredLeft,
  atSum, fixedLengths, fixedOffsets, inflateStateBytes, isBroken, isDone, lengthTable, offsetTable, phaseBlock,
  phaseCheck, phaseDone, phaseDynamic, phaseFixed, phaseHead, phaseStored, wantsInput, wantsRoom,
} from './inflate-layout';
import { readSymbols } from './inflate-symbols';

/** Bytes behind the input that may be read, and behind the room that may be written over. */
export const inflateSlack: usize = 640;

/** Longest head of a dynamic block: 14 bits, 19 times 3, 316 times 7 and 7. */
const longestHead: usize = 576;

/** Makes a state ready for a new stream. @param state address of `inflateStateBytes` bytes, zeroed once before first use */
export function inflateStart(state: usize): void {
  store<u32>(state, phaseHead, atPhase);
  store<u32>(state, 0, atLast);
  store<u32>(state, 0, atBitsLeft);
  store<u64>(state, 0, atBits);
  store<u32>(state, 1, atSum);
}

/** Adds what a run wrote to the stream's sum. */
function sumUp(state: usize, from: usize): void {
  store<u32>(state, adler32(load<u32>(state, atSum), from, <usize>load<u32>(state, atOutput) - from), atSum);
}

function readHead(end: usize): u32 {
  if (end - Bits.input < 2) return wantsInput;
  const method = load<u8>(Bits.input);
  const flags = load<u8>(Bits.input, 1);
  if ((((<u32>method) << 8) | flags) % 31 != 0) return isBroken;
  if ((method & 0xf) != 8 || method >> 4 > 7 || flags & 0x20) return isBroken;
  Bits.input += 2;
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
    take(Bits.left & 7);
    giveBack();
    const length = load<u16>(Bits.input);
    if (length != (load<u16>(Bits.input, 2) ^ 0xffff)) return isBroken;
    Bits.input += 4;
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
  const there: usize = end > Bits.input ? end - Bits.input : 0;
  const wanted = length;
  length = min<usize>(length, min<usize>(room, there));
  memory.copy(out, Bits.input, length);
  Bits.input += length;
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
  Bits.input = at;
  Bits.left = load<u32>(state, atBitsLeft);
  Bits.bits = load<u64>(state, atBits);
  store<u32>(state, <u32>out, atOutput);
  const safe = isWhole ? end + 8 : end - 24;
  let status: u32 = isDone;
  while (status == isDone) {
    const phase = load<u32>(state, atPhase);
    if (phase == phaseDynamic || phase == phaseFixed) {
      if (!isWhole && end - Bits.input < 32) {
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
      if (!isWhole && end - Bits.input < longestHead) status = wantsInput;
      else {
        status = readBlockHead(state);
        giveBack();
      }
      if (Bits.input > end) status = isBroken;
    } else if (phase == phaseStored) {
      status = copyStored(state, limit, end);
      if (status == isDone) store<u32>(state, load<u32>(state, atLast) ? phaseCheck : phaseBlock, atPhase);
    } else if (phase == phaseCheck) {
      Bits.left = 0;
      Bits.bits = 0;
      if (Bits.input + 4 > end) status = wantsInput;
      else {
        sumUp(state, out);
        status = bswap<u32>(load<u32>(Bits.input)) == load<u32>(state, atSum) ? isDone : isBroken;
        Bits.input += 4;
        store<u32>(state, phaseDone, atPhase);
      }
    } else if (phase == phaseHead) {
      status = readHead(end);
      if (status == isDone) store<u32>(state, phaseBlock, atPhase);
    } else break;
  }
  if (isWhole && (status == wantsInput || Bits.input > end)) status = isBroken;
  if (load<u32>(state, atPhase) != phaseDone) sumUp(state, out);
  store<u32>(state, <u32>Bits.input, atInput);
  store<u32>(state, Bits.left, atBitsLeft);
  store<u64>(state, Bits.bits, atBits);
  return status;
}
