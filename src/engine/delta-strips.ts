// What a delta adds to its base, as strips of text for the matching. docs/scanning.md §3.3.
import { copyBytes, Delta, readCopy, readSize } from './delta';
import { contextAfter, contextBefore } from './delta-context';

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
  Delta.cursor = delta;
  if (readSize(end) != baseBytes || readSize(end) == 0xffffffff) return 1;
  let out = to;
  // Of a copy whose beginning is written: its end follows if anything comes behind it.
  let heldEnd: usize = 0;
  let heldLength: usize = 0;
  let isFirst = true;
  while (Delta.cursor < end) {
    const code = <u32>load<u8>(Delta.cursor++);
    const isCopy = (code & 0x80) != 0;
    if (isCopy) {
      readCopy(code);
      if (<u64>Delta.copyFrom + <u64>Delta.copyLength > <u64>baseBytes || Delta.cursor > end) return 1;
    } else if (code == 0 || Delta.cursor + code > end) return 1;
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
      const from = base + Delta.copyFrom;
      // Nothing precedes the first: it has no border there.
      const context: usize = isFirst ? 0 : contextAfter(from, Delta.copyLength);
      if (out + context > toEnd) return 0;
      copyBytes(out, from, context);
      out += context;
      heldEnd = from + Delta.copyLength;
      heldLength = Delta.copyLength - context;
    } else {
      if (out + code > toEnd) return 0;
      copyBytes(out, Delta.cursor, code);
      out += code;
      Delta.cursor += code;
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
