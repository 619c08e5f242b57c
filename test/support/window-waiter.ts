// Waiting for windows: a lock tears a window down and makes another, so tests ask for the window they want, not for a place.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright';

const defaultMs = 60_000;

type Waiter = {
  readonly firstWindow: () => Promise<Page>;
  readonly waitForWindow: (
    isWanted: (page: Page) => boolean | Promise<boolean>,
    timeoutMs?: number,
  ) => Promise<Page>;
};

export const windowWaiter = (
  windows: () => readonly Page[],
  whatHappened: () => string = () => '',
): Waiter => {
  const waitForWindow = async (
    isWanted: (page: Page) => boolean | Promise<boolean>,
    timeoutMs = defaultMs,
  ): Promise<Page> => {
    const until = Date.now() + timeoutMs;
    while (Date.now() < until) {
      for (const page of windows()) {
        // A page may go while it is asked.
        if (await Promise.resolve(isWanted(page)).catch(() => false)) return page;
      }
      await sleep(25);
    }
    throw new Error(`No such window within ${String(timeoutMs)} ms. ${whatHappened()}`);
  };
  return { waitForWindow, firstWindow: () => waitForWindow(() => true) };
};
