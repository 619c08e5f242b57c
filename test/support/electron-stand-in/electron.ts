// The module that `electron` resolves to in the main process.
import { app } from './app.ts';
import { BrowserWindow } from './browser-window.ts';
import { clipboard, ClipboardItem } from './clipboard.ts';
import { dialog } from './dialog.ts';
import { globalShortcut } from './global-shortcut.ts';
import { ipcMain } from './ipc-main.ts';
import { Menu, MenuItem } from './menu.ts';
import { MessageChannelMain } from './message-port.ts';
import { nativeImage } from './native-image.ts';
import { nativeTheme } from './native-theme.ts';
import { Notification } from './notification.ts';
import './permissions.ts';
import { powerMonitor } from './power-monitor.ts';
import { screen } from './screen.ts';
import { session } from './session.ts';
import { crashReporter, net, powerSaveBlocker, safeStorage, shell } from './small-modules.ts';
import { Tray } from './tray.ts';
import { utilityProcess } from './utility-process.ts';
import { webContents } from './web-contents.ts';
import { webFrameMain } from './web-frame-main.ts';

/** The protocol module speaks for the default session. */
const { protocol } = session.defaultSession;

const electron = {
  app,
  BrowserWindow,
  clipboard,
  ClipboardItem,
  crashReporter,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  MenuItem,
  MessageChannelMain,
  nativeImage,
  nativeTheme,
  net,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
  utilityProcess,
  webContents,
  webFrameMain,
};

export {
  app,
  BrowserWindow,
  clipboard,
  ClipboardItem,
  crashReporter,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  MenuItem,
  MessageChannelMain,
  nativeImage,
  nativeTheme,
  net,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
  utilityProcess,
  webContents,
  webFrameMain,
};
// oxlint-disable-next-line import/no-default-export -- Electron has one, and apps import it
export default electron;
