// BrowserWindow: its life, its place, its focus.
import { expect, test } from './conform.ts';

test('a window has the size it was given, and the page sees it', async ({ open, running }) => {
  const { page, mark } = await open({ options: { width: 640, height: 480, useContentSize: true } });
  expect(await page.evaluate(() => [innerWidth, innerHeight])).toEqual([640, 480]);
  const seen = await running.evaluateMain((_electron, name: string) => {
    const window = globalThis.fixture.windows.get(name) as Electron.BrowserWindow;
    window.setContentSize(700, 420);
    return window.getContentSize();
  }, mark);
  expect(seen).toEqual([700, 420]);
  await expect.poll(() => page.evaluate(() => [innerWidth, innerHeight])).toEqual([700, 420]);
});

test('setBounds keeps what it is not told, and no less than the least size', async ({ open, running }) => {
  const { mark } = await open({
    options: { x: 50, y: 60, width: 600, height: 400, minWidth: 500, minHeight: 300 },
  });
  const seen = await running.evaluateMain((_electron, name: string) => {
    const window = globalThis.fixture.windows.get(name) as Electron.BrowserWindow;
    window.setBounds({ width: 100 });
    return [window.getMinimumSize(), window.getBounds().height];
  }, mark);
  expect(seen).toEqual([[500, 300], 400]);
});

test('show, hide and focus', async ({ open, running }) => {
  const { mark, page } = await open({ options: { show: false } });
  const seen = await running.evaluateMain(async ({ BrowserWindow }, name: string) => {
    const window = globalThis.fixture.windows.get(name) as Electron.BrowserWindow;
    const heard: string[] = [];
    for (const event of ['show', 'hide', 'focus', 'blur'] as const)
      window.on(event as 'show', () => heard.push(event));
    const before = window.isVisible();
    window.show();
    await new Promise((resolve) => setTimeout(resolve, 300));
    const shown = [window.isVisible(), window.isFocused(), BrowserWindow.getFocusedWindow() === window];
    window.hide();
    await new Promise((resolve) => setTimeout(resolve, 300));
    return { before, shown, after: [window.isVisible(), window.isFocused()], heard: heard.toSorted() };
  }, mark);
  expect(seen).toEqual({
    before: false,
    shown: [true, true, true],
    after: [false, false],
    heard: ['blur', 'focus', 'hide', 'show'],
  });
  expect(await page.evaluate(() => document.visibilityState)).toMatch(/visible|hidden/);
});

test('ready-to-show comes once, after a hidden window has a page', async ({ open, running }) => {
  const count = await running.evaluateMain(async ({ BrowserWindow }) => {
    const window = new BrowserWindow({
      show: false,
      webPreferences: { session: globalThis.fixture.partition('conformance') },
    });
    let times = 0;
    const ready = new Promise<void>((resolve) => {
      window.on('ready-to-show', () => {
        times += 1;
        resolve();
      });
    });
    await window.loadURL('app://vault/index.html');
    await ready;
    await window.loadURL('app://vault/second.html');
    const isVisible = window.isVisible();
    window.destroy();
    return [times, isVisible];
  });
  expect(count).toEqual([1, false]);
  void open;
});

test('close can be prevented, destroy cannot', async ({ open, running }) => {
  const { mark } = await open();
  const seen = await running.evaluateMain(async (_electron, name: string) => {
    const window = globalThis.fixture.windows.get(name) as Electron.BrowserWindow;
    const heard: string[] = [];
    window.on('close', (event) => {
      heard.push('close');
      event.preventDefault();
    });
    window.on('closed', () => heard.push('closed'));
    window.close();
    await new Promise((resolve) => setTimeout(resolve, 200));
    const stillThere = !window.isDestroyed();
    window.destroy();
    return { stillThere, destroyed: window.isDestroyed(), heard };
  }, mark);
  expect(seen).toEqual({ stillThere: true, destroyed: true, heard: ['close', 'closed'] });
});

test('a page that does not want to be left keeps its window, unless the app insists', async ({
  open,
  running,
}) => {
  const { mark, page } = await open({ path: '/unload.html' });
  await page.locator('p').click();
  const seen = await running.evaluateMain(async (_electron, name: string) => {
    const window = globalThis.fixture.windows.get(name) as Electron.BrowserWindow;
    const asked = new Promise<void>((resolve) =>
      window.webContents.once('will-prevent-unload', () => resolve()),
    );
    window.close();
    await asked;
    await new Promise((resolve) => setTimeout(resolve, 200));
    const stillThere = !window.isDestroyed();
    window.webContents.on('will-prevent-unload', (event) => event.preventDefault());
    const closed = new Promise<void>((resolve) => window.once('closed', () => resolve()));
    window.close();
    await closed;
    return stillThere;
  }, mark);
  expect(seen).toBe(true);
});

test('a page may close its own window', async ({ open, running }) => {
  const { mark, page } = await open();
  await page.evaluate(() => globalThis.close()).catch(() => {});
  await expect
    .poll(() =>
      running.evaluateMain(
        (_electron, name: string) => globalThis.fixture.windows.get(name)?.isDestroyed(),
        mark,
      ),
    )
    .toBe(true);
});

test('the window’s title follows the page’s, unless prevented', async ({ open, running }) => {
  const { mark, page } = await open({ options: { title: 'At first' } });
  const title = (): Promise<string | undefined> =>
    running.evaluateMain((_electron, name: string) => globalThis.fixture.windows.get(name)?.getTitle(), mark);
  await expect.poll(title).toBe('Fixture');
  await page.evaluate(() => {
    document.title = 'Changed';
  });
  await expect.poll(title).toBe('Changed');
  await running.evaluateMain((_electron, name: string) => {
    globalThis.fixture.windows.get(name)?.on('page-title-updated', (event, text) => {
      globalThis.fixture.note('title', text);
      event.preventDefault();
    });
  }, mark);
  await page.evaluate(() => {
    document.title = 'Ignored';
  });
  await expect.poll(() => running.evaluateMain(() => globalThis.fixture.events.length)).toBe(1);
  expect(await title()).toBe('Changed');
});

test('windows are found by their contents and their id', async ({ open, running }) => {
  const { mark } = await open();
  const seen = await running.evaluateMain(({ BrowserWindow, webContents }, name: string) => {
    const window = globalThis.fixture.windows.get(name) as Electron.BrowserWindow;
    return [
      BrowserWindow.fromWebContents(window.webContents) === window,
      BrowserWindow.fromId(window.id) === window,
      webContents.fromId(window.webContents.id) === window.webContents,
      BrowserWindow.getAllWindows().includes(window),
      window.webContents.session === globalThis.fixture.partition('conformance'),
    ];
  }, mark);
  expect(seen).toEqual([true, true, true, true, true]);
});

test('a crashed page is reported, and the window lives on', async ({ open, running }) => {
  const { mark } = await open();
  const seen = await running.evaluateMain(async (_electron, name: string) => {
    const window = globalThis.fixture.windows.get(name) as Electron.BrowserWindow;
    const gone = new Promise<Electron.RenderProcessGoneDetails>((resolve) => {
      window.webContents.once('render-process-gone', (_event, details) => resolve(details));
    });
    window.webContents.forcefullyCrashRenderer();
    const { reason } = await gone;
    const isCrashed = window.webContents.isCrashed();
    await window.loadURL('app://vault/second.html');
    return [
      reason,
      isCrashed,
      window.isDestroyed(),
      window.webContents.isCrashed(),
      window.webContents.getURL(),
    ];
  }, mark);
  expect(seen).toEqual([
    expect.stringMatching(/^(crashed|killed)$/),
    true,
    false,
    false,
    'app://vault/second.html',
  ]);
});

test('a page can be pictured', async ({ open, running }) => {
  const { mark } = await open();
  const seen = await running.evaluateMain(async (_electron, name: string) => {
    const image = await globalThis.fixture.windows.get(name)?.webContents.capturePage();
    return [image?.isEmpty(), image?.getSize().width, image?.toPNG().subarray(1, 4).toString()];
  }, mark);
  expect(seen).toEqual([false, 700, 'PNG']);
});

test('keys are announced before the page gets them', async ({ open, running }) => {
  const { mark, page } = await open();
  await running.evaluateMain((_electron, name: string) => {
    globalThis.fixture.windows.get(name)?.webContents.on('before-input-event', (_event, input) => {
      globalThis.fixture.note('input', [input.type, input.key, input.control]);
    });
  }, mark);
  await page.locator('#field').press('Control+k');
  await expect
    .poll(() =>
      running.evaluateMain(() => globalThis.fixture.events.map(({ details }) => details as unknown)),
    )
    .toContainEqual(['keyDown', 'k', true]);
});
