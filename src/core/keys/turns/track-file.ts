// Env files that were written from an environment: remembered, so that a turn brings them up to date and touches no other file.
import type { RecordId } from '../../model/ids.ts';
import { ok, type Result } from '../../model/result.ts';
import type { Change } from '../../vault/vault-types.ts';
import { create, erase, find, note, overwrite, type Edit, type Work } from '../edit.ts';

/** Derived: a file is written from one environment at a time, and remembered once. */
const idFor = ({ fingerprint }: Work, path: string): RecordId =>
  fingerprint(new TextEncoder().encode(`tracked-file ${path}`));

/** The change that remembers a file, with the environment that wrote it last. */
export const trackFile = (
  work: Work,
  environmentId: RecordId,
  path: string,
  format: string,
): readonly Change[] => {
  const body = { type: 'tracked-file' as const, environmentId, path, format, writtenAtMs: work.nowMs };
  const known = [...work.book.trackedFiles.values()].find((held) => held.body.path === path);
  return [known === undefined ? create(idFor(work, path), body) : overwrite(known, body)];
};

/** Stops keeping a file up to date; the file stays. `not-found`. */
export const forgetFile = (work: Work, id: RecordId): Result<Edit<undefined>> => {
  const held = find(work.book.trackedFiles, id, 'file');
  if (!held.ok) return held;
  const name = held.value.body.path.split(/[/\\]/).at(-1) ?? '';
  return ok({
    value: undefined,
    changes: [erase(held.value)],
    audit: [note('file-forgotten', work.by, `${name} is no longer kept up to date`)],
  });
};
