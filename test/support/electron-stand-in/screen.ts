// screen: the one screen of the X display.
import { EventEmitter } from 'node:events';
import { news } from './state.ts';
import { xConnection } from './x-selection.ts';
import type { Screen as Real } from 'electron';

const fallback = { width: 1600, height: 1000 };

class Screen extends EventEmitter {
  #size = fallback;

  constructor() {
    super();
    news.once('before-ready', (wait: (work: Promise<unknown>) => void) => wait(this.#measure()));
  }
  async #measure(): Promise<void> {
    const x = await xConnection().catch(() => undefined);
    if (x) this.#size = { width: x.screen.width, height: x.screen.height };
  }

  getPrimaryDisplay() {
    const bounds = { x: 0, y: 0, ...this.#size };
    return {
      id: 1,
      label: 'X display',
      bounds,
      workArea: { ...bounds },
      size: { ...this.#size },
      workAreaSize: { ...this.#size },
      scaleFactor: 1,
      rotation: 0,
      internal: false,
      colorDepth: 24,
      depthPerComponent: 8,
      displayFrequency: 60,
      monochrome: false,
      detected: true,
      nativeOrigin: { x: 0, y: 0 },
      colorSpace: '{primaries:BT709, transfer:SRGB, matrix:RGB, range:FULL}',
      accelerometerSupport: 'unknown' as const,
      touchSupport: 'unknown' as const,
      maximumCursorSize: { width: 0, height: 0 },
    };
  }
  getAllDisplays() {
    return [this.getPrimaryDisplay()];
  }
  getDisplayNearestPoint() {
    return this.getPrimaryDisplay();
  }
  getDisplayMatching() {
    return this.getPrimaryDisplay();
  }
  getCursorScreenPoint(): { x: number; y: number } {
    return { x: 0, y: 0 };
  }
}

export const screen = new Screen() satisfies Pick<
  Real,
  | 'getPrimaryDisplay'
  | 'getAllDisplays'
  | 'getDisplayNearestPoint'
  | 'getDisplayMatching'
  | 'getCursorScreenPoint'
>;
