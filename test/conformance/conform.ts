// What every file of the suite starts from: one running fixture app for all of its tests, windows opened in it, found again
// by their mark and closed after each test.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type Frame, type Page } from '@playwright/test';
import type { App, BrowserWindow, Session } from 'electron';
import { launchApp, type LaunchOptions, type RunningApp } from '../support/app.ts';

export { expect } from '@playwright/test';

export type OpenOptions = {
  readonly path?: string;
  readonly partition?: string;
  readonly wait?: boolean;
  readonly options?: Record<string, unknown>;
  readonly preferences?: Record<string, unknown>;
};
/** What fixture/main.js keeps for the tests in its main process. */
export type Fixture = {
  readonly electron: { readonly app: App };
  readonly events: { readonly name: string; readonly details: never }[];
  readonly requests: { readonly url: string; readonly method: string }[];
  readonly windows: Map<string, BrowserWindow>;
  readonly note: (name: string, details?: unknown) => void;
  readonly open: (options?: OpenOptions) => Promise<string>;
  readonly partition: (name: string) => Session;
  readonly fork: (args?: string[], options?: object) => Electron.UtilityProcess;
  readonly dirname: string;
  refuseQuit: boolean;
};
declare global {
  var fixture: Fixture;
}

/** The page's side of fixture/preload.cjs. */
// oxlint-disable-next-line typescript/no-explicit-any
export type PageApi = { api: Record<string, any> };

export const fixtureMain = join(import.meta.dirname, 'fixture/main.js');

/** An app of its own; a home that was made for it goes with it. */
export const launchFixture = async (
  options: Omit<LaunchOptions, 'home'> & { readonly home?: string },
): Promise<RunningApp> => {
  const home = options.home ?? makeHome();
  const app = await launchApp({ main: fixtureMain, ...options, home });
  const tidy = (): void => {
    if (options.home === undefined) rmSync(home, { recursive: true, force: true });
  };
  return {
    ...app,
    close: () => app.close().then(tidy),
    kill: (signal) => app.kill(signal).then(tidy),
  };
};

export const makeHome = (): string => mkdtempSync(join(tmpdir(), 'keyturn-conformance-'));

type Opened = { readonly mark: string; readonly page: Page };
type Worker = {
  readonly running: RunningApp;
  /** One page for all tests that change nothing in it. */
  readonly still: Opened;
};
type Each = { readonly open: (options?: OpenOptions) => Promise<Opened>; readonly clean: void };

/** The sub-frame of /frames.html, once it has its page. */
export const innerFrame = async (page: Page): Promise<Frame> => {
  const frame = await (await page.waitForSelector('#inner', { state: 'attached' })).contentFrame();
  if (frame === null) throw new Error('The page has no sub-frame');
  await frame.waitForURL(/inner/);
  await frame.waitForLoadState();
  return frame;
};

const findPage = (running: RunningApp, mark: string): Promise<Page> =>
  running.waitForWindow((each) => new URL(each.url()).search === `?${mark}`);

export const test = base.extend<Each, Worker>({
  running: [
    async ({}, use) => {
      const home = makeHome();
      const running = await launchFixture({ home });
      await use(running);
      await running.close();
      rmSync(home, { recursive: true, force: true });
    },
    // A start, on a machine with much else to do.
    { scope: 'worker', timeout: 150_000 },
  ],
  still: [
    async ({ running }, use) => {
      const mark = await running.evaluateMain(async () => {
        const made = await globalThis.fixture.open({ path: '/early.html' });
        globalThis.fixture.windows.delete(made);
        return made;
      });
      await use({ mark, page: await findPage(running, mark) });
    },
    { scope: 'worker' },
  ],
  clean: [
    async ({ running }, use) => {
      await use();
      await running.evaluateMain(() => {
        for (const window of globalThis.fixture.windows.values()) if (!window.isDestroyed()) window.destroy();
        globalThis.fixture.windows.clear();
        globalThis.fixture.events.length = 0;
        globalThis.fixture.requests.length = 0;
      });
    },
    { auto: true },
  ],
  open: async ({ running }, use) => {
    await use(async (options = {}) => {
      const mark = await running.evaluateMain(
        (_electron, wanted: OpenOptions) => globalThis.fixture.open(wanted),
        options,
      );
      return { mark, page: await findPage(running, mark) };
    });
  },
});
