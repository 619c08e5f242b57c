// Where the lasting tables of a vault lie, and whose their slots are. docs/scanning.md §5.
import { join } from 'node:path';

/** @param home absolute path of the vault's folder */
export const guardFile = (home: string): string => join(home, 'guard.fingerprints');
/** Sealed. */
export const slotFile = (home: string): string => join(home, 'guard.slots');
