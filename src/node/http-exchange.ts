// One HTTP exchange with its limits: one connection, one request, one bounded answer. No redirects and no retries here.
import http from 'node:http';
import https from 'node:https';
import { mayBeSent, type HttpAnswer, type HttpRequest, type NoAnswer, type Stop } from '../core/ports.ts';
import { isLoopbackUrl, loopbackLookup } from './http-addresses.ts';
import { noAnswer, whyOf } from './http-words.ts';

export type Exchanged =
  { readonly ok: true; readonly value: HttpAnswer } | { readonly ok: false; readonly error: NoAnswer };

export type Limits = {
  /** Milliseconds, from the start to the last byte. */
  readonly totalMs: number;
  readonly connectMs: number;
  readonly bodyBytes: number;
  readonly headerBytes: number;
};

export const usualLimits: Limits = {
  totalMs: 10_000,
  connectMs: 5_000,
  bodyBytes: 262_144,
  headerBytes: 32_768,
};

/** What lies on this machine is reached by no proxy. */
export type Agents = {
  readonly here: { readonly http: http.Agent; readonly https: https.Agent };
  readonly elsewhere: https.Agent;
};

const agentFor = (url: URL, { here, elsewhere }: Agents): http.Agent => {
  if (url.protocol === 'http:') return here.http;
  return isLoopbackUrl(url) ? here.https : elsewhere;
};

const headersOf = (message: http.IncomingMessage): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(message.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );

/** Reads up to the limit and lets go of the rest. */
const readBody = (message: http.IncomingMessage, limit: number, done: (answer: HttpAnswer) => void): void => {
  const parts: Buffer[] = [];
  let length = 0;
  const finish = (cut: boolean): void => {
    const body = new Uint8Array(Buffer.concat(parts).subarray(0, limit));
    done({ status: message.statusCode ?? 0, headers: headersOf(message), body, cut });
  };
  message.on('data', (part: Buffer) => {
    parts.push(part);
    length += part.length;
    if (length <= limit) return;
    message.removeAllListeners('data');
    finish(true);
    message.destroy();
  });
  message.on('end', () => {
    finish(false);
  });
};

const requestOptions = (
  url: URL,
  request: HttpRequest,
  agents: Agents,
  limits: Limits,
): https.RequestOptions => ({
  method: request.method,
  agent: agentFor(url, agents),
  headers: Object.fromEntries([
    ...request.headers,
    ['accept-encoding', 'identity'],
    ...(request.body === null ? [] : [['content-length', String(request.body.length)] as const]),
  ]),
  maxHeaderSize: limits.headerBytes,
  // Said outright, so that no variable of the environment turns it off.
  rejectUnauthorized: true,
  minVersion: 'TLSv1.2',
  ...(isLoopbackUrl(url) ? { lookup: loopbackLookup } : {}),
});

/** Opens the request, or undefined where Node finds a header that cannot be written. */
const open = (
  url: URL,
  request: HttpRequest,
  agents: Agents,
  limits: Limits,
): http.ClientRequest | undefined => {
  const options = requestOptions(url, request, agents, limits);
  try {
    return url.protocol === 'https:' ? https.request(url, options) : http.request(url, options);
  } catch {
    return undefined;
  }
};

const unwritable = (url: URL): NoAnswer => ({
  why: 'refused-address',
  reason: `The request to ${url.host} cannot be written: a value holds characters that no header may hold.`,
  next: 'Look whether the key was pasted whole and without line breaks.',
});

/** Asks once. Never throws. */
export const exchange = (
  url: URL,
  request: HttpRequest,
  stop: Stop,
  agents: Agents,
  limits: Limits,
): Promise<Exchanged> =>
  new Promise((resolve) => {
    const outgoing = open(url, request, agents, limits);
    if (outgoing === undefined) {
      resolve({ ok: false, error: unwritable(url) });
      return;
    }
    let isSettled = false;
    const settle = (result: Exchanged): void => {
      if (isSettled) return;
      isSettled = true;
      clearTimeout(total);
      clearTimeout(connecting);
      forget();
      resolve(result);
      outgoing.destroy();
    };
    const give = (why: Parameters<typeof noAnswer>[0]): void => {
      settle({ ok: false, error: noAnswer(why, url.host) });
    };
    // A process that was held up for longer than the limit first looks whether the answer is there already.
    let isConnected = false;
    const total = setTimeout(() => setImmediate(give, 'too-slow'), limits.totalMs);
    const connecting = setTimeout(() => {
      setImmediate(() => {
        if (!isConnected) give(outgoing.socket?.connecting === true ? 'not-reached' : 'no-connection');
      });
    }, limits.connectMs);
    const connected = (): void => {
      isConnected = true;
      clearTimeout(connecting);
    };
    const forget = stop.onStop(() => {
      give('stopped');
    });
    // etcd ends a greeting of TLS at once; whether Node says so or only that the line was cut is a matter of moments.
    let isReached = false;
    const whyNot = (error: Error): Parameters<typeof noAnswer>[0] => {
      if (isReached && !isConnected && 'code' in error && error.code === 'ECONNRESET') return 'no-tls';
      const why = whyOf(error);
      // Once there is a connection the request may have left, whatever fails then: TLS, too, can end later.
      return isConnected && !mayBeSent(why) ? 'no-connection' : why;
    };
    outgoing.on('socket', (socket) => {
      socket.once('connect', () => {
        isReached = true;
      });
      socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', connected);
    });
    outgoing.on('error', (error) => {
      give(whyNot(error));
    });
    outgoing.on('response', (message) => {
      connected();
      message.on('error', (error) => {
        give(whyNot(error));
      });
      message.on('aborted', () => {
        give('no-connection');
      });
      readBody(message, limits.bodyBytes, (answer) => {
        settle({ ok: true, value: answer });
      });
    });
    outgoing.end(request.body ?? undefined);
  });
