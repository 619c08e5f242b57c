// From a path to the kind of place it is. Walking asks once for each folder and then once for each name in it, so the folder's answer
// is kept in a value of its own; `placeKindOf` does both for a single path.
import type { PlaceKind } from '../../model/finding.ts';
import { isFolderPlace, segmentsOf, type Platform } from './place.ts';
import { bundleFolders, isShipped, kindByName, logFolders } from './names.ts';
import { wellKnownPlaces } from './tables.ts';

type Rule = { readonly parents: readonly string[]; readonly kind: PlaceKind };

/** What is known of a folder while its entries are looked at. */
export type FolderPlace = {
  /** The last names of the path, the nearest first, in lower case. */
  readonly names: readonly string[];
  /** Of everything below, by a well-known place. */
  readonly kind: PlaceKind | null;
  /** Below a folder of build results, or of logs: says less than a file's own name. */
  readonly below: 'bundle' | 'log' | null;
};

/** Rules by the last name of their path, the most particular first. A `*` as last name is in no row. */
const ruleTable = (folders: boolean): ReadonlyMap<string, readonly Rule[]> => {
  const table = new Map<string, Rule[]>();
  for (const place of wellKnownPlaces) {
    if (isFolderPlace(place) !== folders) continue;
    const [last, ...parents] = segmentsOf(place.at)
      .map((name) => name.toLowerCase())
      .toReversed();
    if (last === undefined) continue;
    const rules = table.get(last) ?? [];
    rules.push({ parents, kind: place.kind });
    table.set(last, rules);
  }
  for (const rules of table.values()) rules.sort((a, b) => b.parents.length - a.parents.length);
  return table;
};

const folderRules = ruleTable(true);
const fileRules = ruleTable(false);
const longest = Math.max(...wellKnownPlaces.map((place) => segmentsOf(place.at).length));

const ruleFor = (
  rules: ReadonlyMap<string, readonly Rule[]>,
  name: string,
  parents: readonly string[],
): Rule | undefined =>
  rules.get(name)?.find((rule) => rule.parents.every((part, at) => part === '*' || part === parents[at]));

export const noFolder: FolderPlace = { names: [], kind: null, below: null };

/** The place of a folder within another. */
export const enterFolder = (folder: FolderPlace, name: string): FolderPlace => {
  const lower = name.toLowerCase();
  const rule = ruleFor(folderRules, lower, folder.names);
  const below = bundleFolders.has(lower) ? 'bundle' : logFolders.has(lower) ? 'log' : folder.below;
  return {
    names: [lower, ...folder.names.slice(0, longest)],
    kind: rule?.kind ?? folder.kind,
    below,
  };
};

/** The kind of a file by its name, in a folder. */
export const kindOfFile = (folder: FolderPlace, name: string): PlaceKind => {
  const lower = name.toLowerCase();
  const rule = fileRules.has(lower) ? ruleFor(fileRules, lower, folder.names) : undefined;
  if (rule !== undefined) return rule.kind;
  if (folder.kind !== null) return folder.kind;
  const named = kindByName(lower);
  if (named !== null) return named;
  if (folder.below === 'log') return 'log';
  return folder.below === 'bundle' && isShipped(lower) ? 'bundle' : 'working-file';
};

const partsOf = (path: string, platform: Platform): readonly string[] =>
  path.split(platform === 'win32' ? /[\\/]/ : '/').filter((part) => part !== '');

/** The place of a folder by its whole path. */
export const folderPlaceOf = (path: string, platform: Platform): FolderPlace => {
  let folder = noFolder;
  for (const name of partsOf(path, platform)) folder = enterFolder(folder, name);
  return folder;
};

/**
 * What kind of place a file is, by its path alone: `~/.bash_history` is one wherever it was copied to.
 * @param path of a file; absolute or not
 */
export const placeKindOf = (path: string, platform: Platform): PlaceKind => {
  const parts = partsOf(path, platform);
  const name = parts.at(-1);
  if (name === undefined) return 'working-file';
  let folder = noFolder;
  for (const part of parts.slice(0, -1)) folder = enterFolder(folder, part);
  return kindOfFile(folder, name);
};
