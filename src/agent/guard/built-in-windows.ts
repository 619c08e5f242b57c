// How the literals of the built-in catalogue are shared out among the bits of the search: worked out when the guard is built
// (vite.guard.config.ts), since a commit would wait for it longer than for everything else.
import type { SharedWindows } from '../../node/scan/prefix-table.ts';

declare const keyturnGuardWindows: SharedWindows | undefined;

/** Undefined where the guard runs unbuilt: then it is worked out. */
export const builtInWindows = (): SharedWindows | undefined =>
  typeof keyturnGuardWindows === 'undefined' ? undefined : keyturnGuardWindows;
