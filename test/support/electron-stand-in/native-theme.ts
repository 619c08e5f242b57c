// nativeTheme: what the app chooses, else what the system says (here: an environment variable), is what every page's
// `prefers-color-scheme` answers.
import { EventEmitter } from 'node:events';
import type { Page } from './page.ts';
import { news } from './state.ts';
import { webContents } from './web-contents.ts';
import type { NativeTheme as Real } from 'electron';

type Source = 'system' | 'light' | 'dark';

class NativeTheme extends EventEmitter {
  readonly inForcedColorsMode = false;
  readonly prefersReducedTransparency = false;
  readonly shouldDifferentiateWithoutColor = false;
  readonly shouldUseHighContrastColors = false;
  readonly shouldUseInvertedColorScheme = false;
  #source: Source = 'system';
  #system: 'light' | 'dark' = process.env['KEYTURN_STAND_IN_COLOR_SCHEME'] === 'dark' ? 'dark' : 'light';

  constructor() {
    super();
    news.on('page-attached', (page: Page) => this.#apply(page));
  }

  get themeSource(): Source {
    return this.#source;
  }
  set themeSource(source: Source) {
    if (!['system', 'light', 'dark'].includes(source)) throw new TypeError(`Invalid themeSource: ${source}`);
    const before = this.shouldUseDarkColors;
    this.#source = source;
    this.#changed(before);
  }
  get shouldUseDarkColors(): boolean {
    return (this.#source === 'system' ? this.#system : this.#source) === 'dark';
  }
  get shouldUseDarkColorsForSystemIntegratedUI(): boolean {
    return this.#system === 'dark';
  }
  /** Not Electron's: the system changes its mind. */
  standInSystem(scheme: 'light' | 'dark'): void {
    const before = this.shouldUseDarkColors;
    this.#system = scheme;
    this.#changed(before);
  }

  #changed(before: boolean): void {
    for (const contents of webContents.getAllWebContents()) this.#apply(contents.page);
    if (before !== this.shouldUseDarkColors) setImmediate(() => this.emit('updated'));
  }
  #apply(page: Page): void {
    const value = this.shouldUseDarkColors ? 'dark' : 'light';
    page.tell('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] });
  }
}

export const nativeTheme = new NativeTheme() satisfies Pick<
  Real,
  | 'themeSource'
  | 'shouldUseDarkColors'
  | 'shouldUseDarkColorsForSystemIntegratedUI'
  | 'shouldUseHighContrastColors'
  | 'inForcedColorsMode'
  | 'prefersReducedTransparency'
>;
