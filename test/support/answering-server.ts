// A provider on loopback for the whole path: says what a test wants, remembers what it was asked, and can let a question hang.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Seen = {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
};
export type Says = {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

export type AnsweringServer = {
  readonly url: string;
  readonly seen: Seen[];
  /** Questions that are under way now, and the most there ever were. */
  readonly underway: () => number;
  readonly most: () => number;
  /** Gives the answer to a question; undefined lets it hang. */
  answer: (seen: Seen) => Says | undefined | Promise<Says | undefined>;
  readonly close: () => Promise<void>;
};

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
};

const send = (response: ServerResponse, { status, body = '', headers = {} }: Says): void => {
  const isText = typeof body === 'string';
  response.writeHead(status, { 'content-type': isText ? 'text/plain' : 'application/json', ...headers });
  response.end(isText ? body : JSON.stringify(body));
};

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve((server.address() as AddressInfo).port);
    });
  });

export const answeringServer = async (answer: AnsweringServer['answer']): Promise<AnsweringServer> => {
  const seen: Seen[] = [];
  let underway = 0;
  let most = 0;
  const server = createServer((request, response) => {
    underway += 1;
    most = Math.max(most, underway);
    response.on('close', () => {
      underway -= 1;
    });
    void (async () => {
      const body = await bodyOf(request);
      const one = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body };
      seen.push(one);
      const says = await made.answer(one);
      if (says !== undefined) send(response, says);
    })();
  });
  const port = await listen(server);
  const made: AnsweringServer = {
    url: `http://127.0.0.1:${String(port)}`,
    seen,
    underway: () => underway,
    most: () => most,
    answer,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
  return made;
};
