// What wants a person about a key, besides its state: the words by which a list is filtered. docs/checking.md §4.
import type { HeldKey, Book } from '../book.ts';
import { currentVersion } from '../book.ts';
import { daysLeft, dayOf } from '../expiry.ts';
import { currentRuns } from '../status.ts';
import { policyOf } from './policy.ts';

export const attentions = [
  'expiring',
  'expired',
  'overdue',
  'unused',
  'never-checked',
  'owner-left',
  'waiting',
] as const;
export type Attention = (typeof attentions)[number];

const dayMs = 86_400_000;

/** When the next version is due by policy, as YYYY-MM-DD; null where no policy says so. */
export const rotateByOf = (book: Book, held: HeldKey): string | null => {
  const { rotateEveryDays } = policyOf(book, held);
  return rotateEveryDays === null
    ? null
    : dayOf(currentVersion(held.body).addedAtMs + rotateEveryDays * dayMs);
};

/** @param nowMs epoch milliseconds */
export const attentionOf = (book: Book, held: HeldKey, nowMs: number): readonly Attention[] => {
  const { body } = held;
  if (body.removedAtMs !== null) return [];
  const policy = policyOf(book, held);
  const care = book.cares.get(held.id)?.body;
  const log = book.logs.get(held.id)?.body;
  const left = daysLeft(body.expiresOn ?? undefined, nowMs);
  const rotateIn = daysLeft(rotateByOf(book, held) ?? undefined, nowMs);
  const usedAtMs = log?.usedAtMs ?? currentVersion(body).addedAtMs;
  const found: readonly (readonly [Attention, boolean])[] = [
    ['expired', left !== undefined && left < 0],
    ['expiring', left !== undefined && left >= 0 && left <= Math.max(0, ...policy.leadDays)],
    ['overdue', rotateIn !== undefined && rotateIn < 0],
    ['unused', nowMs - usedAtMs > policy.unusedAfterDays * dayMs],
    ['never-checked', currentRuns(body, log).length === 0],
    ['owner-left', care?.ownerLeft ?? false],
    ['waiting', care !== undefined && care.waiting !== null],
  ];
  return found.filter(([, is]) => is).map(([name]) => name);
};
