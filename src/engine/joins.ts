// Where a value is cut in a text: a line break with what belongs to it, or the end of one literal and the beginning of the next. Texts have
// zeros in front and behind, at which everything here stops. core/leaks/joins.ts reads by the same rules.
import { classAt, classOf, isLeader, isNewline, isOperator, isQuote, isSpace, isToken } from './bytes';
import { afterBackslashes, backslash, beforeBackslashes, isBreakLetter } from './escapes';

const doubleQuote: u8 = 0x22;
const backtick: u8 = 0x60;
const longestJoin: usize = 160;

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
