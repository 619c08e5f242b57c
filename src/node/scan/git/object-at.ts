// The bytes of one object by the place where it was found, to show what stands around a key, or to read the key itself once more.
import { relative, sep } from 'node:path';
import type { Place } from '../../../core/model/finding.ts';
import { factsOfObjects, readContents } from './object-contents.ts';
import { findRepository, type Repository } from './repository.ts';
import { runGit } from './run-git.ts';

/** Shown text that stands for other bytes than its own; git's input ends names at line breaks. */
const isExact = (path: string): boolean => !/\\x[0-9a-f]{2}|\n/.test(path);

const objectId = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** As git names the object; null where that cannot be told. */
const nameOf = ({ kind, path, inside, commit }: Place, { top }: Repository): string | null => {
  if (kind === 'staged') {
    const within = relative(top, path).split(sep).join('/');
    return within === '' || within.startsWith('..') || !isExact(within) ? null : `:${within}`;
  }
  if (commit === null || !objectId.test(commit) || !isExact(inside)) return null;
  return inside === '' ? commit : `${commit}:${inside}`;
};

const readNamed = (repository: Repository, name: string, mostBytes: number): Uint8Array | null => {
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
      content = Uint8Array.from(bytes);
      return false;
    },
    () => undefined,
  );
  return content;
};

/**
 * Content of the blob, message or tag at a place in a repository's history, or of a staged file; null where it is gone, larger than
 * `mostBytes`, or its path cannot be told from what people are shown of it.
 */
export const readObjectAt = (place: Place, mostBytes: number): Uint8Array | null => {
  const repository = findRepository(place.path);
  if (repository === null || !repository.isOurs) return null;
  const name = nameOf(place, repository);
  return name === null ? null : readNamed(repository, name, mostBytes);
};
