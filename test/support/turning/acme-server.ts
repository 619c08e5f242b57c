// A provider that is nobody's, on loopback: makes, lists and removes keys, opens sessions, swaps in place, and fails as a test says, before or
// after it has done what it was asked.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { completeProvider } from '../../../src/core/providers/define-provider.ts';
import { exactly, literal } from '../../../src/core/providers/format.ts';
import { bearer, secretField } from '../../../src/core/providers/usual.ts';
import type { ProviderDefinition } from '../../../src/core/providers/provider.ts';

const letters = 'abcdefghijklmnopqrstuvwxyz';
const random = (length: number): string =>
  [...crypto.getRandomValues(new Uint8Array(length))].map((byte) => letters.charAt(byte % 26)).join('');
export const newSecret = (): string => `acme_${random(24)}`;

export const acme: ProviderDefinition = completeProvider({
  id: 'acme',
  name: 'Acme',
  domain: 'acme.test',
  category: 'saas',
  formats: [
    {
      id: 'key',
      kind: 'unknown',
      label: 'key',
      match: 'prefix',
      pattern: { parts: [literal('acme_'), exactly(24, 'lower')] },
    },
  ],
  fields: [
    secretField({ label: 'Key', variable: 'ACME_KEY', labels: [] }),
    { name: 'team', label: 'Team', variable: 'ACME_TEAM', secret: false, required: false, labels: [] },
  ],
  envNames: [],
  portals: [],
  auth: bearer,
  managedBy: { create: 'you', revoke: 'you' },
  reveal: { live: 'once', test: 'once', unknown: 'once' },
  movesMoney: { value: false, why: 'It is invented.' },
  check: {
    possible: true,
    scheduled: 'all',
    neverCall: [],
    requests: [
      {
        environment: 'acme',
        kinds: ['unknown'],
        method: 'GET',
        url: 'https://api.acme.test/me',
        cost: 'none',
      },
    ],
    decisions: [
      { status: 200, state: 'valid', reason: 'Acme answered.', next: 'Nothing to do.' },
      { status: 401, state: 'invalid', reason: 'Acme refuses it.', next: 'Look in the portal.' },
      { state: 'unreachable', reason: 'Acme said nothing.', next: 'Check again later.' },
    ],
  },
  rotation: { mode: 'api', overlap: true, needs: 'you', steps: [] },
  facts: [{ id: 'a', text: 'It is invented.', source: 'this test', verifiedOn: '2026-11-28' }],
});

export type AcmeKey = { readonly id: string; readonly name: string; secret: string; gone: boolean };
/** What happens in place of an answer, or what answers. */
export type Fault =
  | 'cut-before'
  | 'cut-after'
  | 'cut-in-answer'
  | 'hang'
  | { readonly status: number; readonly body: string; readonly headers?: Readonly<Record<string, string>> }
  | { readonly after: { readonly status: number; readonly body: string } };

export type Acme = {
  readonly url: string;
  readonly keys: AcmeKey[];
  readonly seen: {
    readonly method: string;
    readonly path: string;
    readonly headers: IncomingMessage['headers'];
    readonly body: string;
  }[];
  readonly add: (name: string, secret?: string) => AcmeKey;
  /** By "METHOD /path" of the next request that fits; used once. */
  readonly fail: (at: string, fault: Fault) => void;
  readonly close: () => Promise<void>;
};

type Reply = { readonly status: number; readonly body: unknown };
const no = (status: number): Reply => ({ status, body: { error: 'no' } });

const route = (acmeKeys: AcmeKey[], sessions: Set<string>, add: Acme['add']) => {
  return (method: string, path: string, token: string, body: string): Reply => {
    const living = acmeKeys.filter(({ gone }) => !gone);
    const asking = living.find(({ secret }) => secret === token);
    if (path === '/session' && method === 'POST') {
      const { key } = JSON.parse(body) as { readonly key: string };
      if (!living.some(({ secret }) => secret === key)) return no(401);
      const session = random(30);
      sessions.add(session);
      return { status: 200, body: { token: session } };
    }
    if (asking === undefined && !sessions.has(token)) return no(401);
    if (path === '/me') return { status: 200, body: { id: asking?.id ?? null, scopes: ['read', 'write'] } };
    if (path === '/keys' && method === 'GET')
      return {
        status: 200,
        body: {
          more: false,
          data: living.map(({ id, name, secret }) => ({ id, name, hint: `acme_...${secret.slice(-4)}` })),
        },
      };
    if (path === '/keys' && method === 'POST') {
      const { name } = JSON.parse(body) as { readonly name: string };
      const made = add(name);
      return { status: 201, body: { id: made.id, key: made.secret, expires: '2027-01-31T00:00:00Z' } };
    }
    const id = /^\/keys\/([^/]+)(\/roll)?$/.exec(path)?.[1];
    const key = living.find((each) => each.id === id);
    if (key === undefined) return no(404);
    if (path.endsWith('/roll')) {
      key.secret = newSecret();
      return { status: 200, body: { id: key.id, key: key.secret } };
    }
    if (method !== 'DELETE') return no(405);
    key.gone = true;
    return { status: 204, body: '' };
  };
};

const textOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
};

const send = (response: ServerResponse, status: number, body: unknown, headers = {}): void => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(text);
};

export const acmeServer = async (): Promise<Acme> => {
  const keys: AcmeKey[] = [];
  const seen: Acme['seen'] = [];
  const faults = new Map<string, Fault>();
  const add: Acme['add'] = (name, secret = newSecret()) => {
    const key = { id: `k-${random(6)}`, name, secret, gone: false };
    keys.push(key);
    return key;
  };
  const answer = route(keys, new Set(), add);
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await textOf(request);
    const [method, path] = [request.method ?? '', request.url ?? ''];
    seen.push({ method, path, headers: request.headers, body });
    const fault = faults.get(`${method} ${path}`);
    faults.delete(`${method} ${path}`);
    if (fault === 'hang') return;
    if (fault === 'cut-before') {
      request.socket.destroy();
      return;
    }
    if (typeof fault === 'object' && 'status' in fault) {
      send(response, fault.status, fault.body, fault.headers);
      return;
    }
    const reply = answer(method, path, (request.headers.authorization ?? '').replace('Bearer ', ''), body);
    if (fault === 'cut-after') {
      request.socket.destroy();
      return;
    }
    if (fault === 'cut-in-answer') {
      response.writeHead(reply.status, { 'content-type': 'application/json', 'content-length': '5000' });
      response.write(JSON.stringify(reply.body).slice(0, 20), () => request.socket.destroy());
      return;
    }
    if (typeof fault === 'object') send(response, fault.after.status, fault.after.body);
    else send(response, reply.status, reply.body);
  };
  const server = createServer((request, response) => {
    void handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    keys,
    seen,
    add,
    fail: (at, fault) => {
      faults.set(at, fault);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
};
