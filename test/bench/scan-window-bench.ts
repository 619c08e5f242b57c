// How soon the window answers a key press while a full scan runs: from the press to the next frame on the screen, in the built app, over a folder
// that keeps both scan threads busy. The goal is that of issue 6: 50 ms.
import { linkSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { findElectron, launchApp } from '../support/app.ts';
import { newHome, sample } from '../support/cli.ts';
import { fromTimes, withGoal, type Measured, type Time } from './measure.ts';

const goalMs = 50;
const largeFiles = 1_500;
const smallFolders = 40;
const smallFiles = 100;
const mostPresses = 200;

type Answers = { answers?: number[] };

/** In the page: from when the system gave the press to behind the next frame. */
const listenToPage = (): void => {
  const answers: number[] = [];
  (globalThis as unknown as Answers).answers = answers;
  addEventListener(
    'keydown',
    ({ timeStamp }) =>
      requestAnimationFrame(() => setTimeout(() => answers.push(performance.now() - timeStamp))),
    { capture: true },
  );
};

/** Much to read in little room: one large file by many names, and small ones of which the scan tells. */
const corpusIn = (folder: string): void => {
  mkdirSync(join(folder, 'large'), { recursive: true });
  const large = join(folder, 'large/0');
  writeFileSync(large, 'a line of a log that holds = nothing + in "particular"\n'.repeat(150_000));
  for (let name = 1; name < largeFiles; name += 1) linkSync(large, join(folder, 'large', String(name)));
  for (let part = 0; part < smallFolders; part += 1) {
    const at = join(folder, `small-${String(part)}`);
    mkdirSync(at);
    for (let name = 0; name < smallFiles; name += 1)
      writeFileSync(join(at, `${String(name)}.ts`), `export const value${String(name)} = ${String(part)};\n`);
  }
};

const pressWhileScanning = async (page: Page): Promise<readonly number[]> => {
  const bar = page.getByRole('progressbar', { name: 'Looking for pasted keys' });
  await page.getByRole('button', { name: /^Look through/ }).click();
  await bar.waitFor();
  await page.evaluate(listenToPage);
  // Through the places: each is another screen.
  const chords = ['k', 'ArrowDown', 'o', 'd', 't', 'l'];
  let presses = 0;
  for (; presses < mostPresses; presses += 1) {
    await page.keyboard.press(chords[presses % chords.length] ?? 'k');
    if (presses % chords.length === chords.length - 1 && (await bar.count()) === 0) break;
  }
  return page.evaluate(() => (globalThis as unknown as Answers).answers ?? []);
};

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

export type ScanWindow = { readonly measured: readonly Measured[]; readonly notes: readonly string[] };

export const scanWindowBench = async (): Promise<ScanWindow> => {
  const home = newHome();
  try {
    await home.json<unknown>(['init']);
    const words = ['add', 'payouts', '--env', 'production', '--value-stdin'];
    await home.run(words, { stdin: sample.circleLive() });
    const person = join(home.folder, 'person');
    const folder = join(person, 'work');
    corpusIn(folder);
    const app = await launchApp({ home: home.home, env: { HOME: person } });
    try {
      const page = await app.firstWindow();
      await page.getByLabel('Password', { exact: true }).fill(home.password);
      await page.keyboard.press('Enter');
      await page
        .getByRole('navigation', { name: 'Places' })
        .getByRole('button', { name: /^Pasted keys/ })
        .click();
      await app.control.dialogs({ showOpenDialog: [{ canceled: false, filePaths: [folder] }] });
      await page.getByRole('button', { name: 'Add a folder…' }).click();
      await page.getByRole('checkbox', { name: `Read ${folder}` }).waitFor();
      const answers = await pressWhileScanning(page);
      const sorted = answers.toSorted((one, other) => one - other);
      const where = findElectron() === undefined ? 'on the stand-in' : 'on Electron';
      const times = answers.map((ms): Time => ({ ms, cpuMs: Number.NaN }));
      return {
        measured: [
          withGoal(fromTimes(`a key press to the next frame during a full scan, ${where}`, times), goalMs),
        ],
        notes: [
          `Key presses during a scan: ${String(answers.length)}; median ${percentile(sorted, 0.5).toFixed(0)} ms, p95 ${percentile(sorted, 0.95).toFixed(0)} ms, slowest ${percentile(sorted, 1).toFixed(0)} ms.`,
        ],
      };
    } finally {
      await app.close();
    }
  } finally {
    home.remove();
  }
};
