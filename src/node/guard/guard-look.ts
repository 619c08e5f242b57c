// What a commit or a push would carry away: looks at the blobs that come new with it. A value that stood in the same file before is no
// reason to stop a commit: it is told, and a scan finds it.
import { fail } from '../../core/model/app-error.ts';
import { ok, type Result } from '../../core/model/result.ts';
import { exactPath, shownPath } from '../scan/file-path.ts';
import { unpushedLog } from '../scan/git/changes.ts';
import { createLooseReader } from '../scan/git/loose-objects.ts';
import { factsOfObjects, readBatch, readContents } from '../scan/git/object-contents.ts';
import { isBlob, isLink, readRaw, type RawEntry } from '../scan/git/raw-diff.ts';
import type { Repository } from '../scan/git/repository.ts';
import { askGit } from '../scan/git/run-git.ts';
import type { GuardMatch, GuardMatcher } from './guard-matcher.ts';

export type GuardFinding = Omit<GuardMatch, 'start' | 'end'> & {
  /** Path for people, from the top of the work tree; of a message the commit. */
  readonly path: string;
  /** It stood in the file before as well. */
  readonly isOld: boolean;
};

export type GuardLook = {
  readonly findings: readonly GuardFinding[];
  /** Paths that were not read. */
  readonly notRead: readonly string[];
};

const mostBytesAtOnce = 67_108_864;
/** Larger ones are left to git, which gives them one after another. */
const mostLooseBytes = 8_388_608;

type Blobs = ReadonlyMap<string, Uint8Array>;

/** Contents by one call of git; of very much portion by portion, each looked at as it comes. */
const askContents = (
  repository: Repository,
  ids: readonly string[],
  each: (id: string, content: Uint8Array) => void,
  notRead: (id: string) => void,
): Result<undefined> => {
  if (ids.length === 0) return ok(undefined);
  const atOnce = askGit(repository, ['cat-file', '--batch', '--buffer'], {
    input: `${ids.join('\n')}\n`,
    mostBytes: mostBytesAtOnce,
  });
  if (atOnce.ok && atOnce.value.status === 0) {
    const missing = new Set(ids);
    readBatch(atOnce.value.output, ({ id }, content) => {
      if (missing.delete(id)) each(id, content);
    });
    for (const id of missing) notRead(id);
    return ok(undefined);
  }
  const facts = factsOfObjects(repository, ids);
  if (!facts.ok) return facts;
  readContents(
    repository,
    [...facts.value.values()],
    ({ id }, content) => {
      each(id, content);
      return true;
    },
    ({ id }) => notRead(id),
  );
  return ok(undefined);
};

/** Contents of blobs: what lies loose, as all of a usual commit does, without git. */
const forContents = (
  repository: Repository,
  ids: readonly string[],
  each: (id: string, content: Uint8Array) => void,
  notRead: (id: string) => void,
): Result<undefined> => {
  if (ids.length === 0) return ok(undefined);
  const readLoose = createLooseReader(repository.objectFolders, mostLooseBytes);
  const rest = ids.filter((id) => {
    const content = readLoose(id);
    if (content !== null) each(id, content);
    return content === null;
  });
  return askContents(repository, rest, each, notRead);
};

/** What stood at the places before, of those alone in which something was found. */
const contentsBefore = (repository: Repository, entries: readonly RawEntry[]): Blobs => {
  const contents = new Map<string, Uint8Array>();
  const ids = [...new Set(entries.map(({ before }) => before).filter((id) => id !== '' && !/^0+$/.test(id)))];
  forContents(
    repository,
    ids,
    (id, content) => contents.set(id, content),
    () => undefined,
  );
  return contents;
};

type Hit = { readonly entry: RawEntry; readonly value: Buffer; readonly match: GuardMatch };

/** Path for people; of a link it is said that the key is where it points to, and in no file. */
const placeOf = (entry: RawEntry): string =>
  `${shownPath(exactPath(entry.path))}${isLink(entry) ? ' (where the link points to)' : ''}`;

const describe = (repository: Repository, hits: readonly Hit[]): readonly GuardFinding[] => {
  if (hits.length === 0) return [];
  const before = contentsBefore(
    repository,
    hits.map(({ entry }) => entry),
  );
  return hits.map(({ entry, value, match: { slot, pattern, masked, line } }) => {
    const old = before.get(entry.before);
    return {
      ...{ slot, pattern, masked, line, path: placeOf(entry) },
      isOld: old !== undefined && Buffer.from(old).includes(value),
    };
  });
};

/** By the blob that they have; a hook's Node may be too old for Map.groupBy. */
const groupById = (entries: readonly RawEntry[]): ReadonlyMap<string, readonly RawEntry[]> => {
  const byId = new Map<string, RawEntry[]>();
  for (const entry of entries) {
    const there = byId.get(entry.id);
    if (there === undefined) byId.set(entry.id, [entry]);
    else there.push(entry);
  }
  return byId;
};

/** Looks at what the entries bring. */
export const lookAtEntries = (
  repository: Repository,
  matcher: GuardMatcher,
  entries: readonly RawEntry[],
): Result<GuardLook> => {
  const byId = groupById(entries);
  const hits: Hit[] = [];
  const notRead: string[] = [];
  const read = forContents(
    repository,
    [...byId.keys()],
    (id, content) => {
      for (const match of matcher.look(content))
        for (const entry of byId.get(id) ?? [])
          hits.push({ entry, match, value: Buffer.from(content.subarray(match.start, match.end)) });
    },
    (id) => {
      for (const { path } of byId.get(id) ?? []) notRead.push(shownPath(exactPath(path)));
    },
  );
  return read.ok ? ok({ findings: describe(repository, hits), notRead }) : read;
};

const hexId = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const mostRefs = 10_000;

/** Commits that a push would bring, from the lines that git gives its hook; null where it brings none. */
const rangeOf = (repository: Repository, input: string, remote: string): readonly string[] | null => {
  const there: string[] = [];
  const known: string[] = [];
  for (const line of input.split('\n', mostRefs)) {
    const [, local = '', , away = ''] = line.split(' ');
    if (hexId.test(local) && !/^0+$/.test(local)) there.push(local);
    if (hexId.test(away) && !/^0+$/.test(away)) known.push(away);
  }
  if (there.length === 0) return null;
  const held = factsOfObjects(repository, known);
  const isName = /^[\w.-]{1,200}$/.test(remote) && !remote.startsWith('-');
  return [
    ...there,
    '--not',
    ...(held.ok ? [...held.value.keys()] : []),
    isName ? `--remotes=${remote}` : '--remotes',
  ];
};

/** Looks at what a push would bring: every blob of its commits, and their messages. */
export const lookAtPush = (
  repository: Repository,
  matcher: GuardMatcher,
  input: string,
  remote: string,
): Result<GuardLook> => {
  const range = rangeOf(repository, input, remote);
  if (range === null) return ok({ findings: [], notRead: [] });
  const log = unpushedLog(repository, range);
  if (!log.ok) return log;
  const entries: RawEntry[] = [];
  const isWhole = readRaw(log.value, {
    commit: (id) =>
      entries.push({
        commit: id,
        mode: '',
        before: '',
        id,
        path: Buffer.from(`message of ${id.slice(0, 12)}`),
      }),
    entry: (entry) => entries.push({ ...entry, before: '' }),
  });
  if (!isWhole) return fail('io', 'git told of the commits in a way that is not known.', 'Update Keyturn.');
  return lookAtEntries(repository, matcher, entries.filter(isBlob));
};
