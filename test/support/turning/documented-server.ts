// A provider on loopback that keeps state and does what its documents say, and can be told to fail at any point: before it acts, after it
// acted, or by what it answers. What it does stands in the files of servers/; this is the wire.
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Asked = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
  /** The body as an object; empty where it is none. */
  readonly json: Readonly<Record<string, unknown>>;
  readonly form: URLSearchParams;
  /** Of `Authorization: Bearer …`; empty where there is none. */
  readonly bearer: string;
};
export type Says = {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/**
 * `cut-before`: the line is cut and nothing was done. `cut-after`: it was done, and no answer comes. `broken-before`, `broken-after`: the same
 * with 502. `busy`: 429, nothing done. `garbled`: done, and the answer is no JSON.
 */
export const serverFaults = [
  'cut-before',
  'cut-after',
  'broken-before',
  'broken-after',
  'busy',
  'garbled',
] as const;
export type ServerFault = (typeof serverFaults)[number];
/** Whether the provider acted although no answer tells so. */
export const actsUnder = (fault: ServerFault): boolean =>
  fault === 'cut-after' || fault === 'broken-after' || fault === 'garbled';

export type DocumentedServer = {
  readonly url: string;
  readonly seen: Asked[];
  /** The next request that fits meets this; later ones do not. */
  readonly failNext: (fault: ServerFault, fits?: (asked: Asked) => boolean) => void;
  /** From now on requests that fit get no answer until they are let go; `after`: though they are done at once. */
  readonly hold: (fits?: (asked: Asked) => boolean, when?: 'before' | 'after') => () => void;
  /** How many of them wait, and whoever asked still wants the answer. */
  readonly waiting: () => number;
  readonly close: () => Promise<void>;
};

/** Letters and digits from chance, so that no literal that looks like a key stands in a test. */
export const randomText = (length: number): string =>
  randomBytes(length * 2)
    .toString('base64')
    .replaceAll(/[^A-Za-z0-9]/g, '')
    .slice(0, length)
    .padEnd(length, '7');

export const randomHex = (length: number): string => randomBytes(length).toString('hex').slice(0, length);

const readJson = (text: string): Asked['json'] => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Asked['json']) : {};
  } catch {
    return {};
  }
};

const readRequest = async (request: IncomingMessage): Promise<Asked> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const url = new URL(request.url ?? '/', 'http://localhost');
  const type = request.headers['content-type'] ?? '';
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    text,
    json: type.includes('json') ? readJson(text) : {},
    form: new URLSearchParams(type.includes('x-www-form-urlencoded') ? text : ''),
    bearer: /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '',
  };
};

const write = (response: ServerResponse, { status, body, headers = {} }: Says): void => {
  response.writeHead(status, {
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...headers,
  });
  response.end(body === undefined ? undefined : JSON.stringify(body));
};

/** @param act what the provider does and answers; it alone changes the state that it closes over */
export const documentedServer = async (act: (asked: Asked) => Says): Promise<DocumentedServer> => {
  const seen: Asked[] = [];
  let next: { readonly fault: ServerFault; readonly fits: (asked: Asked) => boolean } | undefined;
  let held: { readonly fits: (asked: Asked) => boolean; readonly isDone: boolean } | undefined;
  const waiting = new Map<ServerResponse, () => void>();
  const holdBack = (asked: Asked, response: ServerResponse, isDone: boolean): void => {
    const says = isDone ? act(asked) : undefined;
    waiting.set(response, () => {
      if (says === undefined) answer(asked, response);
      else write(response, says);
    });
    response.once('close', () => waiting.delete(response));
  };
  const answer = (asked: Asked, response: ServerResponse): void => {
    if (held?.fits(asked) === true) {
      holdBack(asked, response, held.isDone);
      return;
    }
    const fault = next?.fits(asked) === true ? next.fault : undefined;
    if (fault === undefined) {
      write(response, act(asked));
      return;
    }
    next = undefined;
    if (actsUnder(fault)) act(asked);
    if (fault === 'busy')
      write(response, { status: 429, body: { message: 'Too many' }, headers: { 'retry-after': '1' } });
    else if (fault.startsWith('broken')) write(response, { status: 502, body: { message: 'Bad gateway' } });
    else if (fault === 'garbled') response.writeHead(200, { 'content-type': 'text/html' }).end('<html>');
    else response.socket?.destroy();
  };
  const server = createServer((request, response) => {
    void readRequest(request).then((asked) => {
      seen.push(asked);
      answer(asked, response);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    seen,
    failNext: (fault, fits = () => true) => {
      next = { fault, fits };
    },
    hold: (fits = () => true, when = 'before') => {
      held = { fits, isDone: when === 'after' };
      return () => {
        held = undefined;
        const all = [...waiting.values()];
        waiting.clear();
        for (const letGo of all) letGo();
      };
    },
    waiting: () => waiting.size,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
};
