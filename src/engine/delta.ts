// Deltas of a git pack (gitformat-pack(5)): what they say of themselves, and what they make. Nothing in them is believed.

/** Copies upwards; may write up to 15 bytes too many. */
// @ts-ignore: decorator
@inline
export function copyBytes(to: usize, from: usize, length: usize): void {
  if (length > 512) memory.copy(to, from, length);
  else for (let i: usize = 0; i < length; i += 16) v128.store(to + i, v128.load(from + i));
}

/** Where a delta is being read, and the copy that was read last. */
export class Delta {
  static cursor: usize = 0;
  static copyFrom: usize = 0;
  static copyLength: usize = 0;
}

/** A size as a delta says it in front; 0xffffffff where it is larger or broken. */
export function readSize(end: usize): u32 {
  let size: u64 = 0;
  let shift: u64 = 0;
  while (Delta.cursor < end && shift < 56) {
    const byte = <u64>load<u8>(Delta.cursor++);
    size |= (byte & 0x7f) << shift;
    if (!(byte & 0x80)) return size > 0xfffffffe ? 0xffffffff : <u32>size;
    shift += 7;
  }
  return 0xffffffff;
}

/** What a delta makes, in bytes; 0xffffffff where it does not say. */
export function deltaResultBytes(delta: usize, end: usize): u32 {
  Delta.cursor = delta;
  readSize(end);
  return readSize(end);
}

/** Reads where a copy comes from and how long it is. */
// @ts-ignore: decorator
@inline
export function readCopy(code: u32): void {
  let from: u32 = 0;
  let length: u32 = 0;
  if (code & 1) from = load<u8>(Delta.cursor++);
  if (code & 2) from |= (<u32>load<u8>(Delta.cursor++)) << 8;
  if (code & 4) from |= (<u32>load<u8>(Delta.cursor++)) << 16;
  if (code & 8) from |= (<u32>load<u8>(Delta.cursor++)) << 24;
  if (code & 16) length = load<u8>(Delta.cursor++);
  if (code & 32) length |= (<u32>load<u8>(Delta.cursor++)) << 8;
  if (code & 64) length |= (<u32>load<u8>(Delta.cursor++)) << 16;
  Delta.copyFrom = from;
  Delta.copyLength = length == 0 ? 0x10000 : length;
}

/**
 * Applies a delta.
 * @param out room of `bytes` bytes, and 16 of ours behind them
 * @returns whether it was one, of this base and of this length
 */
export function applyDelta(delta: usize, end: usize, base: usize, baseBytes: u32, out: usize, bytes: u32): bool {
  Delta.cursor = delta;
  if (readSize(end) != baseBytes || readSize(end) != bytes) return false;
  let to = out;
  const outEnd = out + bytes;
  while (Delta.cursor < end) {
    const code = <u32>load<u8>(Delta.cursor++);
    if (code & 0x80) {
      readCopy(code);
      if (<u64>Delta.copyFrom + <u64>Delta.copyLength > <u64>baseBytes || to + Delta.copyLength > outEnd) return false;
      copyBytes(to, base + Delta.copyFrom, Delta.copyLength);
      to += Delta.copyLength;
    } else {
      if (code == 0 || Delta.cursor + code > end || to + code > outEnd) return false;
      copyBytes(to, Delta.cursor, code);
      to += code;
      Delta.cursor += code;
    }
  }
  return to == outEnd && Delta.cursor == end;
}
