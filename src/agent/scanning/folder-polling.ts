// Folders of which the system tells no changes: what is in them is compared with what was in them. Tells of names; it reads no file.
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const mostFolders = 2_000;
const mostNames = 5_000;

/** Name to what a file is. */
type Listing = ReadonlyMap<string, { readonly id: number; readonly state: string }>;

export type FolderPolling = {
  readonly size: () => number;
  readonly has: (folder: string) => boolean;
  /** False where there are too many already. */
  readonly add: (folder: string) => boolean;
  readonly drop: (folder: string) => void;
  readonly folders: () => readonly string[];
  /** Looks at all of them. @param onChange hears of each name that is new, changed, or gone; `isOther` but for a change in its place */
  readonly look: (onChange: (folder: string, name: string, isOther: boolean) => void) => void;
  /** Begins anew; a folder that comes again is compared with what it was. */
  readonly restart: () => void;
  readonly clear: () => void;
};

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder).slice(0, mostNames);
  } catch {
    return [];
  }
};

const listingOf = (folder: string): Listing => {
  const found = new Map<string, { readonly id: number; readonly state: string }>();
  for (const name of namesIn(folder)) {
    const facts = lstatSync(join(folder, name), { throwIfNoEntry: false });
    if (facts !== undefined)
      found.set(name, { id: facts.ino, state: `${String(facts.size)} ${String(facts.mtimeMs)}` });
  }
  return found;
};

export const createFolderPolling = (): FolderPolling => {
  let listings = new Map<string, Listing>();
  let former: ReadonlyMap<string, Listing> = new Map();
  return {
    size: () => listings.size,
    has: (folder) => listings.has(folder),
    add: (folder) => {
      if (listings.size >= mostFolders) return false;
      listings.set(folder, former.get(folder) ?? listingOf(folder));
      return true;
    },
    drop: (folder) => void listings.delete(folder),
    folders: () => [...listings.keys()],
    look: (onChange) => {
      for (const [folder, before] of listings) {
        const now = listingOf(folder);
        listings.set(folder, now);
        for (const [name, is] of now) {
          const was = before.get(name);
          if (was?.id !== is.id || was.state !== is.state) onChange(folder, name, was?.id !== is.id);
        }
        for (const name of before.keys()) if (!now.has(name)) onChange(folder, name, true);
      }
    },
    restart: () => {
      former = listings;
      listings = new Map();
    },
    clear: () => {
      former = new Map();
      listings = new Map();
    },
  };
};
