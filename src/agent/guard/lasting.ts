// The fingerprints that outlive a lock, for the guard: read from the vault's folder, or a sentence that says why there are none.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { PlaceLasting } from '../../node/guard/guard-matcher.ts';

export type Lasting = {
  /** By which an agent knows what the slots are; '' where there are no tables. */
  readonly generation: string;
  readonly place: PlaceLasting;
  /** Why keys of the vault are not looked for; null where they are. */
  readonly problem: string | null;
};

const none = (problem: string): Lasting => ({ generation: '', place: () => null, problem });

/** Reads the file of fingerprints. @param home folder of the vault */
export const openLasting = (home: string): Lasting => {
  const file = join(home, 'guard.fingerprints');
  if (!existsSync(file))
    return none(
      'there are no fingerprints of your keys yet, so only formats of known providers were looked for. Unlock Keyturn once.',
    );
  return none(
    'the fingerprints of your keys could not be read, so only formats of known providers were looked for. Unlock Keyturn once.',
  );
};
