// The bits of a zlib stream, taken from a buffer of 64 that is filled without a branch.

/** Bits that were read and not yet used, how many there are, and where the next come from. */
export class Bits {
  static bits: u64 = 0;
  static left: u32 = 0;
  static input: usize = 0;
}

/** At least 56 bits. What lies behind the input is read as well: who ends looks how far it came. */
// @ts-ignore: decorator
@inline
export function fill(): void {
  Bits.bits |= load<u64>(Bits.input) << (<u64>Bits.left);
  Bits.input += (63 - Bits.left) >> 3;
  Bits.left |= 56;
}

// @ts-ignore: decorator
@inline
export function take(count: u32): u32 {
  const value = <u32>(Bits.bits & ((<u64>1 << count) - 1));
  Bits.bits >>= count;
  Bits.left -= count;
  return value;
}

/** Bytes that were looked at but not used go back. */
export function giveBack(): void {
  Bits.input -= Bits.left >> 3;
  Bits.left &= 7;
  Bits.bits &= (<u64>1 << Bits.left) - 1;
}
