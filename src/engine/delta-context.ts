// How much of what a delta copies belongs to a value that lies across the border of the copy: the bytes around each border, and further along
// what may be a long token or a key that is wrapped over lines.

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
export function contextAfter(at: usize, length: usize): usize {
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
export function contextBefore(end: usize, length: usize): usize {
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
