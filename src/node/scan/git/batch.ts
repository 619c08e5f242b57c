// Many small objects of a repository handed to the matching as one piece, with a gap between two of them: a call for each of a
// million objects would cost more than looking at them. Says afterwards which object a byte of the piece belongs to.
import type { PieceLabel, PieceSink } from '../source.ts';
import type { GitEngine } from './git-engine.ts';

export type Batch = {
  /** Address to write to. */
  readonly at: () => number;
  /** Address behind the room. */
  readonly end: number;
  /** Says that an object was written up to there. @param offset where it begins in the pack */
  readonly wrote: (to: number, offset: number) => void;
  /** Hands over what was written. */
  readonly flush: () => void;
  /** Makes room for so many bytes; false where there never is so much. */
  readonly want: (bytes: number) => boolean;
};

const batchBytes = 1_048_576;

/**
 * @param idAt id of the object that begins at an offset of the pack, as hex
 * @param path of the repository
 */
export const createBatch = (
  engine: GitEngine,
  sink: PieceSink,
  path: string,
  idAt: (offset: number) => string | null,
): Batch => {
  const start = engine.take(batchBytes + engine.slack);
  const end = start + batchBytes;
  let to = start;
  let starts: number[] = [];
  let offsets: number[] = [];

  const flush = (): void => {
    if (to === start) return;
    const from = starts;
    const which = offsets;
    const label: PieceLabel = {
      kind: 'commit',
      path,
      inside: '',
      commit: null,
      hasLines: false,
      objectAt: (place) => {
        let low = 0;
        let high = from.length;
        while (low < high) {
          const middle = (low + high) >>> 1;
          if ((from[middle] ?? 0) <= place) low = middle + 1;
          else high = middle;
        }
        const offset = which[low - 1];
        return offset === undefined ? null : idAt(offset);
      },
    };
    sink.begin(label);
    sink.write(engine.bytes().subarray(start, to));
    sink.end();
    to = start;
    starts = [];
    offsets = [];
  };

  return {
    at: () => to,
    end,
    wrote: (behind, offset) => {
      if (behind === to) return;
      starts.push(to - start);
      offsets.push(offset);
      to = behind;
    },
    flush,
    want: (bytes) => {
      if (bytes > batchBytes) return false;
      if (end - to < bytes) flush();
      return true;
    },
  };
};
