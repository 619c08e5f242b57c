// Where the vault, the settings and the shell's own small files lie. The command line finds the same folder by the same
// rule; a demonstration gets a fresh folder of its own and never sees the person's.
import { join } from 'node:path';

export type Surroundings = {
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The platform's application-data folder, absolute. */
  readonly applicationData: string;
  /** Makes an empty folder that nobody else can read. */
  readonly makeTemporary: (prefix: string) => string;
  readonly isAbsolute: (path: string) => boolean;
};

export type Home = { readonly folder: string; readonly demo: boolean };

export const folderName = 'Keyturn';

/** Decides the folder. A relative KEYTURN_HOME is not followed: it would depend on where the app was started. */
export const findHome = (around: Surroundings): Home => {
  if (around.argv.includes('--demo')) return { folder: around.makeTemporary('keyturn-demo-'), demo: true };
  const wanted = around.environment['KEYTURN_HOME'];
  if (wanted !== undefined && wanted !== '' && around.isAbsolute(wanted))
    return { folder: wanted, demo: false };
  return { folder: join(around.applicationData, folderName), demo: false };
};
