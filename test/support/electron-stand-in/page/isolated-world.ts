// Runs in the preload's world of every document: gives the preload what a sandboxed Electron preload has (`require` of
// electron, events, timers, url; `process`), and speaks to the main process over one binding. Self-contained.
import type { CloneCodec } from '../clone-codec.ts';
import type { PageBridge } from './bridge.ts';
import type { PageEmitter } from './emitter.ts';

export type IsolatedConfig = {
  readonly key: string;
  readonly binding: string;
  readonly inSubFrames: boolean;
  readonly process: Readonly<Record<string, unknown>>;
};
export type Preload = (
  require: (name: string) => unknown,
  process: unknown,
  exports: object,
  module: { exports: object },
  global: unknown,
  setImmediate: unknown,
  clearImmediate: unknown,
) => void;
export type PageTools = {
  readonly makeCloneCodec: () => CloneCodec;
  readonly makePageBridge: (node: EventTarget, mine: string, theirs: string) => PageBridge;
  readonly makeEmitter: () => new () => PageEmitter;
  readonly watchKeys: (post: (message: object) => void) => void;
  readonly watchTitle: (post: (message: object) => void) => void;
};

export const isolatedWorld = (config: IsolatedConfig, tools: PageTools, preload: Preload | null): void => {
  type Scope = Record<string, unknown>;
  type ToPage = {
    t: string;
    id?: number;
    channel?: string;
    data?: string;
    error?: string;
    ports?: number[];
    granted?: boolean;
  };
  const scope = globalThis as unknown as Scope;
  const binding = scope[config.binding] as (text: string) => void;
  delete scope[config.binding];
  const codec = tools.makeCloneCodec();
  const EventEmitter = tools.makeEmitter();
  const isMainFrame = globalThis.top === globalThis.self;
  const node = document.createElement('i');
  const bridge = tools.makePageBridge(node, 'preload', 'page');
  const post = (message: object): void => binding(JSON.stringify(message));
  const calls = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  const ports = new Map<number, MessagePort>();
  const permissions = new Map<number, (granted: boolean) => void>();
  let last = 0;

  const ipcRenderer = new EventEmitter() as PageEmitter & Record<string, unknown>;
  const channelOf = (channel: unknown): string => {
    if (typeof channel !== 'string')
      throw new TypeError('Error processing argument at index 0, conversion failure');
    return channel;
  };
  /** The other end of a port of the page: what the page posts goes to the main process, and back. */
  const adopt = (port: MessagePort, id: number): void => {
    ports.set(id, port);
    port.addEventListener('message', (event) => post({ t: 'port', id, data: codec.encode(event.data) }));
    port.addEventListener('close', () => post({ t: 'port-close', id }));
    port.start();
  };
  const syncCall = (channel: string, data: string): string | undefined => {
    // The main process sees the message, finds this frame paused at the statement, sets the variable and lets it go on. The number tells it
    // which call stands there: the answer to one must never become that of the next.
    // oxlint-disable-next-line no-unassigned-vars
    let reply: string | undefined;
    const call = ++last;
    post({ t: 'sync', id: call, channel, data });
    for (let attempt = 0; attempt < 100 && reply === undefined && call > 0; attempt += 1) {
      // oxlint-disable-next-line no-debugger
      debugger;
    }
    return reply === '' ? undefined : reply;
  };
  Object.assign(ipcRenderer, {
    send: (channel: unknown, ...parts: unknown[]): void =>
      post({ t: 'send', channel: channelOf(channel), data: codec.encode(parts) }),
    sendSync: (channel: unknown, ...parts: unknown[]): unknown => {
      const reply = syncCall(channelOf(channel), codec.encode(parts));
      return reply === undefined ? undefined : codec.decode(reply);
    },
    sendToHost: (): void => {},
    invoke: async (channel: unknown, ...parts: unknown[]): Promise<unknown> => {
      const id = ++last;
      const data = codec.encode(parts);
      const name = channelOf(channel);
      return new Promise((resolve, reject) => {
        calls.set(id, { resolve, reject });
        post({ t: 'invoke', id, channel: name, data });
      });
    },
    postMessage: (channel: unknown, message: unknown, transfer: MessagePort[] = []): void => {
      const ids = transfer.map((port) => {
        const id = -++last;
        adopt(port, id);
        return id;
      });
      post({ t: 'ports', channel: channelOf(channel), data: codec.encode(message), ports: ids });
    },
  });

  const handlers: Record<string, (message: ToPage) => void> = {
    reply: ({ id, data, error }) => {
      const call = calls.get(id ?? 0);
      calls.delete(id ?? 0);
      if (error === undefined) call?.resolve(codec.decode(data ?? 'null'));
      else call?.reject(new Error(error));
    },
    message: ({ channel, data, ports: ids }) => {
      const event = { sender: ipcRenderer, ports: [] as MessagePort[] };
      for (const id of ids ?? []) {
        const pair = new MessageChannel();
        adopt(pair.port1, id);
        event.ports.push(pair.port2);
      }
      const parts = codec.decode(data ?? '[]') as unknown[];
      ipcRenderer.emit(channel ?? '', event, ...parts);
    },
    port: ({ id, data }) => ports.get(id ?? 0)?.postMessage(codec.decode(data ?? 'null')),
    'port-close': ({ id }) => {
      ports.get(id ?? 0)?.close();
      ports.delete(id ?? 0);
    },
    permission: ({ id, granted }) => permissions.get(id ?? 0)?.(granted === true),
  };
  Object.defineProperty(scope, config.key, {
    value: (text: string): void => {
      const message = JSON.parse(text) as ToPage;
      handlers[message.t]?.(message);
    },
  });

  bridge.serve('open', (url: string, name: string, features: string) =>
    post({ t: 'open', url, name, features }),
  );
  bridge.serve('close', () => post({ t: 'close' }));
  bridge.serve(
    'permission',
    (kind: string, name: string) =>
      new Promise<boolean>((resolve) => {
        const id = ++last;
        permissions.set(id, resolve);
        post({ t: 'permission', id, kind, name });
      }),
  );
  document.dispatchEvent(new MouseEvent(config.key, { relatedTarget: node }));
  tools.watchKeys(post);
  if (isMainFrame) tools.watchTitle(post);

  if (preload === null || !(isMainFrame || config.inSubFrames)) return;
  const contextId = `${config.key}-${String(performance.timeOrigin)}-${String(Math.random())}`;
  const process = Object.assign(new EventEmitter(), config.process, {
    isMainFrame,
    contextId,
  });
  addEventListener('pagehide', () => process.emit('exit'));
  const contextBridge = {
    exposeInMainWorld: (name: string, api: unknown): void => bridge.expose(name, api),
    exposeInIsolatedWorld: (): never => {
      throw new Error('The stand-in for Electron does not emulate exposeInIsolatedWorld.');
    },
    executeInMainWorld: (): never => {
      throw new Error('The stand-in for Electron does not emulate executeInMainWorld.');
    },
  };
  const electron = {
    contextBridge,
    ipcRenderer,
    crashReporter: { addExtraParameter: (): void => {}, removeExtraParameter: (): void => {} },
    webFrame: {
      getZoomFactor: (): number => 1,
      getZoomLevel: (): number => 0,
      setZoomFactor: (): void => {},
    },
    webUtils: { getPathForFile: (): string => '' },
  };
  const setImmediate = (fn: (...parts: unknown[]) => void, ...parts: unknown[]): unknown =>
    setTimeout(fn, 0, ...parts);
  const clearImmediate = (id: number): void => clearTimeout(id);
  const events = Object.assign(EventEmitter, { EventEmitter, default: EventEmitter });
  const timers = { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate };
  const modules: Scope = {
    electron,
    'electron/renderer': electron,
    'electron/common': electron,
    events,
    timers,
  };
  modules['url'] = { URL, URLSearchParams };
  for (const name of ['events', 'timers', 'url']) modules[`node:${name}`] = modules[name];
  const require = (name: string): unknown => {
    if (Object.hasOwn(modules, name)) return modules[name];
    throw new Error(`module not found: ${name}`);
  };
  try {
    const module = { exports: {} };
    preload(require, process, module.exports, module, globalThis, setImmediate, clearImmediate);
    process.emit('loaded');
  } catch (error) {
    console.error('Unable to load preload script', error);
    post({
      t: 'preload-error',
      data: codec.encode(error instanceof Error ? error : new Error(String(error))),
    });
  }
};
