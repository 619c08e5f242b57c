// Notices by Electron. Buttons are asked for everywhere: a system that has none leaves them out.
import { Notification } from 'electron';
import type { ShowNotice } from './notices.ts';
import type { Log } from '../log.ts';

/** @param icon absolute path */
export const electronNotices =
  (icon: string, log: Log): ShowNotice =>
  ({ title, body, actions }, onClick, onAction) => {
    if (!Notification.isSupported()) return null;
    const notice = new Notification({
      title,
      body,
      icon,
      actions: actions.map((text) => ({ type: 'button', text })),
    });
    notice.on('click', onClick);
    notice.on('action', (details) => {
      onAction(details.actionIndex);
    });
    notice.on('failed', () => {
      log('warn', 'notice.failed');
    });
    notice.show();
    return {
      close: () => {
        notice.close();
      },
    };
  };
