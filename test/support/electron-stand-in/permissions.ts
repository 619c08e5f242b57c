// Permissions: while a session has no handler everything is granted, which is Electron's default; with handlers the
// browser denies everything until the handler has said yes to what the page just asked for.
import type { Fields } from './cdp.ts';
import type { Session } from './session.ts';
import { cdp, news } from './state.ts';
import type { PageMessage } from './page.ts';
import type { WebContents } from './web-contents.ts';
import type { WebFrameMain } from './web-frame-main.ts';

/** Electron's name of a permission, by the name that the browser knows it by. */
const names: Readonly<Record<string, string>> = {
  geolocation: 'geolocation',
  notifications: 'notifications',
  camera: 'media',
  microphone: 'media',
  'clipboard-read': 'clipboard-read',
  'clipboard-write': 'clipboard-sanitized-write',
  midi: 'midi',
  'persistent-storage': 'persistent-storage',
  'screen-wake-lock': 'screen-wake-lock',
  'storage-access': 'storage-access',
  'idle-detection': 'idle-detection',
  'local-fonts': 'local-fonts',
  'window-management': 'window-management',
  'display-capture': 'display-capture',
};

const set = async (session: Session, name: string, isGranted: boolean): Promise<void> => {
  const context = await session.contextId();
  await cdp()
    .send('Browser.setPermission', {
      permission: { name },
      setting: isGranted ? 'granted' : 'denied',
      ...(context === undefined ? {} : { browserContextId: context }),
    })
    .catch(() => {});
};

const setAll = async (session: Session): Promise<void> => {
  const isOpen = session.permissionRequest === undefined && session.permissionCheck === undefined;
  await Promise.all(Object.keys(names).map((name) => set(session, name, isOpen)));
};

const describe = (frame: WebFrameMain): Fields => ({
  requestingUrl: frame.url,
  requestingOrigin: frame.origin,
  isMainFrame: frame.parent === null,
  securityOrigin: frame.origin,
});

const ask = (contents: WebContents, frame: WebFrameMain, permission: string): Promise<boolean> => {
  const handler = contents.session.permissionRequest;
  if (!handler) return Promise.resolve(true);
  return new Promise((resolve) => {
    handler(contents, permission, (isGranted) => resolve(isGranted), describe(frame));
  });
};

/** A page asks (`request`) or looks (`check`): the handler speaks, the browser is set, the page goes on. */
const answer = async (contents: WebContents, frame: WebFrameMain, message: PageMessage): Promise<void> => {
  const name = String(message['name']);
  const permission = names[name] ?? name;
  const check = contents.session.permissionCheck;
  const isGranted =
    message['kind'] === 'check'
      ? (check?.(contents, permission, `${frame.origin}/`, describe(frame)) ??
        contents.session.permissionRequest === undefined)
      : await ask(contents, frame, permission);
  if (names[name] !== undefined) await set(contents.session, name, isGranted);
  contents.page.deliver(frame, { t: 'permission', id: message['id'] as unknown, granted: isGranted });
};

news.on('permission', (contents: WebContents, frame: WebFrameMain, message: PageMessage) => {
  answer(contents, frame, message).catch(() => {});
});
news.on('permissions-changed', (session: Session) => void setAll(session).catch(() => {}));
news.on('session-context', (session: Session) => void setAll(session).catch(() => {}));
