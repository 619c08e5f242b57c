// The window with 10,000 keys: from the unlocked vault to the first list on the screen, and what each process holds then.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright';
import { findElectron, launchApp } from '../support/app.ts';
import { password } from './large-vault.ts';
import { fromTimes, withGoal, type Measured, type Time } from './measure.ts';
import { heldByApp, workedByApp, type Held } from './memory-bench.ts';

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

type Worked = ReadonlyMap<string, number>;
type Seen = {
  readonly fromEnter: Time;
  readonly fromOpen: Time;
  readonly worked: Worked;
  readonly held: readonly Held[];
};

const canTell = process.platform === 'linux';
const nobody: Worked = new Map();

const since = (before: Worked, now: Worked): Worked =>
  new Map([...now].map(([role, ms]) => [role, ms - (before.get(role) ?? 0)]));

const lookOnce = async (home: string): Promise<Seen> => {
  const app = await launchApp({ home });
  try {
    const page = await app.firstWindow();
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.evaluate(watchPage);
    const before = canTell ? workedByApp(app.pid) : nobody;
    await page.keyboard.press('Enter');
    await page.waitForFunction(
      () => ((globalThis as unknown as { marks: Marks }).marks.painted ?? 0) > 0,
      undefined,
      { timeout: 120_000 },
    );
    const worked = canTell ? since(before, workedByApp(app.pid)) : nobody;
    const { pressed = Number.NaN, open = Number.NaN, painted = Number.NaN } = await readMarks(page);
    await sleep(settleMs);
    const time = (ms: number): Time => ({ ms, cpuMs: Number.NaN });
    const held = canTell ? heldByApp(app.pid) : [];
    return { fromEnter: time(painted - pressed), fromOpen: time(painted - open), worked, held };
  } finally {
    await app.close();
  }
};

export type WindowList = {
  readonly measured: readonly Measured[];
  readonly notes: readonly string[];
  readonly held: readonly Held[];
};

/** The run that took the median time. */
const middleOf = (seen: readonly Seen[]): Seen | undefined =>
  seen.toSorted((left, right) => left.fromEnter.ms - right.fromEnter.ms)[Math.floor(seen.length / 2)];

const notesOn = (seen: Seen | undefined): readonly string[] => {
  const words = [...(seen?.worked ?? nobody)]
    .filter(([, ms]) => ms > 0)
    .map(([role, ms]) => `${role} ${String(ms)} ms`);
  return words.length === 0
    ? []
    : [`Processor time from Enter to the first list, by process: ${words.join(', ')}.`];
};

/** @param home a vault of 10,000 keys whose derivation is as dear as the app wants it */
export const windowListBench = async (home: string): Promise<WindowList> => {
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
    notes: notesOn(middleOf(seen)),
    held: seen.at(-1)?.held ?? [],
  };
};
