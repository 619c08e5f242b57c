// Finds where the literals stand that lead to unknown keys: sixteen places at a time are tested for four characters of any of them
// ("Teddy", from Hyperscan), and what passes is compared and looked at behind, so that few places are left to judge. A record is only a
// candidate: core/leaks/patterns judges. docs/scanning.md §2.

// Layout of a table's head; node/scan/prefix-table.ts writes it. Two groups of eight buckets each.
const lowAt: usize = 0;
const highAt: usize = 128;
const groupBytes: usize = 64;
const bucketsAt: usize = 256;
const bucketGroupBytes: usize = 64;
const literalsAt: usize = 384;
const glueAt: usize = 388;
const valueAt: usize = 392;
const wordAt: usize = 396;

// Layout of a window: four characters of a literal.
const windowBytes: usize = 16;
const caredAt: usize = 4;
const foldedAt: usize = 8;
const literalAt: usize = 12;
const shiftAt: usize = 14;

// Layout of a literal.
const literalBytes: usize = 32;
const lengthAt: usize = 4;
const anyCaseAt: usize = 8;
const beginsWordAt: usize = 12;
const whatAt: usize = 16;
const leastAt: usize = 20;
const classAt: usize = 24;

// Layout of what is written: how many, room for two vectors, then records of 8 bytes: address, literal.
const vectorAt: usize = 16;
const recordsAt: usize = 64;
/** A block of 16 bytes cannot lead to more than so many records. */
const reserve: u32 = 512;

const mostTail: usize = 32;
const mostGlue: usize = 16;
const mostValue: usize = 64;
const leastValue: usize = 8;
const mostBetween: usize = 12;
const mostWordsBetween: i32 = 2;
const mostAddress: usize = 400;
const leastPassword: usize = 3;
const longestColour: usize = 9;

// @ts-ignore: decorator of AssemblyScript
@inline
function isIn(set: usize, byte: u32): bool {
  return load<u8>(set + <usize>byte) != 0;
}

// @ts-ignore: decorator of AssemblyScript
@inline
function isHex(byte: u32): bool {
  return byte - 0x30 < 10 || (byte | 0x20) - 0x61 < 6;
}

/** True where an escape ends before `at`: its last character is none of a word. */
function endsEscape(begin: usize, at: usize): bool {
  const last = <u32>load<u8>(at - 1);
  const room = at - begin;
  if (room >= 2 && load<u8>(at - 2) == 0x5c) {
    if (last == 0x6e || last == 0x72 || last == 0x74 || last == 0x62 || last == 0x66 || last == 0x76 || last == 0x30)
      return true;
  }
  if (room >= 3 && isHex(last) && isHex(load<u8>(at - 2))) {
    if (load<u8>(at - 3) == 0x25) return true;
    if (room >= 4 && (load<u8>(at - 3) | 0x20) == 0x78 && load<u8>(at - 4) == 0x5c) return true;
    if (room >= 6 && (load<u8>(at - 5) | 0x20) == 0x75 && load<u8>(at - 6) == 0x5c) return true;
  }
  if (last != 0x6d) return false;
  for (let back: usize = 2; back <= longestColour && back <= room; back++) {
    const byte = <u32>load<u8>(at - back);
    if (byte == 0x1b) return true;
    if (byte != 0x5b && byte != 0x3b && byte - 0x30 >= 10) return false;
  }
  return false;
}

/** `least` characters of a class. */
function hasRun(literal: usize, at: usize, end: usize): bool {
  const least = <usize>load<u32>(literal, leastAt);
  const set = <usize>load<u32>(literal, classAt);
  if (at + least > end) return false;
  for (let p = at; p < at + least; p++) {
    if (!isIn(set, load<u8>(p))) return false;
  }
  return true;
}

/** The rest of a name, a sign of assignment, and a value with a digit; words such as `string` and `Bearer` may stand between. */
function hasValue(table: usize, at: usize, end: usize): bool {
  const word = <usize>load<u32>(table, wordAt);
  const glue = <usize>load<u32>(table, glueAt);
  const value = <usize>load<u32>(table, valueAt);
  let p = at;
  while (p < end && p - at < mostTail && isIn(word, load<u8>(p))) p++;
  for (let words = 0; words <= mostWordsBetween; words++) {
    const start = p;
    while (p < end && p - start < mostGlue && isIn(glue, load<u8>(p))) p++;
    if (p == start) return false;
    const first = p;
    let hasDigit = false;
    let hasOther = false;
    while (p < end && p - first < mostValue) {
      const byte = <u32>load<u8>(p);
      if (!isIn(value, byte)) break;
      if (byte - 0x30 < 10) hasDigit = true;
      else if ((byte | 0x20) - 0x61 >= 26) hasOther = true;
      p++;
      if (hasDigit && p - first >= leastValue) return true;
    }
    if (p == first || hasDigit || hasOther || p - first > mostBetween) return false;
  }
  return false;
}

/** `user:password@`. */
function hasCredentials(at: usize, end: usize): bool {
  const last = min(end, at + mostAddress);
  let colon: usize = 0;
  for (let p = at; p < last; p++) {
    const byte = <u32>load<u8>(p);
    if (byte <= 0x20 || byte == 0x2f || byte == 0x22 || byte == 0x27 || byte == 0x60 || byte == 0x3c || byte == 0x5c)
      return false;
    if (byte == 0x3a && colon == 0) colon = p;
    if (byte == 0x40) return colon != 0 && p - colon > leastPassword;
  }
  return false;
}

// @ts-ignore: decorator of AssemblyScript
@inline
function isWordCharacter(byte: u32): bool {
  return byte - 0x30 < 10 || (byte | 0x20) - 0x61 < 26 || byte == 0x5f;
}

function isCandidate(table: usize, literal: usize, at: usize, begin: usize, end: usize): bool {
  const text = <usize>load<u32>(literal);
  const length = <usize>load<u32>(literal, lengthAt);
  if (at < begin || at + length >= end) return false;
  const anyCase = load<u32>(literal, anyCaseAt) != 0;
  for (let i: usize = 0; i < length; i++) {
    let byte = <u32>load<u8>(at + i);
    if (anyCase && byte - 0x41 < 26) byte |= 0x20;
    if (byte != <u32>load<u8>(text + i)) return false;
  }
  if (load<u32>(literal, beginsWordAt) != 0 && at > begin && isWordCharacter(load<u8>(at - 1)) && !endsEscape(begin, at))
    return false;
  const what = load<u32>(literal, whatAt);
  if (what == 0) return hasRun(literal, at + length, end);
  return what == 1 ? hasValue(table, at + length, end) : hasCredentials(at + length, end);
}

/** Tests the windows that end in the block at `block`; the vector says in which buckets they may be. */
function testBlock(table: usize, group: usize, block: usize, begin: usize, end: usize, out: usize, places: u32): void {
  const literals = <usize>load<u32>(table, literalsAt);
  while (places != 0) {
    const place = <usize>ctz(places);
    places &= places - 1;
    const at = block + place - 3;
    if (at + 4 > end) return;
    const word = load<u32>(at);
    let buckets = <u32>load<u8>(out + vectorAt + (group << 4) + place);
    while (buckets != 0) {
      const bucket = table + bucketsAt + group * bucketGroupBytes + (<usize>ctz(buckets) << 3);
      buckets &= buckets - 1;
      let window = <usize>load<u32>(bucket);
      const last = <usize>load<u32>(bucket, 4);
      for (; window < last; window += windowBytes) {
        if (((word | load<u32>(window, foldedAt)) & load<u32>(window, caredAt)) != load<u32>(window)) continue;
        const index = <u32>load<u16>(window, literalAt);
        const start = at - <usize>load<u16>(window, shiftAt);
        if (!isCandidate(table, literals + <usize>index * literalBytes, start, begin, end)) continue;
        const count = load<u32>(out);
        const record = out + recordsAt + (<usize>count << 3);
        store<u32>(record, <u32>start);
        store<u32>(record + 4, index);
        store<u32>(out, count + 1);
      }
    }
  }
}

// @ts-ignore: decorator of AssemblyScript
@inline
function threeBack(before: v128, block: v128): v128 {
  return i8x16.shuffle(before, block, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28);
}

// @ts-ignore: decorator of AssemblyScript
@inline
function twoBack(before: v128, block: v128): v128 {
  return i8x16.shuffle(before, block, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29);
}

// @ts-ignore: decorator of AssemblyScript
@inline
function oneBack(before: v128, block: v128): v128 {
  return i8x16.shuffle(before, block, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30);
}

/**
 * Writes where literals stand whose window begins from `from` on; bytes from `begin` on are looked at. Up to 16 bytes behind `end` are
 * read and mean nothing.
 * @param from `begin`, or where the last call left off
 * @param most how many records there is room for
 * @returns where to go on: `end`, or less where there was no more room
 */
export function findPrefixes(table: usize, begin: usize, from: usize, end: usize, out: usize, most: u32): usize {
  store<u32>(out, 0);
  const a0 = v128.load(table, lowAt);
  const a1 = v128.load(table, lowAt + 16);
  const a2 = v128.load(table, lowAt + 32);
  const a3 = v128.load(table, lowAt + 48);
  const b0 = v128.load(table, lowAt + groupBytes);
  const b1 = v128.load(table, lowAt + groupBytes + 16);
  const b2 = v128.load(table, lowAt + groupBytes + 32);
  const b3 = v128.load(table, lowAt + groupBytes + 48);
  const c0 = v128.load(table, highAt);
  const c1 = v128.load(table, highAt + 16);
  const c2 = v128.load(table, highAt + 32);
  const c3 = v128.load(table, highAt + 48);
  const d0 = v128.load(table, highAt + groupBytes);
  const d1 = v128.load(table, highAt + groupBytes + 16);
  const d2 = v128.load(table, highAt + groupBytes + 32);
  const d3 = v128.load(table, highAt + groupBytes + 48);
  const half = i8x16.splat(15);
  // What the first three characters of a window gave in the block before, for either group.
  let p0 = i64x2.splat(0);
  let p1 = i64x2.splat(0);
  let p2 = i64x2.splat(0);
  let q0 = i64x2.splat(0);
  let q1 = i64x2.splat(0);
  let q2 = i64x2.splat(0);
  for (let p = from; p < end; p += 16) {
    const bytes = v128.load(p);
    const low = v128.and(bytes, half);
    const high = v128.and(i16x8.shr_u(bytes, 4), half);
    const s0 = v128.and(i8x16.swizzle(a0, low), i8x16.swizzle(c0, high));
    const s1 = v128.and(i8x16.swizzle(a1, low), i8x16.swizzle(c1, high));
    const s2 = v128.and(i8x16.swizzle(a2, low), i8x16.swizzle(c2, high));
    const s3 = v128.and(i8x16.swizzle(a3, low), i8x16.swizzle(c3, high));
    const t0 = v128.and(i8x16.swizzle(b0, low), i8x16.swizzle(d0, high));
    const t1 = v128.and(i8x16.swizzle(b1, low), i8x16.swizzle(d1, high));
    const t2 = v128.and(i8x16.swizzle(b2, low), i8x16.swizzle(d2, high));
    const t3 = v128.and(i8x16.swizzle(b3, low), i8x16.swizzle(d3, high));
    const found = v128.and(v128.and(threeBack(p0, s0), twoBack(p1, s1)), v128.and(oneBack(p2, s2), s3));
    const others = v128.and(v128.and(threeBack(q0, t0), twoBack(q1, t1)), v128.and(oneBack(q2, t2), t3));
    p0 = s0;
    p1 = s1;
    p2 = s2;
    q0 = t0;
    q1 = t1;
    q2 = t2;
    if (!v128.any_true(v128.or(found, others))) continue;
    v128.store(out, found, vectorAt);
    v128.store(out, others, vectorAt + 16);
    const none = i64x2.splat(0);
    testBlock(table, 0, p, begin, end, out, <u32>i8x16.bitmask(i8x16.ne(found, none)));
    testBlock(table, 1, p, begin, end, out, <u32>i8x16.bitmask(i8x16.ne(others, none)));
    // Windows that begin up to three places before the next block have not ended yet.
    if (load<u32>(out) + reserve > most && p + 16 < end) return p + 13;
  }
  return end;
}
