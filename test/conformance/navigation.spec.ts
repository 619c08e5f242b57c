// Who may go where: what the app loads, what a page wants, what it opens.
import { expect, innerFrame, test } from './conform.ts';

const events = (): unknown[] => globalThis.fixture.events.map(({ name, details }) => [name, details]);

test('loadURL and reload announce no will-navigate', async ({ open, running }) => {
  const { mark } = await open();
  await running.evaluateMain((_electron, name: string) => {
    globalThis.fixture.windows
      .get(name)
      ?.webContents.on('will-navigate', () => globalThis.fixture.note('will-navigate'));
  }, mark);
  await running.evaluateMain(async (_electron, name: string) => {
    const contents = globalThis.fixture.windows.get(name)?.webContents;
    await contents?.loadURL('app://vault/second.html');
    const loaded = new Promise<void>((resolve) => contents?.once('did-finish-load', () => resolve()));
    contents?.reload();
    await loaded;
  }, mark);
  expect(await running.evaluateMain(events)).toEqual([]);
});

test('a page that wants elsewhere is announced and can be stopped', async ({ open, running }) => {
  const { page, mark } = await open();
  await running.evaluateMain((_electron, name: string) => {
    const contents = globalThis.fixture.windows.get(name)?.webContents;
    contents?.on('will-frame-navigate', (event) =>
      globalThis.fixture.note('frame', [event.url, event.isMainFrame]),
    );
    contents?.on('will-navigate', (event, url) => {
      globalThis.fixture.note('main', url);
      event.preventDefault();
    });
  }, mark);
  await page.locator('#away').click({ noWaitAfter: true });
  await expect
    .poll(() => running.evaluateMain(events))
    .toEqual([
      ['frame', ['https://example.com/away', true]],
      ['main', 'https://example.com/away'],
    ]);
  expect(new URL(page.url()).pathname).toBe('/index.html');
  await expect.poll(() => page.evaluate(() => document.title)).toBe('Fixture');
});

test('a page may go where nobody stops it', async ({ open, running }) => {
  const { page, mark } = await open();
  await page.evaluate(() => {
    location.href = '/second.html';
  });
  await page.waitForURL(/second/);
  const url = await running.evaluateMain(
    (_electron, name: string) => globalThis.fixture.windows.get(name)?.webContents.getURL(),
    mark,
  );
  expect(url).toBe('app://vault/second.html');
});

test('a sub-frame is announced as one and can be stopped alone', async ({ open, running }) => {
  const { page, mark } = await open({ path: '/frames.html' });
  await running.evaluateMain((_electron, name: string) => {
    const contents = globalThis.fixture.windows.get(name)?.webContents;
    contents?.on('will-navigate', () => globalThis.fixture.note('main'));
    contents?.on('will-frame-navigate', (event) => {
      globalThis.fixture.note('frame', [event.url, event.isMainFrame]);
      event.preventDefault();
    });
  }, mark);
  const inner = await innerFrame(page);
  await inner.evaluate(() => {
    location.href = '/second.html';
  });
  await expect
    .poll(() => running.evaluateMain(events))
    .toEqual([['frame', ['app://vault/second.html', false]]]);
  expect(await inner.evaluate(() => document.body.textContent)).toBe('inner');
});

test('a redirect is announced and can be stopped', async ({ open, running }) => {
  const { mark } = await open();
  const seen = await running.evaluateMain(async (_electron, name: string) => {
    const contents = globalThis.fixture.windows.get(name)?.webContents;
    contents?.once('will-redirect', (event, url) => {
      globalThis.fixture.note('redirect', url);
      event.preventDefault();
    });
    return contents?.loadURL('app://vault/redirect').catch((error: NodeJS.ErrnoException) => error.code);
  }, mark);
  expect(seen).toBe('ERR_ABORTED');
  expect(await running.evaluateMain(events)).toEqual([['redirect', 'app://vault/second.html']]);
});

test('a hash is a navigation within the page', async ({ open, running }) => {
  const { page, mark } = await open();
  await running.evaluateMain((_electron, name: string) => {
    const contents = globalThis.fixture.windows.get(name)?.webContents;
    contents?.on('will-navigate', () => globalThis.fixture.note('will-navigate'));
    contents?.on('did-navigate-in-page', (_event, url, isMain) =>
      globalThis.fixture.note('in-page', [url, isMain]),
    );
  }, mark);
  await page.evaluate(() => {
    location.hash = 'there';
  });
  await expect
    .poll(() => running.evaluateMain(events))
    .toEqual([['in-page', [`app://vault/index.html?${mark}#there`, true]]]);
});

test('loadURL rejects with the name and number of the network error', async ({ open, running }) => {
  const { mark } = await open();
  const seen = await running.evaluateMain(async (_electron, name: string) => {
    const contents = globalThis.fixture.windows.get(name)?.webContents;
    const failed: unknown[] = [];
    contents?.on('did-fail-load', (_event, code, description, _url, isMain) =>
      failed.push([code, description, isMain]),
    );
    const errors: unknown[] = [];
    for (const url of ['http://127.0.0.1:1/', 'unheard-of://x']) {
      await contents?.loadURL(url).catch((error: Error & { errno?: number; code?: string; url?: string }) => {
        errors.push([error.code, error.errno, error.url, error.message]);
      });
    }
    return { failed, errors };
  }, mark);
  expect(seen.errors[0]).toEqual([
    expect.stringMatching(/^ERR_(UNSAFE_PORT|CONNECTION_REFUSED)$/),
    expect.any(Number),
    'http://127.0.0.1:1/',
    expect.stringMatching(/^ERR_\w+ \(-\d+\) loading 'http:\/\/127\.0\.0\.1:1\/'$/),
  ]);
  expect((seen.errors[1] as unknown[])[0]).toMatch(/^ERR_(UNKNOWN_URL_SCHEME|ABORTED|FAILED)$/);
  expect(seen.failed.length).toBeGreaterThan(0);
});

test('a second loadURL aborts the first', async ({ open, running }) => {
  const { mark } = await open();
  const seen = await running.evaluateMain(async (_electron, name: string) => {
    const contents = globalThis.fixture.windows.get(name)?.webContents;
    const first = contents?.loadURL('app://vault/second.html').then(
      () => 'loaded',
      (error: NodeJS.ErrnoException) => error.code,
    );
    await contents?.loadURL('app://vault/index.html');
    return [await first, contents?.getURL()];
  }, mark);
  expect(seen).toEqual(['ERR_ABORTED', 'app://vault/index.html']);
});

test('window.open gives null where the handler denies it, and the handler knows the address', async ({
  open,
  running,
}) => {
  const { page, mark } = await open();
  await running.evaluateMain((_electron, name: string) => {
    globalThis.fixture.windows
      .get(name)
      ?.webContents.setWindowOpenHandler(({ url, frameName, disposition }) => {
        globalThis.fixture.note('open', [url, frameName, disposition]);
        return { action: 'deny' };
      });
  }, mark);
  const count = await running.evaluateMain(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  const seen = await page.evaluate(() => [
    globalThis.open('https://example.com/x', 'named') === null,
    globalThis.open('/second.html', '', 'width=100') === null,
  ]);
  expect(seen).toEqual([true, true]);
  await expect
    .poll(() => running.evaluateMain(events))
    .toEqual([
      ['open', ['https://example.com/x', 'named', 'foreground-tab']],
      ['open', ['app://vault/second.html', '', 'new-window']],
    ]);
  expect(await running.evaluateMain(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(count);
});

test('a link with a target asks the handler too', async ({ open, running }) => {
  const { page, mark } = await open();
  await running.evaluateMain((_electron, name: string) => {
    globalThis.fixture.windows.get(name)?.webContents.setWindowOpenHandler(({ url }) => {
      globalThis.fixture.note('open', url);
      return { action: 'deny' };
    });
  }, mark);
  const count = await running.evaluateMain(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  await page.evaluate(() => {
    const link = Object.assign(document.createElement('a'), {
      href: '/second.html',
      target: '_blank',
      id: 'new',
    });
    link.textContent = 'new';
    document.body.append(link);
  });
  await page.locator('#new').click();
  await expect.poll(() => running.evaluateMain(events)).toEqual([['open', 'app://vault/second.html']]);
  await expect.poll(() => running.windows().filter((each) => each.url().includes('second'))).toEqual([]);
  expect(await running.evaluateMain(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(count);
});

test('the events of a load come in order', async ({ open, running }) => {
  const { mark } = await open();
  const seen = await running.evaluateMain(async (_electron, name: string) => {
    const contents = globalThis.fixture.windows.get(name)?.webContents as Electron.WebContents;
    const names: string[] = [];
    // The first page may still be about to stop.
    while (contents.isLoading()) await new Promise((resolve) => setTimeout(resolve, 5));
    contents.on('did-start-loading', () => names.push('did-start-loading'));
    contents.on('did-navigate', () => names.push('did-navigate'));
    contents.on('dom-ready', () => names.push('dom-ready'));
    contents.on('did-finish-load', () => names.push('did-finish-load'));
    const stopped = new Promise<void>((resolve) => {
      contents.on('did-stop-loading', () => {
        names.push('did-stop-loading');
        resolve();
      });
    });
    await contents.loadURL('app://vault/second.html');
    await stopped;
    return [...new Set(names)];
  }, mark);
  expect(seen).toEqual([
    'did-start-loading',
    'did-navigate',
    'dom-ready',
    'did-finish-load',
    'did-stop-loading',
  ]);
});
