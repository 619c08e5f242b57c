// What the browser says about its pages as a whole: a title changed, a page is gone, a page opened another one.
import { setTimeout as sleep } from 'node:timers/promises';
import { BrowserWindow } from './browser-window.ts';
import type { Fields } from './cdp.ts';
import { pageOfFrame } from './page.ts';
import { toAppUrl } from './schemes.ts';
import { cdp, news } from './state.ts';
import { webContents, type WebContents } from './web-contents.ts';

const contentsOf = (targetId: string): WebContents | undefined =>
  webContents.getAllWebContents().find((contents) => contents.page.targetId === targetId);

/** A page that a page opened without asking (a link with a target): the handler has its say now. */
const onOpened = async (info: Fields): Promise<void> => {
  const opener = contentsOf(String(info['openerId']));
  if (!opener || pageOfFrame.has(String(info['targetId']))) return;
  // What the page said of the window comes from another process than the window: it may be a little later.
  for (let attempt = 0; attempt < 20 && opener.page.opening.length === 0; attempt += 1) await sleep(5);
  const said = opener.page.opening.shift() ?? {};
  const details = {
    url: toAppUrl(String(said['url'] ?? info['url'] ?? '')),
    frameName: String(said['windowName'] ?? ''),
    features: ((said['windowFeatures'] as string[] | undefined) ?? []).join(','),
    disposition: 'foreground-tab',
    referrer: { url: '', policy: 'strict-origin-when-cross-origin' },
  };
  const options = opener.mayOpen(details);
  if (options === undefined) {
    cdp().tell('Target.closeTarget', { targetId: info['targetId'] as unknown });
    return;
  }
  const window = new BrowserWindow({ ...options }, String(info['targetId']));
  opener.emit('did-create-window', window, details);
};

export const watchTargets = async (): Promise<void> => {
  cdp().on('Target.targetCreated', ({ targetInfo }) => {
    const info = targetInfo as Fields;
    if (info['type'] === 'page' && info['openerId'] !== undefined) void onOpened(info);
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
