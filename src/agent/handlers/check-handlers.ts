// Asking providers, and what was learnt from it.
import { fail } from '../../core/model/app-error.ts';
import type { RecordId } from '../../core/model/ids.ts';
import { ok, type Result } from '../../core/model/result.ts';
import type { CallInput } from '../../contract/contract.ts';
import type { Book } from '../../core/keys/book.ts';
import { findLiving } from '../../core/keys/edit.ts';
import { takeTold } from '../../core/keys/checks/told.ts';
import { checkKeys } from '../checking/check-keys.ts';
import type { SessionHandlers } from '../handler.ts';
import { commitKey } from './commit-edit.ts';
import { viewChecks } from './check-views.ts';

/** Every key of the vault, or of a project, whose provider can be asked, by name. */
const askable = (book: Book, projectId: RecordId | undefined): readonly RecordId[] =>
  [...book.keys.values()]
    .filter(
      ({ body }) =>
        body.removedAtMs === null &&
        (projectId === undefined || body.projectId === projectId) &&
        body.provider !== null &&
        book.catalogue().find(body.provider)?.check.possible === true,
    )
    .sort((left, right) => left.body.name.localeCompare(right.body.name))
    .map(({ id }) => id);

const wanted = (book: Book, { ids, projectId }: CallInput<'keys.check'>): Result<readonly RecordId[]> => {
  if (ids === undefined) return ok(askable(book, projectId));
  const unique = [...new Set(ids)];
  for (const id of unique) {
    const found = findLiving(book, id);
    if (!found.ok) return found;
    if (projectId !== undefined && found.value.body.projectId !== projectId)
      return fail(
        'not-found',
        `${found.value.body.name} is not in this project.`,
        'Choose the right project.',
      );
  }
  return ok(unique);
};

export const checkHandlers: SessionHandlers<'keys.check' | 'keys.checks' | 'keys.takeTold'> = {
  'keys.check': async ({ core, session, by }, input) => {
    const ids = wanted(session.book(), input);
    return ids.ok
      ? checkKeys(core, session, ids.value, { by, unattended: false, taskId: input.taskId })
      : ids;
  },
  'keys.checks': viewChecks,
  'keys.takeTold': (context, { id, facts }) =>
    commitKey(context, id, takeTold(context.work(), id, [...new Set(facts)])),
};
