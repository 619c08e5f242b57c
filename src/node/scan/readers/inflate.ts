// Unpacks deflate, gzip, zlib and Zstandard as a stream, synchronously, straight into the room of the matcher, with bounded memory whatever
// the ratio. Node's public synchronous calls give a whole result at once; its streams are asynchronous. Both stand on the same handle, which
// is used here directly (`writeSync`, unchanged since Node 11); a runtime without it is told apart, and what is packed is then named as not read.
import zlib from 'node:zlib';
import { Unreadable, type ByteStream } from './input.ts';
import { readRooms } from './rooms.ts';

type Handle = {
  readonly writeSync: (
    ...values: [
      flush: number,
      ...input: [bytes: Uint8Array, at: number, length: number],
      ...output: [bytes: Uint8Array, at: number, length: number],
    ]
  ) => void;
  readonly reset: () => void;
  readonly close: () => void;
};
type Inner = { readonly _handle?: Partial<Handle>; readonly _writeState?: Uint32Array };

export type Packing = 'deflate-raw' | 'zlib' | 'gzip' | 'zstd';

const makers: Readonly<Record<Packing, () => unknown>> = {
  'deflate-raw': () => zlib.createInflateRaw(),
  zlib: () => zlib.createInflate(),
  gzip: () => zlib.createGunzip(),
  // Windows of up to 128 MiB, as `zstd --ultra` without `--long` makes; more is refused by the decoder.
  zstd: () => zlib.createZstdDecompress(),
};
const end: Readonly<Record<Packing, readonly [more: number, last: number]>> = {
  'deflate-raw': [zlib.constants.Z_NO_FLUSH, zlib.constants.Z_FINISH],
  zlib: [zlib.constants.Z_NO_FLUSH, zlib.constants.Z_FINISH],
  gzip: [zlib.constants.Z_NO_FLUSH, zlib.constants.Z_FINISH],
  // ZSTD_e_continue and ZSTD_e_end; a decoder makes no difference between them.
  zstd: [0, 2],
};

type Decoder = { readonly handle: Handle; readonly state: Uint32Array; problem: string | null };

/** Decoders that are at rest: making one costs more than unpacking a small member. */
const resting = new Map<Packing, Decoder[]>();
const mostAtRest = 4;

const makeDecoder = (packing: Packing): Decoder => {
  let inner: Inner;
  try {
    inner = makers[packing]() as Inner;
  } catch {
    throw new Unreadable('unknown-format');
  }
  const { _handle: handle, _writeState: state } = inner;
  if (handle?.writeSync === undefined || state === undefined) throw new Unreadable('unknown-format');
  const decoder: Decoder = { handle: handle as Handle, state, problem: null };
  // Not an event: the handle calls what it finds under this name.
  Object.assign(handle, {
    onerror: (message: string) => {
      decoder.problem = message;
    },
  });
  return decoder;
};

const takeDecoder = (packing: Packing): Decoder => resting.get(packing)?.pop() ?? makeDecoder(packing);

/** A call that fails does not say how much it gave before: at most so much has to be guessed then. */
const outputBytes = 65_536;
const zeros = new Uint8Array(outputBytes);
/** Zeros that fill a decoder's window, packed. */
const packedZeros: Readonly<Record<Packing, Uint8Array>> = {
  'deflate-raw': zlib.deflateRawSync(zeros),
  zlib: zlib.deflateSync(zeros),
  gzip: zlib.gzipSync(zeros),
  zstd: new Uint8Array(0),
};

/** A decoder keeps the last 32 KiB that it gave: they are overwritten by zeros. */
const overwriteWindow = (packing: Packing, { handle }: Decoder): void => {
  const packed = packedZeros[packing];
  const room = readRooms.take();
  handle.reset();
  handle.writeSync(end[packing][0], packed, 0, packed.length, room, 0, room.length);
  readRooms.giveBack(room);
};

const giveBack = (packing: Packing, decoder: Decoder): void => {
  if (packing === 'zstd') {
    // Its window is as large as the stream wanted it: given back to the system, not kept.
    decoder.handle.close();
    return;
  }
  decoder.problem = null;
  overwriteWindow(packing, decoder);
  decoder.handle.reset();
  const list = resting.get(packing) ?? [];
  resting.set(packing, list);
  if (decoder.problem === null && list.length < mostAtRest) list.push(decoder);
};

/** What a failed call gave, in a room that was zero before. */
const givenBefore = (room: Uint8Array, length: number): number => {
  let end = length;
  while (end > 0 && room[end - 1] === 0) end -= 1;
  return end;
};

export type Inflating = ByteStream & { readonly close: () => void };

/**
 * The unpacked bytes of a stream. `read` throws `Unreadable` where they are broken or end too early, after having given what was whole.
 * To be closed, read to its end or not.
 */
export const inflating = (packing: Packing, source: ByteStream): Inflating => {
  const decoder = takeDecoder(packing);
  const [more, last] = end[packing];
  const input = readRooms.take();
  let at = 0;
  let length = 0;
  let isLast = false;
  let isOpen = true;

  const step = (into: Uint8Array): number => {
    if (at === length && !isLast) {
      at = 0;
      length = source.read(input);
      isLast = length === 0;
    }
    const room = Math.min(into.length, outputBytes);
    // Filling what threads share goes byte by byte, copying does not.
    into.set(room === outputBytes ? zeros : zeros.subarray(0, room));
    decoder.handle.writeSync(isLast ? last : more, input, at, length - at, into, 0, room);
    if (decoder.problem !== null) return givenBefore(into, room);
    const [roomLeft = 0, inputLeft = 0] = decoder.state;
    at = length - inputLeft;
    return room - roomLeft;
  };

  return {
    read: (into) => {
      if (into.length === 0) return 0;
      for (;;) {
        if (decoder.problem !== null) throw new Unreadable('broken-archive');
        const before = at;
        const wasLast = isLast;
        const done = step(into);
        if (done > 0) return done;
        if (decoder.problem !== null) throw new Unreadable('broken-archive');
        // Nothing given, nothing taken: bytes behind the end of what is packed are nobody's.
        if (wasLast || (at === before && at < length)) return 0;
      }
    },
    close: () => {
      if (!isOpen) return;
      isOpen = false;
      readRooms.giveBack(input);
      giveBack(packing, decoder);
    },
  };
};
