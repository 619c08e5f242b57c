// What the browser says about its pages as a whole: a title changed, a page is gone, a page opened another one.
import { BrowserWindow } from './browser-window.ts';
import type { Fields } from './cdp.ts';
import { pageOfFrame } from './page.ts';
import { toAppUrl } from './schemes.ts';
import { cdp, news } from './state.ts';
import { webContents, type WebContents } from './web-contents.ts';

const contentsOf = (targetId: string): WebContents | undefined =>
  webContents.getAllWebContents().find((contents) => contents.page.targetId === targetId);

/** A page that a page opened without asking (a link with a target, a patched-away `open`): the handler has its say now. */
const onOpened = (info: Fields): void => {
  const opener = contentsOf(String(info['openerId']));
  if (!opener || pageOfFrame.has(String(info['targetId']))) return;
  const url = toAppUrl(String(info['url'] ?? ''));
  const options = opener.mayOpen({
    url,
    frameName: '',
    features: '',
    disposition: 'foreground-tab',
    referrer: { url: '' },
  });
  if (options === undefined) {
    cdp().tell('Target.closeTarget', { targetId: info['targetId'] as unknown });
    return;
  }
  const window = new BrowserWindow({ ...options }, String(info['targetId']));
  opener.emit('did-create-window', window, { url });
};

export const watchTargets = async (): Promise<void> => {
  cdp().on('Target.targetCreated', ({ targetInfo }) => {
    const info = targetInfo as Fields;
    if (info['type'] === 'page' && info['openerId'] !== undefined) onOpened(info);
  });
  cdp().on('Target.targetDestroyed', ({ targetId }) => pageOfFrame.get(String(targetId))?.end());
  news.on('close-request', (contents: WebContents) => BrowserWindow.fromWebContents(contents)?.close());
  news.on('focus-request', (contents: WebContents) => BrowserWindow.fromWebContents(contents)?.focus());
  news.on('open-window', (opener: WebContents, details: Fields, options: Fields) => {
    const window = new BrowserWindow({ ...options });
    opener.emit('did-create-window', window, details);
    void window.loadURL(String(details['url']));
  });
  await cdp().send('Target.setDiscoverTargets', { discover: true });
};
