// launchApp on real Electron, through Playwright's own driver.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { _electron, type Page } from 'playwright';
import { makeControl } from './app-control.ts';
import type { LaunchOptions, MainFunction, RunningApp } from './app-types.ts';
import { provideDisplay } from './display.ts';
import { windowWaiter } from './window-waiter.ts';

const hook = join(import.meta.dirname, 'main-hook.cjs');
const isRoot = process.platform !== 'win32' && process.getuid?.() === 0;

export const launchOnElectron = async (
  options: LaunchOptions & { readonly main: string },
  executablePath: string,
): Promise<RunningApp> => {
  const display = options.display ?? (await provideDisplay());
  const scheme = options.colorScheme === 'dark' ? ['--force-dark-mode'] : [];
  const app = await _electron.launch({
    executablePath,
    args: ['-r', hook, ...scheme, ...(isRoot ? ['--no-sandbox'] : []), options.main, ...(options.args ?? [])],
    // The page is to see what the app and the system say, not what Playwright would like.
    colorScheme: null,
    env: {
      ...(process.env as Record<string, string>),
      // Which is for the Node that runs the tests.
      NODE_DISABLE_COMPILE_CACHE: '1',
      ...(display === undefined ? {} : { DISPLAY: display }),
      KEYTURN_HOME: options.home,
      ...options.env,
    },
  });
  const child = app.process();
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const evaluateMain = <R, A = undefined>(fn: MainFunction<A, R>, argument?: A): Promise<R> =>
    app.evaluate(fn as never, argument as never) as Promise<R>;
  const windows = (): readonly Page[] =>
    app.windows().filter((page) => !page.isClosed() && page.url() !== 'about:blank');
  const { firstWindow, waitForWindow } = windowWaiter(windows);
  return {
    which: 'electron',
    firstWindow,
    waitForWindow,
    windows,
    evaluateMain,
    control: makeControl(evaluateMain),
    pid: child.pid ?? 0,
    kill: async (signal) => {
      child.kill(signal);
      await exited;
    },
    close: async () => {
      await Promise.race([app.close(), sleep(10_000)]);
      child.kill('SIGKILL');
      await exited;
    },
    exitCode: () => child.exitCode,
    exited,
    output: () => text,
  };
};
