// What Electron's menu roles are called, which keys they have and what they do.
import type { MenuItemConstructorOptions } from 'electron';
import { app } from './app.ts';
import type { BrowserWindow } from './browser-window.ts';

type Act = (window: BrowserWindow | null) => void;
type Role = { readonly label: string; readonly accelerator?: string; readonly act?: Act };
type Submenu = { readonly label: string; readonly items: MenuItemConstructorOptions[] };

/** Editing is done by the page itself: the browser has the same keys for it. */
const command =
  (name: string): Act =>
  (window) =>
    void window?.webContents
      .executeJavaScript(`document.execCommand(${JSON.stringify(name)})`, true)
      .catch(() => {});

const roles: Readonly<Record<string, Role>> = {
  undo: { label: 'Undo', accelerator: 'CommandOrControl+Z', act: command('undo') },
  redo: { label: 'Redo', accelerator: 'Shift+CommandOrControl+Z', act: command('redo') },
  cut: { label: 'Cut', accelerator: 'CommandOrControl+X', act: command('cut') },
  copy: { label: 'Copy', accelerator: 'CommandOrControl+C', act: command('copy') },
  paste: { label: 'Paste', accelerator: 'CommandOrControl+V', act: command('paste') },
  delete: { label: 'Delete', act: command('delete') },
  selectall: { label: 'Select All', accelerator: 'CommandOrControl+A', act: command('selectAll') },
  reload: { label: 'Reload', accelerator: 'CmdOrCtrl+R', act: (window) => window?.webContents.reload() },
  forcereload: {
    label: 'Force Reload',
    accelerator: 'Shift+CmdOrCtrl+R',
    act: (window) => window?.webContents.reloadIgnoringCache(),
  },
  toggledevtools: {
    label: 'Toggle Developer Tools',
    accelerator: 'Ctrl+Shift+I',
    act: (window) => window?.webContents.toggleDevTools(),
  },
  resetzoom: { label: 'Actual Size', accelerator: 'CommandOrControl+0' },
  zoomin: { label: 'Zoom In', accelerator: 'CommandOrControl+Plus' },
  zoomout: { label: 'Zoom Out', accelerator: 'CommandOrControl+-' },
  togglefullscreen: {
    label: 'Toggle Full Screen',
    accelerator: 'F11',
    act: (window) => window?.setFullScreen(!window.isFullScreen()),
  },
  minimize: { label: 'Minimize', accelerator: 'CommandOrControl+M', act: (window) => window?.minimize() },
  close: { label: 'Close Window', accelerator: 'CommandOrControl+W', act: (window) => window?.close() },
  quit: { label: 'Quit', accelerator: 'CommandOrControl+Q', act: () => app.quit() },
  about: { label: 'About' },
  help: { label: 'Help' },
  hide: { label: 'Hide' },
  hideothers: { label: 'Hide Others' },
  unhide: { label: 'Show All' },
  zoom: { label: 'Zoom' },
  front: { label: 'Bring All to Front' },
  services: { label: 'Services' },
  window: { label: 'Window' },
};

const separator: MenuItemConstructorOptions = { type: 'separator' };
const submenus: Readonly<Record<string, Submenu>> = {
  filemenu: { label: 'File', items: [{ role: 'quit' }] },
  editmenu: {
    label: 'Edit',
    items: [
      { role: 'undo' },
      { role: 'redo' },
      separator,
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'delete' },
      separator,
      { role: 'selectAll' },
    ],
  },
  viewmenu: {
    label: 'View',
    items: [
      { role: 'reload' },
      { role: 'forceReload' },
      { role: 'toggleDevTools' },
      separator,
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      separator,
      { role: 'togglefullscreen' },
    ],
  },
  windowmenu: { label: 'Window', items: [{ role: 'minimize' }, { role: 'zoom' }, { role: 'close' }] },
  appmenu: { label: 'App', items: [{ role: 'about' }, separator, { role: 'quit' }] },
};

export const roleOf = (name: string | undefined): Role | undefined => roles[(name ?? '').toLowerCase()];
export const submenuOf = (name: string | undefined): Submenu | undefined =>
  submenus[(name ?? '').toLowerCase()];
