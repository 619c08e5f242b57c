// The window's bridge: one function per name of the contract and one subscription, nothing else. It runs sandboxed, so it
// bundles to a single file and imports names only, never a schema. Electron's own objects stay on this side.
import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import { callChannel, eventChannel } from '../contract/bridge.ts';
import { windowCallNames, windowEventNames } from '../contract/window-call-names.ts';

type Listener = (payload: unknown) => void;

const eventNames: readonly string[] = windowEventNames;

const calls = Object.fromEntries(
  windowCallNames.map((name) => [
    name,
    (input: unknown): Promise<unknown> => ipcRenderer.invoke(callChannel, name, input),
  ]),
);

const on = (wanted: unknown, listener: Listener): (() => void) => {
  if (typeof wanted !== 'string' || !eventNames.includes(wanted)) throw new Error('There is no such event.');
  const forward = (_event: IpcRendererEvent, name: string, payload: unknown): void => {
    if (name === wanted) listener(payload);
  };
  ipcRenderer.on(eventChannel, forward);
  return () => {
    ipcRenderer.off(eventChannel, forward);
  };
};

contextBridge.exposeInMainWorld('keyturn', { ...calls, on });
