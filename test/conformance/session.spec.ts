// Sessions: apart from each other, permissions, downloads.
import { expect, test } from './conform.ts';

const ask = async (): Promise<unknown[]> => {
  const position = await new Promise<string>((resolve) => {
    navigator.geolocation.getCurrentPosition(
      () => resolve('given'),
      (error) => resolve(error.code === error.PERMISSION_DENIED ? 'denied' : 'no position'),
      { timeout: 2000 },
    );
  });
  const query = await navigator.permissions.query({ name: 'notifications' });
  return [position, query.state];
};

test('a permission is given where nobody set a handler', async ({ open }) => {
  const { page } = await open({ partition: 'permissions-open' });
  const [position, notifications] = await page.evaluate(ask);
  expect(position).not.toBe('denied');
  expect(notifications).toBe('granted');
});

test('a permission is refused where the handlers say no, and they hear who asks for what', async ({
  open,
  running,
}) => {
  await running.evaluateMain(() => {
    const session = globalThis.fixture.partition('permissions-shut');
    session.setPermissionRequestHandler((contents, permission, callback, details) => {
      globalThis.fixture.note('request', [permission, details.requestingUrl.split('?')[0], contents.id > 0]);
      callback(false);
    });
    session.setPermissionCheckHandler((_contents, permission, origin) => {
      globalThis.fixture.note('check', [permission, origin]);
      return false;
    });
  });
  const { page } = await open({ partition: 'permissions-shut' });
  expect(await page.evaluate(ask)).toEqual(['denied', 'denied']);
  const events = await running.evaluateMain(() =>
    globalThis.fixture.events.map(({ name, details }) => [name, details]),
  );
  expect(events).toContainEqual(['request', ['geolocation', 'app://vault/index.html', true]]);
  expect(events).toContainEqual(['check', ['notifications', expect.stringMatching(/^app:\/\/vault\/?$/)]]);
});

test('partitions share nothing; the same name is the same session', async ({ open, running }) => {
  const first = await open({ partition: 'one' });
  await first.page.evaluate(() => localStorage.setItem('secret', 'one'));
  const again = await open({ partition: 'one' });
  const other = await open({ partition: 'two' });
  const read = (): string | null => localStorage.getItem('secret');
  expect(await again.page.evaluate(read)).toBe('one');
  expect(await other.page.evaluate(read)).toBeNull();
  const seen = await running.evaluateMain(({ session }) => [
    session.fromPartition('one') === session.fromPartition('one'),
    session.fromPartition('one') === session.fromPartition('two'),
    session.fromPartition('one').isPersistent(),
    session.defaultSession.isPersistent(),
  ]);
  expect(seen).toEqual([true, false, false, true]);
});

test('a download is announced and can be refused', async ({ open, running }) => {
  await running.evaluateMain(() => {
    globalThis.fixture.partition('downloads').on('will-download', (event, item) => {
      globalThis.fixture.note('download', [item.getURL(), item.getFilename()]);
      event.preventDefault();
    });
  });
  const { page } = await open({ partition: 'downloads' });
  await page.evaluate(() => {
    const link = Object.assign(document.createElement('a'), { href: '/file.bin', download: 'file.bin' });
    document.body.append(link);
    link.click();
  });
  await expect
    .poll(() =>
      running.evaluateMain(() => globalThis.fixture.events.map(({ details }) => details as unknown)),
    )
    .toEqual([['app://vault/file.bin', 'file.bin']]);
});

test('a session with a dead proxy still serves its own scheme', async ({ open, running }) => {
  await running.evaluateMain(() =>
    globalThis.fixture
      .partition('proxied')
      .setProxy({ proxyRules: 'http://127.0.0.1:9', proxyBypassRules: '' }),
  );
  const { mark, page } = await open({ partition: 'proxied' });
  expect(await page.title()).toBe('Fixture');
  const code = await running.evaluateMain(
    (_electron, name: string) =>
      globalThis.fixture.windows
        .get(name)
        ?.loadURL('http://keyturn.test/')
        .catch((error: NodeJS.ErrnoException) => error.code),
    mark,
  );
  expect(code).toBe('ERR_PROXY_CONNECTION_FAILED');
});
