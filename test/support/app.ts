// Starts the built app for a test, on real Electron where its binary is found, else on the stand-in: real windows, real
// pages, real keys either way. Everything a test needs to know of the difference is `which`.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LaunchOptions, RunningApp } from './app-types.ts';
import { launchOnElectron } from './app-on-electron.ts';
import { launchOnStandIn } from './app-on-stand-in.ts';

export type * from './app-types.ts';

const root = join(import.meta.dirname, '../..');
const binaryNames: Readonly<Record<string, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};

/** Electron's binary, or undefined; KEYTURN_STAND_IN=1 asks for the stand-in even where there is one. */
export const findElectron = (): string | undefined => {
  if (process.env['KEYTURN_STAND_IN'] === '1') return undefined;
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(root, 'node_modules/electron/dist');
  const binary = join(folder, binaryNames[process.platform] ?? 'electron');
  return existsSync(binary) ? binary : undefined;
};

export const launchApp = (options: LaunchOptions): Promise<RunningApp> => {
  const main = options.main ?? join(root, 'out/main/index.js');
  if (!existsSync(main)) throw new Error('The app is not built: run npm run build first.');
  const electron = findElectron();
  return electron === undefined
    ? launchOnStandIn({ ...options, main })
    : launchOnElectron({ ...options, main }, electron);
};
