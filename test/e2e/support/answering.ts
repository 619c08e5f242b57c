// A server on this computer that stands in the place of several providers, one per first part of the path. What it answers is
// set by the test; what it was asked is kept without its values.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Answer = { readonly status: number; readonly body?: object | string; readonly afterMs?: number };

export type Answering = {
  /** The base URL that stands for a provider. */
  readonly baseUrl: (name: string) => string;
  /** Answers by the first part of the path; 404 for any other. */
  readonly answers: Map<string, Answer>;
  /** Method and path of every question, in order. */
  readonly asked: string[];
  readonly close: () => Promise<void>;
};

export const startAnswering = async (): Promise<Answering> => {
  const answers = new Map<string, Answer>();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    asked.push(`${request.method ?? ''} ${path}`);
    const { status, body = {}, afterMs = 0 } = answers.get(path.split('/')[1] ?? '') ?? { status: 404 };
    request.resume();
    setTimeout(() => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    }, afterMs);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: (name) => `http://127.0.0.1:${port}/${name}`,
    answers,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
};
