// What is proposed to be read at the first run: well-known places that are there, and folders with code, each with what reading it would
// mean. Looks at names and sizes only, and not for long: nothing is opened.
import { lstatSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { codeFolderNames, generalFolderNames, type ProposedPlace } from '../../core/leaks/places/proposal.ts';
import { neutraliseText } from '../../core/leaks/neutralise.ts';
import type { PlaceKind } from '../../core/model/finding.ts';
import {
  foldersIn,
  isProposed,
  isTmuxPlace,
  isWithin,
  kindAt,
  placesThatAreThere,
  settledHome,
  type HomeOptions,
} from './places-there.ts';
import { countSize, sizeWords, type Size } from './proposal-size.ts';
import { tmuxSockets } from './readers/tmux.ts';

export type Proposal = {
  readonly path: string;
  /** Of a place: its path with `*` where the tables leave a name open. */
  readonly pattern: string;
  readonly origin: 'proposed' | 'place';
  readonly kind: PlaceKind | null;
  /** Whether it is proposed as chosen. */
  readonly chosen: boolean;
  /** One or two sentences. */
  readonly reads: string;
  /** Whether its repositories' history is worth reading. */
  readonly history: boolean;
};

export type ProposalOptions = HomeOptions & {
  /** How much there is in a place; counted anew where nothing is given. */
  readonly sizeOf?: (path: string) => Size;
};

const tmuxSize = (folder: string): string => {
  const count = tmuxSockets(folder).length;
  return `${String(count)} running ${count === 1 ? 'server' : 'servers'}.`;
};

const proposePlace = (place: ProposedPlace, options: ProposalOptions): Proposal => {
  const { path, pattern, kind, reads } = place;
  const size = isTmuxPlace(path, options) ? tmuxSize(path) : sizeWords((options.sizeOf ?? countSize)(path));
  return {
    path,
    pattern,
    origin: 'place',
    kind,
    chosen: isProposed(place, options),
    reads: `${reads} ${size}`,
    history: false,
  };
};

const isRepository = (path: string): boolean => kindAt(join(path, '.git')) !== null;

/** Repositories in a folder, itself and one or two levels below. */
const countRepositories = (path: string): number => {
  if (isRepository(path)) return 1;
  return foldersIn(path)
    .map((name) => join(path, name))
    .reduce(
      (sum, child) =>
        sum +
        (isRepository(child) ? 1 : foldersIn(child).filter((name) => isRepository(join(child, name))).length),
      0,
    );
};

const repositoryWords = (count: number): string =>
  count === 0 ? 'no repository' : count === 1 ? 'one repository' : `${String(count)} repositories`;

/** What reading a folder or a file of one's own would mean. */
export const folderWords = (path: string, { sizeOf = countSize }: ProposalOptions = {}): string => {
  const kind = kindAt(path);
  if (kind === null) return 'It is not there at the moment.';
  if (kind === 'file') return `This file. ${sizeWords(sizeOf(path))}`;
  return `Every file in ${neutraliseText(path)} but installed packages: ${repositoryWords(countRepositories(path))} there. ${sizeWords(sizeOf(path))}`;
};

const codeRoot = (path: string, chosen: boolean, options: ProposalOptions): Proposal => ({
  path,
  pattern: path,
  origin: 'proposed',
  kind: null,
  chosen,
  reads: folderWords(path, options),
  history: countRepositories(path) > 0,
});

/** One path for each folder, also where the file system takes two spellings for one. */
const distinct = (paths: readonly string[]): readonly string[] => {
  const seen = new Map<string, string>();
  for (const path of paths) {
    try {
      const real = realpathSync(path);
      const facts = lstatSync(real);
      const key = `${String(facts.dev)} ${String(facts.ino)} ${facts.ino === 0 ? real : ''}`;
      if (!seen.has(key)) seen.set(key, path);
    } catch {
      // Gone meanwhile.
    }
  }
  return [...seen.values()];
};

/** Folders of a home in which code lies, and those that hold more than code, which are proposed unchecked. */
export const codeFoldersOf = (
  home: string,
): readonly { readonly path: string; readonly chosen: boolean }[] => {
  const usual = codeFolderNames.map((name) => join(home, ...name.split('/')));
  const others = foldersIn(home)
    .filter((name) => !name.startsWith('.') && !generalFolderNames.includes(name))
    .map((name) => join(home, name))
    .filter((path) => countRepositories(path) > 0);
  const paths = distinct([...usual, ...others].filter((path) => kindAt(path) === 'folder'));
  const general = generalFolderNames
    .map((name) => join(home, name))
    .filter((path) => kindAt(path) === 'folder');
  return [
    ...paths
      .filter((path) => !paths.some((folder) => folder !== path && isWithin(path, folder)))
      .map((path) => ({ path, chosen: true })),
    ...general.map((path) => ({ path, chosen: false })),
  ];
};

/** What to propose: folders with code first, then places in the order of the tables. */
export const proposeRoots = (options: ProposalOptions = {}): readonly Proposal[] => {
  const { home } = settledHome(options);
  return [
    ...codeFoldersOf(home).map(({ path, chosen }) => codeRoot(path, chosen, options)),
    ...placesThatAreThere(options).map((place) => proposePlace(place, options)),
  ];
};
