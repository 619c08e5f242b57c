// What tests get from `launchApp`, the same on Electron and on the stand-in.
import type { Page } from 'playwright';
import type * as Electron from 'electron';

export type LaunchOptions = {
  /** KEYTURN_HOME: the folder in which the app keeps everything. */
  readonly home: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What the system says; an app that chooses a theme itself has the last word. */
  readonly colorScheme?: 'light' | 'dark';
  /** Another app than the built one. */
  readonly main?: string;
  /** X display; by default the one there is, or a virtual one shared by this test process. */
  readonly display?: string;
  /**
   * By default as a person has it. `cheapest`: the agent on the stand-in makes and opens vaults at the least cost that the format allows;
   * on real Electron, which loads nothing into an agent, it stays as it is.
   */
  readonly derivation?: 'cheapest' | 'full';
  /** False for a second instance that is expected to end at once: then no window is waited for. */
  readonly waitUntilReady?: boolean;
};

export type DialogAnswers = {
  readonly showOpenDialog?: readonly { readonly canceled: boolean; readonly filePaths: readonly string[] }[];
  readonly showSaveDialog?: readonly { readonly canceled: boolean; readonly filePath: string }[];
  readonly showMessageBox?: readonly { readonly response: number; readonly checkboxChecked: boolean }[];
};
export type ShownDialog = {
  readonly name: string;
  readonly title?: string;
  readonly message?: string;
  readonly buttons?: readonly string[];
};
export type PowerEvent =
  'lock-screen' | 'unlock-screen' | 'suspend' | 'resume' | 'user-did-resign-active' | 'shutdown';
export type TrayRecord = {
  readonly toolTip: string;
  readonly items: readonly { readonly id: string; readonly label: string; readonly enabled: boolean }[];
};

export type Control = {
  /** Queues answers; a dialog that finds none is cancelled. */
  readonly dialogs: (answers: DialogAnswers) => Promise<void>;
  readonly shownDialogs: () => Promise<readonly ShownDialog[]>;
  readonly powerMonitor: (event: PowerEvent) => Promise<void>;
  readonly notifications: () => Promise<readonly { readonly title: string; readonly body: string }[]>;
  /** A person clicks the newest notice. */
  readonly clickNotice: () => Promise<void>;
  /** A person presses a button of the newest notice, named by its words. */
  readonly pressNotice: (word: string) => Promise<void>;
  readonly openedExternal: () => Promise<readonly string[]>;
  readonly shownItems: () => Promise<readonly string[]>;
  readonly clipboardText: () => Promise<string>;
  readonly primaryText: () => Promise<string>;
  readonly writeClipboard: (text: string) => Promise<void>;
  readonly tray: () => Promise<readonly TrayRecord[]>;
  readonly clickTray: (label: string) => Promise<void>;
  /** Clicks an item of the application menu by its id, or else by its label. */
  readonly clickMenu: (item: string) => Promise<void>;
};

export type MainFunction<A, R> = (electron: typeof Electron, argument: A) => R | Promise<R>;

export type RunningApp = {
  readonly which: 'electron' | 'stand-in';
  /** The first window that shows a page. */
  readonly firstWindow: () => Promise<Page>;
  /** The open windows that show a page, oldest first. */
  readonly windows: () => readonly Page[];
  /** Waits for an open window that `isWanted` likes; a window that was torn down is not one. */
  readonly waitForWindow: (
    isWanted: (page: Page) => boolean | Promise<boolean>,
    timeoutMs?: number,
  ) => Promise<Page>;
  /** Runs a function in the main process; it gets the electron module and must not refer to anything outside itself. */
  readonly evaluateMain: <R, A = undefined>(fn: MainFunction<A, R>, argument?: A) => Promise<R>;
  readonly control: Control;
  readonly pid: number;
  /** Ends the main process at once with a signal and waits until every process of the app is gone. */
  readonly kill: (signal: NodeJS.Signals) => Promise<void>;
  /** Quits as a person would, and waits until every process of the app is gone. */
  readonly close: () => Promise<void>;
  /** Null while it runs, and where a signal ended it. */
  readonly exitCode: () => number | null;
  /** Resolves when the main process has ended. */
  readonly exited: Promise<number | null>;
  /** All it wrote to stdout and stderr so far. */
  readonly output: () => string;
};
