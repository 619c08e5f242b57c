// Where a value is cut in a text: a line break with what belongs to it, or the end of one literal and the beginning of the next. The
// collectors read characters on both sides of a place, over joins and escapes, so that the kernel can test the text without them.
// Texts have zeros in front and behind, at which everything here stops. core/leaks/joins.ts reads by the same rules.
import {
  classAt, classOf, hexValue, isHexDigit, isLeader, isNewline, isOperator, isQuote, isSpace, isToken,
} from './bytes';

const backslash: u8 = 0x5c;
const doubleQuote: u8 = 0x22;
const backtick: u8 = 0x60;
const longestJoin: usize = 160;

// @ts-ignore: decorator of AssemblyScript
@inline
function afterBackslashes(at: usize): usize {
  while (load<u8>(at) == backslash) at++;
  return at;
}

// @ts-ignore: decorator of AssemblyScript
@inline
function beforeBackslashes(at: usize): usize {
  while (load<u8>(at - 1) == backslash) at--;
  return at;
}

/** n, r or t: with a backslash in front a line break, or what stands beside one. */
// @ts-ignore: decorator of AssemblyScript
@inline
function isBreakLetter(byte: u8): bool {
  return byte == 0x6e || byte == 0x72 || byte == 0x74;
}

/** Letters in front of a literal: f"", b'', r"", u8"", L"", @"", $"". */
function isLiteralLetter(byte: u8): bool {
  const small = byte | 0x20;
  return small == 0x62 || small == 0x66 || small == 0x72 || small == 0x75 || small == 0x6c || byte == 0x40 || byte == 0x24;
}

/** Behind white space and breaks, real and escaped. */
function afterGap(from: usize): usize {
  let at = from;
  for (;;) {
    if (classAt(at) & (isSpace | isNewline)) at++;
    else if (load<u8>(at) == backslash && isBreakLetter(load<u8>(afterBackslashes(at)))) at = afterBackslashes(at) + 1;
    else return at;
  }
  return at;
}

function beforeGap(from: usize): usize {
  let at = from;
  for (;;) {
    if (classAt(at - 1) & (isSpace | isNewline)) at--;
    else if (isBreakLetter(load<u8>(at - 1)) && load<u8>(at - 2) == backslash) at = beforeBackslashes(at - 1);
    else return at;
  }
  return at;
}

/**
 * Behind the opening quote of the next line, where a list of lines goes on at `from`: the end of one in quotes, a comma, the next one,
 * as a notebook holds its source. `from` where it does not; asked behind an escaped break alone, with which each line ends.
 */
export function afterLineOfList(from: usize): usize {
  const quote = afterBackslashes(from);
  if (load<u8>(quote) != doubleQuote) return from;
  const comma = afterGap(quote + 1);
  if (load<u8>(comma) != 0x2c) return from;
  const next = afterBackslashes(afterGap(comma + 1));
  return load<u8>(next) == doubleQuote ? next + 1 : from;
}

/** The other way: the end of the escaped break with which the line in front ended, where `from` is behind a quote that opens the next; 0 otherwise. */
function beforeLineOfList(from: usize): usize {
  const comma = beforeGap(beforeBackslashes(from - 1));
  if (load<u8>(comma - 1) != 0x2c) return 0;
  const quote = beforeGap(comma - 1) - 1;
  if (load<u8>(quote) != doubleQuote) return 0;
  const end = beforeBackslashes(quote);
  return load<u8>(end - 1) == 0x6e && load<u8>(end - 2) == backslash ? end : 0;
}

/** Behind a line break that a backtick in front of it takes away, as in PowerShell; 0 where there is none. */
function afterBacktick(from: usize): usize {
  if (load<u8>(from) != backtick) return 0;
  const next = load<u8>(from + 1);
  if (next != 0x0a && next != 0x0d && next != backslash) return 0;
  const behind = afterGap(from + 1);
  return behind > from + 1 ? afterGap(afterLineOfList(behind)) : 0;
}

/** Behind the opening quote that follows, where only what may stand between two literals comes first; 0 otherwise. */
function openingQuote(from: usize): usize {
  const last = from + longestJoin;
  let at = from;
  while (at < last) {
    const byte = load<u8>(at);
    const kind = classOf(byte);
    if (kind & isQuote) {
      const behind = afterBacktick(at);
      if (behind == 0) return at + 1;
      // One that takes a line break away opens nothing.
      if (!(classAt(afterBackslashes(behind)) & isQuote)) return 0;
      at = behind;
    } else if (kind & (isSpace | isNewline | isOperator) || byte == 0x5f || byte == 0x3b || byte == 0x23) at++;
    else if (byte == backslash) {
      at = afterBackslashes(at);
      if (isBreakLetter(load<u8>(at))) at = afterLineOfList(at + 1);
    } else if (isLiteralLetter(byte)) {
      const next = load<u8>(afterBackslashes(at + 1));
      if (!(classOf(next) & isQuote)) return 0;
      at++;
    } else return 0;
  }
  return 0;
}

/** Behind a line break, real or escaped; 0 where there is none. */
// @ts-ignore: decorator of AssemblyScript
@inline
function afterBreak(at: usize): usize {
  const byte = load<u8>(at);
  if (byte == 0x0a) return at + 1;
  if (byte != backslash) return 0;
  const next = afterBackslashes(at);
  const letter = load<u8>(next);
  if (letter == 0x6e) return afterLineOfList(next + 1);
  return letter == 0x72 || letter == 0x0a ? next + 1 : 0;
}

// @ts-ignore: decorator of AssemblyScript
@inline
function afterSpaces(at: usize): usize {
  while (classAt(at) & isSpace) at++;
  return at;
}

/** Behind what begins a line of a comment or a quotation. */
function afterLeader(from: usize): usize {
  let at = from;
  while (classAt(at) & isLeader) at++;
  const byte = load<u8>(at);
  // Without a space behind them the two may be of the value.
  if ((byte == 0x2f || byte == 0x2d) && load<u8>(at + 1) == byte && load<u8>(at + 2) == 0x20) at += 2;
  return at;
}

/** Behind the join that begins at `from`, or 0 where none does. */
export function joinEnd(from: usize): usize {
  const quote = afterBackslashes(from);
  if (classAt(quote) & isQuote) {
    const opened = openingQuote(quote + 1);
    return opened != 0 ? opened : afterBacktick(quote);
  }
  let at = afterSpaces(from);
  if (load<u8>(at) == 0x3d) at = afterSpaces(at + 1);
  if (load<u8>(at) == backslash && classAt(afterSpaces(at + 1)) & isNewline) at = afterSpaces(at + 1);
  let next = afterBreak(at);
  if (next == 0) return 0;
  const last = from + longestJoin;
  while (next != 0 && next < last) {
    at = afterSpaces(next);
    next = afterBreak(at);
    if (next == 0 && load<u8>(at) == backslash && load<u8>(at + 1) == 0x74) next = at + 2;
    if (next == 0) {
      const behind = afterLeader(at);
      if (behind != at) next = behind;
    }
  }
  return at;
}

/** Whether what stands in front of a line break is a value's character and the backtick that takes the break away. */
// @ts-ignore: decorator of AssemblyScript
@inline
export function isContinued(at: usize): bool {
  return load<u8>(at - 1) == backtick && (classAt(at - 2) & isToken) != 0;
}

/** The closing quote, or its backslash, of the literal in front of the one that begins at `from`; 0 otherwise. */
function closingQuote(from: usize): usize {
  const first = from - longestJoin;
  let at = beforeBackslashes(from - 1);
  if (isLiteralLetter(load<u8>(at - 1)) && !(classAt(at - 2) & isToken)) at--;
  while (at > first) {
    const byte = load<u8>(at - 1);
    const kind = classOf(byte);
    if (kind & isQuote) {
      // A backtick behind a blank takes its line break away.
      const line = byte == doubleQuote ? beforeLineOfList(at) : byte == backtick && classAt(at - 2) & isSpace ? at - 1 : 0;
      if (line == 0) return beforeBackslashes(at - 1);
      at = line;
    } else if (kind & (isSpace | isNewline | isOperator) || byte == backslash || byte == 0x5f || byte == 0x3b || byte == 0x23) at--;
    else if (isBreakLetter(byte) && load<u8>(at - 2) == backslash) at -= 2;
    else return 0;
  }
  return 0;
}

/** Where the join that ends in front of `from` begins; 0 where none does. */
export function joinStart(from: usize): usize {
  if (classAt(from - 1) & isQuote && (load<u8>(from - 1) != doubleQuote || beforeLineOfList(from) == 0)) return closingQuote(from);
  const first = from - longestJoin;
  let at = from;
  let broken = false;
  while (at > first) {
    const byte = load<u8>(at - 1);
    const kind = classOf(byte);
    if (kind & isSpace) at--;
    else if (kind & isNewline) {
      at--;
      broken = true;
    } else if (isBreakLetter(byte) && load<u8>(at - 2) == backslash) {
      at = beforeBackslashes(at - 1);
      broken = broken || byte != 0x74;
    } else if (byte == doubleQuote && beforeLineOfList(at) != 0) at = beforeLineOfList(at);
    else if (!broken && (kind & isLeader || byte == 0x2f || byte == 0x2d)) at--;
    else break;
  }
  if (!broken) return 0;
  if (load<u8>(at - 1) == 0x3d || isContinued(at)) return at - 1;
  return beforeBackslashes(at);
}

/** Where the join begins that holds the line break or closing quote at `at`. */
export function joinAround(at: usize): usize {
  if (classAt(at) & isQuote) return beforeBackslashes(at);
  while (classAt(at - 1) & isSpace) at--;
  at = beforeBackslashes(at);
  while (classAt(at - 1) & isSpace) at--;
  let left = at;
  while (classAt(left - 1) & isOperator && left > at - 3) left--;
  while (classAt(left - 1) & isSpace) left--;
  if (classAt(left - 1) & isQuote) return beforeBackslashes(left - 1);
  return load<u8>(at - 1) == 0x3d ? at - 1 : at;
}

// @ts-ignore: decorator of AssemblyScript
@inline
function twoHex(at: usize): i32 {
  if (!(classAt(at) & isHexDigit) || !(classAt(at + 1) & isHexDigit)) return -1;
  return <i32>((hexValue(load<u8>(at)) << 4) | hexValue(load<u8>(at + 1)));
}

/** An escape of one ASCII character at `at`: the character, and in the upper half its length; 0 where there is none. */
export function escapeAt(at: usize): u32 {
  const byte = load<u8>(at);
  if (byte == 0x25) {
    const value = twoHex(at + 1);
    return value > 0 && value < 128 ? <u32>value | (3 << 16) : 0;
  }
  if (byte == backslash) {
    const next = afterBackslashes(at);
    const letter = load<u8>(next);
    const hex = letter == 0x75 ? next + 3 : letter == 0x78 ? next + 1 : 0;
    if (hex == 0) {
      // A sign of a value behind a needless or needed backslash.
      if (letter != 0x2f && letter != 0x3d && letter != 0x2b) return 0;
      return <u32>letter | (<u32>(next + 1 - at) << 16);
    }
    if (letter == 0x75 && load<u16>(next + 1) != 0x3030) return 0;
    const value = twoHex(hex);
    return value > 0 && value < 128 ? <u32>value | (<u32>(hex + 2 - at) << 16) : 0;
  }
  if (byte != 0x26 || load<u8>(at + 1) != 0x23) return 0;
  let value: u32 = 0;
  let p = at + 2;
  const isHex = (load<u8>(p) | 0x20) == 0x78;
  if (isHex) p++;
  for (let count = 0; count < 4 && classAt(p) & isHexDigit; count++) {
    value = value * (isHex ? 16 : 10) + hexValue(load<u8>(p));
    p++;
  }
  return load<u8>(p) == 0x3b && value > 0 && value < 128 ? value | (<u32>(p + 1 - at) << 16) : 0;
}

/** `=3D` of quoted-printable; 0 where it is none. */
// @ts-ignore: decorator of AssemblyScript
@inline
function equalsAt(at: usize): u32 {
  return load<u8>(at) == 0x3d && load<u8>(at + 1) == 0x33 && (load<u8>(at + 2) | 0x20) == 0x64 ? 0x3d | (3 << 16) : 0;
}

/** An escape that ends in front of `end`; 0 where there is none. */
function escapeBefore(end: usize, printable: bool): u32 {
  const last = load<u8>(end - 1);
  if (classOf(last) & isHexDigit) {
    if (printable && equalsAt(end - 3) != 0) return equalsAt(end - 3);
    if (load<u8>(end - 3) == 0x25) return escapeAt(end - 3);
    const letter = load<u8>(end - 3) == 0x78 ? end - 3 : load<u8>(end - 5) == 0x75 ? end - 5 : 0;
    if (letter == 0 || load<u8>(letter - 1) != backslash) return 0;
    return escapeAt(beforeBackslashes(letter));
  }
  if (last == 0x3b) {
    for (let back: usize = 4; back < 8; back++) if (load<u8>(end - back) == 0x26) return escapeAt(end - back);
    return 0;
  }
  return load<u8>(end - 2) == backslash ? escapeAt(beforeBackslashes(end - 1)) : 0;
}

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
