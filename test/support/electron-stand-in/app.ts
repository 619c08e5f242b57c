// app: the life of the application, its folders and its name.
import { EventEmitter } from 'node:events';
import { mkdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { BrowserWindow } from './browser-window.ts';
import { startChromium } from './chromium.ts';
import { addedSwitches, commandLine } from './command-line.ts';
import { watchDownloads } from './downloads.ts';
import { watchNetwork } from './network.ts';
import { hasLock, releaseLock, requestLock } from './single-instance.ts';
import { facts, makeEvent, news, shared } from './state.ts';
import { watchTargets } from './targets.ts';
import type { App as Real } from 'electron';

const environment = (name: string, fallback: string): string => process.env[name] ?? fallback;

export class App extends EventEmitter {
  readonly commandLine = commandLine;
  /** Electron looks at its own file's name; here a test says so. */
  readonly isPackaged = process.env['KEYTURN_STAND_IN_PACKAGED'] === '1';
  readonly #paths = new Map<string, string>();
  readonly #ready: Promise<void>;
  #announceReady: () => void = () => {};
  #name: string | undefined;
  #exitCode = 0;
  #isExiting = false;
  badgeCount = 0;
  userAgentFallback = '';
  applicationMenu: unknown = null;
  accessibilitySupportEnabled = false;

  constructor() {
    super();
    this.#ready = new Promise((resolve) => {
      this.#announceReady = resolve;
    });
    news.on('all-closed', () => this.#allClosed());
    news.on('web-contents', (contents) => this.emit('web-contents-created', makeEvent({}), contents));
    news.on('browser-window', (window) => this.emit('browser-window-created', makeEvent({}), window));
    news.on('browser-window-focus', (window) => this.emit('browser-window-focus', makeEvent({}), window));
    news.on('browser-window-blur', (window) => this.emit('browser-window-blur', makeEvent({}), window));
    news.on('session-created', (created) => setImmediate(() => this.emit('session-created', created)));
    news.on('child-gone', (details) => this.emit('child-process-gone', makeEvent({}), details));
  }

  /** Called by launch.ts once the app's main module has run to its end: only then may `ready` come, as in Electron. */
  async start(): Promise<void> {
    this.emit('will-finish-launching');
    const profile = join(this.getPath('sessionData'), 'Chromium');
    shared.browser = await startChromium(profile, addedSwitches());
    shared.browser.cdp.on('closed', () => {
      if (!this.#isExiting) this.exit(1);
    });
    watchDownloads();
    const preparing: Promise<unknown>[] = [watchNetwork(), watchTargets()];
    news.emit('before-ready', (work: Promise<unknown>) => preparing.push(work));
    await Promise.all(preparing);
    shared.isReady = true;
    news.emit('ready');
    this.#announceReady();
    this.emit('ready', makeEvent({}), {});
  }

  whenReady(): Promise<void> {
    return this.#ready;
  }
  isReady(): boolean {
    return shared.isReady;
  }

  #allClosed(): void {
    if (shared.isQuitting || this.#isExiting) return;
    if (this.listenerCount('window-all-closed') === 0) this.quit();
    else this.emit('window-all-closed');
  }

  /** Every step may say no: before-quit, each window's close, will-quit. */
  quit(): void {
    if (shared.isQuitting || this.#isExiting) return;
    void this.#quit();
  }
  async #quit(): Promise<void> {
    const before = makeEvent({});
    this.emit('before-quit', before);
    if (before.defaultPrevented) return;
    shared.isQuitting = true;
    if (!(await this.#closeWindows())) {
      shared.isQuitting = false;
      return;
    }
    const will = makeEvent({});
    this.emit('will-quit', will);
    if (will.defaultPrevented) {
      shared.isQuitting = false;
      return;
    }
    this.#end(this.#exitCode);
  }
  async #closeWindows(): Promise<boolean> {
    for (const window of BrowserWindow.getAllWindows()) {
      const isClosed = await new Promise<boolean>((resolve) => {
        const refuse = (refusing: unknown): void => {
          if (refusing === window) resolve(false);
        };
        news.once('close-prevented', refuse);
        window.once('closed', () => {
          news.off('close-prevented', refuse);
          resolve(true);
        });
        window.close();
      });
      if (!isClosed) return false;
    }
    return true;
  }
  /** Asks nobody: windows are destroyed, only `quit` is announced. */
  exit(exitCode = 0): void {
    if (this.#isExiting) return;
    this.#end(exitCode);
  }
  #end(exitCode: number): void {
    this.#isExiting = true;
    for (const window of BrowserWindow.getAllWindows()) window.destroy();
    this.emit('quit', makeEvent({}), exitCode);
    news.emit('exit');
    releaseLock();
    const browser = shared.browser;
    if (browser === undefined || browser.process.exitCode !== null) process.exit(exitCode);
    // The profile is closed before the process goes, so that nothing writes to the home folder afterwards.
    browser.process.once('exit', () => process.exit(exitCode));
    setTimeout(() => {
      browser.process.kill('SIGKILL');
      process.exit(exitCode);
    }, 3000);
    browser.cdp.tell('Browser.close');
  }
  relaunch(): void {}

  getBadgeCount(): number {
    return this.badgeCount;
  }
  /** True where a desktop draws the number; the stand-in only keeps it. */
  setBadgeCount(count = 0): boolean {
    this.badgeCount = count;
    return true;
  }

  getName(): string {
    return this.#name ?? facts().name;
  }
  setName(name: string): void {
    this.#name = name;
  }
  get name(): string {
    return this.getName();
  }
  set name(name: string) {
    this.setName(name);
  }
  getVersion(): string {
    return facts().version;
  }
  getAppPath(): string {
    return facts().appPath;
  }
  getPath(name: string): string {
    const set = this.#paths.get(name);
    if (set !== undefined) return set;
    const home = homedir();
    const config = environment('XDG_CONFIG_HOME', join(home, '.config'));
    const known: Readonly<Record<string, () => string>> = {
      home: () => home,
      appData: () => config,
      userData: () =>
        commandLine.getSwitchValue('user-data-dir') || join(this.getPath('appData'), this.getName()),
      sessionData: () => this.getPath('userData'),
      temp: () => tmpdir(),
      exe: () => process.execPath,
      module: () => process.execPath,
      desktop: () => join(home, 'Desktop'),
      documents: () => join(home, 'Documents'),
      downloads: () => join(home, 'Downloads'),
      music: () => join(home, 'Music'),
      pictures: () => join(home, 'Pictures'),
      videos: () => join(home, 'Videos'),
      logs: () => join(this.getPath('userData'), 'logs'),
      crashDumps: () => join(this.getPath('userData'), 'Crashpad'),
    };
    const path = known[name]?.();
    if (path === undefined) throw new Error(`Failed to get '${name}' path`);
    return path;
  }
  setPath(name: string, path: string): void {
    if (!isAbsolute(path)) throw new Error('Path must be absolute');
    mkdirSync(path, { recursive: true });
    this.#paths.set(name, path);
  }
  setAppLogsPath(path?: string): void {
    this.#paths.set('logs', path ?? join(this.getPath('userData'), 'logs'));
  }
  /** What Chromium reads where no desktop says otherwise: the variables of the environment. */
  resolveProxy(): Promise<string> {
    const named = process.env['https_proxy'] ?? process.env['HTTPS_PROXY'] ?? '';
    const url = URL.canParse(named) ? new URL(named) : null;
    if (url === null) return Promise.resolve('DIRECT');
    return Promise.resolve(
      `${url.protocol === 'https:' ? 'HTTPS' : 'PROXY'} ${url.hostname}:${url.port || '80'}`,
    );
  }
  getLocale(): string {
    return 'en-GB';
  }
  getSystemLocale(): string {
    return 'en-GB';
  }
  getLocaleCountryCode(): string {
    return 'GB';
  }
  getPreferredSystemLanguages(): string[] {
    return ['en-GB'];
  }

  requestSingleInstanceLock(additionalData?: unknown): boolean {
    return requestLock(this.getPath('userData'), additionalData, (second) => {
      this.emit(
        'second-instance',
        makeEvent({}),
        second.argv,
        second.workingDirectory,
        second.additionalData,
      );
    });
  }
  hasSingleInstanceLock(): boolean {
    return hasLock();
  }
  releaseSingleInstanceLock(): void {
    releaseLock();
  }

  enableSandbox(): void {
    if (shared.isReady) throw new Error('app.enableSandbox() can only be called before app is ready');
  }
  disableHardwareAcceleration(): void {
    if (shared.isReady)
      throw new Error('app.disableHardwareAcceleration() can only be called before app is ready');
  }
  disableDomainBlockingFor3DAPIs(): void {}
  setAppUserModelId(): void {}
  setDesktopName(): void {}
  setAboutPanelOptions(): void {}
  showAboutPanel(): void {}
  focus(): void {
    BrowserWindow.getAllWindows()[0]?.focus();
  }
  isAccessibilitySupportEnabled(): boolean {
    return this.accessibilitySupportEnabled;
  }
  setAccessibilitySupportEnabled(enabled: boolean): void {
    this.accessibilitySupportEnabled = enabled;
  }
  setAsDefaultProtocolClient(): boolean {
    return false;
  }
  isDefaultProtocolClient(): boolean {
    return false;
  }
  getLoginItemSettings(): { openAtLogin: boolean } {
    return { openAtLogin: false };
  }
  setLoginItemSettings(): void {}
  addRecentDocument(): void {}
  clearRecentDocuments(): void {}
  getGPUFeatureStatus(): Record<string, string> {
    return {};
  }
  getAppMetrics(): unknown[] {
    return [];
  }
}

export const app = new App() satisfies Pick<
  Real,
  | 'quit'
  | 'exit'
  | 'whenReady'
  | 'isReady'
  | 'getName'
  | 'setName'
  | 'getVersion'
  | 'getAppPath'
  | 'setPath'
  | 'hasSingleInstanceLock'
  | 'releaseSingleInstanceLock'
  | 'enableSandbox'
  | 'disableHardwareAcceleration'
  | 'isPackaged'
  | 'resolveProxy'
  | 'commandLine'
  | 'setAppUserModelId'
  | 'getLocale'
> &
  Record<'requestSingleInstanceLock' | 'getPath', unknown>;
