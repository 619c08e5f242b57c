// Where Keyturn remembers what must not lie beside the vault: how far the vault had come when it was last seen here. The platform's
// folder for the state of this machine, which backups and synchronised folders leave out.
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

const absolute = (path: string | undefined): string | undefined =>
  path !== undefined && isAbsolute(path) ? path : undefined;

/** `KEYTURN_STATE`, else the platform's folder for local state. Absolute; need not be there yet. */
export const stateFolder = (
  environment: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string => {
  const chosen = absolute(environment['KEYTURN_STATE']);
  if (chosen !== undefined) return chosen;
  // Roaming and synchronised are the opposites of what is wanted here.
  if (platform === 'win32')
    return join(environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Keyturn', 'State');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Keyturn State');
  return join(absolute(environment['XDG_STATE_HOME']) ?? join(home, '.local', 'state'), 'keyturn');
};
