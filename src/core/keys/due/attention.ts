// What wants a person about a key, besides its state: the words by which a list is filtered. docs/checking.md §4.
import type { KeyCare, KeyLog } from '../../model/key-log.ts';
import type { StoredKey } from '../../model/key.ts';
import type { Book, HeldKey } from '../book.ts';
import { currentVersion } from '../book.ts';
import { addDays, daysLeft, personDay } from '../calendar.ts';
import { currentRuns } from '../status.ts';
import { expiryOf } from './end.ts';
import { longestLead, policyOf, type KeyPolicy } from './policy.ts';

export const attentions = [
  'expiring',
  'expired',
  'overdue',
  'unused',
  'never-checked',
  'owner-left',
  'waiting',
  'lost',
] as const;
export type Attention = (typeof attentions)[number];

const dayMs = 86_400_000;

/** When the next version is due by policy, as YYYY-MM-DD; null where no policy says so. */
export const rotateByOf = (book: Book, held: HeldKey, policy = policyOf(book, held)): string | null => {
  const { rotateEveryDays } = policy;
  if (rotateEveryDays === null) return null;
  return addDays(personDay(currentVersion(held.body).addedAtMs), rotateEveryDays) ?? null;
};

/** The provider accepted the key after its date: then the date is wrong, and its status says so. */
const worksSince = (key: StoredKey, log: KeyLog | undefined, atMs: number): boolean =>
  currentRuns(key, log).some(({ state, toMs }) => state === 'valid' && toMs >= atMs);

/** Since when nobody has the key's current value, in epoch milliseconds; null where it is not lost. */
export const lostSinceOf = (key: StoredKey, care: KeyCare | undefined): number | null =>
  care?.lost?.versionId === currentVersion(key).id ? care.lost.sinceMs : null;

const byDate = (
  key: StoredKey,
  log: KeyLog | undefined,
  policy: KeyPolicy,
  nowMs: number,
): 'expired' | 'expiring' | null => {
  const end = expiryOf(key, log)?.end;
  if (end === undefined) return null;
  if (nowMs >= end.atMs) return worksSince(key, log, end.atMs) ? null : 'expired';
  return nowMs >= end.before(longestLead(policy)) ? 'expiring' : null;
};

const saidExpired = (key: StoredKey, log: KeyLog | undefined): boolean =>
  currentRuns(key, log).findLast(({ state }) => state !== 'unreachable')?.state === 'expired';

/** Nobody can be blamed for not asking where nobody answers. */
const canBeAsked = (book: Book, { provider }: StoredKey): boolean =>
  provider !== null && (book.catalogue().find(provider)?.check.possible ?? false);

const isUnused = (key: StoredKey, log: KeyLog | undefined, days: number, nowMs: number): boolean => {
  const sinceMs = Math.max(log?.usedAtMs ?? 0, currentVersion(key).addedAtMs);
  return days > 0 && nowMs - sinceMs > days * dayMs;
};

/** @param nowMs epoch milliseconds */
export const attentionOf = (book: Book, held: HeldKey, nowMs: number): readonly Attention[] => {
  const { id, body } = held;
  if (body.removedAtMs !== null) return [];
  const policy = policyOf(book, held);
  const care = book.cares.get(id)?.body;
  const log = book.logs.get(id)?.body;
  const dated = byDate(body, log, policy, nowMs);
  const isExpired = dated === 'expired' || saidExpired(body, log);
  const rotateIn = daysLeft(rotateByOf(book, held, policy) ?? undefined, nowMs);
  const found: readonly (readonly [Attention, boolean])[] = [
    ['expiring', !isExpired && dated === 'expiring'],
    ['expired', isExpired],
    ['overdue', rotateIn !== undefined && rotateIn < 0],
    ['unused', isUnused(body, log, policy.unusedAfterDays, nowMs)],
    ['never-checked', canBeAsked(book, body) && currentRuns(body, log).length === 0],
    ['owner-left', care?.ownerLeft ?? false],
    ['waiting', care !== undefined && care.waiting !== null],
    ['lost', lostSinceOf(body, care) !== null],
  ];
  return found.filter(([, is]) => is).map(([name]) => name);
};
