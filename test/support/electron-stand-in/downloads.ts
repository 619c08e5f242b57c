// Downloads: announced as `will-download`; nothing is saved unless a listener chose a place, since Electron would ask a
// person where to.
import { EventEmitter } from 'node:events';
import { pageOfFrame } from './page.ts';
import { gates } from './network.ts';
import { toAppUrl } from './schemes.ts';
import { session as sessions } from './session.ts';
import { cdp, makeEvent } from './state.ts';
import { webContents } from './web-contents.ts';

class DownloadItem extends EventEmitter {
  readonly #url: string;
  readonly #filename: string;
  savePath = '';

  constructor(url: string, filename: string) {
    super();
    this.#url = url;
    this.#filename = filename;
  }
  getURL(): string {
    return this.#url;
  }
  getFilename(): string {
    return this.#filename;
  }
  getState(): 'cancelled' {
    return 'cancelled';
  }
  setSavePath(path: string): void {
    this.savePath = path;
  }
  getSavePath(): string {
    return this.savePath;
  }
  cancel(): void {}
  getTotalBytes(): number {
    return 0;
  }
}

export const watchDownloads = (): void => {
  cdp().on('Browser.downloadWillBegin', ({ frameId, url, suggestedFilename, guid }) => {
    const page = pageOfFrame.get(String(frameId));
    const gate = page && gates.get(page);
    const item = new DownloadItem(toAppUrl(String(url)), String(suggestedFilename));
    const owner = gate?.session ?? sessions.defaultSession;
    owner.emit('will-download', makeEvent({}), item, webContents.fromId(gate?.id ?? 0));
    cdp().tell('Browser.cancelDownload', { guid: guid as unknown });
    setImmediate(() => item.emit('done', makeEvent({}), 'cancelled'));
  });
};
