// What a walk remembers on its way, and the small things it does with it.
import { lstatSync, readFileSync } from 'node:fs';
import type { NotRead, NotReadReason } from '../../core/leaks/matching.ts';
import type { PlaceKind } from '../../core/model/finding.ts';
import {
  ignoreFileName,
  maxIgnoreBytes,
  parseIgnoreFile,
  type IgnoreScope,
} from '../../core/leaks/ignore.ts';
import type { FolderPlace } from '../../core/leaks/places/classify.ts';
import type { Platform } from '../../core/leaks/places/place.ts';
import { joinPath, nameText, shownPath, type FilePath } from './file-path.ts';
import { reasonOf } from './not-read.ts';
import type { Entry } from './walk-folder.ts';
import type { MountKind } from './walk-mounts.ts';

/** Files of one folder. Can be sent to another thread as it is. */
export type FileGroup = {
  readonly folder: FilePath;
  /** The folder for people. */
  readonly shown: string;
  readonly names: FilePath[];
  readonly kinds: PlaceKind[];
};

export type WalkOptions = {
  readonly notRead: (entry: NotRead) => void;
  /** Told of each git folder that is met: `.git`, bare, or a submodule's. Its objects and index are then left to whoever reads git. */
  readonly onRepository?: (gitFolder: string) => void;
  /** Told of each folder that is walked, empty ones as well. */
  readonly onFolder?: (folder: FilePath) => void;
  readonly cancelled?: () => boolean;
  /** Absolute paths that are nobody's business: the vault's own folder. */
  readonly without?: ReadonlySet<string>;
  /** Reads what is left out by default as well; `.keyturnignore` still counts. */
  readonly everything?: boolean;
  readonly platform?: Platform;
  readonly mounts?: ReadonlyMap<string, MountKind>;
};

export type PendingFolder = {
  readonly path: FilePath;
  readonly place: FolderPlace;
  /** Names from the root down. */
  readonly names: readonly string[];
  readonly scope: IgnoreScope | null;
  /** Entries of which one makes it a folder to leave out. */
  readonly markers: readonly string[];
  /** Of the root; null for a root itself. */
  readonly device: number | null;
};

export type WalkState = {
  readonly options: WalkOptions;
  readonly platform: Platform;
  readonly mounts: ReadonlyMap<string, MountKind>;
  readonly cancelled: () => boolean;
  readonly pending: PendingFolder[];
  ready: FileGroup[];
  readyFiles: number;
  /** Each is walked by itself, so that what leaves out its parent does not leave out what was chosen. */
  readonly rootPaths: Set<FilePath>;
  readonly rootFileFolders: Set<FilePath>;
};

export const leave = (state: WalkState, path: FilePath, reason: NotReadReason): void => {
  state.options.notRead({ path: shownPath(path), inside: '', reason });
};

export const addGroup = (state: WalkState, group: FileGroup): void => {
  if (group.names.length === 0) return;
  state.ready.push(group);
  state.readyFiles += group.names.length;
};

/** Rules of a folder's own ignore file on top of those above it. */
export const withRules = (state: WalkState, item: PendingFolder): PendingFolder => {
  const path = joinPath(item.path, ignoreFileName);
  try {
    const facts = lstatSync(path);
    if (facts.isFile() && facts.size <= maxIgnoreBytes) {
      const rules = parseIgnoreFile(readFileSync(path, 'utf8'));
      return { ...item, scope: { rules, depth: item.names.length, above: item.scope } };
    }
    leave(state, path, facts.isFile() ? 'too-large' : 'not-a-file');
  } catch (problem) {
    // A folder that is listed in pieces is asked without knowing whether there is one.
    if (reasonOf(problem) !== 'vanished') leave(state, path, reasonOf(problem));
  }
  return item;
};

/** What a listing tells of its folder. */
export const factsOf = (
  entries: readonly Entry[],
): { readonly hasRules: boolean; readonly isGit: boolean } => {
  let gitNames = 0;
  let hasRules = false;
  for (const { name } of entries) {
    if (name === 'HEAD' || name === 'objects' || name === 'refs') gitNames += 1;
    else if (name === ignoreFileName) hasRules = true;
  }
  return { hasRules, isGit: gitNames === 3 };
};

export const hasMarker = (entries: readonly Entry[], markers: readonly string[]): boolean =>
  markers.length > 0 && entries.some(({ name }) => markers.includes(nameText(name).toLowerCase()));

/** Counts what one folder leaves out for one reason, and names the first. */
export type Tally = Map<NotReadReason, { readonly first: FilePath; count: number }>;

export const count = (tally: Tally, reason: NotReadReason, folder: FilePath, name: FilePath): void => {
  const entry = tally.get(reason);
  if (entry === undefined) tally.set(reason, { first: joinPath(folder, name), count: 1 });
  else entry.count += 1;
};

export const tellTally = (state: WalkState, tally: Tally): void => {
  for (const [reason, { first, count: times }] of tally)
    state.options.notRead({
      path: shownPath(first),
      inside: '',
      reason,
      ...(times > 1 ? { count: times } : {}),
    });
};
