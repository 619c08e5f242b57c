// Menu and MenuItem: kept, searched, clicked and reached by their accelerators. Nothing is drawn.
import { EventEmitter } from 'node:events';
import { matchesAccelerator, parseAccelerator, type KeyInput } from './accelerator.ts';
import { app } from './app.ts';
import { BrowserWindow } from './browser-window.ts';
import { roleOf, submenuOf } from './menu-roles.ts';
import { makeEvent, news } from './state.ts';
import type { WebContents } from './web-contents.ts';
import type { MenuItemConstructorOptions } from 'electron';

type Options = Omit<MenuItemConstructorOptions, 'submenu' | 'click'> & {
  readonly submenu?: readonly Options[] | Menu;
  readonly click?: (item: MenuItem, window: BrowserWindow | undefined, event: object) => void;
};

let lastCommandId = 0;

const defaults = {
  id: '',
  sublabel: '',
  toolTip: '',
  enabled: true,
  visible: true,
  checked: false,
  registerAccelerator: true,
  acceleratorWorksWhenHidden: true,
};
/** An option that is there but undefined counts as not given. */
const defined = (options: Options): Options =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));

export class MenuItem {
  readonly id: string;
  readonly type: string;
  readonly role: string | undefined;
  readonly accelerator: string | null;
  readonly submenu: Menu | undefined;
  readonly commandId = ++lastCommandId;
  readonly registerAccelerator: boolean;
  readonly acceleratorWorksWhenHidden: boolean;
  label: string;
  sublabel: string;
  toolTip: string;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  menu: Menu | undefined;
  readonly click: (event?: object, window?: BrowserWindow | null) => void;

  constructor(options: Options) {
    const role = roleOf(options.role);
    const preset = submenuOf(options.role);
    const all = { ...defaults, label: role?.label ?? preset?.label ?? '', ...defined(options) };
    const submenu = options.submenu ?? (preset?.items as readonly Options[] | undefined);
    this.submenu =
      submenu === undefined || submenu instanceof Menu ? submenu : Menu.buildFromTemplate(submenu);
    this.role = options.role?.toLowerCase();
    this.type = options.type ?? (this.submenu === undefined ? 'normal' : 'submenu');
    if (this.type === 'submenu' && this.submenu === undefined) throw new Error('Invalid submenu');
    this.label = all.label;
    this.id = all.id;
    this.accelerator = options.accelerator ?? role?.accelerator ?? null;
    this.registerAccelerator = all.registerAccelerator;
    this.acceleratorWorksWhenHidden = all.acceleratorWorksWhenHidden;
    this.sublabel = all.sublabel;
    this.toolTip = all.toolTip;
    this.enabled = all.enabled;
    this.visible = all.visible;
    this.checked = all.checked;
    this.click = (event = {}, window = BrowserWindow.getFocusedWindow()) => {
      if (!this.enabled) return;
      if (this.type === 'checkbox') this.checked = !this.checked;
      if (this.type === 'radio') this.#choose();
      if (role?.act) role.act(window);
      else options.click?.(this, window ?? undefined, event);
    };
  }

  #choose(): void {
    for (const item of this.menu?.items ?? []) if (item.type === 'radio') item.checked = item === this;
  }
}

export class Menu extends EventEmitter {
  readonly items: MenuItem[] = [];

  static buildFromTemplate(template: readonly (Options | MenuItem)[]): Menu {
    if (!Array.isArray(template))
      throw new TypeError('Invalid template for Menu: Menu template must be an array');
    const menu = new Menu();
    for (const entry of template) {
      const isItem = entry instanceof MenuItem;
      if (!isItem && entry.label === undefined && entry.role === undefined && entry.type !== 'separator') {
        throw new TypeError('Invalid template for MenuItem: must have at least one of label, role or type');
      }
      menu.append(isItem ? entry : new MenuItem(entry));
    }
    return menu;
  }
  static getApplicationMenu(): Menu | null {
    return app.applicationMenu as Menu | null;
  }
  static setApplicationMenu(menu: Menu | null): void {
    app.applicationMenu = menu;
  }
  static sendActionToFirstResponder(): void {}

  append(item: MenuItem): void {
    this.insert(this.items.length, item);
  }
  insert(position: number, item: MenuItem): void {
    this.items.splice(position, 0, item);
    Object.assign(item, { menu: this });
  }
  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }
  popup(options: { readonly callback?: () => void } = {}): void {
    this.emit('menu-will-show', makeEvent({}));
    Menu.shown = { menu: this, close: options.callback };
  }
  closePopup(): void {
    if (Menu.shown?.menu !== this) return;
    const { close } = Menu.shown;
    Menu.shown = undefined;
    this.emit('menu-will-close', makeEvent({}));
    close?.();
  }
  /** Not Electron's: the menu that would be on the screen now. */
  static shown: { readonly menu: Menu; readonly close: (() => void) | undefined } | undefined;
}

const findByKey = (menu: Menu, input: KeyInput): MenuItem | undefined => {
  for (const item of menu.items) {
    const nested = item.submenu && findByKey(item.submenu, input);
    if (nested) return nested;
    const accelerator = item.accelerator === null ? undefined : parseAccelerator(item.accelerator);
    const canFire =
      item.enabled && item.registerAccelerator && (item.visible || item.acceleratorWorksWhenHidden);
    if (canFire && accelerator && matchesAccelerator(accelerator, input)) return item;
  }
  return undefined;
};

/** The browser does these by itself when the keys are pressed: doing them again would do them twice. */
const doneByThePage = new Set([
  'undo',
  'redo',
  'cut',
  'copy',
  'paste',
  'delete',
  'selectall',
  'resetzoom',
  'zoomin',
  'zoomout',
]);

news.on('accelerator', (contents: WebContents, input: KeyInput) => {
  const window = BrowserWindow.fromWebContents(contents);
  const own = window?.standInMenu;
  const menu = (own === undefined ? app.applicationMenu : own) as Menu | null;
  const item = menu === null ? undefined : findByKey(menu, input);
  if (item && !doneByThePage.has(item.role ?? '')) item.click({ triggeredByAccelerator: true }, window);
});
