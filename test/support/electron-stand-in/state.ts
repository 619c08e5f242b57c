// What the modules of the stand-in share: the browser once it runs, the windows by their target, the facts of the app
// that was started. Knows no module, so that none of them has to know another for its sake.
import { EventEmitter } from 'node:events';
import type { Cdp } from './cdp.ts';
import type { Browser } from './chromium.ts';

export type AppFacts = {
  readonly mainFile: string;
  readonly appPath: string;
  readonly name: string;
  readonly version: string;
  readonly electronVersion: string;
  readonly preloads: readonly string[];
};

type Shared = {
  facts: AppFacts | undefined;
  browser: Browser | undefined;
  isReady: boolean;
  isQuitting: boolean;
};

export const shared: Shared = { facts: undefined, browser: undefined, isReady: false, isQuitting: false };

/** Internal news between modules: `quit-step`, `theme`, `window-all-closed`, … */
export const news = new EventEmitter();
news.setMaxListeners(0);

export const facts = (): AppFacts => {
  if (shared.facts === undefined) throw new Error('The stand-in must be started by its launch.ts');
  return shared.facts;
};

/** The protocol connection; throws before `ready`, as Electron's own windows do. */
export const cdp = (): Cdp => {
  if (shared.browser === undefined) throw new Error('Cannot create BrowserWindow before app is ready');
  return shared.browser.cdp;
};

/** Electron's event argument: `preventDefault` and what the event carries. */
export type StandInEvent = { defaultPrevented: boolean; preventDefault: () => void };
export const makeEvent = <T extends object>(fields: T): T & StandInEvent => {
  const event = Object.defineProperties({}, Object.getOwnPropertyDescriptors(fields)) as T & StandInEvent;
  event.defaultPrevented = false;
  event.preventDefault = () => {
    event.defaultPrevented = true;
  };
  return event;
};

/** For what Electron has, the app does not use and the stand-in does not do: loud, never silently wrong. */
export const notEmulated = (what: string): never => {
  throw new Error(`The stand-in for Electron does not emulate ${what} (docs/electron-stand-in.md).`);
};
