// The window with 10,000 keys: from the unlocked vault to the first list on the screen, and what each process holds then.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright';
import { findElectron, launchApp } from '../support/app.ts';
import { password } from './large-vault.ts';
import { fromTimes, withGoal, type Measured, type Time } from './measure.ts';
import { heldByApp, type Held } from './memory-bench.ts';

const runs = 3;
const settleMs = 5_000;

type Marks = { pressed?: number; open?: number; painted?: number };

/** In the page: when the lock screen was left, and when the first rows had been painted. */
const watchPage = (): void => {
  const marks: Marks = {};
  (globalThis as unknown as { marks: Marks }).marks = marks;
  addEventListener('keydown', () => (marks.pressed ??= performance.now()), { capture: true });
  const look = (): void => {
    if (document.querySelector('nav[aria-label="Places"]') !== null) marks.open ??= performance.now();
    if (marks.painted !== undefined || document.querySelectorAll('[role=grid] [role=row]').length < 5) return;
    marks.painted = Number.NaN;
    requestAnimationFrame(() => setTimeout(() => (marks.painted = performance.now())));
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
};

const readMarks = (page: Page): Promise<Marks> =>
  page.evaluate(() => (globalThis as unknown as { marks: Marks }).marks);

type Seen = { readonly fromEnter: Time; readonly fromOpen: Time; readonly held: readonly Held[] };

const lookOnce = async (home: string): Promise<Seen> => {
  const app = await launchApp({ home });
  try {
    const page = await app.firstWindow();
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.evaluate(watchPage);
    await page.keyboard.press('Enter');
    await page.waitForFunction(
      () => ((globalThis as unknown as { marks: Marks }).marks.painted ?? 0) > 0,
      undefined,
      { timeout: 120_000 },
    );
    const { pressed = Number.NaN, open = Number.NaN, painted = Number.NaN } = await readMarks(page);
    await sleep(settleMs);
    const time = (ms: number): Time => ({ ms, cpuMs: Number.NaN });
    const held = process.platform === 'linux' ? heldByApp(app.pid) : [];
    return { fromEnter: time(painted - pressed), fromOpen: time(painted - open), held };
  } finally {
    await app.close();
  }
};

/** @param home a vault of 10,000 keys whose derivation is as dear as the app wants it */
export const windowListBench = async (
  home: string,
): Promise<{ readonly measured: readonly Measured[]; readonly held: readonly Held[] }> => {
  const seen: Seen[] = [];
  for (let run = 0; run < runs; run += 1) seen.push(await lookOnce(home));
  const where = findElectron() === undefined ? 'on the stand-in' : 'on Electron';
  return {
    measured: [
      fromTimes(
        `Enter to first list painted, derivation included, ${where}`,
        seen.map(({ fromEnter }) => fromEnter),
      ),
      withGoal(
        fromTimes(
          `open vault to first list painted, ${where}`,
          seen.map(({ fromOpen }) => fromOpen),
        ),
        100,
      ),
    ],
    held: seen.at(-1)?.held ?? [],
  };
};
