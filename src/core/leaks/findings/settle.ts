// What time and news about keys do to findings: an acceptance lapses, a dead key's finding is resolved, one that works again is not.
import type { Change } from '../../vault/vault-types.ts';
import type { Book } from '../../keys/book.ts';
import { overwrite } from '../../keys/edit.ts';
import { afterLife, afterTime } from '../states.ts';
import { lifeOf } from './value-life.ts';

/** Changes that bring every finding up to now; none where all are. */
export const settleFindings = (book: Book, nowMs: number): readonly Change[] =>
  [...book.findings.values()].flatMap((held) => {
    const { state, accepted } = held.body;
    if (state !== 'gone' && state !== 'resolved' && accepted === null) return [];
    const dead = lifeOf(book, held.body, nowMs).alive === false;
    const after = afterLife(afterTime(held.body, nowMs), dead, nowMs);
    return after === held.body ? [] : [overwrite(held, after)];
  });
