// The table of the built-in catalogue's literals, made when the guard is built (vite.guard.config.ts): a commit would wait for it longer
// than for everything else.

declare const keyturnGuardTable: string | undefined;

/** For `prefixTableAt`; undefined where the guard runs unbuilt: then it is made. */
export const builtInTable = (): Uint8Array | undefined =>
  typeof keyturnGuardTable === 'undefined' ? undefined : Buffer.from(keyturnGuardTable, 'base64');
