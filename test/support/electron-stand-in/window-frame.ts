// The window around a page on the screen: where it is, how big, shown or not. A hidden window is kept beyond the edge of
// the screen, since a browser has no other way to have one.
import type { Page } from './page.ts';
import { cdp } from './state.ts';

export type Bounds = { x: number; y: number; width: number; height: number };

const outOfSight = { left: -30_000, top: -30_000 };

export class WindowFrame {
  readonly #page: Page;
  readonly #ready: Promise<void>;
  #bounds: Bounds;
  #windowId = 0;
  /** What the browser's own bars take from the window. */
  #chrome = { width: 0, height: 0 };
  isShown = false;
  state: 'normal' | 'minimized' | 'maximized' | 'fullscreen' = 'normal';

  constructor(page: Page, opened: Promise<void>, bounds: Bounds) {
    this.#page = page;
    this.#bounds = bounds;
    this.#ready = opened.then(() => this.#measure());
    this.#ready.catch(() => {});
  }

  get bounds(): Bounds {
    return { ...this.#bounds };
  }

  async #measure(): Promise<void> {
    const found = await cdp().send('Browser.getWindowForTarget', { targetId: this.#page.targetId });
    this.#windowId = Number(found['windowId']);
    const outer = found['bounds'] as { width: number; height: number };
    const { cssLayoutViewport } = await this.#page.send('Page.getLayoutMetrics');
    const inner = cssLayoutViewport as { clientWidth: number; clientHeight: number };
    this.#chrome = { width: outer.width - inner.clientWidth, height: outer.height - inner.clientHeight };
  }

  /** Brings the real window to what is wanted now. */
  async apply(): Promise<void> {
    await this.#ready;
    if (this.#page.isGone) return;
    const { x, y, width, height } = this.#bounds;
    const place = this.isShown && this.state !== 'minimized' ? { left: x, top: y } : outOfSight;
    const bounds = { ...place, width: width + this.#chrome.width, height: height + this.#chrome.height };
    await cdp().send('Browser.setWindowBounds', { windowId: this.#windowId, bounds });
    if (this.state !== 'normal' && this.state !== 'minimized' && this.isShown) {
      await cdp().send('Browser.setWindowBounds', {
        windowId: this.#windowId,
        bounds: { windowState: this.state },
      });
    }
  }

  set(bounds: Partial<Bounds>): void {
    this.#bounds = { ...this.#bounds, ...bounds };
    this.#settle();
  }
  show(isShown: boolean): void {
    this.isShown = isShown;
    this.#settle();
  }
  change(state: WindowFrame['state']): void {
    const before = this.state;
    this.state = state;
    if (before === 'maximized' || before === 'fullscreen') {
      void this.#ready.then(() =>
        cdp().tell('Browser.setWindowBounds', {
          windowId: this.#windowId,
          bounds: { windowState: 'normal' },
        }),
      );
    }
    this.#settle();
  }
  #settle(): void {
    this.apply().catch(() => {});
  }
}
