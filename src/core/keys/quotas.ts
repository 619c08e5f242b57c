// How many keys of a provider's limit are taken, this one included: the count that says whether a rotation finds a free slot.
import { limitWords } from './detail.ts';
import type { Book, HeldKey } from './book.ts';
import { countAgainst, countsFor } from './life-warnings.ts';
import { peersFor } from './list-warnings.ts';
import { maxCounted } from './live-book.ts';
import { toSubject } from './warning-subject.ts';

export type Quota = {
  readonly used: number;
  readonly max: number;
  /** True where the provider says "typically" or the number was only observed. */
  readonly approximate: boolean;
  /** The provider's rule in words. */
  readonly rule: string;
};

/** One entry per limit of the provider; none where there is no limit, or where more keys are kept than anybody counts. */
export const quotasOf = (book: Book, held: HeldKey): Quota[] => {
  const { body, id } = held;
  if (body.removedAtMs !== null || body.provider === null) return [];
  if ((book.byProvider.get(body.provider)?.size ?? 0) > maxCounted) return [];
  const subject = toSubject(book, body, id);
  const peers = peersFor(book, body, id);
  return (subject.definition?.limits ?? []).map((limit) => ({
    used: countAgainst(limit, { subject, peers }),
    max: limit.max,
    approximate: limit.approximate,
    rule: limitWords(limit),
  }));
};

/** Handed to the fewest, then used the longest ago, then the oldest: the first to go where a place is wanted. */
const byUse =
  ({ logs }: Book) =>
  (left: HeldKey, right: HeldKey): number =>
    left.body.consumers.length - right.body.consumers.length ||
    (logs.get(left.id)?.body.usedAtMs ?? 0) - (logs.get(right.id)?.body.usedAtMs ?? 0) ||
    left.body.addedAtMs - right.body.addedAtMs;

/**
 * The key of this vault that takes a place of the same limit and is the least missed, as far as is known here; undefined where there is none that
 * nobody was handed.
 */
export const leastUsedBeside = (book: Book, held: HeldKey): HeldKey | undefined => {
  const { body, id } = held;
  const subject = toSubject(book, body, id);
  const limits = subject.definition?.limits ?? [];
  const others = peersFor(book, body, id)
    .filter((peer) => limits.some((limit) => countsFor(limit, subject, peer)))
    .flatMap((peer) => book.keys.get(peer.id) ?? [])
    .filter((other) => other.body.consumers.length === 0);
  return others.toSorted(byUse(book))[0];
};
