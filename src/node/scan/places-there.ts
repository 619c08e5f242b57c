// The well-known places of this machine that are there now, one by one. Looks at names only: nothing is opened.
import { lstatSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, sep } from 'node:path';
import { basesOf, type Platform } from '../../core/leaks/places/place.ts';
import { placesOfHome, type ProposedPlace } from '../../core/leaks/places/proposal.ts';
import { tmuxFolder, tmuxSockets } from './readers/tmux.ts';

export type HomeOptions = {
  readonly home?: string;
  readonly platform?: Platform;
  readonly environment?: Readonly<Record<string, string | undefined>>;
};

export const settledHome = (options: HomeOptions): Required<HomeOptions> => ({
  home: options.home ?? homedir(),
  platform:
    options.platform ??
    (process.platform === 'win32' || process.platform === 'darwin' ? process.platform : 'linux'),
  environment: options.environment ?? process.env,
});

/** Of one folder. */
const mostEntries = 400;

/** What is at a path; null for nothing, and for what is neither. */
export const kindAt = (path: string): 'file' | 'folder' | null => {
  try {
    // Most of the places are not there: an error for each would cost more than looking.
    const facts = lstatSync(path, { throwIfNoEntry: false });
    return facts?.isFile() === true ? 'file' : facts?.isDirectory() === true ? 'folder' : null;
  } catch {
    return null;
  }
};

export const foldersIn = (path: string): readonly string[] => {
  try {
    return readdirSync(path, { withFileTypes: true })
      .slice(0, mostEntries)
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
  } catch {
    return [];
  }
};

export const isWithin = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);

/** Paths that a path with `*` for whole names stands for. */
const expanded = (path: string): readonly string[] => {
  const [first = '', ...rest] = path.split(`${sep}*${sep}`);
  return rest.reduce<readonly string[]>(
    (heads, part) => heads.flatMap((head) => foldersIn(head).map((name) => join(head, name, part))),
    [first],
  );
};

/** tmux keeps nothing on the disk: its place is the folder of its sockets, and is there while a server of this person runs. */
const tmuxPlace = (environment: HomeOptions['environment'] & object): readonly ProposedPlace[] => {
  const folder = tmuxFolder(environment);
  if (folder === null || tmuxSockets(folder).length === 0) return [];
  return [
    {
      path: folder,
      pattern: folder,
      kind: 'terminal',
      isFolder: true,
      tool: 'tmux',
      reads: 'tmux: what was copied and what is shown in its sessions.',
    },
  ];
};

/** Whether a place is that of tmux, which is asked and not walked through. */
export const isTmuxPlace = (path: string, options: HomeOptions = {}): boolean =>
  path === tmuxFolder(settledHome(options).environment);

/** The well-known places that are there, without those that lie in another of them. What a row leaves open is filled in. */
export const placesThatAreThere = (options: HomeOptions = {}): readonly ProposedPlace[] => {
  const { home, platform, environment } = settledHome(options);
  const found = placesOfHome(platform, basesOf(platform, home, environment)).flatMap((place) =>
    expanded(place.path)
      .filter((path) => kindAt(path) === (place.isFolder ? 'folder' : 'file'))
      .map((path) => ({ ...place, path })),
  );
  const folders = found.filter(({ isFolder }) => isFolder).map(({ path }) => path);
  const apart = found.filter(
    ({ path }) => !folders.some((folder) => folder !== path && isWithin(path, folder)),
  );
  return [...apart, ...tmuxPlace(environment)];
};

/** Whether a place is proposed as chosen: what lies outside the home, such as the system's logs, is for a person to choose. */
export const isProposed = ({ path, tool }: ProposedPlace, options: HomeOptions = {}): boolean =>
  tool === 'tmux' || isWithin(path, settledHome(options).home);
