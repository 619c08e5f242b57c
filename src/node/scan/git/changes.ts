// What is about to leave the machine: staged changes, and commits that no remote-tracking branch holds. Read through git's plumbing.
import { join } from 'node:path';
import { fail } from '../../../core/model/app-error.ts';
import { ok, type Result } from '../../../core/model/result.ts';
import { exactPath, joinPath, shownPath } from '../file-path.ts';
import type { PieceLabel, PieceSink } from '../source.ts';
import { factsOfObjects, readContents } from './object-contents.ts';
import { isBlob, isLink, readRaw, type RawEntry } from './raw-diff.ts';
import type { Repository } from './repository.ts';
import { askGit, runGit, type GitRun } from './run-git.ts';

const emptyTrees = {
  20: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  32: '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321',
} as const;

const rawWords = [
  '--raw',
  '-z',
  '--no-abbrev',
  '--no-renames',
  '--no-ext-diff',
  '--no-textconv',
  '--ignore-submodules=all',
];
const mostCommits = 50_000;

type StagedOptions = Pick<GitRun, 'indexFile'>;

const comparedWith = (tree: string): readonly string[] => [
  ...['diff-index', '--cached', ...rawWords, '--diff-filter=ACMT'],
  ...[tree, '--'],
];
/** What git is asked for what stands in the index and not in HEAD. */
export const stagedWords = comparedWith('HEAD');

/** What git printed on `stagedWords`; null where it is not of that form. */
export const readStagedEntries = (output: Buffer): readonly RawEntry[] | null => {
  const entries: RawEntry[] = [];
  return readRaw(output, { entry: (entry) => entries.push(entry) }) ? entries.filter(isBlob) : null;
};

/** What stands in the index and not in HEAD. @param options the index of a commit that is being made */
export const stagedEntries = (
  repository: Repository,
  options: StagedOptions = {},
): Result<readonly RawEntry[]> => {
  let answer = askGit(repository, stagedWords, options);
  // Before the first commit there is no HEAD to compare with.
  if (answer.ok && answer.value.status !== 0)
    answer = askGit(repository, comparedWith(emptyTrees[repository.idBytes]), options);
  if (!answer.ok) return answer;
  const entries = readStagedEntries(answer.value.output);
  return entries === null
    ? fail('io', 'git told of the staged changes in a way that is not known.', 'Update Keyturn.')
    : ok(entries);
};

/** Gives the contents of blobs under the labels that they were asked for with; a blob at several places once each. */
const giveBlobs = (
  repository: Repository,
  sink: PieceSink,
  labels: ReadonlyMap<string, readonly PieceLabel[]>,
): Result<undefined> => {
  const facts = factsOfObjects(repository, [...labels.keys()]);
  if (!facts.ok) return facts;
  readContents(
    repository,
    [...facts.value.values()],
    ({ id }, content) => {
      for (const label of labels.get(id) ?? []) {
        sink.begin(label);
        sink.write(content);
        sink.end();
      }
      return !sink.cancelled();
    },
    ({ id }, reason) => {
      for (const { path, inside } of labels.get(id) ?? []) sink.notRead({ path, inside, reason });
    },
  );
  return ok(undefined);
};

const grouped = (entries: readonly (readonly [id: string, label: PieceLabel])[]) => {
  const labels = new Map<string, PieceLabel[]>();
  for (const [id, label] of entries) {
    const there = labels.get(id);
    if (there === undefined) labels.set(id, [label]);
    else there.push(label);
  }
  return labels;
};

/** Reads the staged changes; each as a piece of its file. */
export const readStaged = (
  repository: Repository,
  sink: PieceSink,
  options: Pick<GitRun, 'indexFile'> = {},
): Result<undefined> => {
  const entries = stagedEntries(repository, options);
  if (!entries.ok) return entries;
  const labels = entries.value.map((entry): readonly [string, PieceLabel] => [
    entry.id,
    {
      kind: 'staged',
      path: shownPath(joinPath(repository.top, exactPath(entry.path))),
      inside: isLink(entry) ? 'where the link points to' : '',
      commit: null,
      hasLines: true,
    },
  ]);
  return giveBlobs(repository, sink, grouped(labels));
};

/** What `git log` says of commits that leave, for `readRaw`. */
export const unpushedLog = (repository: Repository, range: readonly string[]): Result<Buffer> =>
  runGit(repository, [
    ...['log', '--format=commit %H', `--max-count=${String(mostCommits)}`, '-c', '--root', ...rawWords],
    ...[...range, '--'],
  ]);

/** Branches, tags and a HEAD on none; stashes have a history of their own. */
const localRefs = ['--exclude=refs/stash', '--exclude=refs/remotes/*', '--all', '--not', '--remotes'];
/** A repository that has no remote has pushed nothing: its newest commits are read, the rest with the history. */
const mostUnpushed = 1_000;

/**
 * Reads commits that no remote-tracking branch holds: their messages, and every blob that they bring, with the oldest commit that brings it.
 * What is more than \`mostUnpushed\` is told as not read.
 */
export const readUnpushed = (repository: Repository, sink: PieceSink): Result<undefined> => {
  const printed = unpushedLog(repository, [`--max-count=${String(mostUnpushed + 1)}`, ...localRefs]);
  if (!printed.ok) return printed;
  const path = shownPath(repository.top);
  const messages: (readonly [string, PieceLabel])[] = [];
  const blobs = new Map<string, readonly [string, PieceLabel]>();
  const isTooMany = (): boolean => messages.length > mostUnpushed;
  readRaw(printed.value, {
    commit: (id) =>
      messages.push([id, { kind: 'commit', path, inside: '', commit: id, hasLines: true }] as const),
    entry: (entry) => {
      if (!isBlob(entry) || isTooMany()) return;
      const inside = shownPath(exactPath(entry.path));
      const label: PieceLabel = { kind: 'commit', path, inside, commit: entry.commit, hasLines: true };
      blobs.set(`${entry.id} ${entry.path.toString('latin1')}`, [entry.id, label]);
    },
  });
  if (isTooMany()) sink.notRead({ path, inside: 'commits that were never pushed', reason: 'too-many' });
  return giveBlobs(repository, sink, grouped([...messages.slice(0, mostUnpushed), ...blobs.values()]));
};

/** Files that git ignores and does not track, of those asked about: absolute paths inside the work tree. */
export const ignoredFiles = (
  repository: Repository,
  paths: readonly string[],
): Result<ReadonlySet<string>> => {
  if (paths.length === 0) return ok(new Set());
  const answer = askGit(repository, ['check-ignore', '-z', '--stdin'], {
    input: `${paths.join('\0')}\0`,
    withOwnSettings: true,
  });
  if (!answer.ok) return answer;
  return ok(
    new Set(
      answer.value.output
        .toString('utf8')
        .split('\0')
        .filter((path) => path !== ''),
    ),
  );
};

/** Files that git tracks, of those asked about: absolute paths inside the work tree. */
export const trackedFiles = (
  repository: Repository,
  paths: readonly string[],
): Result<ReadonlySet<string>> => {
  if (paths.length === 0) return ok(new Set());
  const answer = runGit(repository, ['ls-files', '-z', '--full-name', '--', ...paths]);
  if (!answer.ok) return answer;
  const names = answer.value
    .toString('utf8')
    .split('\0')
    .filter((path) => path !== '');
  return ok(new Set(names.map((name) => join(repository.top, name))));
};
