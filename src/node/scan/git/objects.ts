// From an object that holds a key to where it stands: commit, path, lines, and whether that commit was pushed. Asked of git, and only
// about objects in which something was found: history.ts reads without. docs/scanning.md §3.
import type { PlaceKind } from '../../../core/model/finding.ts';
import { ok, type Result } from '../../../core/model/result.ts';
import { exactPath, shownPath } from '../file-path.ts';
import type { PieceSink } from '../source.ts';
import { factsOfObjects, readContents, type ObjectFacts } from './object-contents.ts';
import { readRaw } from './raw-diff.ts';
import type { Repository } from './repository.ts';
import { askGit, runGit } from './run-git.ts';

export type FoundObject = ObjectFacts & {
  readonly place: Extract<PlaceKind, 'commit' | 'stash' | 'unreachable'>;
  /** The commit that brought it, of several the oldest; of a message the commit or tag itself; null where no commit is known. */
  readonly commit: string | null;
  /** Path in that commit, for people; '' for messages and where none is known. */
  readonly path: string;
};

const idsAtOnce = 400;
const mostIds = 20_000;
const historyTimeoutMs = 180_000;
const shortTimeoutMs = 20_000;
const mostStashes = 1_000;
const mostAsked = 500;

/** All refs but stashes; stashes are of another kind. */
const allRefs = ['--exclude=refs/stash', '--all'];

type Where = { readonly commit: string; readonly path: string };

/** For each blob the last that the log tells of it: the oldest commit that brought it. */
const findInLog = (
  repository: Repository,
  ids: readonly string[],
  range: readonly string[],
): ReadonlyMap<string, Where> => {
  const found = new Map<string, Where>();
  const wanted = new Set(ids);
  for (let from = 0; from < ids.length; from += idsAtOnce) {
    const asked = ids.slice(from, from + idsAtOnce).map((id) => `--find-object=${id}`);
    const printed = runGit(
      repository,
      [
        ...['log', '--format=commit %H', '-m', '--root', '--raw', '-z', '--no-abbrev', '--no-renames'],
        ...['--no-ext-diff', '--no-textconv', ...asked, ...range, '--'],
      ],
      { timeoutMs: historyTimeoutMs },
    );
    if (!printed.ok) continue;
    readRaw(printed.value, {
      entry: ({ id, commit, path }) => {
        if (wanted.has(id)) found.set(id, { commit, path: shownPath(exactPath(path)) });
      },
    });
  }
  return found;
};

const idLine = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

const stashCommits = (repository: Repository): readonly string[] => {
  const listed = runGit(
    repository,
    ['rev-list', '-g', `--max-count=${String(mostStashes)}`, 'refs/stash', '--'],
    { timeoutMs: shortTimeoutMs },
  );
  return listed.ok
    ? listed.value
        .toString('latin1')
        .split('\n')
        .filter((id) => idLine.test(id))
    : [];
};

const hasRemoteBranch = (repository: Repository): boolean => {
  const listed = runGit(repository, ['for-each-ref', '--count=1', '--format=%(objectname)', 'refs/remotes'], {
    timeoutMs: shortTimeoutMs,
  });
  return !listed.ok || listed.value.length > 0;
};

/**
 * Of each commit whether a remote-tracking branch holds it, so that the remote had it when it was last heard of; null where git could not
 * say in time. One walk of git's for all of them.
 */
export const pushedOf = (
  repository: Repository,
  commits: readonly string[],
): ReadonlyMap<string, boolean | null> => {
  const asked = commits.filter((id) => idLine.test(id));
  if (asked.length === 0) return new Map();
  if (!hasRemoteBranch(repository)) return new Map(asked.map((id) => [id, false]));
  const kept = runGit(repository, ['rev-list', '--stdin', '--not', '--remotes'], {
    input: `${asked.join('\n')}\n`,
    timeoutMs: historyTimeoutMs,
  });
  if (!kept.ok) return new Map(asked.map((id) => [id, null]));
  const local = new Set(kept.value.toString('latin1').split('\n'));
  return new Map(asked.map((id) => [id, !local.has(id)]));
};

type Kinds = { readonly blobs: readonly ObjectFacts[]; readonly messages: readonly ObjectFacts[] };

const placeBlobs = (
  repository: Repository,
  blobs: readonly ObjectFacts[],
  stashes: readonly string[],
): readonly FoundObject[] => {
  const placed: FoundObject[] = [];
  let rest = blobs;
  const search = (place: FoundObject['place'], range: readonly string[]): void => {
    if (rest.length === 0) return;
    const found = findInLog(
      repository,
      rest.map(({ id }) => id),
      range,
    );
    for (const facts of rest) {
      const where = found.get(facts.id);
      if (where !== undefined) placed.push({ ...facts, place, ...where });
    }
    rest = rest.filter(({ id }) => !found.has(id));
  };
  search('commit', allRefs);
  if (stashes.length > 0) search('stash', [...stashes, '--not', ...allRefs]);
  search('unreachable', ['--reflog', '--not', ...allRefs]);
  return [
    ...placed,
    ...rest.map((facts) => ({ ...facts, place: 'unreachable' as const, commit: null, path: '' })),
  ];
};

/** Refs that are no stash; `--contains` takes prefixes, not exceptions. */
const placeMessage = (
  repository: Repository,
  facts: ObjectFacts,
  stashes: readonly string[],
): FoundObject => {
  const { id } = facts;
  const at = { ...facts, commit: id, path: '' };
  // A tag's own object is held by the ref that names it, if any does.
  const held =
    facts.kind === 'tag'
      ? askGit(repository, ['for-each-ref', '--count=1', '--format=%(objectname)', `--points-at=${id}`])
      : askGit(repository, [...['for-each-ref', '--count=2', '--format=%(refname)', `--contains=${id}`]]);
  const names = held.ok
    ? held.value.output
        .toString('latin1')
        .split('\n')
        .filter((name) => name !== '')
    : [];
  if (names.some((name) => name !== 'refs/stash')) return { ...at, place: 'commit' };
  return { ...at, place: names.length > 0 || stashes.includes(id) ? 'stash' : 'unreachable' };
};

const split = (all: readonly ObjectFacts[]): Kinds => ({
  blobs: all.filter(({ kind }) => kind === 'blob'),
  messages: all.filter(({ kind }) => kind === 'commit' || kind === 'tag'),
});

/**
 * Where objects stand. What git does not find at all is left out.
 * @param ids of matches in pieces of `readHistory`
 */
export const resolveObjects = (
  repository: Repository,
  ids: readonly string[],
): Result<readonly FoundObject[]> => {
  const facts = factsOfObjects(repository, [...new Set(ids)].slice(0, mostIds));
  if (!facts.ok) return facts;
  const { blobs, messages } = split([...facts.value.values()]);
  const stashes = stashCommits(repository);
  return ok([
    ...placeBlobs(repository, blobs, stashes),
    ...messages.slice(0, mostAsked).map((each) => placeMessage(repository, each, stashes)),
    ...messages
      .slice(mostAsked)
      .map((each) => ({ ...each, place: 'commit' as const, commit: each.id, path: '' })),
  ]);
};

/**
 * Reads objects again, whole and under the places where they stand, so that matches in them have lines: the second pass over what
 * `readHistory` found something in. Its matches are the ones to keep; those of the first pass say only where to look.
 * @returns what was found about each
 */
export const readObjects = (
  repository: Repository,
  ids: readonly string[],
  sink: PieceSink,
): Result<readonly FoundObject[]> => {
  const found = resolveObjects(repository, ids);
  if (!found.ok) return found;
  const path = shownPath(repository.top);
  const byId = new Map(found.value.map((each) => [each.id, each]));
  readContents(
    repository,
    found.value,
    ({ id }, content) => {
      const at = byId.get(id);
      if (at === undefined) return true;
      sink.begin({ kind: at.place, path, inside: at.path, commit: at.commit ?? id, hasLines: true });
      sink.write(content);
      sink.end();
      return !sink.cancelled();
    },
    ({ id }, reason) => sink.notRead({ path, inside: byId.get(id)?.path ?? '', reason }),
  );
  return found;
};
