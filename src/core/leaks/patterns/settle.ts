// Of judged places that overlap one match stays: several words may lead to the same value, and a key of a known format may stand
// behind a name that the generic rule knows.
import type { UnknownMatch } from '../matching.ts';

const isSpecific = ({ pattern }: UnknownMatch): boolean => pattern.includes('/');

const byPlace = (left: UnknownMatch, right: UnknownMatch): number =>
  left.start - right.start || right.end - left.end || (left.pattern < right.pattern ? -1 : 1);

/** Those of a sorted list that overlap none before them. */
const apart = (matches: readonly UnknownMatch[]): readonly UnknownMatch[] => {
  let reached = -1;
  return matches.filter(({ start, end }) => {
    if (start < reached) return false;
    reached = end;
    return true;
  });
};

/** One match for every place, in order: known formats before the rest, then the one that begins earlier, then the longer one. */
export const settleUnknown = (matches: readonly UnknownMatch[]): readonly UnknownMatch[] => {
  const sorted = matches.toSorted(byPlace);
  const specific = apart(sorted.filter(isSpecific));
  let next = 0;
  const others = apart(sorted.filter((match) => !isSpecific(match))).filter(({ start, end }) => {
    while ((specific[next]?.end ?? Infinity) <= start) next += 1;
    return (specific[next]?.start ?? Infinity) >= end;
  });
  return [...specific, ...others].toSorted(byPlace);
};
