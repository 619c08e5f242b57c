// How a test reaches the main process on the stand-in: over the channel it was started with. Without one, as under
// `npm start`, there is nothing to reach.
import { runInThisContext } from 'node:vm';
import { news, shared } from './state.ts';

type Asked = { readonly id: number; readonly source: string; readonly argument: unknown };

const tell = (message: object): void => {
  if (process.connected) process.send?.(message, undefined, {}, () => {});
};

const evaluate = async (electron: object, { id, source, argument }: Asked): Promise<void> => {
  try {
    const fn = runInThisContext(`(${source})`) as (electron: object, argument: unknown) => unknown;
    tell({ t: 'value', id, value: await fn(electron, argument) });
  } catch (error) {
    tell({ t: 'error', id, message: error instanceof Error ? error.message : String(error) });
  }
};

/** Listens for a test, and tells it where the windows are and which processes belong to the app. */
export const openControl = (electron: object): void => {
  if (process.send === undefined) return;
  process.on('message', (asked: Asked) => void evaluate(electron, asked));
  // The channel alone must not keep an app alive that has come to its end, nor outlive the test.
  process.channel?.unref();
  process.on('disconnect', () => process.exit(1));
  news.on('ready', () => {
    tell({ t: 'ready', endpoint: shared.browser?.endpoint, pid: shared.browser?.process.pid });
  });
  news.on('child-spawned', (pid: number) => tell({ t: 'child', pid }));
};
