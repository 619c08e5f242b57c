// The two attacks on @electron/remote, run against the published package with a small electron: walking from any object to
// Function, and using an object's id from another page. Each is first shown to work without the confinement.
import { EventEmitter } from 'node:events';
import Module, { createRequire } from 'node:module';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { confineRemote, type RemoteModule } from '../../../src/main/security/remote.ts';

const require = createRequire(import.meta.url);

type Meta = { type: string; value?: unknown; id?: number };
class Contents extends EventEmitter {
  readonly id: number;
  constructor(id: number) {
    super();
    this.id = id;
  }
  getOwnerBrowserWindow(): object {
    return { isBrowserWindow: true };
  }
}

let app: EventEmitter;
let ipcMain: EventEmitter;

/** A fresh copy of the package, as after a start of the app. */
const freshRemote = (): RemoteModule<Contents> => {
  for (const file of Object.keys(require.cache)) {
    if (file.includes('@electron/remote')) delete require.cache[file];
  }
  return require('@electron/remote/main/index.js') as RemoteModule<Contents>;
};

type Loader = { _load: (request: string, ...rest: unknown[]) => unknown };
const loader = Module as unknown as Loader;
const realLoad = loader._load;

type Bindings = { _linkedBinding: (name: string) => unknown };
const bindings = process as unknown as Bindings;
const realBinding = bindings._linkedBinding;

beforeEach(() => {
  app = new EventEmitter();
  ipcMain = new EventEmitter();
  // Electron's own helper for values hidden on objects: the package asks for it at load.
  Object.defineProperty(process.versions, 'electron', { value: '45.4.1', configurable: true });
  bindings._linkedBinding = () => ({ getHiddenValue: () => undefined, setHiddenValue: () => undefined });
  loader._load = function load(request, ...rest) {
    return request === 'electron' ? { app, ipcMain } : realLoad.call(this, request, ...rest);
  };
});
afterEach(() => {
  loader._load = realLoad;
  bindings._linkedBinding = realBinding;
  Reflect.deleteProperty(process.versions, 'electron');
});

/** Sends as a page's preload does and gives what comes back. */
const send = (sender: Contents, channel: string, ...args: unknown[]): Meta => {
  const event: { sender: Contents; frameId: number; returnValue: Meta } = {
    sender,
    frameId: 1,
    returnValue: { type: 'unanswered' },
  };
  ipcMain.emit(channel, event, `${sender.id}-1`, ...args);
  return event.returnValue;
};
const read = (sender: Contents, id: number, member: string): Meta =>
  send(sender, 'REMOTE_BROWSER_MEMBER_GET', id, member);

const entries = [
  ['REMOTE_BROWSER_REQUIRE', 'node:child_process'],
  ['REMOTE_BROWSER_GET_BUILTIN', 'app'],
  ['REMOTE_BROWSER_GET_GLOBAL', 'process'],
  ['REMOTE_BROWSER_GET_CURRENT_WINDOW'],
  ['REMOTE_BROWSER_GET_CURRENT_WEB_CONTENTS'],
] as const;

const confined = async (): Promise<Contents> => {
  const about = new Contents(1);
  const remote = confineRemote<Contents>(app, { 'keyturn.version': '1.2.3' }, () =>
    Promise.resolve(freshRemote()),
  );
  await remote.enableFor(about);
  return about;
};

describe('the package without confinement (what the tests below must be able to see)', () => {
  it('lets a page walk from a harmless object to Function and run code in the shell', () => {
    const remote = freshRemote();
    const page = new Contents(1);
    remote.initialize();
    remote.enable(page);
    app.on('remote-get-global', (event: { returnValue: unknown }) => {
      event.returnValue = { theme: 'dark' };
    });
    const harmless = send(page, 'REMOTE_BROWSER_GET_GLOBAL', 'ui');
    const constructor = read(page, harmless.id!, 'constructor');
    const makeFunction = read(page, constructor.id!, 'constructor');
    const made = send(page, 'REMOTE_BROWSER_FUNCTION_CALL', makeFunction.id, [
      { type: 'value', value: 'return process.pid' },
    ]);
    expect(send(page, 'REMOTE_BROWSER_FUNCTION_CALL', made.id, [])).toEqual({
      type: 'value',
      value: process.pid,
    });
  });

  it('lets another page use the id of an object that it was never given', () => {
    const remote = freshRemote();
    const [first, second] = [new Contents(1), new Contents(2)];
    remote.initialize();
    remote.enable(first);
    remote.enable(second);
    const given = send(first, 'REMOTE_BROWSER_GET_CURRENT_WINDOW');
    expect(read(second, given.id!, 'isBrowserWindow')).toEqual({ type: 'value', value: true });
  });
});

describe('the confined package', () => {
  it('gives the About window its facts as plain values', async () => {
    const about = await confined();
    expect(send(about, 'REMOTE_BROWSER_GET_GLOBAL', 'keyturn.version')).toEqual({
      type: 'value',
      value: '1.2.3',
    });
  });

  it.each(entries)('refuses %s', async (channel, ...args) => {
    const about = await confined();
    expect(send(about, channel, ...args)).toMatchObject({ type: 'exception' });
  });

  it.each(['constructor', '__proto__', 'toString', 'process', 'hasOwnProperty'])(
    'has no global of the name %s',
    async (name) => {
      const about = await confined();
      expect(send(about, 'REMOTE_BROWSER_GET_GLOBAL', name)).toMatchObject({ type: 'exception' });
    },
  );

  it.each([[['keyturn.version']], [{ toString: () => 'keyturn.version' }], [null], [undefined], [0]])(
    'takes no name that is not text: %j',
    async (name) => {
      const about = await confined();
      expect(send(about, 'REMOTE_BROWSER_GET_GLOBAL', name)).toMatchObject({ type: 'exception' });
    },
  );

  it('leaves no object behind from which a page could walk to Function', async () => {
    const about = await confined();
    send(about, 'REMOTE_BROWSER_GET_GLOBAL', 'keyturn.version');
    for (const [channel, ...args] of entries) send(about, channel, ...args);
    for (let id = 0; id < 200; id += 1) {
      expect(read(about, id, 'constructor')).toMatchObject({ type: 'exception' });
      expect(send(about, 'REMOTE_BROWSER_FUNCTION_CALL', id, [])).toMatchObject({ type: 'exception' });
      expect(send(about, 'REMOTE_BROWSER_MEMBER_CALL', id, 'constructor', [])).toMatchObject({
        type: 'exception',
      });
      expect(send(about, 'REMOTE_BROWSER_CONSTRUCTOR', id, [])).toMatchObject({ type: 'exception' });
    }
  });

  it('answers no other page, not even for a fact, and not with an id from the About window', async () => {
    const about = await confined();
    send(about, 'REMOTE_BROWSER_GET_GLOBAL', 'keyturn.version');
    const vault = new Contents(2);
    expect(send(vault, 'REMOTE_BROWSER_GET_GLOBAL', 'keyturn.version')).toMatchObject({ type: 'exception' });
    for (let id = 0; id < 50; id += 1) {
      expect(read(vault, id, 'constructor')).toMatchObject({ type: 'exception' });
    }
  });

  it('keeps its last word against a listener that would allow more', async () => {
    app.on('remote-get-builtin', (event: { returnValue: unknown }) => {
      event.returnValue = { harmless: true };
    });
    const about = await confined();
    expect(send(about, 'REMOTE_BROWSER_GET_BUILTIN', 'app')).toMatchObject({ type: 'exception' });
  });

  it('is not even loaded before the About window is opened, and only once', async () => {
    let loads = 0;
    const remote = confineRemote<Contents>(app, {}, () => {
      loads += 1;
      return Promise.resolve(freshRemote());
    });
    expect(loads).toBe(0);
    await remote.enableFor(new Contents(1));
    await remote.enableFor(new Contents(2));
    expect(loads).toBe(1);
  });

  it.each([[{ theme: 'dark' }], [() => 1], [[1]], [null]])('refuses to be made with %j', (value) => {
    const facts = { fact: value } as unknown as Record<string, string>;
    const make = () => confineRemote<Contents>(app, facts, () => Promise.reject(new Error()));
    expect(make).toThrow('only primitives');
  });
});
