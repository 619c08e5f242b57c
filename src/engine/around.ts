// Tests the text around a join or an escape without it. The window with four characters on either side is enough where the forms
// have windows at 14 offsets in a row: an uncut stretch that none of these windows meets is long enough for the stride.
import { classAt, classOf, isLeader, isNewline, isOperator, isQuote, isSpace, isToken } from './bytes';
import { collectAfter, collectBefore } from './collect';
import { escapeAt } from './escapes';
import { afterLineOfList, isContinued, joinAround, joinEnd } from './joins';
import { aroundAt, leftAt, rightCountAt, testWord } from './probe';

/** `around` of a table whose forms all have windows enough. */
const onlyBalanced: u32 = 1 << 4;

/** Four bytes that all are of a value, = apart: a join may hold it. */
// @ts-ignore: decorator of AssemblyScript
@inline
function areTokens(at: usize): bool {
  return (classAt(at) & classAt(at + 1) & classAt(at + 2) & classAt(at + 3) & isToken) != 0 && load<u8>(at) != 0x3d && load<u8>(at + 3) != 0x3d;
}

/**
 * True where fewer than `least` characters of a value stand in front of `at`, and the byte in front of them cannot belong to a join or
 * an escape.
 */
// @ts-ignore: decorator of AssemblyScript
@inline
export function isDeadBefore(at: usize, least: usize): bool {
  let back = at - 1;
  while (classAt(back) & isToken) back--;
  if (at - back > least) return false;
  const byte = load<u8>(back);
  const kind = classOf(byte);
  if (kind & isSpace) {
    // The two that begin a comment are of a value elsewhere.
    const two = load<u16>(back - 2);
    return back != at - 1 && (classAt(back - 1) & (isSpace | isNewline | isQuote | isLeader)) == 0 && two != 0x2f2f && two != 0x2d2d;
  }
  return (kind & (isNewline | isQuote | isLeader)) == 0 && byte != 0x5c;
}

// @ts-ignore: decorator of AssemblyScript
@inline
export function isDeadBehind(at: usize, least: usize): bool {
  let next = at;
  while (classAt(next) & isToken) next++;
  if (next - at >= least) return false;
  const byte = load<u8>(next);
  const kind = classOf(byte);
  if (kind & isSpace) return (classAt(next + 1) & (isSpace | isNewline)) == 0 && load<u8>(next + 1) != 0x5c;
  return (kind & (isNewline | isQuote | isLeader)) == 0 && byte != 0x5c && byte != 0x26;
}

/** Whether a literal ends in front of the operators and blanks before `at`, unless filter.ts gives its quote, which leads to the same. */
// @ts-ignore: decorator of AssemblyScript
@inline
function endsLiteral(at: usize): bool {
  let left = at;
  while (classAt(left - 1) & isOperator && left > at - 3) left--;
  while (classAt(left - 1) & isSpace) left--;
  if (!(classAt(left - 1) & isQuote)) return false;
  const byte = load<u8>(left);
  return left != at - 1 || byte == 0x28 || byte == 0x29 || byte == 0x3b;
}

/** What may follow a literal that ends in front of a line break. */
// @ts-ignore: decorator of AssemblyScript
@inline
function mayOpen(at: usize): bool {
  const byte = load<u8>(at);
  return (classOf(byte) & (isQuote | isOperator | isNewline | isLeader)) != 0 || byte == 0x5c || (classAt(at + 1) & isQuote) != 0;
}

// @ts-ignore: decorator of AssemblyScript
@inline
function afterBlanks(at: usize): usize {
  while (load<u8>(at) == 0x20) at++;
  return at;
}

/**
 * Every window that tables of short forms ask for, where on both sides nothing but characters of a value stands, as far as a window
 * reaches or up to what ends it.
 * @returns false where the long way must be gone
 */
function testPlain(table: usize, around: u32, left: usize, right: usize, out: usize): bool {
  if (load<u8>(left - 1) == 0x3d || load<u8>(right) == 0x3d) return false;
  let before: u32 = 0;
  while (before < 7 && classAt(left - 1 - before) & isToken) before++;
  let after: u32 = 0;
  while (after < 7 && classAt(right + after) & isToken) after++;
  if (before < 7 && !isDeadBefore(left, 7)) return false;
  if (after < 7 && !isDeadBehind(right, 7)) return false;
  const leftChars = load<u64>(left - 8);
  const rightChars = load<u64>(right);
  for (let a: u32 = 8 - after; a <= before; a++) {
    if ((around >> a) & 1) testWord(table, (leftChars >> (64 - (a << 3))) | (rightChars << (a << 3)), left - a, out);
  }
  return true;
}

/**
 * A line break that begins at `from` and ends at `behind`, by the shortest way where both sides are plain.
 * @returns false where the long way must be gone
 */
// @ts-ignore: decorator of AssemblyScript
@inline
function testBreak(table: usize, around: u32, from: usize, behind: usize, out: usize): bool {
  const at = load<u8>(from - 1) == 0x0d ? from - 1 : from;
  const last = classAt(at - 1);
  let right = afterBlanks(behind);
  // A line of a list of lines that ends here.
  if (load<u8>(behind) == 0x22 && load<u8>(behind - 1) == 0x6e) return afterLineOfList(behind) == behind;
  if (!(last & isToken)) {
    if (last & isQuote) return !mayOpen(right) && !isContinued(at);
    if (last & isOperator) return !endsLiteral(at);
    return (last & isSpace) == 0 && load<u8>(at - 1) != 0x5c;
  }
  // Behind what ends a comment nothing goes on.
  if (load<u16>(at - 2) == 0x2f2a) return true;
  const isPlainLeft = areTokens(at - 4);
  if (around == onlyBalanced && !isPlainLeft && isDeadBefore(at, 4)) return true;
  const first = classAt(right);
  if (!(first & isToken)) {
    if (!(first & isLeader)) return (first & (isNewline | isSpace)) == 0 && load<u8>(right) != 0x5c && load<u8>(right) != 0x25;
    while (classAt(right) & isLeader) right++;
    // The end of the comment, or a line of it with nothing on it, which parts as an empty one does.
    if (load<u16>(right - 1) == 0x2f2a && !(classAt(right + 1) & isToken)) return true;
    right = afterBlanks(right);
    if (load<u8>(right) == 0x0a) return true;
  } else if ((load<u16>(right) == 0x2f2f || load<u16>(right) == 0x2d2d) && load<u8>(right + 2) == 0x20) return false;
  if (around != onlyBalanced) return testPlain(table, around, at, right, out);
  if (!areTokens(right)) return isDeadBehind(right, 4);
  if (!isPlainLeft) return false;
  testWord(table, <u64>load<u32>(at - 4) | (<u64>load<u32>(right) << 32), at - 4, out);
  return true;
}

/** A blank among the four bytes in front of `at`, with text on both sides of it. */
// @ts-ignore: decorator of AssemblyScript
@inline
function isBlankBefore(at: usize): bool {
  for (let back: usize = 2; back < 5; back++)
    if (load<u8>(at - back) == 0x20) return (classAt(at - back - 1) & isToken) != 0 && (classAt(at - back + 1) & isToken) != 0;
  return false;
}

// @ts-ignore: decorator of AssemblyScript
@inline
function isBlankBehind(at: usize): bool {
  for (let next: usize = 1; next < 4; next++)
    if (load<u8>(at + next) == 0x20) return (classAt(at + next - 1) & isToken) != 0 && (classAt(at + next + 1) & isToken) != 0;
  return load<u8>(at) == 0x20;
}

/**
 * A blank among the four bytes in front of `at`, with a word before it and nothing but characters of a value behind: prose, which no
 * window reaches over.
 */
// @ts-ignore: decorator of AssemblyScript
@inline
function isProseBefore(at: usize): bool {
  for (let back = at - 1; back > at - 5; back--) {
    const byte = load<u8>(back);
    if (byte == 0x20) return (<u32>load<u8>(back - 1) | 0x20) - 0x61 < 26 && load<u8>(back - 2) != 0x5c;
    if (!(classOf(byte) & isToken)) return false;
  }
  return false;
}

/** Signs behind which a literal begins and none is joined to it, or the other way round. */
// @ts-ignore: decorator of AssemblyScript
@inline
function parts(byte: u8): bool {
  return byte == 0x3a || byte == 0x3d || (byte | 0x20) == 0x7b || (byte | 0x20) == 0x7d;
}

/** A literal of fewer than four characters ends at `at`, and none is joined to its beginning. */
// @ts-ignore: decorator of AssemblyScript
@inline
function isShortBefore(at: usize): bool {
  let back = at - 1;
  while (classAt(back) & isToken) {
    if (back == at - 4) return false;
    back--;
  }
  if (!(classAt(back) & isQuote)) return false;
  back--;
  while (load<u8>(back) == 0x20) back--;
  return parts(load<u8>(back));
}

/** A literal of fewer than four characters begins at `at`, and none is joined to its end. */
// @ts-ignore: decorator of AssemblyScript
@inline
function isShortBehind(at: usize): bool {
  let next = at;
  while (classAt(next) & isToken) {
    if (next == at + 3) return false;
    next++;
  }
  return (classAt(next) & isQuote) != 0 && parts(load<u8>(next + 1));
}

/** Collects and tests as many windows as the table asks for, between what ends at `left` and what begins at `right`. */
function testBetween(table: usize, left: usize, right: usize, broad: bool, out: usize): void {
  const around = load<u32>(table + aroundAt);
  const wanted: u32 = around == onlyBalanced ? 4 : 7;
  const printable = load<u8>(left) == 0x3d;
  if (wanted == 4 && !printable && areTokens(right)) {
    if (areTokens(left - 4) && load<u8>(left - 5) != 0x75) {
      testWord(table, <u64>load<u32>(left - 4) | (<u64>load<u32>(right) << 32), left - 4, out);
      return;
    }
    // A blank within a literal belongs to no value: what most of them are is prose.
    if (broad && isBlankBefore(left)) return;
    if (broad && isShortBefore(left)) return;
  } else if (wanted == 4 && broad && (isBlankBehind(right) || isShortBehind(right) || isShortBefore(left))) return;
  const after = collectAfter(right, wanted, broad, printable, out + rightCountAt);
  const rightCount = load<u32>(out + rightCountAt);
  if (rightCount == 0 || (wanted == 4 && rightCount < 4)) return;
  const before = collectBefore(left, wanted, broad, printable, out + leftAt);
  const leftChars = load<u64>(out + leftAt);
  for (let a: u32 = 1; a <= before; a++) {
    if (!((around >> a) & 1) || rightCount + a < 8) continue;
    const word = (leftChars >> (64 - (a << 3))) | (after << (a << 3));
    testWord(table, word, load<u32>(out + leftAt + 8 + (<usize>(a - 1) << 2)), out);
  }
}

function testLong(table: usize, seed: usize, byte: u8, out: usize): void {
  const broad = byte != 0x0a;
  if (broad && escapeAt(seed) != 0) {
    testBetween(table, seed, seed, true, out);
    return;
  }
  if (byte == 0x25) return;
  const left = joinAround(seed);
  if (broad && load<u32>(table + aroundAt) == onlyBalanced && isProseBefore(left)) return;
  const right = joinEnd(left);
  if (right == 0) return;
  testBetween(table, left, right, broad, out);
  // Of quoted-printable the sign belongs to the break, else to the value.
  if (load<u8>(left) == 0x3d) testBetween(table, left + 1, right, broad, out);
}

/** Behind a backslash: a break, an escape, or a sign that needs none. */
// @ts-ignore: decorator of AssemblyScript
@inline
export function mayEscape(letter: u8): bool {
  return letter == 0x6e || letter == 0x72 || letter == 0x75 || letter == 0x78 || letter == 0x2f || letter == 0x3d || letter == 0x2b;
}

/** Tests the windows around the line break, quote, backslash or percent sign at `seed`. */
export function testAround(table: usize, seed: usize, out: usize): void {
  const byte = load<u8>(seed);
  const around = load<u32>(table + aroundAt);
  if (byte == 0x0a) {
    if (testBreak(table, around, seed, seed + 1, out)) return;
  } else if (byte == 0x5c) {
    // The last of several, as in JSON in JSON.
    const letter = load<u8>(seed + 1);
    while (load<u8>(seed - 1) == 0x5c) seed--;
    if (letter == 0x6e) {
      // Its line break began with the one in front.
      if (load<u16>(seed - 2) == 0x725c) return;
      if (load<u8>(seed + 1) == 0x6e && testBreak(table, around, seed, seed + 2, out)) return;
    } else if (letter == 0x72) {
      if (load<u32>(seed) == 0x6e5c725c && testBreak(table, around, seed, seed + 4, out)) return;
    } else if (!mayEscape(letter) || escapeAt(seed) == 0) return;
  }
  testLong(table, seed, byte, out);
}
