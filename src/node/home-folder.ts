// The folder that holds the vault, its settings and its socket: where it is by default, and made private before anything is
// put into it. Knows names of files, never what is in them.
import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { AppError } from '../core/model/app-error.ts';
import { ok, type Result } from '../core/model/result.ts';
import { fileError } from './io-words.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const folderMode = 0o700;

const platformFolder = (platform: NodeJS.Platform, environment: Environment, home: string): string => {
  if (platform === 'win32')
    return join(environment['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Keyturn');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Keyturn');
  // The XDG base directory specification: a relative path there is invalid and ignored.
  const data = environment['XDG_DATA_HOME'];
  return join(data?.startsWith('/') === true ? data : join(home, '.local', 'share'), 'keyturn');
};

/** `KEYTURN_HOME`, else the platform's folder for application data. Absolute. */
export const defaultHome = (
  environment: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string => {
  const chosen = environment['KEYTURN_HOME'];
  return chosen === undefined || chosen === ''
    ? platformFolder(platform, environment, home)
    : resolve(chosen);
};

export type HomeFiles = {
  readonly home: string;
  readonly vault: string;
  readonly settings: string;
  readonly failedUnlocks: string;
  /** The schedule outside the vault. */
  readonly reminders: string;
  /** The folder of automatic backups. */
  readonly backups: string;
};

/** The files of a home folder, whether they are there or not. */
export const homeFiles = (home: string): HomeFiles => ({
  home,
  vault: join(home, 'vault.keyturn'),
  settings: join(home, 'settings.json'),
  failedUnlocks: join(home, 'failed-unlocks.json'),
  reminders: join(home, 'reminders.json'),
  backups: join(home, 'backups'),
});

const attempt = (home: string, act: () => void): Result<undefined, AppError> => {
  try {
    act();
    return ok(undefined);
  } catch (problem) {
    return { ok: false, error: fileError(problem, home) };
  }
};

/** Makes the folder where it is missing, readable by its owner alone. One that is there keeps its mode: doctor judges it. */
export const makeHome = (home: string): Result<undefined> =>
  attempt(home, () => {
    const made = mkdirSync(home, { recursive: true, mode: folderMode });
    // An umask can only take away, but a parent's default ACL can add.
    if (made !== undefined && process.platform !== 'win32') chmodSync(home, folderMode);
  });

/** Whether others on this machine may look into the folder. Windows keeps that in lists this does not read. */
export const isOpenToOthers = (home: string): boolean => {
  if (process.platform === 'win32') return false;
  try {
    return (statSync(home).mode & 0o077) !== 0;
  } catch {
    return false;
  }
};
