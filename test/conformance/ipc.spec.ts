// Messages between pages and the main process.
import { expect, innerFrame, test, type PageApi } from './conform.ts';

type Scope = typeof globalThis & PageApi;

test('structured clone carries what it can, both ways', async ({ still }) => {
  const { page } = still;
  expect(await page.evaluate(() => (globalThis as Scope).api['invokeRich']())).toEqual({
    loop: true,
    when: true,
    bytes: '9,8',
    buffer: 4,
    map: true,
    big: '100000000000000000000',
    missing: true,
    nan: true,
    negativeZero: true,
    error: 'typed',
    custom: false,
    customOwn: 1,
  });
});

test('what cannot be cloned is refused where it is sent', async ({ open, running }) => {
  const { page, mark } = await open();
  const seen = await page.evaluate(async () => {
    const { api } = globalThis as Scope;
    return [await api['invokeFunction'](), api['sendFunction']()];
  });
  expect(seen).toEqual(['An object could not be cloned.', 'An object could not be cloned.']);
  const fromMain = await running.evaluateMain((_electron, name: string) => {
    try {
      globalThis.fixture.windows.get(name)?.webContents.send('message', () => 1);
      return 'sent';
    } catch (error) {
      return (error as Error).message;
    }
  }, mark);
  expect(fromMain).toContain('could not be cloned');
});

test('a handler that throws, is missing or answers with a function gives Electron’s words', async ({
  still,
}) => {
  const { page } = still;
  const seen = await page.evaluate(async () => {
    const { api } = globalThis as Scope;
    const message = (channel: string): Promise<string> =>
      api['invoke'](channel).catch((error: Error) => error.message);
    return [await message('fail'), await message('nobody'), await message('give-function')];
  });
  expect(seen).toEqual([
    "Error invoking remote method 'fail': TypeError: no such thing",
    "Error invoking remote method 'nobody': Error: No handler registered for 'nobody'",
    "Error invoking remote method 'give-function': Error: An object could not be cloned.",
  ]);
});

test('a second handler for a channel is refused, handleOnce answers once', async ({ still, running }) => {
  const { page } = still;
  const second = await running.evaluateMain(({ ipcMain }) => {
    ipcMain.handleOnce('once', () => 'first');
    try {
      ipcMain.handle('echo', () => 1);
      return 'registered';
    } catch (error) {
      return (error as Error).message;
    }
  });
  expect(second).toBe("Attempted to register a second handler for 'echo'");
  const seen = await page.evaluate(async () => {
    const { api } = globalThis as Scope;
    return [await api['invoke']('once'), await api['invoke']('once').catch((error: Error) => error.message)];
  });
  expect(seen).toEqual([
    'first',
    "Error invoking remote method 'once': Error: No handler registered for 'once'",
  ]);
});

test('the sender is named by address, origin and place in the tree', async ({ open, running }) => {
  const { page, mark } = await open();
  const contents = await running.evaluateMain(
    (_electron, name: string) => globalThis.fixture.windows.get(name)?.webContents.id,
    mark,
  );
  expect(await page.evaluate(() => (globalThis as Scope).api['invoke']('describe-sender'))).toEqual({
    url: `app://vault/index.html?${mark}`,
    origin: 'app://vault',
    hasParent: false,
    isMainFrame: true,
    isTop: true,
    contents,
  });
});

test('a sub-frame that may speak is named as one', async ({ open }) => {
  const { page } = await open({ path: '/frames.html', preferences: { nodeIntegrationInSubFrames: true } });
  const inner = await innerFrame(page);
  const seen = await inner.evaluate(() => (globalThis as Scope).api['invoke']('describe-sender'));
  expect(seen).toMatchObject({
    url: 'app://vault/inner.html',
    origin: 'app://vault',
    hasParent: true,
    isTop: false,
  });
});

test('the sender’s frame is null once its document is gone', async ({ open, running }) => {
  const { page, mark } = await open();
  const frames = running.evaluateMain(async ({ ipcMain }, name: string) => {
    const contents = globalThis.fixture.windows.get(name)?.webContents;
    const event = await new Promise<Electron.IpcMainEvent>((resolve) => ipcMain.once('keep-me', resolve));
    const before = event.senderFrame?.url;
    await contents?.loadURL('app://other/second.html');
    return { before, after: event.senderFrame };
  }, mark);
  await page.evaluate(() => (globalThis as Scope).api['send']('keep-me'));
  expect(await frames).toEqual({ before: `app://vault/index.html?${mark}`, after: null });
});

test('messages keep their order, and each window’s own ipc hears only its window', async ({
  open,
  running,
}) => {
  const first = await open();
  const second = await open();
  await running.evaluateMain((_electron, name: string) => {
    const contents = globalThis.fixture.windows.get(name)?.webContents;
    contents?.ipc.on('scoped', (_event, word: string) => globalThis.fixture.note('scoped', word));
    contents?.ipc.handle('echo', () => 'scoped answer');
    contents?.on('ipc-message', (_event, channel) => globalThis.fixture.note('ipc-message', channel));
  }, first.mark);
  for (const { page } of [second, first]) {
    await page.evaluate(() => {
      for (const word of ['a', 'b', 'c']) (globalThis as Scope).api['send']('scoped', word);
    });
  }
  expect(await second.page.evaluate(() => (globalThis as Scope).api['invoke']('echo', 1))).toBe(1);
  expect(await first.page.evaluate(() => (globalThis as Scope).api['invoke']('echo', 1))).toBe(
    'scoped answer',
  );
  const events = await running.evaluateMain(() =>
    globalThis.fixture.events.map(({ name, details }) => [name, details]),
  );
  expect(events).toEqual(
    ['a', 'b', 'c'].flatMap((word) => [
      ['ipc-message', 'scoped'],
      ['scoped', word],
    ]),
  );
});

test('the main process sends, replies and is heard', async ({ open, running }) => {
  const { page, mark } = await open();
  await running.evaluateMain((_electron, name: string) => {
    globalThis.fixture.windows.get(name)?.webContents.send('message', 1, { two: 2 });
  }, mark);
  await page.evaluate(() => (globalThis as Scope).api['send']('reply-please', 'x'));
  await expect
    .poll(() => page.evaluate(() => (globalThis as Scope).api['received']()))
    .toEqual([
      { parts: [1, { two: 2 }], ports: 0 },
      { parts: ['re: x'], ports: 0 },
    ]);
});

test('sendSync waits for returnValue, and gets nothing where nobody listens', async ({ still }) => {
  const { page } = still;
  const seen = await page.evaluate(() => {
    const { api } = globalThis as Scope;
    return [api['sendSync']('add-one', 41), api['sendSync']('add-one', 1)];
  });
  expect(seen).toEqual([42, 2]);
});

test('an answer that comes after the page is gone disturbs nobody', async ({ open, running }) => {
  const { page, mark } = await open();
  await page.evaluate(() => void (globalThis as Scope).api['invoke']('wait', 200));
  await page.reload();
  await running.evaluateMain(async (_electron, name: string) => {
    const window = globalThis.fixture.windows.get(name);
    await new Promise((resolve) => setTimeout(resolve, 300));
    window?.webContents.send('message', 'still here');
  }, mark);
  await expect
    .poll(() => page.evaluate(() => (globalThis as Scope).api['received']()))
    .toEqual([{ parts: ['still here'], ports: 0 }]);
});

test('ports go to a page and come from one', async ({ open, running }) => {
  const { page, mark } = await open();
  const heard = await running.evaluateMain(async ({ MessageChannelMain }, name: string) => {
    const { port1, port2 } = new MessageChannelMain();
    globalThis.fixture.windows.get(name)?.webContents.postMessage('port', null, [port1]);
    const answer = new Promise<string>((resolve) =>
      port2.on('message', (event) => resolve(event.data as string)),
    );
    port2.start();
    port2.postMessage('main');
    return answer;
  }, mark);
  expect(heard).toBe('page heard main');
  await running.evaluateMain(({ ipcMain }) => {
    ipcMain.once('port-from-page', (event, word: string) =>
      event.ports[0]?.postMessage(`main heard ${word}`),
    );
  });
  expect(await page.evaluate(() => (globalThis as Scope).api['openPort']())).toBe('main heard hello');
});
