// The order of turns in a list: what wants a person first, then what runs, then what waits for a time, then what is over. Pure.
import type { TurnView } from '../../lib/types.ts';

const rank: Readonly<Record<TurnView['state'], number>> = { 'needs-you': 0, running: 1, waiting: 2, done: 3 };

const endOf = (turn: TurnView): number => turn.outcome?.atMs ?? turn.startedAtMs;

/** When an open turn moves by itself; what waits for nobody's clock counts as now. */
const nextOf = (turn: TurnView): number => turn.graceUntilMs ?? turn.againAtMs ?? turn.startedAtMs;

export const layTurns = (
  turns: readonly TurnView[],
): { readonly open: readonly TurnView[]; readonly ended: readonly TurnView[] } => ({
  open: turns
    .filter(({ outcome }) => outcome === null)
    .toSorted(
      (left, right) =>
        rank[left.state] - rank[right.state] ||
        Number(right.reason === 'leak') - Number(left.reason === 'leak') ||
        nextOf(left) - nextOf(right),
    ),
  ended: turns
    .filter(({ outcome }) => outcome !== null)
    .toSorted((left, right) => endOf(right) - endOf(left)),
});
