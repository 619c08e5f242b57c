// Loads the WebAssembly engine into a memory that all scan threads share, and gives out room in it. docs/scanning.md §2.
import { engineBase64 } from './engine-bytes.ts';

/** As scripts/engine.mjs compiles it. */
const initialPages = 64;
const maximumPages = 32_768;
const pageBytes = 65_536;
/** Room below is the compiler's: constants. */
const firstAddress = 65_536;

export type EngineExports = {
  /** See src/engine/prefixes.ts. */
  readonly findPrefixes: (
    table: number,
    begin: number,
    from: number,
    end: number,
    out: number,
    most: number,
  ) => number;
  readonly sipHash: (key: number, at: number, length: number) => bigint;
  /** See src/engine/kernel.ts. */
  readonly scanKnown: (
    table: number,
    text: number,
    from: number,
    length: number,
    out: number,
    room: number,
  ) => number;
  /** See src/engine/lasting.ts. */
  readonly scanLasting: EngineExports['scanKnown'];
  readonly insertLasting: (table: number, from: number, count: number) => void;
  /** See src/engine/probe.ts. */
  readonly insertWords: (table: number, words: number, payloads: number, count: number) => void;
  /** See src/engine/text.ts. */
  readonly countLines: (text: number, length: number) => number;
  readonly countCharacters: (text: number, length: number) => number;
  readonly wipe: (at: number, length: number) => void;
  readonly narrow: (from: number, to: number, pairs: number, isBig: boolean) => void;
};

let compiled: WebAssembly.Module | null = null;

const engineModule = (): WebAssembly.Module => {
  compiled ??= new WebAssembly.Module(Buffer.from(engineBase64, 'base64'));
  return compiled;
};

export const createEngineMemory = (): WebAssembly.Memory =>
  new WebAssembly.Memory({ initial: initialPages, maximum: maximumPages, shared: true });

/** An instance for one thread. Its functions work on addresses of `memory`, which others may share. */
export const startEngine = (memory: WebAssembly.Memory): EngineExports =>
  new WebAssembly.Instance(engineModule(), { env: { memory } }).exports as unknown as EngineExports;

/** Gives out room in a memory, upwards, in steps of 64 bytes; grows it where needed. One owner per memory calls it. */
export const createRoom = (memory: WebAssembly.Memory, from = firstAddress) => {
  let next = from;
  return {
    take: (bytes: number): number => {
      const at = next;
      next += Math.ceil(bytes / 64) * 64;
      const missing = next - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / pageBytes));
      return at;
    },
    end: (): number => next,
  };
};

/**
 * The same for all threads of a memory: each takes room for itself, and where the next begins stands in the memory. Room is given
 * back only with the memory.
 */
export const createSharedRoom = (memory: WebAssembly.Memory) => {
  const next = (): Uint32Array => new Uint32Array(memory.buffer, firstAddress, 1);
  Atomics.compareExchange(next(), 0, 0, firstAddress + 64);
  return {
    take: (bytes: number): number => {
      const size = Math.ceil(bytes / 64) * 64;
      const at = Atomics.add(next(), 0, size);
      const missing = at + size - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / pageBytes));
      return at;
    },
  };
};
