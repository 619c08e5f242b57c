// The About window: the one page that talks through @electron/remote, for its versions and licences and nothing else. It has a
// session, a host and a preload of its own, and no way to the vault.
import { BrowserWindow, type Session } from 'electron';
import { aboutOrigin } from '../security/protocol.ts';
import { webRtcPolicy } from '../security/network.ts';
import type { ConfinedRemote } from '../security/remote.ts';
import type { Log } from '../log.ts';
import { safePreferences } from './web-preferences.ts';

export type AboutPorts = {
  readonly session: () => Promise<Session>;
  readonly preload: string;
  readonly icon: string;
  readonly inspector: boolean;
  readonly background: () => string;
  readonly remote: ConfinedRemote<Electron.WebContents>;
  readonly log: Log;
};

/** Opens the window, or brings it to the front. */
export const createAboutWindow = (ports: AboutPorts): (() => Promise<void>) => {
  let current: BrowserWindow | null = null;
  let opening: Promise<void> | null = null;

  const open = async (): Promise<void> => {
    const window = new BrowserWindow({
      width: 460,
      height: 420,
      resizable: false,
      minimizable: false,
      maximizable: false,
      fullscreenable: false,
      autoHideMenuBar: true,
      title: 'About Keyturn',
      icon: ports.icon,
      backgroundColor: ports.background(),
      show: false,
      webPreferences: safePreferences(await ports.session(), ports.preload, ports.inspector),
    });
    current = window;
    window.webContents.setWebRTCIPHandlingPolicy(webRtcPolicy);
    window.on('page-title-updated', (event) => {
      event.preventDefault();
    });
    window.on('closed', () => {
      current = null;
    });
    window.once('ready-to-show', () => {
      window.show();
    });
    try {
      await ports.remote.enableFor(window.webContents);
    } catch (problem) {
      // The page then says that it does not know its versions; nothing else depends on them.
      ports.log('error', 'about.no-facts', { type: problem instanceof Error ? problem.name : 'unknown' });
    }
    await window.loadURL(`${aboutOrigin}/about.html`);
  };

  return async () => {
    if (current !== null) {
      current.show();
      current.focus();
      return;
    }
    opening ??= open().finally(() => {
      opening = null;
    });
    await opening;
  };
};
