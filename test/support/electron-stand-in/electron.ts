// The module that `electron` resolves to in the main process.
import { app } from './app.ts';
import { BrowserWindow } from './browser-window.ts';
import { ipcMain } from './ipc-main.ts';
import { MessageChannelMain } from './message-port.ts';
import { NativeImage, nativeImage } from './native-image.ts';
import { Session, session } from './session.ts';
import { utilityProcess } from './utility-process.ts';
import { WebContents, webContents } from './web-contents.ts';
import { webFrameMain } from './web-frame-main.ts';

/** The protocol module speaks for the default session. */
const { protocol } = session.defaultSession;

const electron = {
  app,
  BrowserWindow,
  ipcMain,
  MessageChannelMain,
  nativeImage,
  NativeImage,
  protocol,
  session,
  Session,
  utilityProcess,
  webContents,
  WebContents,
  webFrameMain,
};

export {
  app,
  BrowserWindow,
  ipcMain,
  MessageChannelMain,
  nativeImage,
  NativeImage,
  protocol,
  session,
  Session,
  utilityProcess,
  webContents,
  WebContents,
  webFrameMain,
};
// oxlint-disable-next-line import/no-default-export -- Electron has one, and apps import it
export default electron;
