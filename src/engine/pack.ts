// Heads of the entries of a git pack (gitformat-pack(5)). Nothing in a pack is believed: whatever reaches outside its bounds is refused.

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
