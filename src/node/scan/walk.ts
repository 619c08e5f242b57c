// Goes through folders and hands out files in groups, so that several threads can read while one walks. Never follows a link, never
// enters a network or what the kernel makes up, and names whatever it leaves out. docs/scanning.md §3.
import { lstatSync, realpathSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { isLeftOut } from '../../core/leaks/ignore.ts';
import { isIgnoredFolder } from '../../core/leaks/ignored-folders.ts';
import { enterFolder, folderPlaceOf, kindOfFile } from '../../core/leaks/places/classify.ts';
import type { Platform } from '../../core/leaks/places/place.ts';
import { joinPath, nameText, shownPath, type FilePath } from './file-path.ts';
import { reasonOf } from './not-read.ts';
import { openFolder, type Entry, type OpenFolder } from './walk-folder.ts';
import { mountAbove, readMounts } from './walk-mounts.ts';
import {
  addGroup,
  count,
  factsOf,
  hasMarker,
  leave,
  tellTally,
  withRules,
  type FileGroup,
  type PendingFolder,
  type Tally,
  type WalkOptions,
  type WalkState,
} from './walk-state.ts';

export type { FileGroup, WalkOptions } from './walk-state.ts';

export type Walk = {
  /** At least so many files, fewer only at the end; null when nothing is left. */
  readonly next: (files: number) => readonly FileGroup[] | null;
};

/** Deeper than any path a system takes by name, so it only ends what has no end. */
const maxDepth = 2_048;

const addRootFile = (state: WalkState, path: string): void => {
  const folder = dirname(path);
  const name = basename(path);
  const kind = kindOfFile(folderPlaceOf(folder, state.platform), name);
  addGroup(state, { folder, shown: shownPath(folder), names: [name], kinds: [kind] });
  state.rootFileFolders.add(folder);
};

const addRoot = (state: WalkState, root: string): void => {
  try {
    const path = realpathSync(root);
    if (state.rootPaths.has(path)) return;
    const mount = mountAbove(path, state.mounts);
    const facts = mount === null ? lstatSync(path) : null;
    if (facts?.isFile() === true) addRootFile(state, path);
    else if (facts?.isDirectory() === true) {
      const place = folderPlaceOf(path, state.platform);
      state.pending.unshift({ path, place, names: [], scope: null, markers: [], device: null });
    } else {
      leave(state, path, mount === 'network' ? 'network-folder' : 'not-a-file');
      return;
    }
    state.rootPaths.add(path);
  } catch (problem) {
    leave(state, root, reasonOf(problem));
  }
};

/** Whether a folder within another is to be walked; names it where not. */
const wants = (state: WalkState, item: PendingFolder, path: FilePath, names: readonly string[]): boolean => {
  const mount = typeof path === 'string' ? state.mounts.get(path) : undefined;
  if (names.length > maxDepth) leave(state, path, 'too-deep');
  else if (item.scope !== null && isLeftOut(item.scope, names, true)) leave(state, path, 'ignored-by-rule');
  else if (mount !== undefined) leave(state, path, mount === 'network' ? 'network-folder' : 'not-a-file');
  else
    return (
      typeof path !== 'string' || !(state.options.without?.has(path) === true || state.rootPaths.has(path))
    );
  return false;
};

const visitFolder = (state: WalkState, item: PendingFolder, entry: Entry, device: number): void => {
  const name = nameText(entry.name);
  const path = joinPath(item.path, entry.name);
  const isOwn = state.options.everything === true;
  const ignored = isOwn ? false : isIgnoredFolder(name.toLowerCase(), item.place.names);
  if (ignored === true && !state.rootPaths.has(path)) {
    leave(state, path, 'ignored-folder');
    return;
  }
  const names = [...item.names, name];
  if (!wants(state, item, path, names)) return;
  const markers = typeof ignored === 'boolean' ? [] : ignored;
  const place = enterFolder(item.place, name);
  state.pending.push({ path, place, names, scope: item.scope, markers, device });
};

/** Whether git's own reader looks at an entry of a git folder. */
const isGitsOwn = ({ name, kind }: Entry): boolean =>
  (name === 'objects' && kind === 'folder') || (name === 'index' && kind === 'file');

const takesFile = (state: WalkState, item: PendingFolder, name: FilePath, tally: Tally): boolean => {
  const { scope, path } = item;
  if (scope !== null && isLeftOut(scope, [...item.names, nameText(name)], false)) {
    count(tally, 'ignored-by-rule', path, name);
    return false;
  }
  return !(state.rootFileFolders.has(path) && state.rootPaths.has(joinPath(path, name)));
};

const visitEntries = (
  state: WalkState,
  item: PendingFolder,
  entries: readonly Entry[],
  device: number,
  isGit: boolean,
): void => {
  const { path, place } = item;
  const group: FileGroup = { folder: path, shown: shownPath(path), names: [], kinds: [] };
  const tally: Tally = new Map();
  for (const entry of entries) {
    const { name, kind } = entry;
    if (isGit && isGitsOwn(entry)) continue;
    if (kind === 'folder') visitFolder(state, item, entry, device);
    else if (kind !== 'file') count(tally, kind === 'link' ? 'link' : 'not-a-file', path, name);
    else if (takesFile(state, item, name, tally)) {
      group.names.push(name);
      group.kinds.push(kindOfFile(place, nameText(name)));
    }
  }
  addGroup(state, group);
  tellTally(state, tally);
};

const visitOpen = (state: WalkState, item: PendingFolder, folder: OpenFolder): void => {
  const { options } = state;
  // Elsewhere than on Linux nobody says cheaply what is mounted in a place.
  if (state.platform !== 'linux' && item.device !== null && folder.device !== item.device) {
    leave(state, item.path, 'network-folder');
    return;
  }
  let entries = folder.next();
  if (folder.isWhole && hasMarker(entries, item.markers)) {
    leave(state, item.path, 'ignored-folder');
    return;
  }
  options.onFolder?.(item.path);
  const { hasRules, isGit } = factsOf(entries);
  const tellsGit = isGit && options.onRepository !== undefined && typeof item.path === 'string';
  if (tellsGit && typeof item.path === 'string') options.onRepository?.(item.path);
  const ruled = hasRules || !folder.isWhole ? withRules(state, item) : item;
  while (entries.length > 0 && !state.cancelled()) {
    visitEntries(state, ruled, entries, item.device ?? folder.device, tellsGit);
    entries = folder.isWhole ? [] : folder.next();
  }
};

const visit = (state: WalkState, item: PendingFolder): void => {
  let folder: OpenFolder | null = null;
  try {
    folder = openFolder(item.path);
    if (folder === null) leave(state, item.path, 'vanished');
    else visitOpen(state, item, folder);
  } catch (problem) {
    leave(state, item.path, reasonOf(problem));
  } finally {
    folder?.close();
  }
};

/**
 * Begins a walk over folders and files. Overlapping roots are walked once.
 * @param roots absolute; a root may be a link, since a person named it
 */
export const createWalk = (roots: readonly string[], options: WalkOptions): Walk => {
  const state: WalkState = {
    options,
    platform: options.platform ?? (process.platform as Platform),
    mounts: options.mounts ?? readMounts(),
    cancelled: options.cancelled ?? (() => false),
    pending: [],
    ready: [],
    readyFiles: 0,
    rootPaths: new Set(),
    rootFileFolders: new Set(),
  };
  for (const root of roots) addRoot(state, root);
  return {
    next: (files) => {
      while (state.readyFiles < files && !state.cancelled()) {
        const item = state.pending.pop();
        if (item === undefined) break;
        visit(state, item);
      }
      const groups = state.ready;
      state.ready = [];
      state.readyFiles = 0;
      return groups.length === 0 ? null : groups;
    },
  };
};

/** Where a group's file is. */
export const pathInGroup = (group: FileGroup, at: number): FilePath =>
  joinPath(group.folder, group.names[at] ?? '');
