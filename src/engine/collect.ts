// Reads the characters on both sides of a place, over joins and escapes, so that the kernel can test the text without them.
import { classOf, isQuote, isToken } from './bytes';
import { backslash, equalsAt, escapeAt, escapeBefore, isBreakLetter } from './escapes';
import { joinEnd, joinStart } from './joins';

/** With `broad` every visible character counts but quotes and backslashes: within a literal, or around an escape. */
// @ts-ignore: decorator of AssemblyScript
@inline
function isOfValue(byte: u8, broad: bool): bool {
  if (classOf(byte) & isToken) return true;
  return broad && byte > 0x20 && byte < 0x7f && byte != backslash && !(classOf(byte) & isQuote);
}

/**
 * The character in front of `from`, over joins: its address and itself in the lowest byte; 0 where there is none.
 * @param printable whether the text is of quoted-printable, where an = is written as `=3D`
 */
export function stepBefore(from: usize, broad: bool, printable: bool): u64 {
  let at = from;
  for (;;) {
    const escape = escapeBefore(at, printable);
    if (escape != 0 && isOfValue(<u8>escape, true)) return (<u64>(at - (escape >> 16)) << 8) | <u64>(escape & 0xff);
    const byte = load<u8>(at - 1);
    if (isOfValue(byte, broad) && !(load<u8>(at - 2) == backslash && isBreakLetter(byte))) return (<u64>(at - 1) << 8) | <u64>byte;
    at = joinStart(at);
    if (at == 0) return 0;
  }
  return 0;
}

/** The character at `from`, or behind the joins there: the address behind it, and itself in the lowest byte; 0 where there is none. */
export function stepAfter(from: usize, broad: bool, printable: bool): u64 {
  let at = from;
  for (;;) {
    const byte = load<u8>(at);
    const isPrintable = printable && byte == 0x3d;
    const escape = isPrintable ? equalsAt(at) : byte == 0x25 || byte == backslash || byte == 0x26 ? escapeAt(at) : 0;
    if (escape != 0 && isOfValue(<u8>escape, true)) return (<u64>(at + (escape >> 16)) << 8) | <u64>(escape & 0xff);
    if (isOfValue(byte, broad) && byte != 0x3d) return (<u64>(at + 1) << 8) | <u64>byte;
    const right = joinEnd(at);
    if (right <= at) return byte == 0x3d ? (<u64>(at + 1) << 8) | <u64>byte : 0;
    at = right;
  }
  return 0;
}

/**
 * Collects up to `wanted` characters in front of `from`, the nearest in the top byte.
 * @param out the characters, then the address of each as 32 bits, the nearest first
 */
export function collectBefore(from: usize, wanted: u32, broad: bool, printable: bool, out: usize): u32 {
  let chars: u64 = 0;
  let count: u32 = 0;
  let at = from;
  for (; count < wanted; count++) {
    const step = stepBefore(at, broad, printable);
    if (step == 0) break;
    at = <usize>(step >> 8);
    chars |= (step & 0xff) << (56 - (count << 3));
    store<u32>(out + 8 + (<usize>count << 2), <u32>at);
  }
  store<u64>(out, chars);
  return count;
}

/** Collects up to `wanted` characters from `from` on, the first in the lowest byte; how many is written to `out`. */
export function collectAfter(from: usize, wanted: u32, broad: bool, printable: bool, out: usize): u64 {
  let chars: u64 = 0;
  let count: u32 = 0;
  let at = from;
  for (; count < wanted; count++) {
    const step = stepAfter(at, broad, printable);
    if (step == 0) break;
    at = <usize>(step >> 8);
    chars |= (step & 0xff) << (count << 3);
  }
  store<u32>(out, count);
  return chars;
}
