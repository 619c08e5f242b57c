// The symbols of a block: where nearly all of the time goes. In the manner of libdeflate: tables of two levels whose entries say all about a
// symbol, literals in a row.
import { isEnd, isException, isLiteral, isSubtable } from './huffman';
import { Bits } from './inflate-bits';
import { atOutput, isBroken, isDone, wantsInput, wantsRoom } from './inflate-layout';

/** Copies a match; may write up to 16 bytes beyond it. */
// @ts-ignore: decorator
@inline
function copyMatch(to: usize, offset: usize, length: usize): void {
  let from = to - offset;
  const end = to + length;
  if (offset >= 16) {
    do {
      v128.store(to, v128.load(from));
      to += 16;
      from += 16;
    } while (to < end);
  } else if (offset >= 8) {
    do {
      store<u64>(to, load<u64>(from));
      to += 8;
      from += 8;
    } while (to < end);
  } else if (offset == 1) {
    const same = v128.splat<u8>(load<u8>(from));
    do {
      v128.store(to, same);
      to += 16;
    } while (to < end);
  } else {
    do {
      store<u8>(to, load<u8>(from));
      to++;
      from++;
    } while (to < end);
  }
}

/**
 * Symbols of one block, until it ends, or room or input do.
 * @param from first byte that a match may reach back to
 * @param limit the first symbol that begins behind it stops; what begins at it may be the end of the block
 * @param safe address up to which input may be looked at
 */
export function readSymbols(
  state: usize,
  lengthsAt: usize,
  offsetsAt: usize,
  lengthBits: u32,
  offsetBits: u32,
  from: usize,
  limit: usize,
  safe: usize,
): u32 {
  let b = Bits.bits;
  let l = Bits.left;
  let at = Bits.input;
  let out: usize = load<u32>(state, atOutput);
  const lengthMask = (<u64>1 << lengthBits) - 1;
  const offsetMask = (<u64>1 << offsetBits) - 1;
  let status: u32 = isBroken;
  while (true) {
    if (out > limit) {
      status = wantsRoom;
      break;
    }
    if (at > safe) {
      status = wantsInput;
      break;
    }
    b |= load<u64>(at) << (<u64>l);
    at += (63 - l) >> 3;
    l |= 56;
    let entry = load<u32>(lengthsAt + ((<usize>(b & lengthMask)) << 2));
    let saved = b;
    b >>= <u64>(entry & 0xff);
    l -= entry & 0xff;
    if (entry & isLiteral) {
      store<u8>(out, <u8>(entry >> 16));
      out++;
      entry = load<u32>(lengthsAt + ((<usize>(b & lengthMask)) << 2));
      saved = b;
      b >>= <u64>(entry & 0xff);
      l -= entry & 0xff;
      if (entry & isLiteral) {
        store<u8>(out, <u8>(entry >> 16));
        out++;
        entry = load<u32>(lengthsAt + ((<usize>(b & lengthMask)) << 2));
        saved = b;
        b >>= <u64>(entry & 0xff);
        l -= entry & 0xff;
        if (entry & isLiteral) {
          store<u8>(out, <u8>(entry >> 16));
          out++;
          continue;
        }
      }
    }
    if (entry & isException) {
      if (entry & isSubtable) {
        const inner = (entry >> 16) + <u32>(b & ((<u64>1 << ((entry >> 8) & 0xf)) - 1));
        entry = load<u32>(lengthsAt + (<usize>inner << 2));
        saved = b;
        b >>= <u64>(entry & 0xff);
        l -= entry & 0xff;
        if (entry & isLiteral) {
          store<u8>(out, <u8>(entry >> 16));
          out++;
          continue;
        }
      }
      if (entry & isException) {
        status = entry & isEnd ? isDone : isBroken;
        break;
      }
    }
    const length: usize =
      (entry >> 16) + <u32>((saved & ((<u64>1 << (entry & 0xff)) - 1)) >> ((entry >> 8) & 0xf));
    b |= load<u64>(at) << (<u64>l);
    at += (63 - l) >> 3;
    l |= 56;
    entry = load<u32>(offsetsAt + ((<usize>(b & offsetMask)) << 2));
    if (entry & isException) {
      if (!(entry & isSubtable)) break;
      b >>= <u64>(entry & 0xff);
      l -= entry & 0xff;
      const inner = (entry >> 16) + <u32>(b & ((<u64>1 << ((entry >> 8) & 0xf)) - 1));
      entry = load<u32>(offsetsAt + (<usize>inner << 2));
      if (entry & isException) break;
    }
    const offset: usize =
      (entry >> 16) + <u32>((b & ((<u64>1 << (entry & 0xff)) - 1)) >> ((entry >> 8) & 0xf));
    b >>= <u64>(entry & 0xff);
    l -= entry & 0xff;
    if (offset > out - from) break;
    copyMatch(out, offset, length);
    out += length;
  }
  Bits.bits = b;
  Bits.left = l;
  Bits.input = at;
  store<u32>(state, <u32>out, atOutput);
  return status;
}
