// Closes a page for good. Chromium now and then forgets to, after a page that could not be loaded: it is asked again.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fields } from './cdp.ts';
import { cdp } from './state.ts';

const attempts = 5;
const betweenMs = 400;

const isOpen = async (targetId: string): Promise<boolean> => {
  const { targetInfos } = await cdp().send('Target.getTargets');
  return (targetInfos as Fields[]).some((info) => info['targetId'] === targetId);
};

export const closeTarget = async (targetId: string, sessionId: string): Promise<void> => {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    await cdp().send('Target.closeTarget', { targetId });
    await sleep(betweenMs, undefined, { ref: false });
    if (!(await isOpen(targetId))) return;
    await cdp()
      .send('Page.navigate', { url: 'about:blank' }, sessionId)
      .catch(() => {});
  }
};
