// The bytes of one object by the place where it was found, to show what stands around a key, or to read the key itself once more.
import type { Place } from '../../../core/model/finding.ts';
import { factsOfObjects, readContents } from './object-contents.ts';
import { findRepository } from './repository.ts';
import { runGit } from './run-git.ts';

const objectId = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/**
 * Content of the blob, message or tag at a place in a repository's history, or of a staged file; null where it is gone, larger than
 * `mostBytes`, or its path cannot be told from what people are shown of it.
 */
export const readObjectAt = (place: Place, mostBytes: number): Uint8Array | null => {
  const repository = findRepository(place.path);
  if (repository === null || !repository.isOurs) return null;
  const id = place.commit;
  if (id === null || !objectId.test(id) || /\\x[0-9a-f]{2}|\n/.test(place.inside)) return null;
  const name = place.inside === '' ? id : `${id}:${place.inside}`;
  const resolved = runGit(repository, ['rev-parse', '--verify', '--quiet', '--end-of-options', name]);
  if (!resolved.ok) return null;
  const object = resolved.value.toString('latin1').trim();
  const facts = factsOfObjects(repository, [object]);
  const found = facts.ok ? facts.value.get(object) : undefined;
  if (found === undefined || found.bytes > mostBytes || found.kind === 'tree') return null;
  let content: Uint8Array | null = null;
  readContents(
    repository,
    [found],
    (_, bytes) => {
      content = bytes;
      return false;
    },
    () => undefined,
  );
  return content;
};
