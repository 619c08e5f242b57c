// The icon in the system's bar: what is due, lock, show, quit. It says whether the vault is open and how many dates want somebody, and never
// what is in it. Where a desktop has no bar for icons, the app works without.
import { Menu, Tray } from 'electron';
import type { Log } from './log.ts';
import { dueWords, trayTip } from './tray-words.ts';

export type TrayActions = {
  readonly show: () => void;
  readonly due: () => void;
  readonly lock: () => void;
  readonly quit: () => void;
};

export type TrayIcon = {
  readonly setUnlocked: (unlocked: boolean) => void;
  readonly setDue: (count: number) => void;
};

const menuFor = (actions: TrayActions, unlocked: boolean, due: number): Menu =>
  Menu.buildFromTemplate([
    ...(due === 0 ? [] : [{ id: 'due', label: dueWords(due), click: actions.due }]),
    { label: 'Show Keyturn', click: actions.show },
    { label: 'Lock', enabled: unlocked, click: actions.lock },
    { type: 'separator' },
    { label: 'Quit Keyturn', click: actions.quit },
  ]);

/** Puts the icon there. */
export const createTray = (icon: string, actions: TrayActions, log: Log): TrayIcon => {
  try {
    const tray = new Tray(icon);
    let isUnlocked = false;
    let due = 0;
    const draw = (): void => {
      tray.setToolTip(trayTip(isUnlocked, due));
      tray.setContextMenu(menuFor(actions, isUnlocked, due));
    };
    tray.on('click', actions.show);
    draw();
    return {
      setUnlocked: (unlocked) => {
        isUnlocked = unlocked;
        draw();
      },
      setDue: (count) => {
        due = count;
        draw();
      },
    };
  } catch (problem) {
    log('warn', 'tray.missing', { type: problem instanceof Error ? problem.name : 'unknown' });
    return { setUnlocked: () => undefined, setDue: () => undefined };
  }
};
