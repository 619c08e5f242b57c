// How many keys of a provider's limit are taken, this one included: the count that says whether a rotation finds a free slot.
import { limitWords } from './detail.ts';
import type { Book, HeldKey } from './book.ts';
import { countAgainst } from './life-warnings.ts';
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
