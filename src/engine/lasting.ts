// Finds windows of the lasting tables: in runs of a text's ordinary characters, and around joins and escapes. Nothing that is stored
// is hashed by anything that could be taken apart: each window as a whole goes through SipHash. docs/fingerprints.md.
import { isDeadBefore, isDeadBehind, mayEscape } from './around';
import { classAt, isToken } from './bytes';
import { highHalves, lowHalves, seedsOf, splats } from './filter';
import { stepAfter, stepBefore } from './collect';
import { escapeAt } from './escapes';
import { joinAround, joinEnd } from './joins';
import { sipHash } from './sip-hash';

// Layout of the head; node/scan/lasting-tables.ts writes it. Strides: a byte for each length, 0 for one that no window has.
const entriesAt: usize = 0;
const entryMaskAt: usize = 4;
const stridesAt: usize = 8;
const keyAt: usize = 16;

// What is written: how many, then records of 16 bytes: address, form, offset. Behind them room for the collectors.
const recordsAt: usize = 64;
const reserve: u32 = 8192;
const mostCollected: u32 = 43;

// @ts-ignore: decorator of AssemblyScript
@inline
function lengthOf(index: usize): usize {
  return index == 0 ? 16 : index == 1 ? 20 : index == 2 ? 28 : index == 3 ? 32 : 40;
}

/** Entries of 16 bytes: hash, form + 1 and offset (30 and 2 bits), length. */
function look(table: usize, at: usize, length: usize, place: usize, out: usize): void {
  const hash = sipHash(table + keyAt, at, length);
  const entries = <usize>load<u32>(table + entriesAt);
  const mask = load<u32>(table + entryMaskAt);
  let index = <u32>hash & mask;
  for (;;) {
    const entry = entries + (<usize>index << 4);
    const payload = load<u32>(entry, 8);
    if (payload == 0) return;
    if (load<u64>(entry) == hash && <usize>load<u32>(entry, 12) == length) {
      const count = load<u32>(out);
      const record = out + recordsAt + (<usize>count << 4);
      store<u32>(record, <u32>place);
      store<u32>(record + 4, (payload >> 2) - 1);
      store<u32>(record + 8, payload & 3);
      store<u32>(out, count + 1);
    }
    index = (index + 1) & mask;
  }
}

/** Every place of a run that the strides ask for. */
function testRun(table: usize, start: usize, end: usize, out: usize, room: u32): void {
  for (let index: usize = 0; index < 5; index++) {
    const stride = <usize>load<u8>(table + stridesAt + index);
    const length = lengthOf(index);
    if (stride == 0 || end - start < length) continue;
    for (let at = start; at + length <= end && load<u32>(out) + 64 < room; at += stride) look(table, at, length, at, out);
  }
}

/** Words on both sides that end too soon for the shortest window: what most line breaks of a text are between. */
function isShort(left: usize, right: usize): bool {
  let first = left;
  while (left - first < 16 && classAt(first - 1) & isToken) first--;
  let last = right;
  while (last - first - (right - left) < 16 && classAt(last) & isToken) last++;
  if (last - right + (left - first) >= 16) return false;
  return isDeadBefore(left, 16) && isDeadBehind(right, 16);
}

/** The text without the joins around a place, in `scratch`: the characters, then an address for each. */
function testAround(table: usize, left: usize, right: usize, broad: bool, out: usize, scratch: usize): void {
  const places = scratch + 128;
  const printable = load<u8>(left) == 0x3d;
  const middle: u32 = mostCollected;
  let first = middle;
  let at = left;
  while (first > 0) {
    const step = stepBefore(at, broad, printable);
    if (step == 0) break;
    first--;
    at = <usize>(step >> 8);
    store<u8>(scratch + first, <u8>step);
    store<u32>(places + (<usize>first << 2), <u32>at);
  }
  let last = middle;
  at = right;
  while (last < 2 * mostCollected) {
    const step = stepAfter(at, broad, printable);
    if (step == 0) break;
    store<u8>(scratch + last, <u8>step);
    // Where the character before ends: reading begins there, over the join if there is one.
    store<u32>(places + (<usize>last << 2), <u32>at);
    last++;
    at = <usize>(step >> 8);
  }
  if (first == middle || last == middle) return;
  for (let index: usize = 0; index < 5; index++) {
    const stride = <u32>load<u8>(table + stridesAt + index);
    const length = <u32>lengthOf(index);
    if (stride == 0 || last - first < length) continue;
    // A stride more on both sides: beyond it the places of the runs themselves begin anew, at any distance.
    let from = middle + 2 > length + stride ? middle + 2 - length - stride : 0;
    if (from < first) from = first;
    for (let start = from; start < middle + stride && start + length <= last; start += stride) {
      look(table, scratch + start, length, <usize>load<u32>(places + (<usize>start << 2)), out);
    }
  }
}

function testSeed(table: usize, seed: usize, out: usize, scratch: usize): void {
  const byte = load<u8>(seed);
  if (byte == 0x5c) {
    if (!mayEscape(load<u8>(seed + 1))) return;
    while (load<u8>(seed - 1) == 0x5c) seed--;
  }
  const broad = byte != 0x0a;
  if (broad && escapeAt(seed) != 0) {
    testAround(table, seed, seed, true, out, scratch);
    return;
  }
  if (byte == 0x25) return;
  const left = joinAround(seed);
  const right = joinEnd(left);
  if (right == 0 || isShort(left, right)) return;
  testAround(table, left, right, broad, out, scratch);
  if (load<u8>(left) == 0x3d) testAround(table, left + 1, right, broad, out, scratch);
}

// Which of the characters 0x20 to 0x7f are of a run, by the upper half of a byte: a bit for each half, and the halves.
//   letters, digits and _ - + / = . ~ : @
const runRows = memory.data<u8>([0xb8, 0xf8, 0xf8, 0xf8, 0xf8, 0xf8, 0xf8, 0xf8, 0xf8, 0xf8, 0xf8, 0x54, 0x50, 0x5c, 0xd4, 0x74], 16);
const runBits = memory.data<u8>([0, 0, 4, 8, 16, 32, 64, 128, 0, 0, 0, 0, 0, 0, 0, 0], 16);

// @ts-ignore: decorator of AssemblyScript
@inline
function notRun(bytes: v128, rows: v128, upper: v128, half: v128): u64 {
  const row = i8x16.swizzle(rows, v128.and(bytes, half));
  const bit = i8x16.swizzle(upper, v128.and(i16x8.shr_u(bytes, 4), half));
  return <u64>i8x16.bitmask(i8x16.eq(v128.and(row, bit), i8x16.splat(0)));
}

/**
 * Looks for the windows of a lasting table in a text. As scanKnown; behind the records there are 512 bytes more.
 */
export function scanLasting(table: usize, text: usize, from: usize, length: usize, out: usize, room: u32): usize {
  const low = v128.load(lowHalves);
  const high = v128.load(highHalves);
  const half = v128.load_splat<u8>(splats);
  const quoteBit = v128.load_splat<u8>(splats, 1);
  const operatorBits = v128.load_splat<u8>(splats, 2);
  const spaceBits = v128.load_splat<u8>(splats, 3);
  const endBits = v128.load_splat<u8>(splats, 4);
  const newline = v128.load_splat<u8>(splats, 5);
  const backtick = v128.load_splat<u8>(splats, 6);
  const slash = v128.load_splat<u8>(splats, 7);
  const percent = v128.load_splat<u8>(splats, 8);
  const rows = v128.load(runRows);
  const upper = v128.load(runBits);
  const scratch = out + recordsAt + (<usize>room << 4);
  const end = text + length;
  // A run that goes over the place where the last call ended is found whole.
  let run = text + from;
  while (run > text && run + 4096 > text + from && isRunAt(run - 1)) run--;
  let running = run < text + from;
  for (let block = text + from; block < end; block += 64) {
    if (load<u32>(out) + reserve > room) {
      if (running) testRun(table, run, block, out, room);
      return block - text;
    }
    const gaps =
      notRun(v128.load(block), rows, upper, half) |
      (notRun(v128.load(block, 16), rows, upper, half) << 16) |
      (notRun(v128.load(block, 32), rows, upper, half) << 32) |
      (notRun(v128.load(block, 48), rows, upper, half) << 48);
    if (gaps == 0) {
      if (!running) run = block;
      running = true;
      // Of a run without an end a part after the other, which overlap by the longest window.
      if (block + 64 - run > 65536) {
        testRun(table, run, block + 64, out, room);
        run = block + 64 - 48;
      }
    } else {
      let begin = running ? run : block;
      let rest = gaps;
      while (rest != 0) {
        const gap = block + <usize>ctz(rest);
        if (gap - begin >= 16) testRun(table, begin, gap, out, room);
        begin = gap + 1;
        rest &= rest - 1;
      }
      run = begin;
      running = begin < block + 64;
    }
    let seeds = seedsOf(block, low, high, half, quoteBit, operatorBits, spaceBits, endBits, newline, backtick, slash, percent);
    while (seeds != 0) {
      testSeed(table, block + <usize>ctz(seeds), out, scratch);
      seeds &= seeds - 1;
    }
  }
  if (running && end - run >= 16) testRun(table, run, end, out, room);
  return length;
}

function isRunAt(at: usize): bool {
  const byte = load<u8>(at);
  return byte < 0x80 && (load<u8>(runRows + <usize>(byte & 15)) & load<u8>(runBits + <usize>(byte >> 4))) != 0;
}

/** Enters windows: for each its entry of 16 bytes without the empty ones. */
export function insertLasting(table: usize, from: usize, count: u32): void {
  const entries = <usize>load<u32>(table + entriesAt);
  const mask = load<u32>(table + entryMaskAt);
  for (let i: u32 = 0; i < count; i++) {
    const entry = from + (<usize>i << 4);
    let index = load<u32>(entry) & mask;
    while (load<u32>(entries + (<usize>index << 4), 8) != 0) index = (index + 1) & mask;
    memory.copy(entries + (<usize>index << 4), entry, 16);
  }
}
