// What is proposed to be read at the first run: well-known places that are there, and folders with code, each with what reading it would
// mean. Looks at names and sizes only, and not for long: nothing is opened.
import { lstatSync, readdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, sep } from 'node:path';
import { basesOf, type Platform } from '../../core/leaks/places/place.ts';
import {
  codeFolderNames,
  generalFolderNames,
  placesOfHome,
  type ProposedPlace,
} from '../../core/leaks/places/proposal.ts';
import { neutraliseText } from '../../core/leaks/neutralise.ts';
import type { PlaceKind } from '../../core/model/finding.ts';

export type Proposal = {
  readonly path: string;
  readonly origin: 'proposed' | 'place';
  readonly kind: PlaceKind | null;
  /** Whether it is proposed as chosen. */
  readonly chosen: boolean;
  /** One or two sentences. */
  readonly reads: string;
  /** Whether its repositories' history is worth reading. */
  readonly history: boolean;
};

export type ProposalOptions = {
  readonly home?: string;
  readonly platform?: Platform;
  readonly environment?: Readonly<Record<string, string | undefined>>;
};

const settled = (options: ProposalOptions): Required<ProposalOptions> => ({
  home: options.home ?? homedir(),
  platform: options.platform ?? (process.platform as Platform),
  environment: options.environment ?? process.env,
});

/** Entries that are counted in one place, and looked at in one folder. */
const mostCounted = 2_000;
const mostEntries = 400;

type Kind = 'file' | 'folder' | null;

const kindOf = (path: string): Kind => {
  try {
    const facts = lstatSync(path);
    return facts.isFile() ? 'file' : facts.isDirectory() ? 'folder' : null;
  } catch {
    return null;
  }
};

const foldersIn = (path: string): readonly string[] => {
  try {
    return readdirSync(path, { withFileTypes: true })
      .slice(0, mostEntries)
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
  } catch {
    return [];
  }
};

/** Paths that a path with `*` for whole names stands for. */
const expanded = (path: string): readonly string[] => {
  const [first = '', ...rest] = path.split(`${sep}*${sep}`);
  return rest.reduce<readonly string[]>(
    (heads, part) => heads.flatMap((head) => foldersIn(head).map((name) => join(head, name, part))),
    [first],
  );
};

type Size = { readonly files: number; readonly bytes: number; readonly isWhole: boolean };

/** Files and bytes of a place, as far as they are counted. */
const sizeOf = (path: string): Size => {
  const pending = [path];
  let files = 0;
  let bytes = 0;
  let seen = 0;
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    seen += 1;
    if (seen > mostCounted) return { files, bytes, isWhole: false };
    try {
      const facts = lstatSync(next);
      if (facts.isFile()) {
        files += 1;
        bytes += facts.size;
      } else if (facts.isDirectory()) {
        const folder = next;
        pending.push(
          ...readdirSync(folder)
            .slice(0, mostCounted)
            .map((name) => join(folder, name)),
        );
      }
    } catch {
      // What cannot be looked at is named by the scan.
    }
  }
  return { files, bytes, isWhole: true };
};

const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
const bytesWord = (bytes: number): string => {
  const step = bytes < 1_000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1_000 ** step;
  return `${value < 10 && step > 0 ? value.toFixed(1) : String(Math.round(value))} ${units[step] ?? ''}`;
};

const sizeWords = ({ files, bytes, isWhole }: Size): string =>
  `${isWhole ? '' : 'More than '}${String(files)} ${files === 1 ? 'file' : 'files'}, ${bytesWord(bytes)}.`;

const isWithin = (path: string, folder: string): boolean => path === folder || path.startsWith(folder + sep);

/** The well-known places that are there, without those that lie in another of them. What a row leaves open is filled in. */
export const placesThatAreThere = (options: ProposalOptions = {}): readonly ProposedPlace[] => {
  const { home, platform, environment } = settled(options);
  const found = placesOfHome(platform, basesOf(platform, home, environment)).flatMap((place) =>
    expanded(place.path)
      .filter((path) => kindOf(path) === (place.isFolder ? 'folder' : 'file'))
      .map((path) => ({ ...place, path })),
  );
  const folders = found.filter(({ isFolder }) => isFolder).map(({ path }) => path);
  return found.filter(({ path }) => !folders.some((folder) => folder !== path && isWithin(path, folder)));
};

const proposePlace = ({ path, kind, reads }: ProposedPlace, home: string): Proposal => ({
  path,
  origin: 'place',
  kind,
  // What lies outside the home, such as the system's logs, is for a person to choose.
  chosen: isWithin(path, home),
  reads: `${reads} ${sizeWords(sizeOf(path))}`,
  history: false,
});

const isRepository = (path: string): boolean => kindOf(join(path, '.git')) !== null;

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

const codeRoot = (path: string, repositories: number, chosen: boolean): Proposal => ({
  path,
  origin: 'proposed',
  kind: null,
  chosen,
  reads: `Every file in ${neutraliseText(path)} but installed packages: ${repositoryWords(repositories)} there.`,
  history: repositories > 0,
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

const findCode = (home: string): readonly Proposal[] => {
  const usual = codeFolderNames.map((name) => join(home, ...name.split('/')));
  const others = foldersIn(home)
    .filter((name) => !name.startsWith('.') && !generalFolderNames.includes(name))
    .map((name) => join(home, name))
    .filter((path) => countRepositories(path) > 0);
  const paths = distinct([...usual, ...others].filter((path) => kindOf(path) === 'folder'));
  const code = paths
    .filter((path) => !paths.some((folder) => folder !== path && isWithin(path, folder)))
    .map((path) => codeRoot(path, countRepositories(path), true));
  const general = generalFolderNames
    .map((name) => join(home, name))
    .filter((path) => kindOf(path) === 'folder')
    .map((path) => codeRoot(path, countRepositories(path), false));
  return [...code, ...general];
};

/** What to propose: folders with code first, then places in the order of the tables. */
export const proposeRoots = (options: ProposalOptions = {}): readonly Proposal[] => {
  const { home } = settled(options);
  return [...findCode(home), ...placesThatAreThere(options).map((place) => proposePlace(place, home))];
};
