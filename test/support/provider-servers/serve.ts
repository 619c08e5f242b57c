// A provider on loopback: a real HTTP server that keeps what it was asked, without values, and answers in JSON.
import http from 'node:http';
import type { AddressInfo } from 'node:net';

export type Asked = {
  readonly method: string;
  /** Path without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
  /** Address of the caller, as an allowlist sees it. */
  readonly from: string;
};

export type Reply = {
  readonly status: number;
  readonly json?: unknown;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

export type Served = {
  readonly base: string;
  /** Methods and paths in the order they came. */
  readonly calls: string[];
  readonly close: () => Promise<void>;
};

const bodyOf = async (request: http.IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
};

/** Starts a server on a free port of 127.0.0.1. */
export const serve = async (answer: (asked: Asked) => Reply | Promise<Reply>): Promise<Served> => {
  const calls: string[] = [];
  const server = http.createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      const method = request.method ?? 'GET';
      calls.push(`${method} ${url.pathname}`);
      const reply = await answer({
        method,
        path: url.pathname,
        query: url.searchParams,
        headers: request.headers,
        body: await bodyOf(request),
        from: request.socket.remoteAddress ?? '',
      });
      const isJson = reply.json !== undefined;
      response.writeHead(reply.status, {
        ...(isJson ? { 'content-type': 'application/json' } : {}),
        ...reply.headers,
      });
      response.end(isJson ? JSON.stringify(reply.json) : (reply.text ?? ''));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    base: `http://127.0.0.1:${String(port)}`,
    calls,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
};

/** Letters of an alphabet, from the system's randomness. */
export const randomText = (alphabet: string, length: number): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) => alphabet[byte % alphabet.length]).join(
    '',
  );
