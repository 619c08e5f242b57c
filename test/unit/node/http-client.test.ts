// The HTTP client against real servers on loopback: what it refuses, what it follows, what it waits for, how much it takes.
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { HttpRequest, Stop } from '../../../src/core/ports.ts';
import { waitAskedFor } from '../../../src/core/providers/ask/retry-after.ts';
import { createHttp, type HttpOptions } from '../../../src/node/http-client.ts';
import { makeCertificate } from '../../support/certificate.ts';

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

const listen = async (server: net.Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(() => {
    server.close();
    if (server instanceof http.Server || server instanceof https.Server) server.closeAllConnections();
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};

const never: Stop = { wanted: () => true, onStop: () => () => undefined };

const get = (url: string, over: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  url,
  headers: [],
  body: null,
  repeatable: true,
  ...over,
});

const paused: number[] = [];
const quick = (over: HttpOptions = {}) => {
  paused.length = 0;
  return createHttp({
    wait: (ms) => {
      paused.push(ms);
      return Promise.resolve();
    },
    ...over,
  });
};

type Seen = { count: number; readonly urls: string[]; readonly headers: http.IncomingHttpHeaders[] };

const serve = async (
  answer: (seen: Seen, response: http.ServerResponse, request: http.IncomingMessage) => void,
) => {
  const seen: Seen = { count: 0, urls: [], headers: [] };
  const port = await listen(
    http.createServer((request, response) => {
      seen.count += 1;
      seen.urls.push(request.url ?? '');
      seen.headers.push(request.headers);
      answer(seen, response, request);
    }),
  );
  return { seen, base: `http://127.0.0.1:${String(port)}`, port };
};

describe('the HTTP client', () => {
  it('gives status, headers and body', async () => {
    const { base, seen } = await serve((_, response) => {
      response.writeHead(418, { 'x-Told': 'yes' }).end('{"a":1}');
    });
    const answer = await quick().ask(get(`${base}/me?x=1`, { headers: [['x-api-key', 'v']] }), never);
    expect(answer).toMatchObject({ ok: true, value: { status: 418, cut: false } });
    if (!answer.ok) return;
    expect(answer.value.headers.get('x-told')).toBe('yes');
    expect(new TextDecoder().decode(answer.value.body)).toBe('{"a":1}');
    expect(seen.urls).toEqual(['/me?x=1']);
    expect(seen.headers[0]?.['x-api-key']).toBe('v');
  });

  it.each([
    'http://example.com/',
    'http://127.0.0.1.example.com/',
    'http://localhost.example.com/',
    'http://10.0.0.1/',
    'ftp://127.0.0.1/',
    'file:///etc/hosts',
    'https://name:qzxv@127.0.0.1/',
    'nonsense',
  ])('refuses %s before any connection', async (url) => {
    const answer = await quick().ask(get(url), never);
    expect(answer).toMatchObject({ ok: false, error: { why: 'refused-address' } });
    expect(JSON.stringify(answer)).not.toContain('qzxv');
  });

  it('follows to the same server, three times, and never elsewhere', async () => {
    const { base, seen, port } = await serve((told, response) => {
      const to = told.urls.at(-1);
      if (to === '/away') response.writeHead(302, { location: `http://localhost:${String(port)}/x` }).end();
      else if (to === '/on') response.writeHead(302, { location: '/there' }).end();
      else if (to === '/round') response.writeHead(302, { location: '/round' }).end();
      else response.end('here');
    });
    expect(await quick().ask(get(`${base}/on`), never)).toMatchObject({ ok: true, value: { status: 200 } });
    expect(seen.urls).toEqual(['/on', '/there']);
    const away = await quick().ask(get(`${base}/away`), never);
    expect(away).toMatchObject({ ok: false, error: { why: 'sent-elsewhere' } });
    const before = seen.count;
    expect(await quick().ask(get(`${base}/round`), never)).toMatchObject({ ok: false });
    expect(seen.count - before).toBe(4);
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
      const changed = await quick().ask(get(`${base}/on`, { method, repeatable: false }), never);
      expect(changed).toMatchObject({ ok: false, error: { why: 'sent-elsewhere' } });
    }
  });

  it('puts, patches and deletes, with a body or without', async () => {
    const methods: (string | undefined)[] = [];
    const { base } = await serve(({ count }, response, request) => {
      methods[count - 1] = request.method;
      response.writeHead(204).end();
    });
    const body = new TextEncoder().encode('{}');
    for (const method of ['PUT', 'PATCH', 'DELETE'] as const)
      expect(await quick().ask(get(base, { method, body, repeatable: false }), never)).toMatchObject({
        value: { status: 204 },
      });
    expect(await quick().ask(get(base, { method: 'DELETE', repeatable: false }), never)).toMatchObject({
      ok: true,
    });
    expect(methods).toEqual(['PUT', 'PATCH', 'DELETE', 'DELETE']);
  });

  it('asks again only where that changes nothing, and as long as it is asked to wait', async () => {
    const { base, seen } = await serve(({ count }, response) => {
      response.writeHead(count < 3 ? 429 : 200, { 'retry-after': '7' }).end();
    });
    expect(await quick().ask(get(base), never)).toMatchObject({ value: { status: 200 } });
    expect(paused).toEqual([7_000, 7_000]);
    seen.count = 0;
    expect(await quick().ask(get(base, { method: 'POST', repeatable: false }), never)).toMatchObject({
      value: { status: 429 },
    });
    expect(seen.count).toBe(1);
  });

  it('gives up after three tries, and at once where the wait would be long', async () => {
    const { base, seen } = await serve((told, response) => {
      response.writeHead(503, told.urls.at(-1) === '/long' ? { 'retry-after': '3600' } : {}).end();
    });
    expect(await quick().ask(get(base), never)).toMatchObject({ value: { status: 503 } });
    expect(seen.count).toBe(3);
    expect(paused).toEqual([1_000, 3_000]);
    expect(await quick().ask(get(`${base}/long`), never)).toMatchObject({ value: { status: 503 } });
    expect(seen.count).toBe(4);
  });

  it('takes 256 KiB of a body that never ends, and no more', async () => {
    let written = 0;
    const { base } = await serve((_, response) => {
      const more = (): void => {
        while (!response.destroyed && written < 64_000_000 && response.write('x'.repeat(65_536)))
          written += 65_536;
      };
      response.on('drain', more);
      more();
    });
    const answer = await quick().ask(get(base), never);
    expect(answer).toMatchObject({ ok: true, value: { cut: true } });
    if (answer.ok) expect(answer.value.body.length).toBe(262_144);
    expect(written).toBeLessThan(32_000_000);
  });

  it('ends a server that is silent, one that dribbles, and one that sends huge headers', async () => {
    const limits = { totalMs: 300, connectMs: 200 };
    const silent = await serve(() => undefined);
    expect(await quick({ limits }).ask(get(silent.base), never)).toMatchObject({
      error: { why: 'too-slow' },
    });
    const dribble = await serve((_, response) => {
      const timer = setInterval(() => response.write('x'), 20);
      response.on('close', () => {
        clearInterval(timer);
      });
    });
    expect(await quick({ limits }).ask(get(dribble.base), never)).toMatchObject({
      error: { why: 'too-slow' },
    });
    const wordy = await serve((_, response) => {
      response.writeHead(200, { 'x-long': 'y'.repeat(60_000) }).end();
    });
    expect(await quick().ask(get(wordy.base), never)).toMatchObject({ error: { why: 'not-http' } });
  });

  it('tells what is no HTTP, a closed port and a name that is not there apart', async () => {
    const port = await listen(
      net.createServer((socket) => {
        socket.on('error', () => undefined);
        socket.end('SSH-2.0-none\r\n');
      }),
    );
    const ask = async (url: string) => {
      const answer = await quick().ask(get(url), never);
      return answer.ok ? 'answer' : answer.error.why;
    };
    expect(await ask(`http://127.0.0.1:${String(port)}`)).toBe('not-http');
    expect(await ask('http://127.0.0.1:1')).toBe('not-reached');
    expect(paused).toEqual([1_000, 3_000]);
    expect(await ask('https://keyturn.invalid/')).toBe('no-name');
  });

  it('stops at once when nobody wants the answer any more', async () => {
    const { base } = await serve(() => undefined);
    let tell = (): void => undefined;
    let isWanted = true;
    const stop: Stop = {
      wanted: () => isWanted,
      onStop: (listener) => {
        tell = listener;
        return () => undefined;
      },
    };
    const asked = quick().ask(get(base), stop);
    setTimeout(() => {
      isWanted = false;
      tell();
    }, 50);
    expect(await asked).toMatchObject({ ok: false, error: { why: 'stopped' } });
  });

  it('takes localhost for this machine, whatever a name service says', async () => {
    const { port } = await serve((_, response) => response.end('me'));
    expect(await quick().ask(get(`http://localhost:${String(port)}`), never)).toMatchObject({ ok: true });
  });

  it('says that a value with a line break cannot be a header, and does not repeat it', async () => {
    const answer = await quick().ask(get('http://127.0.0.1:1', { headers: [['x', 'a\r\nb: c']] }), never);
    expect(answer).toMatchObject({ ok: false, error: { why: 'refused-address' } });
    expect(JSON.stringify(answer)).not.toContain('b: c');
  });
});

describe('certificates', () => {
  const secure = async (hosts: readonly string[], validFor?: number) => {
    const made = makeCertificate(hosts, validFor);
    const port = await listen(https.createServer(made, (_, response) => response.end('safe')));
    return { url: `https://127.0.0.1:${String(port)}`, trust: [made.cert] };
  };

  it('are believed where they are trusted and named rightly', async () => {
    const { url, trust } = await secure(['127.0.0.1']);
    expect(await quick({ trust }).ask(get(url), never)).toMatchObject({ ok: true, value: { status: 200 } });
  });

  it.each([
    ['of an unknown maker', ['127.0.0.1'], 2, false],
    ['of another name', ['example.com'], 2, true],
    ['that have ended', ['127.0.0.1'], -1, true],
  ] as const)('%s are not, even where the environment says so', async (_, hosts, validFor, isTrusted) => {
    const { url, trust } = await secure(hosts, validFor);
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      const answer = await quick(isTrusted ? { trust } : {}).ask(get(url), never);
      expect(answer).toMatchObject({ ok: false, error: { why: 'no-trust' } });
    } finally {
      if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
    }
  });
});

it('a server of plain HTTP that is asked with TLS is told as that, and hears no key', async () => {
  const { base, seen } = await serve((_, response) => {
    response.end('open');
  });
  const headers: [string, string][] = [['x-api-key', 'v']];
  const answer = await quick().ask(get(base.replace('http:', 'https:'), { headers }), never);
  expect(answer).toMatchObject({ ok: false, error: { why: 'no-tls' } });
  expect(JSON.stringify(answer)).toContain('http://127.0.0.1');
  expect(seen.count).toBe(0);
});

it.each(['ends', 'cuts'] as const)('a server that %s the line at a greeting of TLS has none', async (how) => {
  const port = await listen(
    net.createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => {
        if (how === 'ends') socket.end();
        else socket.resetAndDestroy();
      });
    }),
  );
  const answer = await quick().ask(get(`https://127.0.0.1:${String(port)}/`), never);
  expect(answer).toMatchObject({ ok: false, error: { why: 'no-tls' } });
});

describe('a proxy', () => {
  it('gets a tunnel for https, and never sees the key', async () => {
    const made = makeCertificate(['127.0.0.1', 'provider.test']);
    const keys: (string | undefined)[] = [];
    const target = await listen(
      https.createServer(made, (request, response) => {
        keys.push(request.headers.authorization);
        response.end('safe');
      }),
    );
    const heard: string[] = [];
    const proxy = http.createServer();
    proxy.on('connect', (request: http.IncomingMessage, client: net.Socket) => {
      heard.push(`${request.url ?? ''} ${JSON.stringify(request.headers)}`);
      const server = net.connect(target, '127.0.0.1', () => {
        client.write('HTTP/1.1 200 OK\r\n\r\n');
        server.pipe(client);
        client.pipe(server);
      });
      for (const socket of [server, client]) socket.on('error', () => undefined);
    });
    const port = await listen(proxy);
    const client = quick({
      trust: [made.cert],
      proxies: { HTTPS_PROXY: `http://127.0.0.1:${String(port)}` },
    });
    const asked = get('https://provider.test/me', { headers: [['authorization', 'Bearer value']] });
    expect(await client.ask(asked, never)).toMatchObject({ ok: true, value: { status: 200 } });
    expect(keys).toEqual(['Bearer value']);
    expect(heard).toHaveLength(1);
    expect(heard[0]).toContain('provider.test:443');
    expect(heard.join()).not.toContain('Bearer');
  });
});

describe('a proxy and this machine', () => {
  it('have nothing to do with each other: what is asked here in the open goes to no proxy', async () => {
    const heard: string[] = [];
    const proxy = http.createServer((request, response) => {
      heard.push(request.url ?? '');
      response.end('{}');
    });
    proxy.on('connect', (request: http.IncomingMessage, client: net.Socket) => {
      heard.push(request.url ?? '');
      client.destroy();
    });
    const at = `http://127.0.0.1:${String(await listen(proxy))}`;
    const proxies = { HTTP_PROXY: at, http_proxy: at, HTTPS_PROXY: at, https_proxy: at };
    const { base, seen } = await serve((_, response) => {
      response.end('{}');
    });
    const made = makeCertificate(['127.0.0.1']);
    const safe = await listen(https.createServer(made, (_, response) => response.end('{}')));
    const client = quick({ proxies, trust: [made.cert] });
    for (const url of [
      `${base}/me`,
      base.replace('127.0.0.1', 'localhost'),
      `https://127.0.0.1:${String(safe)}/`,
    ])
      expect(await client.ask(get(url, { headers: [['x-api-key', 'v']] }), never)).toMatchObject({
        ok: true,
        value: { status: 200 },
      });
    expect(heard).toEqual([]);
    expect(seen.count).toBe(2);
  });
});

describe('Retry-After', () => {
  it('is read as seconds and as a date, and passed over where it is neither', () => {
    const told = (text: string) => waitAskedFor(new Map([['retry-after', text]]), Date.UTC(2026, 10, 22));
    expect(told('12')).toBe(12_000);
    expect(told('Sun, 22 Nov 2026 00:00:05 GMT')).toBe(5_000);
    expect(told('Sun, 22 Nov 2020 00:00:05 GMT')).toBe(0);
    expect(told('soon')).toBeUndefined();
    expect(told('')).toBeUndefined();
  });
});
