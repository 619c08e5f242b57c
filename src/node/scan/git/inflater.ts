// One zlib stream after another through the engine: in one go where input and room hold all of it, else portion by portion.
import type { GitEngine } from './git-engine.ts';

/** What a run of the engine gives. */
export const inflated = { done: 0, roomFull: 1, inputOver: 2, broken: 3 } as const;

/** How far a match reaches back. */
const historyBytes = 32_768;
const portionBytes = 1_048_576;

export type Inflater = {
  /**
   * Inflates a whole stream. @param end of the input; what lies behind it is not touched by its content
   * @returns bytes made; -1 where it is broken or makes more than `most`
   */
  readonly whole: (at: number, end: number, out: number, most: number) => number;
  /**
   * Inflates a stream of any length.
   * @param read fills the engine's memory from `to` with at most `length` bytes of what follows; 0 at the end
   * @param give gets what was made, portion by portion; false ends it
   * @returns false where the stream is broken; one that was ended early is not
   */
  readonly long: (
    read: (to: number, length: number) => number,
    give: (bytes: Uint8Array) => boolean,
  ) => boolean;
};

export const createInflater = (engine: GitEngine): Inflater => {
  const { run, slack } = engine;
  const state = engine.take(run.inflateStateBytes.value);
  const input = engine.take(portionBytes + slack);
  const output = engine.take(historyBytes + portionBytes + slack);
  /** The state begins with two words: behind the input that was used, and behind what was written. */
  let words = new Uint32Array(engine.bytes().buffer, state, 2);
  const look = (): Uint32Array => {
    if (words.buffer !== engine.bytes().buffer) words = new Uint32Array(engine.bytes().buffer, state, 2);
    return words;
  };

  return {
    whole: (at, end, out, most) => {
      run.inflateStart(state);
      if (run.inflateRun(state, at, end, 1, out, out, out + most) !== inflated.done) return -1;
      const made = (look()[1] ?? out) - out;
      return made > most ? -1 : made;
    },
    long: (read, give) => {
      run.inflateStart(state);
      let at = input;
      let end = input + read(input, portionBytes);
      let isOver = end === input;
      let out = output;
      for (;;) {
        const limit = output + historyBytes + portionBytes - slack;
        const status = run.inflateRun(state, at, end, isOver ? 1 : 0, output, out, limit);
        const [usedTo = at, madeTo = out] = look();
        at = usedTo;
        if (status === inflated.broken) return false;
        if (madeTo > out && !give(engine.bytes().subarray(out, madeTo))) return true;
        if (status === inflated.done) return true;
        out = madeTo;
        if (out - output > historyBytes) {
          engine.bytes().copyWithin(output, out - historyBytes, out);
          out = output + historyBytes;
        }
        if (status === inflated.inputOver) {
          const rest = end - at;
          engine.bytes().copyWithin(input, at, end);
          at = input;
          const count = read(input + rest, portionBytes - rest);
          if (count === 0) isOver = true;
          end = input + rest + count;
        }
      }
    },
  };
};
