// The well-known places of this machine that are there now.
import { lstatSync } from 'node:fs';
import { homedir } from 'node:os';
import { basesOf, type Platform } from '../../core/leaks/places/place.ts';
import { placesOfHome } from '../../core/leaks/places/proposal.ts';

const platform: Platform =
  process.platform === 'win32' || process.platform === 'darwin' ? process.platform : 'linux';

export const placesThatAreThere = (home = homedir()): readonly string[] =>
  placesOfHome(platform, basesOf(platform, home, process.env))
    .map(({ path }) => path)
    .filter((path) => !path.includes('*') && lstatSync(path, { throwIfNoEntry: false }) !== undefined);
