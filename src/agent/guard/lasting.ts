// The fingerprints that outlive a lock, for the guard: read from the vault's folder, or a sentence that says why there are none.
import { closeSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlaceLasting } from '../../node/guard/guard-matcher.ts';
import { openRegular } from '../../node/scan/git/pack-index.ts';
import { readLasting } from '../../node/scan/lasting-file.ts';
import { placeLasting } from '../../node/scan/lasting-tables.ts';

export type Lasting = {
  /** By which an agent knows what the slots are; '' where there are no tables. */
  readonly generation: string;
  readonly place: PlaceLasting;
  /** Why keys of the vault are not looked for; null where they are. */
  readonly problem: string | null;
};

const mostBytes = 134_217_728;

const none = (problem: string): Lasting => ({
  generation: '',
  place: () => null,
  problem: `${problem}, so only formats of known providers were looked for. Unlock Keyturn once.`,
});

const readFile = (path: string): Uint8Array | 'missing' | 'broken' => {
  try {
    const { file, bytes } = openRegular(path);
    try {
      return bytes > mostBytes ? 'broken' : readFileSync(file);
    } finally {
      closeSync(file);
    }
  } catch (problem) {
    const code = problem instanceof Error && 'code' in problem ? problem.code : '';
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'broken';
  }
};

/** Reads the file of fingerprints. @param home folder of the vault */
export const openLasting = (home: string): Lasting => {
  const file = readFile(join(home, 'guard.fingerprints'));
  if (file === 'missing') return none('there are no fingerprints of your keys yet');
  const tables = file === 'broken' ? null : readLasting(file);
  if (tables === null || !tables.ok) return none('the fingerprints of your keys could not be read');
  return {
    generation: tables.value.generation,
    place: (memory, take) => placeLasting(memory, take, tables.value),
    problem: null,
  };
};
