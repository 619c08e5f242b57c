// The end of a key: a tombstone first, which a person can take back, and emptying for good.
import { fail } from '../model/app-error.ts';
import type { RecordId } from '../model/ids.ts';
import { ok, type Result } from '../model/result.ts';
import type { Change } from '../vault/vault-types.ts';
import { checkName } from './add-key.ts';
import { currentVersion, openTurn, type HeldKey } from './book.ts';
import { erase, find, findLiving, noteKey, overwrite, type Edit, type Work } from './edit.ts';

/** Leaves a tombstone with all versions. `confirmName` must be the key's name, letter by letter. */
export const removeKey = (work: Work, id: RecordId, confirmName: string): Result<Edit<undefined>> => {
  const found = findLiving(work.book, id);
  if (!found.ok) return found;
  const held = found.value;
  if (confirmName !== held.body.name) {
    return fail(
      'refused',
      'The name you typed is not the name of this key.',
      `Type ${held.body.name} to remove it.`,
      {
        field: 'confirmName',
      },
    );
  }
  if (openTurn(work.book, id) !== undefined) {
    return fail(
      'refused',
      `${held.body.name} is being turned.`,
      'Let the turn come to its end, undo it or give it up; then remove the key.',
    );
  }
  const next = { ...held.body, removedAtMs: work.nowMs, changedAtMs: work.nowMs };
  const audit = [noteKey('key-removed', work, 'kept in the bin until it is emptied', held)];
  return ok({ value: undefined, changes: [overwrite(held, next)], audit });
};

/** Takes a removed key back to where it stood. `not-found`, `already-exists`, `refused` where it is not removed. */
export const undoRemove = (work: Work, id: RecordId): Result<Edit<undefined>> => {
  const found = find(work.book.keys, id, 'key');
  if (!found.ok) return found;
  const held = found.value;
  if (held.body.removedAtMs === null) {
    return fail('refused', `${held.body.name} is not removed.`, 'There is nothing to undo.');
  }
  const name = checkName(work, held.body.name, held.body.environmentIds, held.id);
  if (!name.ok) return name;
  const next = { ...held.body, removedAtMs: null, changedAtMs: work.nowMs };
  const audit = [noteKey('key-taken-out-of-bin', work, 'removal undone', held)];
  return ok({ value: undefined, changes: [overwrite(held, next)], audit });
};

const eraseSecrets = (work: Work, ids: readonly RecordId[]): readonly Change[] =>
  ids.flatMap((id) => {
    const expected = work.secretRevision(id);
    return expected === 0 ? [] : [{ op: 'delete' as const, table: 'secret' as const, id, expected }];
  });

const versionIds = (held: HeldKey): readonly RecordId[] => held.body.versions.map(({ id }) => id);

/** What was asked and what was to be watched goes with the key: the words of providers may name people. */
const eraseBeside = ({ book }: Work, id: RecordId): readonly Change[] => {
  const beside = [book.logs.get(id), book.cares.get(id), book.turnCares.get(id), ...book.turnsOf(id)];
  return beside.flatMap((held) => (held === undefined ? [] : [erase(held)]));
};

/** Values that only a turn names: one that was made and never became the key's. */
const pendingIds = ({ book }: Work, id: RecordId): readonly RecordId[] =>
  book.turnsOf(id).flatMap(({ body }) => (body.pending === null ? [] : [body.pending.id]));

/** Empties the bin, or the given keys of it: records and values are gone for good. Keys that are not removed stay. */
export const emptyRemoved = (
  work: Work,
  ids: readonly RecordId[] | undefined,
): Result<Edit<{ readonly emptied: number }>> => {
  const wanted = ids === undefined ? null : new Set(ids);
  const removed = [...work.book.keys.values()].filter(
    // What is being turned in spite of it, after a merge of two vaults, stays until the turn is over: its values are the only copies.
    ({ id, body }) =>
      body.removedAtMs !== null &&
      (wanted === null || wanted.has(id)) &&
      openTurn(work.book, id) === undefined,
  );
  return ok({
    value: { emptied: removed.length },
    changes: removed.flatMap((held) => [
      ...eraseSecrets(work, [...versionIds(held), ...pendingIds(work, held.id)]),
      ...eraseBeside(work, held.id),
      erase(held),
    ]),
    audit: removed.map((held) =>
      noteKey('key-emptied', work, `${String(held.body.versions.length)} versions deleted for good`, held),
    ),
  });
};

/** Versions that an open turn may still need: to go back to, or to see dead. */
const neededByTurn = (work: Work, id: RecordId): ReadonlySet<RecordId> => {
  const turn = openTurn(work.book, id)?.body;
  return new Set(
    turn === undefined ? [] : [turn.oldVersionId, ...(turn.newVersionId === null ? [] : [turn.newVersionId])],
  );
};

/** Deletes the older versions of one key for good, but for those that an open turn needs. `not-found`, `refused`. */
export const emptyVersions = (work: Work, id: RecordId): Result<Edit<{ readonly emptied: number }>> => {
  const found = findLiving(work.book, id);
  if (!found.ok) return found;
  const held = found.value;
  const needed = neededByTurn(work, id);
  const current = currentVersion(held.body);
  const goes = (versionId: RecordId): boolean => versionId !== current.id && !needed.has(versionId);
  const old = versionIds(held).filter(goes);
  if (old.length === 0) return ok({ value: { emptied: 0 }, changes: [], audit: [] });
  const versions = held.body.versions.filter((version) => !goes(version.id));
  const next = { ...held.body, versions, changedAtMs: work.nowMs };
  return ok({
    value: { emptied: old.length },
    changes: [...eraseSecrets(work, old), overwrite(held, next)],
    audit: [
      noteKey('key-versions-emptied', work, `${String(old.length)} older versions deleted for good`, held),
    ],
  });
};
