// Navigation of one window: what the app asked for (`loadURL`, `reload`) passes, what the page wants is announced and
// can be refused; the events of loading in Electron's order.
import type { EventEmitter } from 'node:events';
import type { Fields } from './cdp.ts';
import { describeLoadError, toRejection, type LoadError } from './net-errors.ts';
import type { Page } from './page.ts';
import { toAppUrl, toBrowserUrl } from './schemes.ts';
import { makeEvent } from './state.ts';
import type { WebFrameMain } from './web-frame-main.ts';

type Contents = EventEmitter & { readonly opened: Promise<void> };
type Waiting = {
  readonly url: string;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
};

const withoutHash = (url: string): string => url.replace(/#.*$/s, '');
/** The browser writes an address in its own way: both sides of a comparison go through it. */
const normal = (url: string): string => withoutHash(URL.canParse(url) ? new URL(url).href : url);

export class Loading {
  readonly #contents: Contents;
  readonly #page: Page;
  readonly #expected: string[] = [];
  #waiting: Waiting | undefined;
  #failure: string | undefined;
  #isErrorPage = false;
  isLoading = false;

  constructor(contents: Contents, page: Page) {
    this.#contents = contents;
    this.#page = page;
    page.on('navigating', (params: Fields) => this.#started(params));
    page.on('committed', (frame: WebFrameMain) => this.#committed(frame));
    page.on('moved', (frame: WebFrameMain) => {
      const isMain = frame === page.mainFrame;
      contents.emit(
        'did-navigate-in-page',
        makeEvent({}),
        frame.url,
        isMain,
        frame.processId,
        frame.routingId,
      );
      if (isMain) this.#settle();
    });
    page.on('frame-attached', (frame: WebFrameMain) =>
      contents.emit('frame-created', makeEvent({}), { frame }),
    );
    page.on('started', () => {
      this.isLoading = true;
      contents.emit('did-start-loading');
    });
    page.on('stopped', () => {
      this.isLoading = false;
      contents.emit('did-stop-loading');
    });
    page.on('dom-ready', () => {
      contents.emit('dom-ready', makeEvent({}));
      page.mainFrame?.emit('dom-ready');
    });
    page.on('loaded', () => this.#loaded());
    page.on('gone', () =>
      this.#waiting?.reject(toRejection(describeLoadError('ERR_FAILED', this.#waiting.url))),
    );
  }

  load(url: string): Promise<void> {
    this.#waiting?.reject(toRejection(describeLoadError('ERR_ABORTED', this.#waiting.url)));
    const done = new Promise<void>((resolve, reject) => {
      this.#waiting = { url, resolve, reject };
    });
    // As in Electron: a caller that does not wait is not brought down by a load that fails.
    done.catch(() => {});
    const waiting = this.#waiting;
    this.#navigate(url).catch((error: unknown) => waiting?.reject(error as Error));
    return done;
  }

  async #navigate(url: string): Promise<void> {
    const waiting = this.#waiting;
    await this.#contents.opened;
    // A crashed page answers nothing before it has a new one; the browser kept its scripts.
    if (!this.#page.isCrashed) await this.#page.refreshScripts();
    if (this.#waiting !== waiting) return;
    this.#failure = undefined;
    const address = toBrowserUrl(url);
    this.#expected.push(normal(address));
    const { errorText, loaderId } = await this.#page.send('Page.navigate', { url: address });
    // Another load has taken over: what became of this one is settled already.
    if (this.#waiting !== waiting) return;
    if (errorText !== undefined && errorText !== '') this.#fail(String(errorText), url);
    else if (loaderId === undefined) this.#settle();
  }

  reload(ignoreCache: boolean): void {
    void this.#contents.opened
      .then(() => (this.#page.isCrashed ? undefined : this.#page.refreshScripts()))
      .then(() => {
        this.#expected.push(normal(toBrowserUrl(this.#page.mainFrame?.url ?? '')));
        this.#page.tell('Page.reload', { ignoreCache });
      });
  }

  /** Waits until a page is there and no load is under way. */
  async settled(): Promise<void> {
    await this.#contents.opened;
    if (this.#page.mainFrame?.mainContext !== undefined && !this.isLoading && this.#waiting === undefined)
      return;
    await new Promise<void>((resolve) => this.#contents.once('did-stop-loading', () => resolve()));
  }

  mayNavigate(frameId: string, url: string, isRedirect: boolean): boolean {
    const isMainFrame = frameId === this.#page.targetId;
    const frame = this.#page.frames.get(frameId);
    const event = makeEvent({
      url,
      isSameDocument: false,
      isMainFrame,
      frame: frame ?? null,
      initiator: frame ?? null,
    });
    const rest = [url, false, isMainFrame, frame?.processId, frame?.routingId];
    if (isRedirect) {
      this.#contents.emit('will-redirect', event, ...rest);
      return !event.defaultPrevented;
    }
    const expected = this.#expected.indexOf(normal(toBrowserUrl(url)));
    if (isMainFrame && expected >= 0) {
      this.#expected.splice(expected, 1);
      return true;
    }
    this.#contents.emit('will-frame-navigate', event);
    if (isMainFrame && !event.defaultPrevented) this.#contents.emit('will-navigate', event, ...rest);
    return !event.defaultPrevented;
  }

  /** A failure that Chromium will call by another name than Electron would. */
  noteFailure(frameId: string, error: string): void {
    if (frameId === this.#page.targetId) this.#failure = error;
  }

  #started({ frameId, url, navigationType }: Fields): void {
    const frame = this.#page.frames.get(String(frameId));
    const isMainFrame = frameId === this.#page.targetId;
    const isSameDocument = navigationType === 'sameDocument';
    const address = toAppUrl(String(url));
    const event = makeEvent({ url: address, isSameDocument, isMainFrame, frame: frame ?? null });
    this.#contents.emit(
      'did-start-navigation',
      event,
      address,
      isSameDocument,
      isMainFrame,
      frame?.processId,
      frame?.routingId,
    );
  }

  #committed(frame: WebFrameMain): void {
    const isMain = frame.frameId === this.#page.targetId;
    if (isMain) this.#isErrorPage = frame.isErrorPage;
    if (frame.isErrorPage) return;
    this.#contents.emit(
      'did-frame-navigate',
      makeEvent({}),
      frame.url,
      200,
      'OK',
      isMain,
      frame.processId,
      frame.routingId,
    );
    if (isMain) this.#contents.emit('did-navigate', makeEvent({}), frame.url, 200, 'OK');
  }

  #loaded(): void {
    const frame = this.#page.mainFrame;
    if (!frame || this.#isErrorPage || (frame.url === '' && this.#waiting !== undefined)) return;
    this.#contents.emit('did-frame-finish-load', makeEvent({}), true, frame.processId, frame.routingId);
    this.#contents.emit('did-finish-load');
    this.#settle();
  }

  #fail(text: string, url: string): void {
    const error: LoadError = describeLoadError(this.#failure ?? text, url);
    this.#contents.emit('did-fail-load', makeEvent({}), error.errorCode, error.errorDescription, url, true);
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.reject(toRejection(error));
  }

  #settle(): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.resolve();
  }
}
