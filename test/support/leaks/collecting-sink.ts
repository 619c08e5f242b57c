// A sink that keeps what readers give, by place; in tests only, since the product's sink keeps nothing.
import type { NotRead } from '../../../src/core/leaks/matching.ts';
import type { PieceLabel, PieceSink } from '../../../src/node/scan/source.ts';

export type Piece = { readonly label: PieceLabel; readonly bytes: Buffer };

export type CollectingSink = PieceSink & {
  readonly pieces: readonly Piece[];
  readonly missed: readonly NotRead[];
  /** Most bytes that were given at once. */
  readonly total: () => number;
  /** All that stood at a place inside a file, as text. */
  readonly text: (inside: string) => string;
  /** Places inside, in the order in which they came. */
  readonly insides: () => readonly string[];
  readonly cancel: () => void;
};

/** @param keep whether the bytes are kept, or only counted */
export const collectingSink = (roomBytes = 65_536, keep = true): CollectingSink => {
  const pieces: Piece[] = [];
  const missed: NotRead[] = [];
  const room = new Uint8Array(new SharedArrayBuffer(roomBytes));
  let label: PieceLabel | null = null;
  let parts: Buffer[] = [];
  let filled = 0;
  let total = 0;
  let isCancelled = false;
  const filledWith = (length: number): void => {
    if (label === null) throw new Error('filled outside a piece');
    if (length < 0 || length > room.length) throw new Error(`filled ${String(length)}`);
    filled += length;
    total += length;
    if (keep) parts.push(Buffer.from(room.slice(0, length)));
    // What is left in the room from before must not be taken for what was read.
    room.fill(0xee);
  };
  return {
    pieces,
    missed,
    begin: (given) => {
      if (label !== null) throw new Error('a piece within a piece');
      label = given;
    },
    room: () => room,
    filled: filledWith,
    write: (bytes) => {
      for (let at = 0; at < bytes.length; at += room.length) {
        const part = bytes.subarray(at, at + room.length);
        room.set(part);
        filledWith(part.length);
      }
    },
    end: () => {
      if (label === null) throw new Error('the end of no piece');
      if (filled > 0) pieces.push({ label, bytes: Buffer.concat(parts) });
      label = null;
      parts = [];
      filled = 0;
    },
    notRead: (entry) => {
      missed.push(entry);
    },
    cancelled: () => isCancelled,
    total: () => total,
    text: (inside) =>
      Buffer.concat(
        pieces.filter((piece) => piece.label.inside === inside).map((piece) => piece.bytes),
      ).toString(),
    insides: () => [...new Set(pieces.map((piece) => piece.label.inside))],
    cancel: () => {
      isCancelled = true;
    },
  };
};
