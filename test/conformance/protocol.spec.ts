// Custom schemes, the policy of their pages, and requests that the app looks at.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from './conform.ts';

test('the handler gets the address as the app wrote it', async ({ open, running }) => {
  const { mark } = await open();
  const requests = await running.evaluateMain(() => globalThis.fixture.requests);
  expect(requests).toEqual([{ url: `app://vault/index.html?${mark}`, method: 'GET' }]);
});

test('a page of a secure scheme is a secure context with an origin and storage of its own', async ({
  open,
}) => {
  const { page } = await open();
  const seen = await page.evaluate(() => {
    localStorage.setItem('key', 'value');
    return [isSecureContext, localStorage.getItem('key'), typeof crypto.subtle];
  });
  expect(seen).toEqual([true, 'value', 'object']);
});

test('the policy in the response’s header binds: inline scripts are blocked, own ones run', async ({
  open,
}) => {
  const { page } = await open({ path: '/policy.html' });
  const seen = await page.evaluate(() => {
    const scope = globalThis as unknown as Record<string, unknown>;
    return [scope['inlineRan'], scope['allowedRan']];
  });
  expect(seen).toEqual([undefined, true]);
});

test('a policy that names the scheme lets that scheme through and no other', async ({ open }) => {
  const { page } = await open({ path: '/policy.html' });
  const seen = await page.evaluate(async () => {
    const load = (src: string): Promise<string> =>
      new Promise((resolve) => {
        const image = new Image();
        image.addEventListener('load', () => resolve(`loaded ${String(image.width)}`));
        image.addEventListener('error', () => resolve('blocked'));
        image.src = src;
      });
    return [await load('/image.svg'), await load('data:image/gif;base64,R0lGODlhAQABAAAAACw=')];
  });
  expect(seen).toEqual(['loaded 7', 'blocked']);
});

test('fetch works only for a scheme that may be fetched', async ({ open }) => {
  const { page } = await open();
  const seen = await page.evaluate(async () => {
    const response = await fetch('/echo').then(
      () => 'fetched',
      (error: Error) => error.name,
    );
    return response;
  });
  expect(seen).toBe('TypeError');
});

test('method, body, status and headers pass through the handler', async ({ open, running }) => {
  const { page, mark } = await open();
  await running.evaluateMain(async (_electron, name: string) => {
    await globalThis.fixture.windows.get(name)?.loadURL('fetchable://vault/index.html');
  }, mark);
  await page.waitForURL(/fetchable/);
  const seen = await page.evaluate(async () => {
    const posted = await fetch('/echo', { method: 'POST', body: 'words' });
    const missing = await fetch('/missing');
    return [await posted.text(), posted.headers.get('x-echo'), missing.status, await missing.text()];
  });
  expect(seen).toEqual(['POST words', 'yes', 404, 'not here']);
});

test('a handler that throws is a failed load', async ({ open, running }) => {
  const { mark } = await open();
  const code = await running.evaluateMain(
    (_electron, name: string) =>
      globalThis.fixture.windows
        .get(name)
        ?.loadURL('app://vault/throw')
        .then(
          () => 'loaded',
          (error: NodeJS.ErrnoException) => error.code,
        ),
    mark,
  );
  expect(code).toMatch(/^ERR_(UNEXPECTED|FAILED)$/);
});

test('a scheme is handled once, and privileges are given before ready', async ({ running }) => {
  const seen = await running.evaluateMain(({ protocol }) => {
    const session = globalThis.fixture.partition('conformance');
    const errors: string[] = [];
    try {
      session.protocol.handle('app', () => new Response());
    } catch (error) {
      errors.push((error as Error).message);
    }
    try {
      protocol.registerSchemesAsPrivileged([{ scheme: 'late' }]);
    } catch (error) {
      errors.push((error as Error).message);
    }
    return {
      errors,
      own: session.protocol.isProtocolHandled('app'),
      default: protocol.isProtocolHandled('app'),
    };
  });
  expect(seen.errors).toHaveLength(2);
  expect(seen.errors[1]).toContain('before app is ready');
  expect(seen.own).toBe(true);
  expect(seen.default).toBe(false);
});

test('onBeforeRequest sees every request and can cancel it before it leaves', async ({ open, running }) => {
  let hits = 0;
  const server = createServer((_request, response) => {
    hits += 1;
    response.end('outside');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
  await running.evaluateMain(() => {
    globalThis.fixture.partition('guarded').webRequest.onBeforeRequest((details, callback) => {
      globalThis.fixture.note('request', [details.url, details.resourceType]);
      callback({ cancel: details.url.startsWith('http') });
    });
  });
  const { page, mark } = await open({ partition: 'guarded' });
  const image = await page.evaluate(
    (src) =>
      new Promise((resolve) => {
        const made = new Image();
        made.addEventListener('error', () => resolve('failed'));
        made.addEventListener('load', () => resolve('loaded'));
        made.src = src;
      }),
    address,
  );
  const loaded = await running.evaluateMain(
    (_electron, [name, url]: readonly [string, string]) =>
      globalThis.fixture.windows
        .get(name)
        ?.loadURL(url)
        .catch((error: NodeJS.ErrnoException) => error.code),
    [mark, address] as const,
  );
  server.close();
  const seen = await running.evaluateMain(() =>
    globalThis.fixture.events.map(({ details }) => details as unknown),
  );
  expect(image).toBe('failed');
  expect(loaded).toBe('ERR_BLOCKED_BY_CLIENT');
  expect(hits).toBe(0);
  expect(seen).toContainEqual([`app://vault/index.html?${mark}`, 'mainFrame']);
  expect(seen).toContainEqual([address, 'image']);
});

test('onHeadersReceived can tighten a page', async ({ open, running }) => {
  await running.evaluateMain(() => {
    globalThis.fixture.partition('headers').webRequest.onHeadersReceived((details, callback) => {
      const responseHeaders = {
        ...details.responseHeaders,
        'content-security-policy': ["script-src 'none'"],
      };
      callback({ responseHeaders });
    });
  });
  const { page } = await open({ partition: 'headers', path: '/early.html' });
  expect(
    await page.evaluate(() => (globalThis as unknown as Record<string, unknown>)['sawApi']),
  ).toBeUndefined();
});
