// A provider on loopback that takes nothing but what its official description knows, keeps its keys, answers in the described form, and
// fails where a test says so: before it does anything, or after. A request that is not described fails the test when the server is closed.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  answerProblems,
  readAs,
  type Asked,
  type Description,
  type Incoming,
} from './official-description.ts';
import type { RemoteKey, RemoteKeys } from './remote-keys.ts';

export type Says = {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/** How a provider words its refusals. */
export type Refusals = Readonly<
  Record<'unknown-key' | 'no-permission' | 'quota-full' | 'not-found' | 'wrong-input', Says>
>;

export type OfficialProvider = {
  readonly description: Description;
  readonly keys: RemoteKeys;
  readonly refusals: Refusals;
  /** Who asks, by a proof that is looked at for real; undefined for nobody that is known. */
  readonly prove: (incoming: Incoming) => RemoteKey | undefined;
  /** By operation. */
  readonly answers: Readonly<Record<string, (asked: Asked, by: RemoteKey) => Says>>;
  /** Operations that any key may call: the others are for those that manage. */
  readonly open: readonly string[];
  /** How a described answer is written at last, where that is not JSON. */
  readonly write?: (says: Says) => Says;
  /** Questions of checks that the description at hand does not cover. Undefined for those that are none. */
  readonly undescribed?: (incoming: Incoming, by: RemoteKey | undefined) => Says | undefined;
};

export type Fault =
  /** The line is cut, or nothing is ever answered; nothing was done. */
  | { readonly kind: 'cut-before' | 'hang-before' }
  /** The same, and it was done. */
  | { readonly kind: 'cut-after' | 'hang-after' }
  /** Answered so in place of doing it. */
  | { readonly kind: 'instead'; readonly says: Says }
  /** Done, and answered so. */
  | { readonly kind: 'garbled'; readonly says: Says };

export type OfficialServer = {
  readonly url: string;
  readonly provider: OfficialProvider;
  /** Operations that were called and described, in order. */
  readonly called: string[];
  /** Addresses, headers and bodies that came. */
  readonly incoming: Incoming[];
  readonly violations: string[];
  /** The next `times` calls of an operation fail so. */
  readonly fail: (operation: string, fault: Fault, times?: number) => void;
  /** Whether an answer is going to hang. */
  readonly hangs: () => boolean;
  /** Throws where a request or an answer was not as described. */
  readonly close: () => Promise<void>;
};

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

const send = (response: ServerResponse, { status, body, headers = {} }: Says): void => {
  const isText = typeof body === 'string';
  response.writeHead(status, {
    ...(body === undefined ? {} : { 'content-type': isText ? 'text/html' : 'application/json' }),
    ...headers,
  });
  response.end(body === undefined ? undefined : isText ? body : JSON.stringify(body));
};

type Reply = Says | 'cut' | 'hang';

const decide = (provider: OfficialProvider, asked: Asked): Says => {
  const { keys, refusals, open } = provider;
  const { id } = asked.operation;
  const by = provider.prove(asked.incoming);
  if (by === undefined || !keys.accepts(by)) return refusals['unknown-key'];
  if (!open.includes(id) && (!by.mayManage || keys.withdrawn)) return refusals['no-permission'];
  const answer = provider.answers[id];
  if (answer === undefined) throw new Error(`no answer to ${id}`);
  return answer(asked, by);
};

/** What comes of a described request. */
const replyTo = (provider: OfficialProvider, asked: Asked, fault: Fault | undefined): Reply => {
  if (fault?.kind === 'cut-before') return 'cut';
  if (fault?.kind === 'hang-before') return 'hang';
  if (fault?.kind === 'instead') return fault.says;
  const says = decide(provider, asked);
  const problems = answerProblems(asked.operation, says.status, says.body);
  if (problems.length > 0) throw new Error(`${asked.operation.id}: ${problems.join('; ')}`);
  if (fault?.kind === 'cut-after') return 'cut';
  if (fault?.kind === 'hang-after') return 'hang';
  return fault?.kind === 'garbled' ? fault.says : (provider.write?.(says) ?? says);
};

const unfit: Says = { status: 501, body: 'not described' };

export const officialServer = async (provider: OfficialProvider): Promise<OfficialServer> => {
  const faults: { operation: string; fault: Fault; times: number }[] = [];
  const called: string[] = [];
  const violations: string[] = [];
  const incoming: Incoming[] = [];

  const takeFault = (operation: string): Fault | undefined => {
    const found = faults.find((each) => each.operation === operation && each.times > 0);
    if (found !== undefined) found.times -= 1;
    return found?.fault;
  };

  const undescribed = (one: Incoming): Says | undefined => {
    if (provider.undescribed === undefined) return undefined;
    const by = provider.prove(one);
    return provider.undescribed(one, by !== undefined && provider.keys.accepts(by) ? by : undefined);
  };

  const answer = (one: Incoming): Reply => {
    const { asked, problems } = readAs(provider.description, one);
    if (asked !== null && problems.length === 0) {
      called.push(asked.operation.id);
      return replyTo(provider, asked, takeFault(asked.operation.id));
    }
    const known = undescribed(one);
    if (known !== undefined) return known;
    violations.push(
      `${one.method} ${asked?.operation.path ?? new URL(one.url, 'http://x').pathname}: ${problems.join('; ')}`,
    );
    return unfit;
  };

  const server = createServer((request, response) => {
    void (async () => {
      const body = await readBody(request);
      const one = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body };
      incoming.push(one);
      let reply: Reply = unfit;
      try {
        reply = answer(one);
      } catch (error) {
        violations.push(String(error));
      }
      if (reply === 'cut') request.socket.destroy();
      else if (reply !== 'hang') send(response, reply);
    })();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    provider,
    called,
    incoming,
    violations,
    fail: (operation, fault, times = 1) => {
      faults.push({ operation, fault, times });
    },
    hangs: () => faults.some(({ fault, times }) => times > 0 && fault.kind.startsWith('hang')),
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      });
      if (violations.length > 0) throw new Error(`not as described: ${violations.join(' | ')}`);
    },
  };
};

/** The key of a bearer token; of gone ones too, which may be accepted for a while. */
export const byBearer =
  (keys: RemoteKeys) =>
  ({ headers }: Incoming): RemoteKey | undefined =>
    keys.all.find(({ values }) => headers['authorization'] === `Bearer ${values['secret'] ?? ''}`);
