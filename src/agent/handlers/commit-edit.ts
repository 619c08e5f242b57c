// From a computed change to a committed one, and to the answer that says what became of the key.
import { ok, type Result } from '../../core/model/result.ts';
import type { RecordId } from '../../core/model/ids.ts';
import type { Edit } from '../../core/keys/edit.ts';
import { summaryOf } from '../../core/keys/summary.ts';
import type { KeyWarning } from '../../core/model/warning.ts';
import type { SessionContext } from '../handler.ts';

/** Commits; gives the edit's value. */
export const commitEdit = <T>({ session }: SessionContext, edit: Result<Edit<T>>): Result<T> =>
  edit.ok ? session.commit(edit.value) : edit;

export type Changed = { readonly id: RecordId; readonly revision: number; readonly warnings: KeyWarning[] };

/** Commits a change of one key and answers with its revision and the warnings it has now. */
export const commitKey = (
  { session, core }: SessionContext,
  id: RecordId,
  edit: Result<Edit<unknown>>,
  warnings?: readonly KeyWarning[],
): Result<Changed> => {
  if (!edit.ok) return edit;
  const result = session.commit(edit.value);
  if (!result.ok) return result;
  const book = session.book();
  const held = book.keys.get(id);
  if (held === undefined) throw new Error('a key that was just written is not there');
  const now = warnings ?? summaryOf(book, held, core.nowMs()).warnings;
  return ok({ id, revision: held.revision, warnings: [...now] });
};
