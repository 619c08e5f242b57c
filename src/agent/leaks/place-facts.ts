// Facts about a place, read from the disk when a key is seen there: who else can read it, whether a cloud service copies it. What git knows
// comes from node/scan/git. Offline; nothing is run.
import { lstatSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Place, PlaceFacts } from '../../core/model/finding.ts';
import type { Platform } from '../../core/leaks/places/place.ts';
import { findGitPlace } from '../../node/git-ignore-check.ts';
import { synchronisedBy, syncMarkers, type SyncMarker } from '../../core/leaks/places/synchronised.ts';

const othersRead = 0o004;
const othersEnter = 0o001;

/** Whether other users get to a file: it is readable for them, and every folder above lets them in. Null where nobody can tell. */
export const canOthersRead = (path: string): boolean | null => {
  // Windows keeps that in lists this does not read.
  if (process.platform === 'win32') return null;
  try {
    const facts = lstatSync(path);
    if ((facts.mode & othersRead) === 0) return false;
    let folder = dirname(path);
    while ((lstatSync(folder).mode & othersEnter) !== 0) {
      if (folder === dirname(folder)) return true;
      folder = dirname(folder);
    }
    return false;
  } catch {
    return null;
  }
};

const platformOf = (): Platform =>
  process.platform === 'win32' || process.platform === 'darwin' ? process.platform : 'linux';

const isMarked = (folder: string, { name, is }: SyncMarker): boolean => {
  try {
    const facts = lstatSync(join(folder, name));
    return is === undefined || (is === 'file' ? facts.isFile() : facts.isDirectory());
  } catch {
    return false;
  }
};

/** The service that left its mark in a folder above a path, the nearest first; null where none did. */
export const markedAbove = (path: string): string | null => {
  // The path itself may be a repository's top folder.
  for (let folder = path; ; folder = dirname(folder)) {
    const marker = syncMarkers.find((each) => isMarked(folder, each));
    if (marker !== undefined) return marker.service;
    if (folder === dirname(folder)) return null;
  }
};

/** What the disk says of a place. */
export const diskFacts = (path: string): Pick<PlaceFacts, 'synchronised' | 'othersCanRead'> => ({
  synchronised: markedAbove(path) ?? synchronisedBy(path, platformOf(), homedir()),
  othersCanRead: canOthersRead(path),
});

/** Kinds that lie in a git work tree as files of their own. */
const inWorkTree = (place: Place): boolean => place.commit === null && place.kind !== 'staged';

/** Whether git ignores the file: true and false only where it lies in a work tree. */
const ignoredFact = async (path: string): Promise<boolean | null> => {
  try {
    const { insideWorkTree, ignored, by } = await findGitPlace(path);
    return insideWorkTree && by === 'git' ? ignored : null;
  } catch {
    return null;
  }
};

/** What git's own reader has told of a place already. */
export type GitFacts = Pick<PlaceFacts, 'pushed' | 'publicRemote'>;

/** Everything that is known of a place without asking anybody. */
export const readPlaceFacts = async (place: Place, git: GitFacts): Promise<PlaceFacts> => ({
  ...git,
  ignored: inWorkTree(place) ? await ignoredFact(place.path) : null,
  ...diskFacts(place.path),
});
