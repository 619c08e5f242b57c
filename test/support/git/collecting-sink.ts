// A sink that keeps what it is given, so that a test can ask in which pieces a text stands. Matching is tested elsewhere: here it
// counts that every byte of it came, in one run.
import type { NotRead } from '../../../src/core/leaks/matching.ts';
import type { PieceLabel, PieceSink } from '../../../src/node/scan/source.ts';

export type Piece = { readonly label: PieceLabel; readonly bytes: Buffer };

export type CollectingSink = PieceSink & {
  readonly pieces: readonly Piece[];
  readonly missed: readonly NotRead[];
  /** Ids of the objects in which the text stands, by what the labels say, each once. */
  readonly objectsWith: (text: string | Uint8Array) => readonly string[];
  readonly bytes: () => number;
};

export const collectingSink = (cancelled: () => boolean = () => false): CollectingSink => {
  const pieces: Piece[] = [];
  const missed: NotRead[] = [];
  let label: PieceLabel | null = null;
  let parts: Buffer[] = [];
  const room = new Uint8Array(65_536);
  return {
    pieces,
    missed,
    begin: (next) => {
      if (label !== null) throw new Error('a piece within a piece');
      label = next;
      parts = [];
    },
    room: () => room,
    filled: (length) => {
      parts.push(Buffer.from(room.subarray(0, length)));
    },
    write: (bytes) => {
      if (label === null) throw new Error('bytes without a piece');
      parts.push(Buffer.from(bytes));
    },
    end: () => {
      if (label === null) throw new Error('an end without a piece');
      pieces.push({ label, bytes: Buffer.concat(parts) });
      label = null;
    },
    notRead: (entry) => missed.push(entry),
    cancelled,
    objectsWith: (text) => {
      const found = new Set<string>();
      const wanted = Buffer.from(text);
      for (const { label: of, bytes } of pieces)
        for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 1))
          found.add(of.objectAt?.(at) ?? of.commit ?? '');
      return [...found];
    },
    bytes: () => pieces.reduce((sum, { bytes }) => sum + bytes.length, 0),
  };
};
