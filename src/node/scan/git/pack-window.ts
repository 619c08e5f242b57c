// Brings stored entries of a pack into the engine's memory. What is stored whole is read in the order of the pack: a window moves along
// with it. Deltas of an object may lie anywhere: they are read alone, with a little of what follows, where the next one often lies.
import { readSync } from 'node:fs';
import type { GitEngine } from './git-engine.ts';

export type PackWindow = {
  /** Address of the `length` bytes at `offset`; -1 where they are not there any more, or are too many. */
  readonly bring: (offset: number, length: number, isDelta: boolean) => number;
  /** Most that `bring` brings. */
  readonly most: number;
};

const windowBytes = 1_048_576;
/** Measured on packs of GitHub's: with more, the reading costs more than the calls that it saves. */
const asideBytes = 4_096;

type Room = { readonly at: number; from: number; to: number };

export const createPackWindow = (engine: GitEngine, file: number): PackWindow => {
  const room = (): Room => ({ at: engine.take(windowBytes + engine.slack), from: 0, to: 0 });
  const along = room();
  const aside = room();

  const read = (into: Room, offset: number, length: number): void => {
    const bytes = engine.bytes();
    let filled = 0;
    while (filled < length) {
      const count = readSync(file, bytes, into.at + filled, length - filled, offset + filled);
      if (count === 0) break;
      filled += count;
    }
    into.from = offset;
    into.to = offset + filled;
  };

  return {
    most: windowBytes,
    bring: (offset, length, isDelta) => {
      const end = offset + length;
      if (offset >= along.from && end <= along.to) return along.at + (offset - along.from);
      if (offset >= aside.from && end <= aside.to) return aside.at + (offset - aside.from);
      if (length > windowBytes) return -1;
      const into = isDelta ? aside : along;
      read(into, offset, isDelta ? Math.max(length, asideBytes) : windowBytes);
      return end <= into.to ? into.at : -1;
    },
  };
};
