// The preload's world and the context bridge.
import { expect, innerFrame, test, type PageApi } from './conform.ts';

type Scope = typeof globalThis & PageApi;

test('the preload runs before the scripts of the page, in a world of its own', async ({ still }) => {
  const { page } = still;
  const seen = await page.evaluate(() => {
    const scope = globalThis as unknown as Record<string, unknown>;
    scope['pageSecret'] = 1;
    return [scope['sawApi'], scope['preloadGlobal'], typeof scope['preloadSecret'], typeof scope['require']];
  });
  expect(seen).toEqual(['object', 'undefined', 'undefined', 'undefined']);
  expect(await page.evaluate(() => (globalThis as Scope).api['pageSecret']())).toBe('undefined');
  expect(await page.evaluate(() => (globalThis as Scope).api['documentState'])).toBe('loading');
});

test('a sandboxed preload can require only a few modules', async ({ still }) => {
  const { page } = still;
  const requires = await page.evaluate(() => (globalThis as Scope).api['requires']);
  expect(requires).toEqual({
    fs: 'module not found: fs',
    url: 'loaded',
    timers: 'loaded',
    remote: 'module not found: ./other',
  });
  expect(await page.evaluate(() => (globalThis as Scope).api['emitterKind'])).toBe('function');
});

test('the preload knows the process it runs in', async ({ still, running }) => {
  const { page } = still;
  const facts = await page.evaluate(() => (globalThis as Scope).api['processFacts']);
  const version = await running.evaluateMain(() => process.versions['electron']);
  expect(facts).toEqual({
    type: 'renderer',
    sandboxed: true,
    contextIsolated: true,
    isMainFrame: true,
    electron: version,
    platform: process.platform,
  });
});

test('values are copied once, and frozen', async ({ still }) => {
  const { page } = still;
  const seen = await page.evaluate(() => {
    const { api } = globalThis as Scope;
    const changed = api['changeSource']();
    const isFrozen = [api, api['source'], api['source'].list, api['source'].list[1], api['add']].map((each) =>
      Object.isFrozen(each),
    );
    let error = '';
    try {
      Object.defineProperty(api, 'text', { value: 'other' });
    } catch (caught) {
      error = (caught as Error).name;
    }
    return {
      changed,
      count: api['source'].count,
      isFrozen,
      error,
      missing: 'missing' in api,
      nothing: api['nothing'],
    };
  });
  expect(seen).toEqual({
    changed: 2,
    count: 1,
    isFrozen: [true, true, true, true, true],
    error: 'TypeError',
    missing: true,
    nothing: null,
  });
});

test('the exposed name cannot be written over, nor exposed twice', async ({ still }) => {
  const { page } = still;
  const seen = await page.evaluate(() => {
    const { api } = globalThis as Scope;
    const { writable, configurable } = Object.getOwnPropertyDescriptor(globalThis, 'api') ?? {};
    return { writable, configurable, twice: api['exposeTwice']() };
  });
  expect(seen.writable).toBe(false);
  expect(seen.configurable).toBe(false);
  expect(seen.twice).toContain('Cannot bind an API on top of an existing property on the window object');
});

test('bytes, dates and maps arrive as such', async ({ still }) => {
  const { page } = still;
  const seen = await page.evaluate(() => {
    const { api } = globalThis as Scope;
    return [
      api['bytes'] instanceof Uint8Array,
      [...api['bytes']],
      api['when'] instanceof Date,
      api['when'].getTime(),
      api['map'] instanceof Map,
      api['map'].get('k'),
    ];
  });
  expect(seen).toEqual([true, [1, 2, 3], true, 86_400_000, true, 1]);
});

test('a function answers at once where it does so in the preload, and with a promise where it gives one', async ({
  still,
}) => {
  const { page } = still;
  const seen = await page.evaluate(async () => {
    const { api } = globalThis as Scope;
    const promise = api['later']('soon');
    return [api['add'](2, 3), promise instanceof Promise, await promise];
  });
  expect(seen).toEqual([5, true, 'soon later']);
});

test('arguments are copied into the world of the preload', async ({ still }) => {
  const { page } = still;
  const seen = await page.evaluate(() => {
    const { api } = globalThis as Scope;
    const given = { list: [1] };
    const back = api['identity'](given);
    return [
      api['isArrayHere']([1]),
      back === given,
      back.list,
      api['kindOf'](new Uint8Array(1)),
      api['kindOf'](new Date()),
    ];
  });
  expect(seen).toEqual([true, false, [1], '[object Uint8Array]', '[object Date]']);
});

test('what a function gives back is a copy that is not frozen', async ({ still }) => {
  const { page } = still;
  const seen = await page.evaluate(() => {
    const { api } = globalThis as Scope;
    const given = api['give']();
    given.inner.mutable = 2;
    return given.inner.mutable;
  });
  expect(seen).toBe(2);
});

test('functions of the page can be called from the preload, at once and later', async ({ still }) => {
  const { page } = still;
  const seen = await page.evaluate(async () => {
    const { api } = globalThis as Scope;
    const heard: string[] = [];
    api['callBack']((word: string) => heard.push(word));
    await new Promise<void>((resolve) => {
      api['callBackLater']((word: string) => {
        heard.push(word);
        resolve();
      });
    });
    return heard;
  });
  expect(seen).toEqual(['called back', 'called later']);
});

test('of an error only the message crosses the bridge', async ({ still }) => {
  const { page } = still;
  const seen = await page.evaluate(async () => {
    const { api } = globalThis as Scope;
    const seen: unknown[] = [];
    try {
      api['throwing']();
    } catch (caught) {
      const error = caught as Error & { extra?: string };
      seen.push(error instanceof Error, error.constructor === Error, error.message, error.extra);
    }
    await api['rejecting']().catch((error: Error) => seen.push(error instanceof Error, error.message));
    return seen;
  });
  expect(seen).toEqual([true, true, 'too far', undefined, true, 'not today']);
});

test('classes lose their prototype, and what cannot be cloned is refused', async ({ still }) => {
  const { page } = still;
  const seen = await page.evaluate(() => {
    const { api } = globalThis as Scope;
    const custom = api['custom']();
    let message = '';
    try {
      api['unCloneable']();
    } catch (error) {
      message = (error as Error).message;
    }
    return { own: custom.own, method: typeof custom.method, message };
  });
  expect(seen).toEqual({ own: 1, method: 'undefined', message: 'An object could not be cloned.' });
});

test('the preload runs again for every document, and in sub-frames only when told so', async ({ open }) => {
  const { page } = await open({ path: '/frames.html' });
  const inner = await innerFrame(page);
  expect(await inner.evaluate(() => typeof (globalThis as Scope).api)).toBe('undefined');
  const told = await open({ path: '/frames.html', preferences: { nodeIntegrationInSubFrames: true } });
  const within = await innerFrame(told.page);
  expect(await within.evaluate(() => (globalThis as Scope).api['processFacts'].isMainFrame)).toBe(false);
  await told.page.reload();
  expect(await told.page.evaluate(() => typeof (globalThis as Scope).api)).toBe('object');
});

test('a preload that throws is reported and the page goes on', async ({ open, running }) => {
  const seen = await running.evaluateMain(async () => {
    const { BrowserWindow } = globalThis.fixture.electron as unknown as typeof Electron;
    const window = new BrowserWindow({
      show: false,
      webPreferences: {
        preload: `${globalThis.fixture.dirname}/broken-preload.cjs`,
        session: globalThis.fixture.partition('conformance'),
      },
    });
    const failed = new Promise<string>((resolve) => {
      window.webContents.once('preload-error', (_event, path, error) =>
        resolve(`${path.split('/').at(-1) ?? ''}: ${error.message}`),
      );
    });
    await window.loadURL('app://vault/index.html');
    const title = await window.webContents.executeJavaScript('document.title');
    const report = await failed;
    window.destroy();
    return [report, title as string];
  });
  expect(seen).toEqual(['broken-preload.cjs: the preload is broken', 'Fixture']);
  void open;
});
