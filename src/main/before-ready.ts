// What must be settled before Electron is ready: the sandbox, the scheme, the folder, and being the only one. No page and no
// agent exists yet. Answers null where the app should leave at once.
import { mkdirSync, mkdtempSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { app, protocol } from 'electron';
import * as v from 'valibot';
import { turnOffCoreDumps } from './core-dumps.ts';
import { findHome, type Home } from './home.ts';
import type { Log } from './log.ts';
import { schemePrivileges } from './security/protocol.ts';
import { findDangerousSwitch } from './security/switches.ts';

/** What a second start tells the first. Anybody can start a second one: this is all that is understood. */
const secondStart = v.strictObject({ ask: v.literal('show') });

const mayStart = (log: Log): boolean => {
  if (!app.isPackaged) return true;
  const found = findDangerousSwitch(process.argv.slice(1), (name) => app.commandLine.hasSwitch(name));
  if (found === null) return true;
  log('error', 'start.refused', { switch: found });
  return false;
};

const isOnlyOne = (log: Log, show: () => void): boolean => {
  const ask: v.InferOutput<typeof secondStart> = { ask: 'show' };
  if (!app.requestSingleInstanceLock(ask)) {
    log('info', 'start.already-running');
    return false;
  }
  app.on('second-instance', (_event, _argv, _folder, data) => {
    if (v.is(secondStart, data)) show();
    else log('warn', 'second-start.refused');
  });
  return true;
};

/**
 * Prepares the app.
 * @param show brings the window to the front when a second start asks
 */
export const prepareBeforeReady = (log: Log, show: () => void): Home | null => {
  if (!mayStart(log)) return null;
  if (!turnOffCoreDumps()) log('warn', 'core-dumps.on');
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([schemePrivileges]);
  app.setName('Keyturn');
  // Windows shows notices only of a program that it knows by this name: the installer writes it into the start menu.
  if (process.platform === 'win32') app.setAppUserModelId('app.keyturn.desktop');
  const home = findHome({
    argv: process.argv.slice(1),
    environment: process.env,
    platform: process.platform,
    personFolder: homedir(),
    makeTemporary: (prefix) => mkdtempSync(join(tmpdir(), prefix)),
  });
  // Before the lock, which is per folder: two vaults may be open at once, one vault only once.
  const own = join(home.folder, 'electron');
  mkdirSync(own, { recursive: true, mode: 0o700 });
  app.setPath('userData', own);
  app.setPath('sessionData', own);
  return isOnlyOne(log, show) ? home : null;
};
