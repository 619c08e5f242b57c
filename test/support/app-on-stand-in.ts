// launchApp on the stand-in: Node runs the app, Chromium shows it, Playwright attaches to that Chromium.
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Browser, type Page } from 'playwright';
import { makeControl } from './app-control.ts';
import type { LaunchOptions, MainFunction, RunningApp } from './app-types.ts';
import { cheapDerivation } from './cheap-derivation.ts';
import { provideDisplay } from './display.ts';
import { windowWaiter } from './window-waiter.ts';

type Answer =
  | { readonly t: 'ready'; readonly endpoint: string; readonly pid: number }
  | { readonly t: 'child'; readonly pid: number }
  | { readonly t: 'value'; readonly id: number; readonly value: unknown }
  | { readonly t: 'error'; readonly id: number; readonly message: string };
type Waiting = { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void };

const launcher = join(import.meta.dirname, 'electron-stand-in/launch.ts');
const hook = join(import.meta.dirname, 'main-hook.cjs');
const goneWithinMs = 5000;

/** The stand-in needs Node 24; the tests may run on it already. */
const findNode = (): string => {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  const local = join(import.meta.dirname, '../../node_modules/.bin/node');
  return existsSync(local) ? local : process.execPath;
};

/** A process that has ended but that nobody asked after (state Z) is not alive. */
const isAlive = (pid: number): boolean => {
  try {
    if (process.platform === 'linux')
      return !/^\d+ \(.*\) [ZX]/s.test(readFileSync(`/proc/${String(pid)}/stat`, 'utf8'));
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

class StandInProcess {
  readonly child: ChildProcess;
  readonly exited: Promise<number | null>;
  readonly ready: Promise<string>;
  readonly #pids = new Set<number>();
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;
  output = '';

  constructor(options: LaunchOptions & { readonly main: string }, display: string | undefined) {
    this.child = spawn(findNode(), [launcher, '-r', hook, options.main, ...(options.args ?? [])], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      serialization: 'advanced',
      env: {
        ...process.env,
        ...(display === undefined ? {} : { DISPLAY: display }),
        KEYTURN_HOME: options.home,
        KEYTURN_STAND_IN_COLOR_SCHEME: options.colorScheme ?? 'light',
        ...(options.derivation === 'cheapest' ? { KEYTURN_STAND_IN_UTILITY_IMPORT: cheapDerivation } : {}),
        ...options.env,
      },
    });
    const keep = (chunk: Buffer): void => {
      this.output += chunk.toString();
    };
    this.child.stdout?.on('data', keep);
    this.child.stderr?.on('data', keep);
    this.exited = new Promise((resolve) => this.child.once('exit', resolve));
    this.ready = new Promise((resolve, reject) => {
      this.child.on('message', (answer: Answer) => this.#receive(answer, resolve));
      void this.exited.then((code) => {
        for (const { reject: fail } of this.#waiting.values()) fail(new Error('The app has ended'));
        reject(new Error(`The app ended before it was ready, code ${String(code)}.\n${this.output}`));
      });
    });
    this.ready.catch(() => {});
  }

  #receive(answer: Answer, ready: (endpoint: string) => void): void {
    if (answer.t === 'ready' || answer.t === 'child') this.#pids.add(answer.pid);
    if (answer.t === 'ready') ready(answer.endpoint);
    if (answer.t === 'value') this.#waiting.get(answer.id)?.resolve(answer.value);
    if (answer.t === 'error') this.#waiting.get(answer.id)?.reject(new Error(answer.message));
    if (answer.t === 'value' || answer.t === 'error') this.#waiting.delete(answer.id);
  }

  evaluate(source: string, argument: unknown): Promise<unknown> {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      if (!this.child.connected) {
        reject(new Error('The app has ended'));
        return;
      }
      this.#waiting.set(id, { resolve, reject });
      this.child.send({ id, source, argument });
    });
  }

  /** Waits until Chromium and the children are gone too, and sees to it where they are not. */
  async settled(): Promise<void> {
    await this.exited;
    const until = Date.now() + goneWithinMs;
    while ([...this.#pids].some(isAlive) && Date.now() < until) await sleep(10);
    for (const pid of [...this.#pids].filter(isAlive)) process.kill(pid, 'SIGKILL');
  }
}

export const launchOnStandIn = async (
  options: LaunchOptions & { readonly main: string },
): Promise<RunningApp> => {
  const started = new StandInProcess(options, options.display ?? (await provideDisplay()));
  const { child, exited } = started;
  let browser: Browser | undefined;
  if (options.waitUntilReady !== false) {
    browser = await chromium.connectOverCDP(await started.ready, { noDefaults: true });
    // The stand-in answers dialogs as Electron would; without a listener Playwright would answer them first.
    for (const context of browser.contexts()) context.on('dialog', () => {});
  }
  const pages = (): readonly Page[] => browser?.contexts().flatMap((context) => context.pages()) ?? [];
  const windows = (): readonly Page[] =>
    pages().filter((page) => !page.isClosed() && page.url() !== 'about:blank');
  const evaluateMain = <R, A = undefined>(fn: MainFunction<A, R>, argument?: A): Promise<R> =>
    started.evaluate(String(fn), argument) as Promise<R>;
  const { firstWindow, waitForWindow } = windowWaiter(windows, () => `Output of the app:\n${started.output}`);
  const finish = async (): Promise<void> => {
    await started.settled();
    await browser?.close().catch(() => {});
  };
  return {
    which: 'stand-in',
    firstWindow,
    waitForWindow,
    windows,
    evaluateMain,
    control: makeControl(evaluateMain),
    pid: child.pid ?? 0,
    kill: async (signal) => {
      child.kill(signal);
      await finish();
    },
    close: async () => {
      child.kill('SIGTERM');
      const isGone = await Promise.race([exited.then(() => true), sleep(10_000, false, { ref: false })]);
      if (!isGone) child.kill('SIGKILL');
      await finish();
    },
    exitCode: () => child.exitCode,
    exited,
    output: () => started.output,
  };
};
