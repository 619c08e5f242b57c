// Sorts answers by what a person wants to know: what changed, what still does not work, what is as it was. Pure.
import type { CheckResult } from '../../lib/types.ts';

export type SortedResults = {
  readonly changed: readonly CheckResult[];
  readonly broken: readonly CheckResult[];
  readonly same: readonly CheckResult[];
};

const rank: Readonly<Record<CheckResult['state'], number>> = {
  invalid: 0,
  expired: 1,
  blocked: 2,
  'not-activated': 3,
  malformed: 4,
  unreachable: 5,
  'not-checkable': 6,
  valid: 7,
};

/** A first answer that it works is no change; a fact that differs from what is recorded is one. */
const isChanged = ({ before, state, differs }: CheckResult): boolean =>
  differs.length > 0 ||
  (before !== state && !(before === 'not-checked' && (state === 'valid' || state === 'not-checkable')));

const isFine = ({ state }: CheckResult): boolean => state === 'valid' || state === 'not-checkable';

export const sortResults = (results: readonly CheckResult[]): SortedResults => {
  const sorted = results.toSorted(
    (left, right) => rank[left.state] - rank[right.state] || left.name.localeCompare(right.name),
  );
  const rest = sorted.filter((result) => !isChanged(result));
  return {
    changed: sorted.filter(isChanged),
    broken: rest.filter((result) => !isFine(result)),
    same: rest.filter(isFine),
  };
};
