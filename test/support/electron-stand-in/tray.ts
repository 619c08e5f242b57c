// Tray: kept, not drawn: a display without a panel has no tray, and Electron too draws nothing there.
import { EventEmitter } from 'node:events';
import type { Menu } from './menu.ts';

export class Tray extends EventEmitter {
  #isDestroyed = false;
  #title = '';
  #menu: Menu | null = null;

  constructor(image: unknown) {
    super();
    if (image === undefined) throw new TypeError('Tray needs an image');
  }
  setImage(): void {}
  setPressedImage(): void {}
  setToolTip(): void {}
  setTitle(title: string): void {
    this.#title = title;
  }
  getTitle(): string {
    return this.#title;
  }
  setContextMenu(menu: Menu | null): void {
    this.#menu = menu;
  }
  popUpContextMenu(menu?: Menu): void {
    (menu ?? this.#menu)?.popup();
  }
  closeContextMenu(): void {
    this.#menu?.closePopup();
  }
  setIgnoreDoubleClickEvents(): void {}
  getBounds(): { x: number; y: number; width: number; height: number } {
    return { x: 0, y: 0, width: 0, height: 0 };
  }
  isDestroyed(): boolean {
    return this.#isDestroyed;
  }
  destroy(): void {
    this.#isDestroyed = true;
    this.#menu = null;
    this.removeAllListeners();
  }
}
