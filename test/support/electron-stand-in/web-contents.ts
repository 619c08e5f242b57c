// webContents: the page of a window as the app sees it. Loading and its events are in loading.ts.
import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import { readFileSync } from 'node:fs';
import type { Fields } from './cdp.ts';
import { cloneCodec } from './clone-codec.ts';
import { ContentsBasics } from './contents-basics.ts';
import { closeTarget } from './close-target.ts';
import { dispatchInvoke, dispatchPorts, dispatchSend, dispatchSync } from './ipc-dispatch.ts';
import { IpcMainStandIn } from './ipc-main.ts';
import { Loading } from './loading.ts';
import type { MessagePortMain } from './message-port.ts';
import { NativeImage } from './native-image.ts';
import { gates } from './network.ts';
import { Page, type PageBounds, type PageMessage } from './page.ts';
import { toAppUrl } from './schemes.ts';
import { fromPartition, type Session } from './session.ts';
import { facts, makeEvent, news, notEmulated } from './state.ts';
import { SyncCalls } from './sync-calls.ts';
import { WebFrameMain } from './web-frame-main.ts';
import type { WebPreferences, WindowOpenHandlerResponse } from 'electron';

export type OpenHandler = (details: Fields) => WindowOpenHandlerResponse;
type LoadOptions = {
  readonly query?: Record<string, string>;
  readonly search?: string;
  readonly hash?: string;
};

let lastId = 0;
const all = new Map<number, WebContents>();

const readText = (file: string | undefined): string => {
  try {
    return file === undefined ? '' : readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

export class WebContents extends ContentsBasics {
  readonly id = ++lastId;
  readonly ipc = new IpcMainStandIn();
  readonly session: Session;
  readonly page: Page;
  readonly loading: Loading;
  readonly preferences: WebPreferences;
  /** Settled once the browser has the page; everything that needs it waits here. */
  readonly opened: Promise<void>;
  readonly #sync: SyncCalls;
  #openHandler: OpenHandler | undefined;
  #isDestroyed = false;
  #title = '';
  #placeholder: WebFrameMain | undefined;

  constructor(preferences: WebPreferences, bounds: PageBounds, existingTarget?: string) {
    super();
    if (preferences.contextIsolation === false) notEmulated('contextIsolation: false');
    if (preferences.nodeIntegration === true) notEmulated('nodeIntegration: true');
    this.preferences = preferences;
    this.session =
      (preferences.session as unknown as Session | undefined) ?? fromPartition(preferences.partition ?? '');
    this.page = new Page({
      preload: preferences.preload,
      inSubFrames: preferences.nodeIntegrationInSubFrames === true,
      disableDialogs: preferences.disableDialogs === true,
      arguments: preferences.additionalArguments ?? [],
      usesSync: readText(preferences.preload).includes('sendSync'),
    });
    this.#sync = new SyncCalls(this.page);
    this.loading = new Loading(this, this.page);
    gates.set(this.page, {
      id: this.id,
      session: this.session,
      mayNavigate: (frameId, url, isRedirect) => this.loading.mayNavigate(frameId, url, isRedirect),
      failLoad: (frameId, error) => this.loading.noteFailure(frameId, error),
    });
    this.#watch();
    all.set(this.id, this);
    this.opened = existingTarget === undefined ? this.#open(bounds) : this.page.attach(existingTarget);
    this.opened.catch(() => {});
    news.emit('web-contents', this);
  }

  async #open(bounds: PageBounds): Promise<void> {
    const context = await this.session.contextId();
    await this.page.open(context, bounds);
  }

  #watch(): void {
    this.page.on('message', (frame: WebFrameMain, message: PageMessage) => this.#receive(frame, message));
    this.page.on('preload-error', (error: Error) => {
      console.error(`Unable to load preload script: ${this.preferences.preload ?? ''}`, error);
      this.emit('preload-error', makeEvent({}), this.preferences.preload, error);
    });
    this.page.on('crashed', () => {
      this.emit('render-process-gone', makeEvent({}), { reason: 'crashed', exitCode: 11 });
    });
    this.page.on('console', (params: Fields) => {
      const parts = (params['args'] as Fields[]).map((part) =>
        String(part['value'] ?? part['description'] ?? ''),
      );
      const level = { error: 'error', warning: 'warning', debug: 'debug' }[String(params['type'])] ?? 'info';
      this.emit(
        'console-message',
        makeEvent({ level, message: parts.join(' '), lineNumber: 0, sourceId: '' }),
      );
    });
    this.page.on('dialog', (params: Fields) => {
      // Nobody is there to press a button of the page's own dialogs.
      if (params['type'] !== 'beforeunload') {
        this.page.tell('Page.handleJavaScriptDialog', { accept: false });
        return;
      }
      const event = makeEvent({});
      this.emit('will-prevent-unload', event);
      this.page.tell('Page.handleJavaScriptDialog', { accept: event.defaultPrevented });
    });
    this.page.on('gone', () => {
      this.#isDestroyed = true;
      all.delete(this.id);
      this.emit('destroyed');
    });
  }

  #receive(frame: WebFrameMain, message: PageMessage): void {
    const channel = String(message['channel']);
    const data = String(message['data']);
    const receivers: Record<string, () => void> = {
      send: () => dispatchSend(this, frame, channel, data),
      sync: () =>
        this.#sync.begin(Number(message['id']), (reply) =>
          dispatchSync(this, frame, { channel, data }, reply),
        ),
      invoke: () =>
        void dispatchInvoke(this, frame, channel, data).then((answer) =>
          this.page.deliver(frame, { t: 'reply', id: message['id'] as unknown, ...answer }),
        ),
      ports: () => {
        const ports = this.page.adoptPorts(frame, message['ports'] as number[]);
        dispatchPorts(this, frame, { channel, data, ports });
      },
      open: () => this.#openWindow(message),
      close: () => news.emit('close-request', this),
      key: () => this.emit('before-input-event', makeEvent({}), message['input']),
      'key-left': () => news.emit('accelerator', this, message['input']),
      title: () => this.setTitleFromPage(String(message['title'])),
      permission: () => news.emit('permission', this, frame, message),
      'preload-error': () =>
        this.emit('preload-error', makeEvent({}), this.preferences.preload, cloneCodec.decode(data)),
    };
    receivers[message.t]?.();
  }

  #openWindow(message: Fields): void {
    const details = {
      url: toAppUrl(String(message['url'])),
      frameName: String(message['name']),
      features: String(message['features']),
      disposition: String(message['features']) === '' ? 'foreground-tab' : 'new-window',
      referrer: { url: '', policy: 'strict-origin-when-cross-origin' },
    };
    const options = this.mayOpen(details);
    if (options !== undefined) news.emit('open-window', this, details, options);
  }

  /** The window-open handler's word: undefined means no. */
  mayOpen(details: Fields): Fields | undefined {
    if (!this.#openHandler) return {};
    const answer = this.#openHandler(details) as Fields | null;
    return answer?.['action'] === 'allow'
      ? ((answer['overrideBrowserWindowOptions'] as Fields | undefined) ?? {})
      : undefined;
  }

  get mainFrame(): WebFrameMain {
    const frame = this.page.mainFrame;
    if (frame) return frame;
    this.#placeholder ??= new WebFrameMain(
      this.page,
      { id: `pending-${String(this.id)}`, loaderId: '', url: '' },
      0,
    );
    return this.#placeholder;
  }

  loadURL(url: string): Promise<void> {
    return this.loading.load(url);
  }
  loadFile(file: string, options: LoadOptions = {}): Promise<void> {
    const url = pathToFileURL(resolve(facts().appPath, file));
    if (options.query) url.search = new URLSearchParams(options.query).toString();
    if (options.search !== undefined) url.search = options.search;
    if (options.hash !== undefined) url.hash = options.hash;
    return this.loading.load(url.href);
  }
  reload(): void {
    this.loading.reload(false);
  }
  reloadIgnoringCache(): void {
    this.loading.reload(true);
  }
  stop(): void {
    this.page.tell('Page.stopLoading');
  }
  getURL(): string {
    return this.page.mainFrame?.url ?? '';
  }
  getTitle(): string {
    return this.#title;
  }
  setTitleFromPage(title: string): void {
    if (title === this.#title) return;
    this.#title = title;
    this.emit('page-title-updated', makeEvent({}), title, true);
  }
  isLoading(): boolean {
    return this.loading.isLoading;
  }
  isLoadingMainFrame(): boolean {
    return this.loading.isLoading;
  }
  isDestroyed(): boolean {
    return this.#isDestroyed;
  }
  isCrashed(): boolean {
    return this.page.isCrashed;
  }
  getProcessId(): number {
    return this.mainFrame.processId;
  }
  getOSProcessId(): number {
    return this.mainFrame.osProcessId;
  }
  send(channel: string, ...parts: unknown[]): void {
    this.mainFrame.send(channel, ...parts);
  }
  postMessage(channel: string, message: unknown, transfer?: readonly MessagePortMain[]): void {
    this.mainFrame.postMessage(channel, message, transfer);
  }
  sendToFrame(frame: number | [number, number], channel: string, ...parts: unknown[]): boolean {
    const [processId, routingId] = typeof frame === 'number' ? [this.mainFrame.processId, frame] : frame;
    const found = WebFrameMain.fromId(processId, routingId);
    found?.send(channel, ...parts);
    return found !== undefined;
  }
  async executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    await this.loading.settled();
    return this.mainFrame.executeJavaScript(code, userGesture);
  }
  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }
  forcefullyCrashRenderer(): void {
    void this.opened.then(() => this.page.tell('Page.crash'));
  }
  focus(): void {
    news.emit('focus-request', this);
  }
  isFocused(): boolean {
    return WebContents.focused === this;
  }
  static focused: WebContents | undefined;

  async capturePage(): Promise<NativeImage> {
    await this.opened;
    const { data } = await this.page.send('Page.captureScreenshot', { format: 'png' });
    return NativeImage.fromPng(Buffer.from(String(data), 'base64'));
  }
  async printToPDF(options: Fields = {}): Promise<Buffer> {
    const { data } = await this.page.send('Page.printToPDF', {
      printBackground: options['printBackground'] === true,
    });
    return Buffer.from(String(data), 'base64');
  }
  setUserAgent(userAgent: string): void {
    void this.opened.then(() => this.page.tell('Emulation.setUserAgentOverride', { userAgent }));
  }
  insertText(text: string): Promise<void> {
    return this.page.send('Input.insertText', { text }).then(() => {});
  }
  async insertCSS(css: string): Promise<string> {
    const code = `{ const style = new CSSStyleSheet(); style.replaceSync(${JSON.stringify(css)}); document.adoptedStyleSheets.push(style); }`;
    await this.executeJavaScript(code);
    return String(this.id);
  }
  close(): void {
    news.emit('close-request', this);
  }
  destroyPage(): void {
    void this.opened.then(() => closeTarget(this.page.targetId, this.page.sessionId)).catch(() => {});
    this.page.end();
  }
}

export const webContents = {
  getAllWebContents: (): WebContents[] => [...all.values()],
  getFocusedWebContents: (): WebContents | null => WebContents.focused ?? null,
  fromId: (id: number): WebContents | undefined => all.get(id),
  fromFrame: (frame: WebFrameMain): WebContents | undefined =>
    [...all.values()].find((contents) => contents.page.frames.get(frame.frameId) === frame),
};
