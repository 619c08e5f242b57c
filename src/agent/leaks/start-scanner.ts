// Starts the scanner where the app's shell does not: for the command line and the agent in the background. It outlives this process, gets
// the folder and nothing else, and ends by itself once nobody needs it. One listens per vault: a second one ends at once.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Beside the built command line, beside the built agent, and in the sources. */
const entries = [
  './scanner.js',
  '../scanner.js',
  '../main/scanner.js',
  '../cli/scanner.js',
  '../scanner.ts',
] as const;

const entryFile = (): string | undefined =>
  entries.map((entry) => fileURLToPath(new URL(entry, import.meta.url))).find((file) => existsSync(file));

const kept = [
  'PATH',
  'HOME',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
  'SystemRoot',
  'TMPDIR',
  'TEMP',
  'LANG',
];

/** Variables that say where things are; those of the shell may hold keys. */
const environment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => kept.includes(name) || name.startsWith('XDG_') || name.startsWith('LC_'),
    ),
  );

/**
 * Words for Node in front of the program. The engine of JavaScript gives the memory of a thread that ended to the next one as it is; with this
 * it clears what a collection frees, so that a key which had become text is gone with its thread.
 */
export const scannerNodeWords = ['--clear-free-memory'] as const;

/** False where there is none to start. @param home absolute */
export const startScanner = (home: string): boolean => {
  const entry = entryFile();
  if (entry === undefined) return false;
  const child = spawn(process.execPath, [...scannerNodeWords, entry, '--home', home, '--alone'], {
    detached: true,
    stdio: 'ignore',
    cwd: home,
    env: environment(),
  });
  child.once('error', () => undefined);
  child.unref();
  return true;
};
