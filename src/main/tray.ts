// The icon in the system's bar: lock, show, quit. It says whether the vault is open and never what is in it. Where a desktop
// has no bar for icons, the app works without.
import { Menu, Tray } from 'electron';
import type { Log } from './log.ts';

export type TrayActions = {
  readonly show: () => void;
  readonly lock: () => void;
  readonly quit: () => void;
};

export type TrayIcon = { readonly setUnlocked: (unlocked: boolean) => void };

const menuFor = (actions: TrayActions, unlocked: boolean): Menu =>
  Menu.buildFromTemplate([
    { label: 'Show Keyturn', click: actions.show },
    { label: 'Lock', enabled: unlocked, click: actions.lock },
    { type: 'separator' },
    { label: 'Quit Keyturn', click: actions.quit },
  ]);

/** Puts the icon there. */
export const createTray = (icon: string, actions: TrayActions, log: Log): TrayIcon => {
  try {
    const tray = new Tray(icon);
    const setUnlocked = (unlocked: boolean): void => {
      tray.setToolTip(unlocked ? 'Keyturn: unlocked' : 'Keyturn: locked');
      tray.setContextMenu(menuFor(actions, unlocked));
    };
    tray.on('click', actions.show);
    setUnlocked(false);
    return { setUnlocked };
  } catch (problem) {
    log('warn', 'tray.missing', { type: problem instanceof Error ? problem.name : 'unknown' });
    return { setUnlocked: () => undefined };
  }
};
