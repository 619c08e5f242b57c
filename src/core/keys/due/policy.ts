// Which lead times and ages count for a key: its own, else those of the first policy that fits, else the usual ones.
// docs/checking.md §4.
import type { KeyKind } from '../../model/key.ts';
import type { PolicyRule } from '../../model/key-log.ts';
import type { Book, HeldKey } from '../book.ts';

/** Days before an end at which to remind. */
export const usualLeadDays: Readonly<Record<KeyKind, readonly number[]>> = {
  live: [30, 14, 7, 3, 1, 0],
  test: [7, 0],
  unknown: [30, 14, 7, 3, 1, 0],
};
export const usualUnusedDays = 90;

export type KeyPolicy = {
  readonly leadDays: readonly number[];
  /** Null where nobody asked for turning it by age. */
  readonly rotateEveryDays: number | null;
  /** 0 for never. */
  readonly unusedAfterDays: number;
};

/** From how many days before an end on a key wants somebody. */
export const longestLead = ({ leadDays }: KeyPolicy): number => Math.max(0, ...leadDays);

const fits = (rule: PolicyRule, { body }: HeldKey): boolean =>
  (rule.projectId === null || rule.projectId === body.projectId) &&
  (rule.environmentId === null || body.environmentIds.includes(rule.environmentId)) &&
  (rule.kind === null || rule.kind === body.kind);

/** 0 days means never. */
const orNever = (days: number | null | undefined): number | null =>
  days === undefined || days === null || days === 0 ? null : days;

/** What counts for a key. A rule that leaves an entry open lets the next fitting one say it. */
export const policyOf = (book: Book, held: HeldKey): KeyPolicy => {
  const care = book.cares.get(held.id)?.body;
  const rules = (book.policies()?.body.rules ?? []).filter((rule) => fits(rule, held));
  const first = <T>(pick: (rule: PolicyRule) => T | null): T | undefined => {
    for (const rule of rules) {
      const value = pick(rule);
      if (value !== null) return value;
    }
    return undefined;
  };
  return {
    leadDays: care?.leadDays ?? first((rule) => rule.leadDays) ?? usualLeadDays[held.body.kind],
    rotateEveryDays: orNever(care?.rotateEveryDays ?? first((rule) => rule.rotateEveryDays)),
    unusedAfterDays: first((rule) => rule.unusedAfterDays) ?? usualUnusedDays,
  };
};
