// What the command line may ask about a home folder without an agent: what stands in it.
import { homeFiles } from '../node/home-folder.ts';
import { nodeFiles } from '../node/files.ts';
import { lockedStanding, type Standing } from './locked-standing.ts';

/** @param home absolute path of the folder that holds the vault; need not be there yet */
export const standingAt = (home: string): Standing => lockedStanding(nodeFiles(), homeFiles(home).vault);
