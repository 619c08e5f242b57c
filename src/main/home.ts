// Where the vault, the settings and the shell's own small files lie. The same rule as the command line's (src/node, which the
// shell may not import; a test holds the two together). A demonstration gets a fresh folder and never sees the person's.
import { join, resolve } from 'node:path';

export type Surroundings = {
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  /** The person's home folder, absolute. */
  readonly personFolder: string;
  /** Makes an empty folder that nobody else can read. */
  readonly makeTemporary: (prefix: string) => string;
};

export type Home = { readonly folder: string; readonly demo: boolean };

const platformFolder = ({ platform, environment, personFolder }: Surroundings): string => {
  if (platform === 'win32') {
    return join(environment['APPDATA'] ?? join(personFolder, 'AppData', 'Roaming'), 'Keyturn');
  }
  if (platform === 'darwin') return join(personFolder, 'Library', 'Application Support', 'Keyturn');
  // The XDG base directory specification: a relative path there is invalid and ignored.
  const data = environment['XDG_DATA_HOME'];
  return join(data?.startsWith('/') === true ? data : join(personFolder, '.local', 'share'), 'keyturn');
};

/** Decides the folder: `--demo`, then `KEYTURN_HOME`, then the platform's folder for application data. */
export const findHome = (around: Surroundings): Home => {
  if (around.argv.includes('--demo')) return { folder: around.makeTemporary('keyturn-demo-'), demo: true };
  const wanted = around.environment['KEYTURN_HOME'];
  const folder = wanted === undefined || wanted === '' ? platformFolder(around) : resolve(wanted);
  return { folder, demo: false };
};
