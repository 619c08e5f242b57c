// What is due: everything about a key that has a date at which somebody must act, with the times at which to say so. The list of the
// window, the command line, the calendar and the schedule outside the vault are made from this alone. docs/checking.md §4.
import type { RecordId } from '../../model/ids.ts';
import type { KeyCare } from '../../model/key-log.ts';
import type { HeldKey } from '../book.ts';
import { daysLeft } from '../calendar.ts';
import { endOfOwnDay, endOfTime, expiryOf } from './end.ts';
import { dayMs, weekly, weekMs, type DueWhy, type DueWork, type Part } from './part.ts';
import { longestLead, policyOf, type KeyPolicy } from './policy.ts';
import { toTurn } from './turn-parts.ts';

export { dueWhys, type DueWhy, type DueWork } from './part.ts';

export type Due = {
  /** Opaque: a keyed hash of key, reason, date and label. The same entry keeps it. */
  readonly id: string;
  readonly held: HeldKey;
  readonly why: DueWhy;
  /** In words: "expires", "turn it: 94 days old, every 90", a date's own label. */
  readonly what: string;
  /** YYYY-MM-DD */
  readonly day: string;
  /** The moment from which it counts, by the earliest reading. */
  readonly atMs: number;
  /** From this moment on it wants somebody. */
  readonly fromMs: number;
  /** Days before it at which to say so, the longest first. */
  readonly leadDays: readonly number[];
  /** When to say so, soonest first. */
  readonly remindMs: readonly number[];
  /** Whole days of the person's calendar; negative once past. */
  readonly inDays: number;
  /** Wants somebody now: within its lead time or past, and not put off. */
  readonly now: boolean;
  readonly snoozedUntilMs: number | null;
};

const idOf = ({ fingerprint }: DueWork, keyId: RecordId, { why, end, label }: Part): string =>
  fingerprint(new TextEncoder().encode(['keyturn/due', keyId, why, end.day, label].join('\0')));

const expiry = (work: DueWork, { id, body }: HeldKey): readonly Part[] => {
  const found = expiryOf(body, work.book.logs.get(id)?.body);
  if (found === null) return [];
  const verb = work.nowMs >= found.end.atMs ? 'expired' : 'expires';
  const what = found.told ? `${verb}, as its provider says` : verb;
  return [{ why: 'expires', what, end: found.end, label: '' }];
};

const ownDates = (care: KeyCare | undefined): readonly Part[] =>
  (care?.ownDates ?? []).flatMap(({ label, day }) => {
    const end = endOfOwnDay(day);
    return end === null ? [] : [{ why: 'date' as const, what: label, end, label }];
  });

/** A week after it was noted, and weekly from then on. */
const activation = ({ nowMs }: DueWork, care: KeyCare | undefined): readonly Part[] => {
  const waiting = care?.waiting ?? null;
  if (waiting === null) return [];
  const firstMs = waiting.sinceMs + weekMs;
  const remindMs = weekly(firstMs, nowMs);
  const what = `waits for ${waiting.who}: ${waiting.what}`;
  const label = String(waiting.sinceMs);
  return [{ why: 'activate', what, end: endOfTime(firstMs), label, leads: [0], remindMs }];
};

const latestFirst = (left: number, right: number): number => right - left;

const toDue = (
  work: DueWork,
  held: HeldKey,
  part: Part,
  policy: KeyPolicy,
  untilMs: number | null,
): Due | null => {
  const { end, why, what } = part;
  const inDays = daysLeft(end.day, work.nowMs);
  if (inDays === undefined) return null;
  const leadDays = [...new Set(part.leads ?? policy.leadDays)].sort(latestFirst);
  const fromMs = end.before(part.leads === undefined ? longestLead(policy) : 0);
  const snoozedUntilMs = untilMs !== null && untilMs > work.nowMs ? untilMs : null;
  let id: string | undefined;
  let remindMs: readonly number[] | undefined;
  return {
    // Of 10,000 keys few are looked at so closely: what costs most is computed when it is asked for.
    get id() {
      return (id ??= idOf(work, held.id, part));
    },
    get remindMs() {
      return (remindMs ??= part.remindMs ?? leadDays.map(end.before));
    },
    held,
    why,
    what,
    day: end.day,
    atMs: end.atMs,
    fromMs,
    leadDays,
    inDays,
    now: work.nowMs >= fromMs && snoozedUntilMs === null,
    snoozedUntilMs,
  };
};

/** Everything that has a date about one key; nothing about a removed one. */
export const dueOfKey = (work: DueWork, held: HeldKey): readonly Due[] => {
  if (held.body.removedAtMs !== null) return [];
  const care = work.book.cares.get(held.id)?.body;
  const policy = policyOf(work.book, held);
  const parts = [
    ...expiry(work, held),
    ...toTurn(work, held, policy, care),
    ...ownDates(care),
    ...activation(work, care),
  ];
  return parts.flatMap((part) => toDue(work, held, part, policy, care?.snoozedUntilMs ?? null) ?? []);
};

const order = (left: Due, right: Due): number => {
  if (left.day !== right.day) return left.day < right.day ? -1 : 1;
  if (left.atMs !== right.atMs) return left.atMs - right.atMs;
  const [first, second] = [left.held.body.name, right.held.body.name];
  if (first !== second) return first < second ? -1 : 1;
  return left.id < right.id ? -1 : 1;
};

/** Everything that has a date, soonest first. */
export const allDue = (work: DueWork): readonly Due[] =>
  [...work.book.keys.values()].flatMap((held) => dueOfKey(work, held)).sort(order);

export type DueFilter = {
  /** Days from today, past ones included; without it what is within its lead time, put off or not. */
  readonly withinDays?: number | undefined;
  readonly projectId?: RecordId | undefined;
};

type Soonest = { readonly stamp: number; readonly fromMs: number };

const soonest = new WeakMap<HeldKey, Soonest>();
/** A person who travels has other days than those that were remembered. */
const marginMs = 2 * dayMs;

/** Whether anything about a key may have come: remembered, since most of 10,000 keys have nothing near. */
const mayHaveCome = (work: DueWork, held: HeldKey): boolean => {
  const stamp = work.book.stampOf(held.id);
  const known = soonest.get(held);
  const fromMs =
    known?.stamp === stamp
      ? known.fromMs
      : dueOfKey(work, held).reduce((least, due) => Math.min(least, due.fromMs), Number.POSITIVE_INFINITY);
  if (known?.stamp !== stamp) soonest.set(held, { stamp, fromMs });
  return work.nowMs >= fromMs - marginMs;
};

/** What has come, put off or not. */
const come = (work: DueWork): readonly Due[] =>
  [...work.book.keys.values()]
    .filter((held) => mayHaveCome(work, held))
    .flatMap((held) => dueOfKey(work, held))
    .filter(({ fromMs }) => work.nowMs >= fromMs);

/** How many entries want somebody now. */
export const dueCount = (work: DueWork): number => come(work).filter(({ now }) => now).length;

/** The list that a person asks for, soonest first. */
export const dueList = (work: DueWork, { withinDays, projectId }: DueFilter = {}): readonly Due[] => {
  const due =
    withinDays === undefined
      ? come(work).toSorted(order)
      : allDue(work).filter(({ inDays }) => inDays <= withinDays);
  return projectId === undefined ? due : due.filter(({ held }) => held.body.projectId === projectId);
};
