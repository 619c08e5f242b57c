// How long a person waits for a start: the built command line beside Node alone, the app's first window beside Chromium's alone.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright';
import { findElectron, launchApp } from '../support/app.ts';
import { provideDisplay } from '../support/display.ts';
import { findChromium } from '../support/electron-stand-in/chromium.ts';
import { measure, ofOthers, type Measured } from './measure.ts';

const root = resolve(import.meta.dirname, '../..');

const run = (words: readonly string[], home: string): void => {
  const ran = spawnSync(process.execPath, words, { env: { ...process.env, KEYTURN_HOME: home } });
  if (ran.status !== 0) throw new Error(`${words.join(' ')}: ${ran.stderr.toString()}`);
};

export const commandLineBench = async (home: string): Promise<readonly Measured[]> => {
  const main = join(root, 'out/cli/main.js');
  if (!existsSync(main)) throw new Error('The command line is not built: run npm run build first.');
  const floor = await measure(
    'floor: node that does nothing',
    15,
    ofOthers(() => run(['-e', '0'], home)),
  );
  const help = await measure(
    'keyturn --help',
    15,
    ofOthers(() => run([main, '--help'], home)),
    floor.name,
  );
  const state = await measure(
    'keyturn state',
    15,
    ofOthers(() => run([main, 'state', '--json'], home)),
    floor.name,
  );
  return [floor, help, state];
};

const bareWindow = async (display: string | undefined): Promise<void> => {
  const browser = await chromium.launch({
    headless: false,
    executablePath: findChromium(),
    args: ['--no-sandbox'],
    env: { ...process.env, ...(display === undefined ? {} : { DISPLAY: display }) },
  });
  const page = await browser.newPage();
  await page.setContent('<h1>window</h1>');
  await page.getByRole('heading').waitFor();
  await browser.close();
};

const startOnce = async (home: string): Promise<number> => {
  const startedMs = performance.now();
  const app = await launchApp({ home });
  const page = await app.firstWindow();
  await page.getByRole('heading').first().waitFor();
  const tookMs = performance.now() - startedMs;
  await app.close();
  return tookMs;
};

export const windowBench = async (): Promise<readonly Measured[]> => {
  const display = await provideDisplay();
  const home = mkdtempSync(join(tmpdir(), 'keyturn-bench-'));
  const where = findElectron() === undefined ? 'on the stand-in' : 'on Electron';
  const floor =
    findElectron() === undefined
      ? [
          await measure(
            'floor: Chromium with one page, start to end',
            5,
            ofOthers(() => bareWindow(display)),
          ),
        ]
      : [];
  const start = await measure(
    `app, start to the first screen, ${where}`,
    5,
    ofOthers(() => startOnce(home)),
    floor[0]?.name,
  );
  rmSync(home, { recursive: true, force: true });
  return [...floor, start];
};
