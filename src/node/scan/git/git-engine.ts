// The engine's part for git, with a memory of its own: what packs need for a moment (bases of deltas, heads of entries) is large, and
// goes when the reader goes, while the matcher's tables stay. docs/scanning.md §3.
import { createEngineMemory, startEngine } from '../engine.ts';

type Constant = { readonly value: number };

/** As src/engine/index.ts exports them, with what they take. Addresses and lengths are in the engine's memory. */
type GitExports = {
  readonly inflateStateBytes: Constant;
  readonly inflateSlack: Constant;
  readonly gapBytes: Constant;
  readonly inflateStart: (state: number) => void;
  readonly inflateRun: (
    ...words: [
      state: number,
      at: number,
      end: number,
      isWhole: number,
      from: number,
      out: number,
      limit: number,
    ]
  ) => number;
  readonly packHeads: (
    ...words: [
      ...[portion: number, portionAt: number, portionBytes: number, isLast: number],
      ...[offsets: number, from: number, count: number],
      ...[kinds: number, heads: number, sizes: number, bases: number, idBytes: number],
    ]
  ) => number;
  readonly deltaResultBytes: (delta: number, end: number) => number;
  readonly applyDelta: (
    ...words: [delta: number, end: number, base: number, baseBytes: number, out: number, bytes: number]
  ) => number;
  readonly deltaStrips: (
    ...words: [delta: number, end: number, base: number, baseBytes: number, to: number, toEnd: number]
  ) => number;
};

export type GitEngine = {
  readonly run: GitExports;
  /** The memory as it is now; grows with `take`. */
  readonly bytes: () => Uint8Array;
  /** Room of so many bytes, zero at first use. */
  readonly take: (bytes: number) => number;
  /** Gives everything back that was taken since `end` was what it was. */
  readonly release: (end: number) => void;
  readonly end: () => number;
  /** Bytes that the engine may read behind its input and write behind its room. */
  readonly slack: number;
};

const pageBytes = 65_536;
const firstAddress = 65_536;
const step = 64;

export const createGitEngine = (): GitEngine => {
  const memory = createEngineMemory();
  const run = startEngine(memory) as unknown as GitExports;
  let view = new Uint8Array(memory.buffer);
  let next = firstAddress;
  return {
    run,
    slack: run.inflateSlack.value,
    bytes: () => view,
    take: (bytes) => {
      const at = next;
      next += Math.ceil(bytes / step) * step;
      const missing = next - memory.buffer.byteLength;
      if (missing > 0) {
        memory.grow(Math.ceil(missing / pageBytes));
        view = new Uint8Array(memory.buffer);
      }
      return at;
    },
    release: (end) => {
      next = end;
    },
    end: () => next,
  };
};
