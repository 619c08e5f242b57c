// Unpacks .xz as a stream. Checks (CRC, SHA) are skipped: what is looked for either stands in the bytes or does not.
// Format: "The .xz File Format" 1.2.0, public domain.
import type { Budget } from './budget.ts';
import type { Inflating } from './inflate.ts';
import { buffered, byteReader, fill, Unreadable, type ByteStream } from './input.ts';
import { createLzmaDecoder, decodeChunk, resetState, setProperties, type Window } from './lzma.ts';

const broken = (): Unreadable => new Unreadable('broken-archive');

const magic = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00];
/** Bytes of a check by its type. */
const checkBytes = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64];
const lzma2 = 0x21;
const delta = 0x03;
/** Unpacked bytes of one chunk at most. */
const chunkBytes = 2 ** 21;

type Source = {
  readonly byte: () => number;
  readonly take: (length: number) => Uint8Array;
  readonly position: () => number;
};

const sourceOf = (input: ByteStream): Source => {
  const next = byteReader(input);
  let position = 0;
  return {
    byte: () => {
      position += 1;
      return next();
    },
    take: (length) => {
      const bytes = new Uint8Array(length);
      if (fill(input, bytes) < length) throw broken();
      position += length;
      return bytes;
    },
    position: () => position,
  };
};

const skipBytes = (source: Source, length: number): void => {
  source.take(length);
};

/** Seven bits a byte, the lowest first. */
const numberOf = (next: () => number): number => {
  let value = 0;
  for (let place = 0; place < 7; place += 1) {
    const byte = next();
    value += (byte & 0x7f) * 2 ** (7 * place);
    if (byte < 0x80) return value;
  }
  throw broken();
};

/** Size of the dictionary by its byte (5.3.1). */
const dictionaryBytes = (code: number): number => {
  if (code > 40) throw broken();
  return code === 40 ? 2 ** 32 - 1 : (2 | (code & 1)) * 2 ** ((code >> 1) + 11);
};

/** Reads a block's header behind its first byte. @returns size of the dictionary */
const readBlockHeader = (source: Source, sizeCode: number): number => {
  const header = source.take((sizeCode + 1) * 4 - 1);
  let at = 1;
  const next = (): number => {
    const byte = header[at];
    at += 1;
    if (byte === undefined) throw broken();
    return byte;
  };
  const flags = header[0] ?? 0;
  if ((flags & 0x40) !== 0) numberOf(next);
  if ((flags & 0x80) !== 0) numberOf(next);
  let dictionary = -1;
  for (let left = (flags & 3) + 1; left > 0; left -= 1) {
    const id = numberOf(next);
    const length = numberOf(next);
    const from = at;
    if (id === lzma2) dictionary = dictionaryBytes(header[from] ?? 255);
    // The others only rewrite jumps in machine code: keys in it stay as they are.
    else if (id === delta) throw new Unreadable('unknown-format');
    at = from + length;
  }
  if (dictionary < 0) throw new Unreadable('unknown-format');
  return dictionary;
};

/** Counts bytes that are held; throws `Unreadable` where they are too many. */
type Hold = (bytes: number) => void;

/** Makes room for a chunk: drops what no match may reach any more, and grows the rest up to the dictionary's size. */
const makeRoom = (window: Window, dictionary: number, hold: Hold): void => {
  if (window.length + chunkBytes <= window.bytes.length) return;
  const keep = Math.min(dictionary, window.length);
  const wanted = keep + 2 * chunkBytes;
  const from = window.length - keep;
  if (wanted <= window.bytes.length && from >= chunkBytes) window.bytes.copyWithin(0, from, window.length);
  else {
    const size = Math.max(wanted, Math.min(window.bytes.length * 2, dictionary + 4 * chunkBytes));
    hold(size - window.bytes.length);
    const larger = new Uint8Array(size);
    larger.set(window.bytes.subarray(from, window.length));
    window.bytes.fill(0);
    window.bytes = larger;
  }
  window.start -= from;
  window.length = keep;
};

/** `next` unpacks a chunk behind the window's end, and says how many bytes it made; null at the end of the block. */
type Block = { readonly next: () => number | null };

/** One block's LZMA2 data, chunk by chunk. */
const blockOf = (source: Source, window: Window, dictionary: number, hold: Hold): Block => {
  const decoder = createLzmaDecoder(window);
  let hasDictionary = false;
  const packedChunk = (control: number): void => {
    const unpacked = ((control & 0x1f) << 16) + (source.byte() << 8) + source.byte() + 1;
    const packed = (source.byte() << 8) + source.byte() + 1;
    const reset = (control >> 5) & 3;
    if (reset === 3) {
      window.start = window.length;
      hasDictionary = true;
    }
    if (!hasDictionary) throw broken();
    if (reset >= 2 && !setProperties(decoder, source.byte())) throw broken();
    if (reset >= 1) resetState(decoder);
    decodeChunk(decoder, source.take(packed), unpacked);
  };
  const plainChunk = (control: number): void => {
    if (control > 2) throw broken();
    const bytes = source.take((source.byte() << 8) + source.byte() + 1);
    if (control === 1) {
      window.start = window.length;
      hasDictionary = true;
    }
    window.bytes.set(bytes, window.length);
    bytes.fill(0);
    window.length += bytes.length;
  };
  return {
    next: () => {
      const control = source.byte();
      if (control === 0) return null;
      makeRoom(window, dictionary, hold);
      const before = window.length;
      if (control >= 0x80) packedChunk(control);
      else plainChunk(control);
      return window.length - before;
    },
  };
};

const readIndexAndFooter = (source: Source): void => {
  const begin = source.position() - 1;
  const next = source.byte;
  for (let left = numberOf(next) * 2; left > 0; left -= 1) numberOf(next);
  skipBytes(source, (4 - ((source.position() - begin) % 4)) % 4);
  skipBytes(source, 4 + 12);
};

/** Reads a stream's header. @returns bytes of its checks; null where the input ends */
const readHeader = (input: ByteStream): number | null => {
  const four = new Uint8Array(4);
  // Zeros may stand between streams, in fours.
  for (;;) {
    const length = fill(input, four);
    if (length === 0) return null;
    if (length < 4) throw broken();
    if (four.some((byte) => byte !== 0)) break;
  }
  const rest = new Uint8Array(8);
  if (fill(input, rest) < 8) throw broken();
  const header = [...four, ...rest];
  if (!magic.every((byte, at) => header[at] === byte)) throw broken();
  return checkBytes[(header[7] ?? 0) & 0x0f] ?? 0;
};

/**
 * The unpacked bytes of one or more .xz streams, one behind the other.
 * @param budget told of what is held to point back to, until the stream is closed
 */
export const unxz = (packed: ByteStream, budget: Pick<Budget, 'hold' | 'release'>): Inflating => {
  const input = buffered(packed);
  budget.hold(2 * chunkBytes);
  const window: Window = { bytes: new Uint8Array(2 * chunkBytes), length: 0, start: 0 };
  let source: Source | null = null;
  let check = 0;
  let block: Block | null = null;
  let blockAt = 0;
  /** How many bytes at the window's end nobody has taken yet. A step is made only when there are none, since it may move them. */
  let left = 0;

  /** One step further. @returns false at the end of everything */
  const step = (): boolean => {
    if (source === null) {
      const found = readHeader(input);
      if (found === null) return false;
      check = found;
      source = sourceOf(input);
    }
    if (block === null) {
      const sizeCode = source.byte();
      if (sizeCode === 0) {
        readIndexAndFooter(source);
        source = null;
        return true;
      }
      const dictionary = readBlockHeader(source, sizeCode);
      blockAt = source.position();
      block = blockOf(source, window, dictionary, budget.hold);
      return true;
    }
    const made = block.next();
    left = made ?? 0;
    if (made === null) {
      skipBytes(source, ((4 - ((source.position() - blockAt) % 4)) % 4) + check);
      block = null;
    }
    return true;
  };

  return {
    read: (into) => {
      while (left === 0) if (!step()) return 0;
      const from = window.length - left;
      const part = window.bytes.subarray(from, from + Math.min(left, into.length));
      into.set(part);
      left -= part.length;
      return part.length;
    },
    close: () => {
      window.bytes.fill(0);
      input.end();
      budget.release(window.bytes.length);
      window.bytes = new Uint8Array(0);
    },
  };
};
