// Holds every class of the stand-in against electron.d.ts: a member that Electron does not have, or has with another type, is
// a compile error here. What differs on purpose is listed by name. Types only; nothing imports this file.
import type * as Electron from 'electron';
import type { EventEmitter } from 'node:events';
import type { App } from './app.ts';
import type { BrowserWindow } from './browser-window.ts';
import type { ClipboardItem, SelectionClipboard } from './clipboard.ts';
import type { IpcMainStandIn } from './ipc-main.ts';
import type { Menu, MenuItem } from './menu.ts';
import type { MessageChannelMain, MessagePortMain } from './message-port.ts';
import type { NativeImage } from './native-image.ts';
import type { Notification } from './notification.ts';
import type { Protocol } from './protocol.ts';
import type { Session } from './session.ts';
import type { Tray } from './tray.ts';
import type { UtilityProcess } from './utility-process.ts';
import type { WebContents } from './web-contents.ts';
import type { WebFrameMain } from './web-frame-main.ts';
import type { WebRequest } from './web-request.ts';

type Members<Ours> = Exclude<keyof Ours, keyof EventEmitter>;
/** Members that Electron has too, but with a type that ours does not fit. */
type Misfits<Ours, Real> = {
  [Name in Members<Ours> & keyof Real]: Ours[Name] extends Real[Name] ? never : Name;
}[Members<Ours> & keyof Real];

/** Our own additions that are not listed. */
type Unknown<Ours, Real, Own = never> = Exclude<Members<Ours>, keyof Real | Own>;
type None<Names extends never> = Names;

export type Additions = [
  None<Unknown<App, Electron.App, 'start'>>,
  None<Unknown<BrowserWindow, Electron.BrowserWindow, 'standInMenu'>>,
  None<Unknown<ClipboardItem, Electron.ClipboardItem>>,
  None<Unknown<SelectionClipboard, Electron.Clipboard>>,
  None<Unknown<IpcMainStandIn, Electron.IpcMain, '_invokeHandlers'>>,
  None<Unknown<Menu, Electron.Menu>>,
  None<Unknown<MenuItem, Electron.MenuItem, 'acceleratorWorksWhenHidden'>>,
  None<Unknown<MessageChannelMain, Electron.MessageChannelMain>>,
  None<Unknown<MessagePortMain, Electron.MessagePortMain, 'accept' | 'moveTo'>>,
  None<Unknown<NativeImage, Electron.NativeImage>>,
  None<Unknown<Notification, Electron.Notification>>,
  None<Unknown<Protocol, Electron.Protocol, 'handlers'>>,
  None<
    Unknown<
      Session,
      Electron.Session,
      | 'contextId'
      | 'devicePermission'
      | 'displayMedia'
      | 'partition'
      | 'permissionCheck'
      | 'permissionRequest'
    >
  >,
  None<Unknown<Tray, Electron.Tray>>,
  None<Unknown<UtilityProcess, Electron.UtilityProcess>>,
  None<
    Unknown<
      WebContents,
      Electron.WebContents,
      'destroyPage' | 'loading' | 'mayOpen' | 'opened' | 'page' | 'preferences' | 'setTitleFromPage'
    >
  >,
  None<
    Unknown<
      WebFrameMain,
      Electron.WebFrameMain,
      'die' | 'frameId' | 'isErrorPage' | 'loaderId' | 'mainContext' | 'moveTo' | 'preloadContext'
    >
  >,
  None<Unknown<WebRequest, Electron.WebRequest, 'ask' | 'has' | 'tell'>>,
];

export type Types = [
  None<
    Exclude<
      Misfits<App, Electron.App>,
      'applicationMenu' | 'getAppMetrics' | 'getGPUFeatureStatus' | 'getLoginItemSettings'
    >
  >,
  None<
    Exclude<
      Misfits<BrowserWindow, Electron.BrowserWindow>,
      'capturePage' | 'getChildWindows' | 'getParentWindow' | 'webContents'
    >
  >,
  None<Exclude<Misfits<ClipboardItem, Electron.ClipboardItem>, 'getType'>>,
  None<Exclude<Misfits<SelectionClipboard, Electron.Clipboard>, 'read' | 'write'>>,
  None<Misfits<IpcMainStandIn, Electron.IpcMain>>,
  None<Exclude<Misfits<Menu, Electron.Menu>, 'append' | 'getMenuItemById' | 'insert' | 'items'>>,
  None<Exclude<Misfits<MenuItem, Electron.MenuItem>, 'menu' | 'role' | 'submenu' | 'type'>>,
  None<Exclude<Misfits<MessageChannelMain, Electron.MessageChannelMain>, 'port1' | 'port2'>>,
  None<Exclude<Misfits<MessagePortMain, Electron.MessagePortMain>, 'postMessage'>>,
  None<Exclude<Misfits<NativeImage, Electron.NativeImage>, 'resize'>>,
  None<Misfits<Notification, Electron.Notification>>,
  None<Misfits<Protocol, Electron.Protocol>>,
  None<
    Exclude<
      Misfits<Session, Electron.Session>,
      | 'getPreloadScripts'
      | 'protocol'
      | 'serviceWorkers'
      | 'setPermissionCheckHandler'
      | 'setPermissionRequestHandler'
      | 'webRequest'
    >
  >,
  None<Exclude<Misfits<Tray, Electron.Tray>, 'popUpContextMenu' | 'setContextMenu'>>,
  None<Exclude<Misfits<UtilityProcess, Electron.UtilityProcess>, 'postMessage'>>,
  None<
    Exclude<
      Misfits<WebContents, Electron.WebContents>,
      | 'capturePage'
      | 'debugger'
      | 'mainFrame'
      | 'navigationHistory'
      | 'postMessage'
      | 'session'
      | 'setWindowOpenHandler'
    >
  >,
  None<
    Exclude<
      Misfits<WebFrameMain, Electron.WebFrameMain>,
      'frames' | 'framesInSubtree' | 'parent' | 'postMessage' | 'top'
    >
  >,
  None<Misfits<WebRequest, Electron.WebRequest>>,
];
