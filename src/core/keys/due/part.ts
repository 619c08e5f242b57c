// One thing that is due about a key, before it is placed in time for a person: what the kinds of them have in common.
import type { Book } from '../book.ts';
import type { End } from './end.ts';

export const dueWhys = ['expires', 'rotate', 'date', 'activate'] as const;
export type DueWhy = (typeof dueWhys)[number];

/** What a due list is computed from. */
export type DueWork = {
  readonly book: Book;
  /** Milliseconds since the Unix epoch. */
  readonly nowMs: number;
  /** The vault's keyed hash, as 32 hex digits. */
  readonly fingerprint: (bytes: Uint8Array) => string;
};

export const dayMs = 86_400_000;
export const weekMs = 7 * dayMs;
/** How often it is said ahead that something waits or is lost: a quarter of a year. */
const weeksAhead = 13;

export type Part = {
  readonly why: DueWhy;
  readonly what: string;
  readonly end: End;
  readonly label: string;
  readonly leads?: readonly number[];
  readonly remindMs?: readonly number[];
};

/** Times a week apart, from the last one that has passed. */
export const weekly = (firstMs: number, nowMs: number): readonly number[] => {
  const passed = Math.max(0, Math.floor((nowMs - firstMs) / weekMs));
  return Array.from({ length: weeksAhead }, (_, week) => firstMs + (passed + week) * weekMs);
};
