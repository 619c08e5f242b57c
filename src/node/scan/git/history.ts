// The whole history of a repository, without git: every object that is no tree, of all refs and of none, packed or loose, each as it
// is stored. A match says which object it is in (`Place.commit`); objects.ts says where that object lies. docs/scanning.md §3.
import { closeSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { NotReadReason } from '../../../core/leaks/matching.ts';
import { shownPath } from '../file-path.ts';
import { reasonOf } from '../not-read.ts';
import type { PieceSink } from '../source.ts';
import { createBatch } from './batch.ts';
import { createGitEngine, type GitEngine } from './git-engine.ts';
import { createInflater, type Inflater } from './inflater.ts';
import { readLooseObjects } from './loose-objects.ts';
import { openRegular, readPackIndex, type RegularFile } from './pack-index.ts';
import { planPack } from './pack-plan.ts';
import { readPack } from './pack-reader.ts';
import type { Share } from './pack-shares.ts';
import { createPackWindow } from './pack-window.ts';
import { moduleGitDirs, openRepository, type Repository } from './repository.ts';

export type HistoryOptions = {
  /** Where several threads read the same repository, which part is this one's; each reads its own without asking the others. */
  readonly share?: Share;
  /** False: without those of submodules, where `historiesOf` named them. */
  readonly modules?: boolean;
};

const alone: Share = { index: 0, of: 1 };
const packHeadBytes = 12;
const mostPacks = 10_000;

type Reading = {
  readonly engine: GitEngine;
  readonly inflater: Inflater;
  readonly sink: PieceSink;
  readonly path: string;
  readonly idBytes: number;
  readonly share: Share;
};

/** What was not read of a pack: counted by reason, told once. */
const createCount = (sink: PieceSink, path: string) => {
  const counts = new Map<NotReadReason, number>();
  return {
    add: (reason: NotReadReason): void => {
      counts.set(reason, (counts.get(reason) ?? 0) + 1);
    },
    tell: (inside: string): void => {
      for (const [reason, count] of counts) sink.notRead({ path, inside, reason, count });
    },
  };
};

/** A single object as a piece of its own. */
const beginObject = ({ sink, path }: Reading, id: string | null): void => {
  sink.begin({ kind: 'commit', path, inside: '', commit: id, hasLines: false, objectAt: () => id });
};

type OpenPack = { readonly pack: RegularFile; readonly index: RegularFile; readonly indexPath: string };

const readOpenPack = (reading: Reading, open: OpenPack, inside: string): void => {
  const { pack } = open;
  const { engine, inflater, sink, path, idBytes, share } = reading;
  const packEnd = pack.bytes - idBytes;
  const index = packEnd <= packHeadBytes ? null : readPackIndex(open.index, open.indexPath, idBytes, packEnd);
  if (index === null || !index.ok) {
    sink.notRead({ path, inside, reason: 'broken-archive' });
    return;
  }
  const count = createCount(sink, path);
  const before = engine.end();
  const plan = planPack(engine, pack, index.value, idBytes);
  const window = createPackWindow(engine, pack.file);
  const batch = createBatch(engine, sink, path, index.value.idAt);
  const large = (entry: number) => {
    batch.flush();
    beginObject(reading, index.value.idAt(plan.offsets[entry] ?? 0));
    return { write: sink.write, end: sink.end };
  };
  readPack(
    { engine, inflater, window, batch, pack, plan, large, notRead: count.add, cancelled: sink.cancelled },
    share,
  );
  engine.release(before);
  count.tell(inside);
};

const readOnePack = (reading: Reading, folder: string, name: string): void => {
  const inside = shownPath(join('objects', 'pack', `${name}.pack`));
  const opened: RegularFile[] = [];
  try {
    const pack = openRegular(join(folder, `${name}.pack`));
    opened.push(pack);
    const indexPath = join(folder, `${name}.idx`);
    const index = openRegular(indexPath);
    opened.push(index);
    readOpenPack(reading, { pack, index, indexPath }, inside);
  } catch (problem) {
    reading.sink.notRead({ path: reading.path, inside, reason: reasonOf(problem) });
  } finally {
    for (const { file } of opened) closeSync(file);
  }
};

/** Packs of a folder; one without an index is one that git itself does not know. */
const packNames = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.idx'))
      .map((name) => name.slice(0, -'.idx'.length))
      .sort();
  } catch {
    return [];
  }
};

const readObjects = (reading: Reading, objects: string): void => {
  const { sink, path } = reading;
  const packs = packNames(join(objects, 'pack'));
  if (packs.length > mostPacks)
    sink.notRead({ path, inside: 'objects/pack', reason: 'too-many', count: packs.length - mostPacks });
  for (const name of packs.slice(0, mostPacks)) {
    if (sink.cancelled()) return;
    readOnePack(reading, join(objects, 'pack'), name);
  }
  const count = createCount(sink, path);
  readLooseObjects(
    {
      engine: reading.engine,
      inflater: reading.inflater,
      sink,
      begin: (id) => beginObject(reading, id),
      notRead: count.add,
    },
    objects,
    reading.idBytes,
    reading.share,
  );
  count.tell('objects');
};

const readRepository = (repository: Repository, sink: PieceSink, share: Share): void => {
  const engine = createGitEngine();
  const reading: Reading = {
    engine,
    inflater: createInflater(engine),
    sink,
    path: shownPath(repository.top),
    idBytes: repository.idBytes,
    share,
  };
  for (const folder of repository.objectFolders) if (!sink.cancelled()) readObjects(reading, folder);
};

/**
 * Reads the history of the repository at a folder (work tree, git folder or bare), with those of its submodules. Runs nothing.
 * @param folder as `openRepository` takes it
 * @returns false where there is no repository
 */
export const readHistory = (folder: string, sink: PieceSink, options: HistoryOptions = {}): boolean => {
  const repository = openRepository(folder);
  if (repository === null) return false;
  const share = options.share ?? alone;
  readRepository(repository, sink, share);
  if (options.modules === false) return true;
  for (const gitDir of moduleGitDirs(repository)) {
    const module = openRepository(gitDir);
    if (module !== null && !sink.cancelled()) readRepository(module, sink, share);
  }
  return true;
};

/**
 * Whose histories are to be read for the repositories at some folders: each store of objects once, though several worktrees have it, and
 * those of submodules that no folder among them stands for.
 * @returns folders as `openRepository` takes them
 */
export const historiesOf = (folders: readonly string[]): readonly string[] => {
  const byStore = new Map<string, string>();
  const add = (folder: string, repository: Repository | null): void => {
    const store = repository?.objectFolders[0] ?? repository?.commonDir;
    if (store !== undefined && !byStore.has(store)) byStore.set(store, folder);
  };
  const repositories = folders.map((folder) => openRepository(folder));
  for (const [at, folder] of folders.entries()) add(folder, repositories[at] ?? null);
  for (const repository of repositories)
    if (repository !== null)
      for (const gitDir of moduleGitDirs(repository)) add(gitDir, openRepository(gitDir));
  return [...byStore.values()];
};
