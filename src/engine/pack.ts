// What a git pack holds (gitformat-pack(5)): heads of its entries, and deltas. Nothing in a pack is believed: whatever reaches outside
// its bounds is refused.

/** As git numbers the kinds of entries. */
const offsetDelta: u32 = 6;
const idDelta: u32 = 7;

/** No base; the base is named by its id and still to be found; no base can be had. */
const noBase: i32 = -1;
const baseById: i32 = -2;
const brokenBase: i32 = -3;

/** Longest head: size, and distance or id. */
const longestHead: usize = 64;

/** Index of the entry that begins at `wanted`, looked for downwards from `from`; -1 where none does. */
function entryAt(offsets: usize, from: u32, wanted: f64): i32 {
  let low: u32 = 0;
  let high = from;
  let step: u32 = 1;
  while (step <= high && load<f64>(offsets + (<usize>(high - step) << 3)) > wanted) {
    high -= step;
    step <<= 1;
  }
  if (step <= high) low = high - step;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (load<f64>(offsets + (<usize>middle << 3)) < wanted) low = middle + 1;
    else high = middle;
  }
  return low < from && load<f64>(offsets + (<usize>low << 3)) == wanted ? <i32>low : -1;
}

/**
 * Reads the heads of the entries of one portion of a pack.
 * @param portion address of the portion, with 64 bytes of ours behind it
 * @param portionAt where it begins in the pack
 * @param isLast the pack ends with it
 * @param offsets where each entry begins, upwards, and behind the last where it ends
 * @param kinds a byte for each entry: its kind, 0 where the head is broken
 * @param heads a byte for each: length of the head
 * @param sizes four bytes for each: size of what is stored, 0xffffffff for all that is larger
 * @returns the first entry whose head does not lie in the portion
 */
export function packHeads(
  portion: usize,
  portionAt: f64,
  portionBytes: usize,
  isLast: bool,
  offsets: usize,
  from: u32,
  count: u32,
  kinds: usize,
  heads: usize,
  sizes: usize,
  bases: usize,
  idBytes: u32,
): u32 {
  for (let i = from; i < count; i++) {
    const offset = load<f64>(offsets + (<usize>i << 3));
    const start = offset - portionAt;
    if (start + <f64>longestHead > <f64>portionBytes && !(isLast && start < <f64>portionBytes)) return i;
    const begin = portion + <usize>start;
    const room = load<f64>(offsets + (<usize>i << 3), 8) - offset;
    let at = begin;
    let byte = <u32>load<u8>(at++);
    let kind = (byte >> 4) & 7;
    let size = <u64>(byte & 15);
    let shift: u64 = 4;
    while (byte & 0x80 && shift < 60) {
      byte = load<u8>(at++);
      size |= (<u64>(byte & 0x7f)) << shift;
      shift += 7;
    }
    let base = noBase;
    if (byte & 0x80 || kind == 0 || kind == 5) kind = 0;
    if (kind == offsetDelta) {
      byte = load<u8>(at++);
      let back = <u64>(byte & 0x7f);
      let bytes = 0;
      while (byte & 0x80 && bytes < 8) {
        byte = load<u8>(at++);
        back = ((back + 1) << 7) | (byte & 0x7f);
        bytes++;
      }
      base = byte & 0x80 || back == 0 ? -1 : entryAt(offsets, i, offset - <f64>back);
      if (base < 0) base = brokenBase;
    } else if (kind == idDelta) {
      at += idBytes;
      base = baseById;
    }
    if (<f64>(at - begin) >= room) kind = 0;
    store<u8>(kinds + i, <u8>kind);
    store<u8>(heads + i, <u8>(at - begin));
    store<u32>(sizes + (<usize>i << 2), size > 0xfffffffe ? 0xffffffff : <u32>size);
    store<i32>(bases + (<usize>i << 2), kind == 0 ? brokenBase : base);
  }
  return count;
}

/** Copies upwards; may write up to 15 bytes too many. */
// @ts-ignore: decorator
@inline
function copyBytes(to: usize, from: usize, length: usize): void {
  if (length > 512) memory.copy(to, from, length);
  else for (let i: usize = 0; i < length; i += 16) v128.store(to + i, v128.load(from + i));
}

let cursor: usize = 0;
let copyFrom: usize = 0;
let copyLength: usize = 0;

/** A size as a delta says it in front; 0xffffffff where it is larger or broken. */
function readSize(end: usize): u32 {
  let size: u64 = 0;
  let shift: u64 = 0;
  while (cursor < end && shift < 56) {
    const byte = <u64>load<u8>(cursor++);
    size |= (byte & 0x7f) << shift;
    if (!(byte & 0x80)) return size > 0xfffffffe ? 0xffffffff : <u32>size;
    shift += 7;
  }
  return 0xffffffff;
}

/** What a delta makes, in bytes; 0xffffffff where it does not say. */
export function deltaResultBytes(delta: usize, end: usize): u32 {
  cursor = delta;
  readSize(end);
  return readSize(end);
}

/** Reads where a copy comes from and how long it is. */
// @ts-ignore: decorator
@inline
function readCopy(code: u32): void {
  let from: u32 = 0;
  let length: u32 = 0;
  if (code & 1) from = load<u8>(cursor++);
  if (code & 2) from |= (<u32>load<u8>(cursor++)) << 8;
  if (code & 4) from |= (<u32>load<u8>(cursor++)) << 16;
  if (code & 8) from |= (<u32>load<u8>(cursor++)) << 24;
  if (code & 16) length = load<u8>(cursor++);
  if (code & 32) length |= (<u32>load<u8>(cursor++)) << 8;
  if (code & 64) length |= (<u32>load<u8>(cursor++)) << 16;
  copyFrom = from;
  copyLength = length == 0 ? 0x10000 : length;
}

/**
 * Applies a delta.
 * @param out room of `bytes` bytes, and 16 of ours behind them
 * @returns whether it was one, of this base and of this length
 */
export function applyDelta(delta: usize, end: usize, base: usize, baseBytes: u32, out: usize, bytes: u32): bool {
  cursor = delta;
  if (readSize(end) != baseBytes || readSize(end) != bytes) return false;
  let to = out;
  const outEnd = out + bytes;
  while (cursor < end) {
    const code = <u32>load<u8>(cursor++);
    if (code & 0x80) {
      readCopy(code);
      if (<u64>copyFrom + <u64>copyLength > <u64>baseBytes || to + copyLength > outEnd) return false;
      copyBytes(to, base + copyFrom, copyLength);
      to += copyLength;
    } else {
      if (code == 0 || cursor + code > end || to + code > outEnd) return false;
      copyBytes(to, cursor, code);
      to += code;
      cursor += code;
    }
  }
  return to == outEnd && cursor == end;
}

/** Bytes that values and their disguises are made of; a zero between two of them is UTF-16. */
const tokenBytes = memory.data<u8>([
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 1, 1, 1, 0,
  0, 0, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
  1, 1, 1, 0, 0, 0, 1, 0,
]);

// @ts-ignore: decorator
@inline
function isToken(at: usize): bool {
  const byte = <u32>load<u8>(at);
  return byte < 128 && load<u8>(tokenBytes + byte) != 0;
}

/** Context on each side of a border, at least. */
const margin: usize = 64;
/** Runs of token bytes that long carry a strip on, over gaps of at most `longestGap` bytes, as in a key that is wrapped over lines. */
const leastRun: usize = 24;
const longestGap: usize = 24;
const mostContext: usize = 16_384;

/** Spaces among the 64 bytes at an address, a bit each. */
// @ts-ignore: decorator
@inline
function spacesAt(at: usize): u64 {
  const space = i8x16.splat(32);
  return (
    (<u64>i8x16.bitmask(i8x16.eq(v128.load(at), space))) |
    ((<u64>i8x16.bitmask(i8x16.eq(v128.load(at, 16), space))) << 16) |
    ((<u64>i8x16.bitmask(i8x16.eq(v128.load(at, 32), space))) << 32) |
    ((<u64>i8x16.bitmask(i8x16.eq(v128.load(at, 48), space))) << 48)
  );
}

/** Whether 20 of 64 bytes in a row are no spaces: fewer, and no value can go on behind the margin. */
// @ts-ignore: decorator
@inline
function mayGoOn(at: usize): bool {
  let free = ~spacesAt(at);
  free &= free >> 1;
  free &= free >> 2;
  free &= free >> 4;
  free &= free >> 8;
  return (free & (free >> 4)) != 0;
}

/** How much of the `length` bytes from `at` belongs to a value that may begin before them. */
function contextAfter(at: usize, length: usize): usize {
  if (length <= margin) return length;
  if (!mayGoOn(at)) return margin;
  const end = at + min(length, mostContext);
  let carried = at;
  let p = at;
  let isFirst = true;
  while (p < end) {
    const from = p;
    while (p < end && (isToken(p) || (load<u8>(p) == 0 && p > from && load<u8>(p - 1) != 0))) p++;
    if (!isFirst && p - from < leastRun) break;
    isFirst = false;
    carried = p;
    const gapEnd = min(end, p + longestGap);
    while (p < gapEnd && !isToken(p)) p++;
    if (p == gapEnd) break;
  }
  return min(length, carried - at + margin);
}

/** As `contextAfter`, backwards from `end`. */
function contextBefore(end: usize, length: usize): usize {
  if (length <= margin) return length;
  if (!mayGoOn(end - margin)) return margin;
  const least = end - min(length, mostContext);
  let carried = end;
  let p = end;
  let isFirst = true;
  while (p > least) {
    const from = p;
    while (p > least && (isToken(p - 1) || (load<u8>(p - 1) == 0 && p < from && load<u8>(p) != 0))) p--;
    if (!isFirst && from - p < leastRun) break;
    isFirst = false;
    carried = p;
    const gapEnd = max(least, p > longestGap ? p - longestGap : 0);
    while (p > gapEnd && !isToken(p - 1)) p--;
    if (p == gapEnd) break;
  }
  return min(length, end - carried + margin);
}

/** Stands between two strips: no form of a value goes over it. */
const gap: u32 = 0xff00ff;
export const gapBytes: usize = 3;

/**
 * What a delta makes that its base does not hold: what is put in, with the bytes around every border, so that whatever lies across
 * a border lies in one strip.
 * @param end of the delta
 * @param to room up to `toEnd`, and 32 bytes of ours behind it
 * @returns address behind the last strip; 0 where there is not enough room, 1 where the delta is broken
 */
export function deltaStrips(delta: usize, end: usize, base: usize, baseBytes: u32, to: usize, toEnd: usize): usize {
  cursor = delta;
  if (readSize(end) != baseBytes || readSize(end) == 0xffffffff) return 1;
  let out = to;
  // Of a copy whose beginning is written: its end follows if anything comes behind it.
  let heldEnd: usize = 0;
  let heldLength: usize = 0;
  let isFirst = true;
  while (cursor < end) {
    const code = <u32>load<u8>(cursor++);
    const isCopy = (code & 0x80) != 0;
    if (isCopy) {
      readCopy(code);
      if (<u64>copyFrom + <u64>copyLength > <u64>baseBytes || cursor > end) return 1;
    } else if (code == 0 || cursor + code > end) return 1;
    if (heldLength > 0) {
      const context = contextBefore(heldEnd, heldLength);
      if (out + gapBytes + context > toEnd) return 0;
      if (context < heldLength) {
        store<u32>(out, gap);
        out += gapBytes;
      }
      copyBytes(out, heldEnd - context, context);
      out += context;
      heldLength = 0;
    }
    if (isCopy) {
      const from = base + copyFrom;
      // Nothing precedes the first: it has no border there.
      const context: usize = isFirst ? 0 : contextAfter(from, copyLength);
      if (out + context > toEnd) return 0;
      copyBytes(out, from, context);
      out += context;
      heldEnd = from + copyLength;
      heldLength = copyLength - context;
    } else {
      if (out + code > toEnd) return 0;
      copyBytes(out, cursor, code);
      out += code;
      cursor += code;
    }
    isFirst = false;
  }
  if (out + gapBytes > toEnd) return 0;
  if (out > to) {
    store<u32>(out, gap);
    out += gapBytes;
  }
  return out;
}
