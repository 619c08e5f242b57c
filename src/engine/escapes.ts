// Escapes of one character in a text: of JSON and source code, percent signs, markup, quoted-printable. core/leaks/joins.ts reads by the
// same rules.
import { classAt, classOf, hexValue, isHexDigit } from './bytes';

export const backslash: u8 = 0x5c;

// @ts-ignore: decorator of AssemblyScript
@inline
export function afterBackslashes(at: usize): usize {
  while (load<u8>(at) == backslash) at++;
  return at;
}

// @ts-ignore: decorator of AssemblyScript
@inline
export function beforeBackslashes(at: usize): usize {
  while (load<u8>(at - 1) == backslash) at--;
  return at;
}

/** n, r or t: with a backslash in front a line break, or what stands beside one. */
// @ts-ignore: decorator of AssemblyScript
@inline
export function isBreakLetter(byte: u8): bool {
  return byte == 0x6e || byte == 0x72 || byte == 0x74;
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
export function equalsAt(at: usize): u32 {
  return load<u8>(at) == 0x3d && load<u8>(at + 1) == 0x33 && (load<u8>(at + 2) | 0x20) == 0x64 ? 0x3d | (3 << 16) : 0;
}

/** An escape that ends in front of `end`; 0 where there is none. */
export function escapeBefore(end: usize, printable: bool): u32 {
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
