// How the agent process talks to the one that started it: Electron's `process.parentPort`, or the channel of child_process.fork()
// with structured clone (`serialization: 'advanced'`). Written without Electron's types, so that nothing of it is needed to run.
import type { Result } from '../core/model/result.ts';

export type ParentRequest = {
  readonly id: number;
  readonly caller: unknown;
  readonly name: unknown;
  readonly input: unknown;
};

export type ParentPort = {
  readonly send: (message: ParentReply | ParentEvent) => void;
  readonly listen: (onRequest: (request: ParentRequest) => Promise<void>) => void;
};

type ParentReply = { readonly id: number; readonly result: Result<unknown> };
type ParentEvent = { readonly event: string; readonly payload: unknown };

/** As much of Electron's ParentPort as is used. */
type ElectronPort = {
  on: (event: 'message', listener: (event: { readonly data: unknown }) => void) => unknown;
  postMessage: (message: unknown) => void;
};

const readRequest = (value: unknown): ParentRequest | null => {
  if (typeof value !== 'object' || value === null) return null;
  const { id, caller, name, input } = value as Readonly<Record<string, unknown>>;
  return typeof id === 'number' ? { id, caller, name, input } : null;
};

const electronPort = (port: ElectronPort): ParentPort => ({
  send: (message) => {
    port.postMessage(message);
  },
  listen: (onRequest) => {
    port.on('message', ({ data }) => {
      const request = readRequest(data);
      if (request !== null) void onRequest(request);
    });
  },
});

const forkPort = (onGone: () => void): ParentPort => {
  // A parent that is gone can neither ask nor lock: nothing may stay open for nobody.
  process.on('disconnect', onGone);
  return {
    send: (message) => {
      if (process.connected) process.send?.(message);
    },
    listen: (onRequest) => {
      process.on('message', (data) => {
        const request = readRequest(data);
        if (request !== null) void onRequest(request);
      });
    },
  };
};

/** @param onGone called when the parent has gone away */
export const openParentPort = (onGone: () => void): ParentPort => {
  const { parentPort } = process as unknown as { readonly parentPort?: ElectronPort };
  return parentPort === undefined ? forkPort(onGone) : electronPort(parentPort);
};
