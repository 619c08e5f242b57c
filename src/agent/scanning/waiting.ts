// What was seen while the vault was locked waits here for the next unlock: in memory alone, bounded, counted beyond.
import type { SeenFile } from './messages.ts';

export const mostWaiting = 10_000;

export type WaitingRoom = {
  readonly add: (seen: SeenFile) => void;
  /** Everything that waits, oldest first, and how many sightings were not kept. Empties it. */
  readonly take: () => { readonly seen: readonly SeenFile[]; readonly lost: number };
  readonly count: () => number;
};

/** What stands there still was seen when it was first seen. */
const withFirstTime = (seen: SeenFile, before: SeenFile | undefined): SeenFile =>
  before === undefined || before.list.length === 0 || seen.list.length === 0
    ? seen
    : { ...seen, atMs: before.atMs };

export const createWaitingRoom = (most = mostWaiting): WaitingRoom => {
  // By file: one that changes every second must not push the others out.
  let byPlace = new Map<string, SeenFile>();
  let held = 0;
  let lost = 0;
  const weight = ({ list }: SeenFile): number => Math.max(1, list.length);
  return {
    add: (seen) => {
      const name = `${seen.generation} ${seen.scope} ${seen.path}`;
      const before = byPlace.get(name);
      const more = weight(seen) - (before === undefined ? 0 : weight(before));
      if (held + more > most) {
        lost += seen.list.length;
        return;
      }
      byPlace.delete(name);
      byPlace.set(name, withFirstTime(seen, before));
      held += more;
    },
    take: () => {
      const taken = { seen: [...byPlace.values()], lost };
      byPlace = new Map();
      held = 0;
      lost = 0;
      return taken;
    },
    count: () => held,
  };
};
