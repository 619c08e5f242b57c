// Finds and starts the Chromium whose windows stand in for Electron's: headed, no first-run pages, no background
// network of its own, steered over a pipe (by us) and a loopback port (by Playwright).
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { Cdp } from './cdp.ts';

export type Browser = {
  readonly cdp: Cdp;
  readonly process: ChildProcess;
  readonly endpoint: string;
  readonly version: string;
};

const places = [
  process.env['KEYTURN_CHROMIUM'],
  '/usr/lib/chromium/chromium',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The first Chromium found; KEYTURN_CHROMIUM overrides. Throws with what to install where there is none. */
export const findChromium = (): string => {
  const found = places.find((place) => place !== undefined && existsSync(place));
  if (found !== undefined) return found;
  throw new Error(
    'No Chromium found. Install it (Debian: apt-get install chromium) or set KEYTURN_CHROMIUM to it.',
  );
};

const quiet = [
  '--remote-debugging-pipe',
  '--remote-debugging-port=0',
  '--no-startup-window',
  '--no-first-run',
  '--no-default-browser-check',
  '--no-pings',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-sync',
  '--disable-extensions',
  '--disable-domain-reliability',
  '--disable-client-side-phishing-detection',
  '--disable-field-trial-config',
  '--disable-hang-monitor',
  '--disable-breakpad',
  '--disable-prompt-on-repost',
  '--disable-infobars',
  '--disable-session-crashed-bubble',
  '--hide-crash-restore-bubble',
  '--disable-search-engine-choice-screen',
  '--metrics-recording-only',
  '--password-store=basic',
  '--use-mock-keychain',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--ozone-platform=x11',
  // A window that another covers goes on painting, as Electron's do under a test.
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--disable-background-timer-throttling',
  // Frames stay in their page's process: one debugging session then sees all of a window.
  '--disable-site-isolation-trials',
  '--disable-features=IsolateOrigins,site-per-process,Translate,OptimizationHints,MediaRouter,AutofillServerCommunication,PaintHolding,DestroyProfileOnBrowserClose,LensOverlay,GlobalMediaControls,PreloadTopChromeWebUI,WebUIReloadButton,InitialWebUI',
  '--force-device-scale-factor=1',
  '--test-type',
];

const isRoot = process.platform !== 'win32' && process.getuid?.() === 0;

const waitForEndpoint = async (file: string, child: ChildProcess): Promise<string> => {
  for (let waitedMs = 0; waitedMs < 30_000; waitedMs += 20) {
    if (child.exitCode !== null)
      throw new Error(`Chromium ended at once with code ${String(child.exitCode)}`);
    const [port, path] = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
    if (port && path) return `ws://127.0.0.1:${port}${path}`;
    await sleep(20);
  }
  throw new Error('Chromium did not open its debugging port within 30 seconds');
};

/** Starts Chromium on `profile` (a folder of its own) with the app's own switches added. */
export const startChromium = async (profile: string, switches: readonly string[]): Promise<Browser> => {
  mkdirSync(profile, { recursive: true });
  const endpointFile = join(profile, 'DevToolsActivePort');
  rmSync(endpointFile, { force: true });
  const flags = [...quiet, `--user-data-dir=${profile}`, ...switches, ...(isRoot ? ['--no-sandbox'] : [])];
  const stderr = process.env['KEYTURN_STAND_IN_LOG'] === undefined ? 'ignore' : 'inherit';
  // A group of its own: Ctrl+C in the terminal is for the app, which then ends Chromium in good order.
  const child = spawn(findChromium(), flags, {
    stdio: ['ignore', 'ignore', stderr, 'pipe', 'pipe'],
    detached: true,
  });
  const failed = new Promise<never>((_resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Chromium ended at once with code ${String(code)}`)));
  });
  const cdp = new Cdp(child.stdio[3] as Writable, child.stdio[4] as Readable);
  const version = await Promise.race([cdp.send('Browser.getVersion'), failed]);
  failed.catch(() => {});
  const endpoint = await waitForEndpoint(endpointFile, child);
  return { cdp, process: child, endpoint, version: String(version['product']).replace(/^[^/]*\//, '') };
};
