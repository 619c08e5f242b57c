// Sorts answers by what a person wants to know: what changed, what still does not work, what is as it was. Pure.
import { counted } from '../../lib/time-words.ts';
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

const words: readonly (readonly [CheckResult['state'], one: string, many: string])[] = [
  ['valid', 'works', 'work'],
  ['blocked', 'works, but not here', 'work, but not here'],
  ['invalid', 'is refused', 'are refused'],
  ['expired', 'has expired', 'have expired'],
  ['not-activated', 'waits to be activated', 'wait to be activated'],
  ['malformed', 'is not shaped like a key', 'are not shaped like keys'],
  ['unreachable', 'had no answer', 'had no answer'],
  ['not-checkable', 'cannot be asked', 'cannot be asked'],
];

/** "12 keys asked: 10 work, 1 is refused, 1 had no answer. 2 changed." */
export const checkSentence = (results: readonly CheckResult[], stopped: boolean): string => {
  const stop = stopped ? 'Stopped. ' : '';
  if (results.length === 0) return `${stop}No key was asked.`;
  const counts = words.flatMap(([state, one, many]) => {
    const count = results.filter((result) => result.state === state).length;
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  });
  const changed = results.filter(isChanged).length;
  const change = changed === 0 ? 'Nothing changed.' : `${changed} changed.`;
  return `${stop}${counted(results.length, 'key')} asked: ${counts.join(', ')}. ${change}`;
};

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
