// What a window remembers and answers about itself: place, size, title and the like. BrowserWindow adds the page and
// the life.
import { EventEmitter } from 'node:events';
import type { Bounds, WindowFrame } from './window-frame.ts';

type Size = readonly [number, number];

export abstract class WindowState extends EventEmitter {
  protected abstract readonly frame: WindowFrame;
  protected abstract alive(): void;
  abstract focus(): void;
  abstract blur(): void;
  title = 'Electron';
  #minimumSize: Size = [0, 0];
  #maximumSize: Size = [0, 0];
  #isContentProtected = false;
  #isMenuBarVisible = true;
  #isAlwaysOnTop = false;
  #isResizable = true;
  #menu: unknown;

  isMinimized(): boolean {
    return this.frame.state === 'minimized';
  }
  isMaximized(): boolean {
    return this.frame.state === 'maximized';
  }
  isFullScreen(): boolean {
    return this.frame.state === 'fullscreen';
  }
  isNormal(): boolean {
    return this.frame.state === 'normal';
  }
  minimize(): void {
    this.alive();
    this.blur();
    this.frame.change('minimized');
    this.emit('minimize');
  }
  maximize(): void {
    this.alive();
    this.frame.change('maximized');
    this.emit('maximize');
  }
  unmaximize(): void {
    this.frame.change('normal');
    this.emit('unmaximize');
  }
  restore(): void {
    this.alive();
    this.frame.change('normal');
    this.emit('restore');
    this.focus();
  }
  setFullScreen(flag: boolean): void {
    this.frame.change(flag ? 'fullscreen' : 'normal');
    this.emit(flag ? 'enter-full-screen' : 'leave-full-screen');
  }
  getBounds(): Bounds {
    this.alive();
    return this.frame.bounds;
  }
  getNormalBounds(): Bounds {
    return this.frame.bounds;
  }
  getContentBounds(): Bounds {
    return this.frame.bounds;
  }
  setBounds(bounds: Partial<Bounds>): void {
    this.alive();
    const before = this.frame.bounds;
    const width = Math.max(bounds.width ?? before.width, this.#minimumSize[0]);
    const height = Math.max(bounds.height ?? before.height, this.#minimumSize[1]);
    this.frame.set({ ...bounds, width, height });
    if (before.width !== width || before.height !== height) this.emit('resize');
    if (before.x !== this.frame.bounds.x || before.y !== this.frame.bounds.y) this.emit('move');
  }
  getSize(): number[] {
    return [this.frame.bounds.width, this.frame.bounds.height];
  }
  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }
  getContentSize(): number[] {
    return this.getSize();
  }
  setContentSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }
  getPosition(): number[] {
    return [this.frame.bounds.x, this.frame.bounds.y];
  }
  setPosition(x: number, y: number): void {
    this.setBounds({ x, y });
  }
  center(): void {}
  setMinimumSize(width: number, height: number): void {
    this.#minimumSize = [width, height];
  }
  getMinimumSize(): number[] {
    return [...this.#minimumSize];
  }
  setMaximumSize(width: number, height: number): void {
    this.#maximumSize = [width, height];
  }
  getMaximumSize(): number[] {
    return [...this.#maximumSize];
  }
  setTitle(title: string): void {
    this.alive();
    this.title = title;
  }
  getTitle(): string {
    this.alive();
    return this.title;
  }
  setResizable(resizable: boolean): void {
    this.#isResizable = resizable;
  }
  isResizable(): boolean {
    return this.#isResizable;
  }
  setAlwaysOnTop(flag: boolean): void {
    this.#isAlwaysOnTop = flag;
  }
  isAlwaysOnTop(): boolean {
    return this.#isAlwaysOnTop;
  }
  /** Electron keeps it and does nothing on Linux. */
  setContentProtection(enable: boolean): void {
    this.#isContentProtected = enable;
  }
  isContentProtected(): boolean {
    return this.#isContentProtected;
  }
  setMenu(menu: unknown): void {
    this.#menu = menu;
  }
  removeMenu(): void {
    this.#menu = null;
  }
  /** Not Electron's: the window's own menu, for accelerators. */
  get standInMenu(): unknown {
    return this.#menu;
  }
  setMenuBarVisibility(visible: boolean): void {
    this.#isMenuBarVisible = visible;
  }
  isMenuBarVisible(): boolean {
    return this.#isMenuBarVisible;
  }
  setAutoHideMenuBar(hide: boolean): void {
    this.#isMenuBarVisible = !hide;
  }
  setBackgroundColor(): void {}
  setIcon(): void {}
  setSkipTaskbar(): void {}
  setProgressBar(): void {}
  flashFrame(): void {}
  setVisibleOnAllWorkspaces(): void {}
}
