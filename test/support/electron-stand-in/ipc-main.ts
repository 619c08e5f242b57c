// ipcMain, and the same object scoped to one window or one frame: listeners and invoke handlers by channel.
import { EventEmitter } from 'node:events';
import type { IpcMain, IpcMainInvokeEvent } from 'electron';

type Handler = (event: IpcMainInvokeEvent, ...parts: unknown[]) => unknown;

export class IpcMainStandIn extends EventEmitter {
  /** Read by the dispatcher; Electron keeps its handlers under the same name. */
  readonly _invokeHandlers = new Map<string, Handler>();

  constructor() {
    super();
    // An emitter of channels: a channel named `error` without a listener must not throw.
    this.on('error', () => {});
  }

  handle(channel: string, listener: Handler): void {
    if (this._invokeHandlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    }
    if (typeof listener !== 'function')
      throw new Error(`Expected handler to be a function, but found type '${typeof listener}'`);
    this._invokeHandlers.set(channel, listener);
  }

  handleOnce(channel: string, listener: Handler): void {
    this.handle(channel, (event, ...parts) => {
      this.removeHandler(channel);
      return listener(event, ...parts);
    });
  }

  removeHandler(channel: string): void {
    this._invokeHandlers.delete(channel);
  }
}

export const ipcMain = new IpcMainStandIn() satisfies Pick<
  IpcMain,
  'handle' | 'handleOnce' | 'removeHandler'
>;
