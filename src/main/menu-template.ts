// The application menu as data: what a person can do from anywhere in the app, with its keys. No inspector, no reload.
import type { MenuItemConstructorOptions } from 'electron';
import type { EventPayload } from '../contract/events.ts';

export type Destination = EventPayload<'window.go'>['to'];

export type MenuActions = {
  readonly go: (to: Destination) => void;
  readonly lock: () => void;
  readonly quit: () => void;
  readonly about: () => void;
};

type Template = readonly MenuItemConstructorOptions[];

const separator: MenuItemConstructorOptions = { type: 'separator' };

const appMenu = (actions: MenuActions): Template => [
  { label: 'About Keyturn', click: actions.about },
  separator,
  { label: 'Settings…', accelerator: 'CmdOrCtrl+,', click: () => actions.go('settings') },
  separator,
  { label: 'Lock', accelerator: 'CmdOrCtrl+L', click: actions.lock },
  separator,
  { label: 'Quit Keyturn', accelerator: 'CmdOrCtrl+Q', click: actions.quit },
];

const fileMenu = (actions: MenuActions): Template => [
  { label: 'New key…', accelerator: 'CmdOrCtrl+N', click: () => actions.go('add') },
  separator,
  { label: 'Import…', accelerator: 'CmdOrCtrl+Shift+I', click: () => actions.go('import') },
  { label: 'Export…', accelerator: 'CmdOrCtrl+Shift+E', click: () => actions.go('export') },
  separator,
  { role: 'close' },
];

const editMenu = (actions: MenuActions): Template => [
  { role: 'undo' },
  { role: 'redo' },
  separator,
  { role: 'cut' },
  { role: 'copy' },
  { role: 'paste' },
  { role: 'selectAll' },
  separator,
  { label: 'Find', accelerator: 'CmdOrCtrl+F', click: () => actions.go('find') },
];

const viewMenu = (actions: MenuActions): Template => [
  { label: 'Commands…', accelerator: 'CmdOrCtrl+K', click: () => actions.go('palette') },
  { label: 'Pasted keys', click: () => actions.go('leaks') },
  { label: 'Activity', click: () => actions.go('activity') },
  separator,
  { role: 'resetZoom' },
  { role: 'zoomIn' },
  { role: 'zoomOut' },
  separator,
  { role: 'togglefullscreen' },
];

/** The whole menu as data. */
export const menuTemplate = (actions: MenuActions): MenuItemConstructorOptions[] => [
  { label: 'Keyturn', submenu: [...appMenu(actions)] },
  { label: 'File', submenu: [...fileMenu(actions)] },
  { label: 'Edit', submenu: [...editMenu(actions)] },
  { label: 'View', submenu: [...viewMenu(actions)] },
  {
    label: 'Window',
    role: 'window',
    submenu: [{ role: 'minimize' }, { role: 'zoom' }],
  },
  {
    label: 'Help',
    role: 'help',
    submenu: [{ label: 'Keyboard shortcuts', click: () => actions.go('cheat-sheet') }],
  },
];
