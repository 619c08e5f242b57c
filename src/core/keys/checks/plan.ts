// Which keys of a vault are asked about on their own, and when: the whole plan, soonest first.
import type { RecordId } from '../../model/ids.ts';
import type { ScheduleConsent } from '../../model/key-log.ts';
import { currentVersion, type Book, type HeldKey } from '../book.ts';
import type { Work } from '../edit.ts';
import { currentRuns } from '../status.ts';
import { mayAskUnattended, nextAskMs, ownTimeMs, type Unattended } from './schedule.ts';

export type PlanWork = Pick<Work, 'book' | 'fingerprint' | 'nowMs'>;
export type Planned = { readonly id: RecordId; readonly atMs: number };

/** The person's word about a key. */
export const consentOf = (book: Book, id: RecordId): ScheduleConsent =>
  book.cares.get(id)?.body.scheduled ?? 'as-provided';

/** Whether a key may be asked about on its own, by its provider and by the person. */
export const unattendedOf = (book: Book, { id, body }: HeldKey): Unattended => {
  const definition = body.provider === null ? undefined : book.catalogue().find(body.provider);
  if (definition === undefined)
    return { happens: false, why: 'Nobody said whose key this is, so nobody can be asked.' };
  return mayAskUnattended(definition, body.kind, consentOf(book, id));
};

const times = new WeakMap<HeldKey, number>();

/** Remembered: a hash for each of 10,000 keys every minute would be felt. */
const ownTimeOf = ({ fingerprint }: PlanWork, held: HeldKey): number => {
  const known = times.get(held);
  if (known !== undefined) return known;
  const time = ownTimeMs(fingerprint(new TextEncoder().encode(`ask at ${held.id}`)));
  times.set(held, time);
  return time;
};

/** When a key is asked about next; null where that never happens. */
export const nextOf = (work: PlanWork, held: HeldKey): number | null => {
  if (held.body.removedAtMs !== null || !unattendedOf(work.book, held).happens) return null;
  const last = currentRuns(held.body, work.book.logs.get(held.id)?.body).at(-1);
  return nextAskMs(ownTimeOf(work, held), last, currentVersion(held.body).addedAtMs, work.nowMs);
};

/** Keys that are due, the longest waiting first. */
export const dueToAsk = (work: PlanWork): readonly Planned[] => {
  const due: Planned[] = [];
  for (const held of work.book.keys.values()) {
    const atMs = nextOf(work, held);
    if (atMs !== null && atMs <= work.nowMs) due.push({ id: held.id, atMs });
  }
  return due.sort((left, right) => left.atMs - right.atMs);
};
