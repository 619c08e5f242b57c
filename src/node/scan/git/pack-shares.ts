// Shares a pack out among threads by the work that each object's family makes: deltas belong to what they are on, wherever they lie, and a
// pack of a server may have them far apart. Each thread works the shares out for itself and gets the same.
import { treeKind, type PackPlan } from './pack-plan.ts';

/** Which part of the work is this thread's. */
export type Share = { readonly index: number; readonly of: number };

/** What an entry costs beside its stored bytes, in those: finding it, and what its delta makes. */
const perEntry = 400;

const storedBytes = ({ offsets }: PackPlan, entry: number): number =>
  (offsets[entry + 1] ?? 0) - (offsets[entry] ?? 0);

export type PackShares = {
  /** Stored bytes of all that is no tree. */
  readonly storedBytes: number;
  /** Calls `each` with every first of a family, and every broken entry, that is the share's; ends where it says false. */
  readonly forShare: (share: Share, each: (entry: number) => boolean) => void;
};

export const sharesOf = (plan: PackPlan): PackShares => {
  const { count, kinds, bases } = plan;
  const weights = new Float64Array(count);
  let stored = 0;
  let whole = 0;
  for (let entry = count - 1; entry >= 0; entry -= 1) {
    if (kinds[entry] === treeKind) continue;
    const base = bases[entry] ?? -1;
    stored += storedBytes(plan, entry);
    weights[entry] = (weights[entry] ?? 0) + storedBytes(plan, entry) + perEntry;
    // A base mostly lies before its deltas, so that it is added up behind them; where not, the shares are less even.
    if (base >= 0 && base < entry) weights[base] = (weights[base] ?? 0) + (weights[entry] ?? 0);
    else whole += weights[entry] ?? 0;
  }
  return {
    storedBytes: stored,
    forShare: ({ index, of }, each) => {
      const [least, most] = [(whole * index) / of, index === of - 1 ? Infinity : (whole * (index + 1)) / of];
      let weight = 0;
      for (let entry = 0; entry < count; entry += 1) {
        const isFirst = bases[entry] === -1 || kinds[entry] === 0;
        if (kinds[entry] === treeKind || !isFirst) continue;
        if (weight >= least && weight < most && !each(entry)) return;
        weight += weights[entry] ?? 0;
      }
    },
  };
};
