// Small work on texts: overwriting, counting lines and characters, and making a text of two bytes for each character one of single bytes.

/** Zeros in place of `length` bytes. JavaScript fills what threads share byte by byte. */
export function wipe(at: usize, length: usize): void {
  memory.fill(at, 0, length);
}

/** Line breaks among `length` bytes. */
export function countLines(text: usize, length: usize): u32 {
  let count: u32 = 0;
  let at = text;
  const end = text + length;
  const newline = i8x16.splat(0x0a);
  for (; at + 16 <= end; at += 16) count += popcnt(i8x16.bitmask(i8x16.eq(v128.load(at), newline)));
  for (; at < end; at++) if (load<u8>(at) == 0x0a) count++;
  return count;
}

/** Characters of UTF-8 among `length` bytes: all that are no continuation. */
export function countCharacters(text: usize, length: usize): u32 {
  let count: u32 = 0;
  let at = text;
  const end = text + length;
  const last = i8x16.splat(-65);
  for (; at + 16 <= end; at += 16) count += popcnt(i8x16.bitmask(i8x16.gt_s(v128.load(at), last)));
  for (; at < end; at++) if ((load<u8>(at) & 0xc0) != 0x80) count++;
  return count;
}

/**
 * Writes a byte for each pair of bytes: the one that is not zero of a character below 256, else 1, which is of no value.
 * @param isBig whether the upper byte comes first
 */
export function narrow(from: usize, to: usize, pairs: usize, isBig: bool): void {
  for (let i: usize = 0; i < pairs; i++) {
    const pair = load<u16>(from + (i << 1));
    const unit = isBig ? bswap<u16>(pair) : pair;
    store<u8>(to + i, unit < 256 ? <u8>unit : 1);
  }
}
