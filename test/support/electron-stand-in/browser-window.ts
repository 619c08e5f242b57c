// BrowserWindow: an own window on the screen with one page in it.
import { makeEvent, news, shared } from './state.ts';
import { WebContents } from './web-contents.ts';
import { WindowFrame, type Bounds } from './window-frame.ts';
import { WindowState } from './window-state.ts';
import type { BrowserWindowConstructorOptions } from 'electron';
import type { NativeImage } from './native-image.ts';

let lastId = 0;
const all = new Map<number, BrowserWindow>();
const byContents = new Map<WebContents, BrowserWindow>();

export class BrowserWindow extends WindowState {
  readonly id = ++lastId;
  readonly webContents: WebContents;
  protected readonly frame: WindowFrame;
  readonly #options: BrowserWindowConstructorOptions;
  #isClosed = false;
  #isClosing = false;

  constructor(options: BrowserWindowConstructorOptions = {}, existingTarget?: string) {
    super();
    if (!shared.isReady) throw new Error('Cannot create BrowserWindow before app is ready');
    this.#options = options;
    this.title = options.title ?? 'Electron';
    this.setMinimumSize(options.minWidth ?? 0, options.minHeight ?? 0);
    const [leastWidth, leastHeight] = this.getMinimumSize() as [number, number];
    const width = Math.max(options.width ?? 800, leastWidth);
    const height = Math.max(options.height ?? 600, leastHeight);
    const bounds: Bounds = {
      x: options.x ?? 40 + 24 * (this.id % 8),
      y: options.y ?? 20 + 24 * (this.id % 8),
      width,
      height,
    };
    this.webContents = new WebContents(options.webPreferences ?? {}, bounds, existingTarget);
    this.frame = new WindowFrame(this.webContents.page, this.webContents.opened, bounds);
    all.set(this.id, this);
    byContents.set(this.webContents, this);
    this.#watch();
    this.frame.isShown = options.show !== false;
    void this.frame.apply().catch(() => {});
    if (options.show !== false) setImmediate(() => this.focus());
    news.emit('browser-window', this);
  }

  #watch(): void {
    this.webContents.once('did-finish-load', () => {
      setTimeout(() => {
        if (this.#isClosed) return;
        this.emit('ready-to-show');
      }, 0);
    });
    this.webContents.on('page-title-updated', (_event, title: string, explicitSet: boolean) => {
      const event = makeEvent({});
      this.emit('page-title-updated', event, title, explicitSet);
      if (!event.defaultPrevented) this.title = title;
    });
    this.webContents.on('destroyed', () => this.#closed());
  }

  static getAllWindows(): BrowserWindow[] {
    return [...all.values()];
  }
  static getFocusedWindow(): BrowserWindow | null {
    return WebContents.focused === undefined ? null : (byContents.get(WebContents.focused) ?? null);
  }
  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return byContents.get(contents) ?? null;
  }
  static fromId(id: number): BrowserWindow | null {
    return all.get(id) ?? null;
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }
  loadFile(...parts: Parameters<WebContents['loadFile']>): Promise<void> {
    return this.webContents.loadFile(...parts);
  }
  reload(): void {
    this.webContents.reload();
  }

  show(): void {
    this.alive();
    const wasShown = this.frame.isShown;
    this.frame.show(true);
    if (!wasShown) this.emit('show');
    this.focus();
  }
  showInactive(): void {
    this.alive();
    this.frame.show(true);
    this.emit('show');
  }
  hide(): void {
    this.alive();
    if (!this.frame.isShown) return;
    this.blur();
    this.frame.show(false);
    this.emit('hide');
  }
  focus(): void {
    if (this.#isClosed || !this.frame.isShown || this.frame.state === 'minimized') return;
    const before = BrowserWindow.getFocusedWindow();
    if (before === this) return;
    before?.blur();
    WebContents.focused = this.webContents;
    const { page, opened } = this.webContents;
    void opened.then(() => {
      page.tell('Page.bringToFront');
      page.tell('Emulation.setFocusEmulationEnabled', { enabled: true });
    });
    this.emit('focus');
    this.webContents.emit('focus');
    news.emit('browser-window-focus', this);
  }
  blur(): void {
    if (BrowserWindow.getFocusedWindow() !== this) return;
    WebContents.focused = undefined;
    this.webContents.page.tell('Emulation.setFocusEmulationEnabled', { enabled: false });
    this.emit('blur');
    this.webContents.emit('blur');
    news.emit('browser-window-blur', this);
  }

  /** Asks first: `close` can be prevented, and so can the page's own beforeunload. */
  close(): void {
    if (this.#isClosed || this.#isClosing) return;
    const event = makeEvent({});
    this.emit('close', event);
    if (event.defaultPrevented) {
      news.emit('close-prevented', this);
      return;
    }
    this.#isClosing = true;
    this.webContents.once('will-prevent-unload', (unload: { defaultPrevented: boolean }) => {
      if (unload.defaultPrevented) return;
      this.#isClosing = false;
      news.emit('close-prevented', this);
    });
    const { page, opened } = this.webContents;
    void opened.then(() => page.tell('Page.close')).catch(() => this.destroy());
  }
  /** Asks nobody: neither `close` nor beforeunload, only `closed`. */
  destroy(): void {
    if (this.#isClosed) return;
    this.#isClosing = true;
    this.webContents.destroyPage();
  }
  #closed(): void {
    if (this.#isClosed) return;
    // Closed by its frame or from outside: the browser asks nobody, so that `close` comes too late to be prevented.
    if (!this.#isClosing) this.emit('close', makeEvent({}));
    this.#isClosed = true;
    if (WebContents.focused === this.webContents) WebContents.focused = undefined;
    all.delete(this.id);
    byContents.delete(this.webContents);
    this.emit('closed');
    news.emit('closed', this);
    if (all.size === 0) news.emit('all-closed');
  }
  protected alive(): void {
    if (this.#isClosed) throw new TypeError('Object has been destroyed');
  }

  isDestroyed(): boolean {
    return this.#isClosed;
  }
  isVisible(): boolean {
    this.alive();
    return this.frame.isShown;
  }
  isFocused(): boolean {
    return !this.#isClosed && BrowserWindow.getFocusedWindow() === this;
  }
  isModal(): boolean {
    return this.#options.modal === true;
  }
  getParentWindow(): unknown {
    return this.#options.parent ?? null;
  }
  getChildWindows(): BrowserWindow[] {
    return [...all.values()].filter((each) => each.getParentWindow() === this);
  }
  capturePage(): Promise<NativeImage> {
    return this.webContents.capturePage();
  }
  /** Chromium's windows have an order of their own here; only what Electron refuses is told. */
  moveAbove(mediaSourceId: string): void {
    const id = /^window:(\d+):\d+$/.exec(mediaSourceId)?.[1];
    if (!BrowserWindow.fromId(Number(id ?? 0))) throw new Error('Invalid media source id');
  }
  getMediaSourceId(): string {
    return `window:${String(this.id)}:0`;
  }
}
