// Fills the Http port with Node's own client: addresses, redirects, retries, proxies and certificates as docs/checking.md has them.
import http from 'node:http';
import https from 'node:https';
import type { Http, HttpAnswer, HttpRequest, NoAnswer, Stop } from '../core/ports.ts';
import { waitAskedFor } from '../core/providers/ask/retry-after.ts';
import { checkAddress } from './http-addresses.ts';
import { exchange, usualLimits, type Agents, type Exchanged, type Limits } from './http-exchange.ts';
import { noAnswer } from './http-words.ts';
import { trustedRoots } from './trusted-roots.ts';

export type HttpOptions = {
  /** `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY` and their small forms. */
  readonly proxies?: Readonly<Record<string, string | undefined>>;
  /** Further certificates to trust, in PEM; for tests with a server of their own. */
  readonly trust?: readonly string[];
  readonly limits?: Partial<Limits>;
  /** Waits; resolves early where it is stopped. */
  readonly wait?: (ms: number, stop: Stop) => Promise<void>;
  readonly nowMs?: () => number;
};

const mostRedirects = 3;
const pausesMs = [1_000, 3_000] as const;
const longestPauseMs = 30_000;
const again: ReadonlySet<number> = new Set([429, 502, 503, 504]);

const waitForReal = (ms: number, stop: Stop): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      forget();
      resolve();
    };
    const timer = setTimeout(end, ms);
    const forget = stop.onStop(end);
  });

type Pool = { readonly agents: () => Agents };

const createPool = ({ proxies, trust }: HttpOptions): Pool => {
  let agents: Agents | null = null;
  // Reading the system's roots takes time, so only when something is asked.
  const make = (): Agents => {
    const through = proxies === undefined ? {} : { proxyEnv: { ...proxies } };
    const ca = [...trustedRoots(), ...(trust ?? [])];
    return {
      // Plain HTTP is for this machine alone: through a proxy a key would leave it in the open.
      here: { http: new http.Agent({ keepAlive: false }), https: new https.Agent({ keepAlive: false, ca }) },
      elsewhere: new https.Agent({ keepAlive: false, ca, ...through }),
    };
  };
  return { agents: () => (agents ??= make()) };
};

/** A connection that failed on its way may come about the next time. */
const unheard: ReadonlySet<NoAnswer['why']> = new Set(['not-reached', 'no-connection', 'no-tls']);

/** What changes something is sent to the address that was meant, and nowhere else. */
const followed: ReadonlySet<HttpRequest['method']> = new Set(['GET', 'HEAD']);

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Where an answer sends us, if we may follow; `null` where it sends us elsewhere. */
const nextAddress = (from: URL, request: HttpRequest, answer: HttpAnswer): URL | null | undefined => {
  if (!redirects.has(answer.status)) return undefined;
  const location = answer.headers.get('location');
  if (location === undefined) return undefined;
  const to = URL.canParse(location, from.href) ? new URL(location, from) : null;
  return to !== null && followed.has(request.method) && to.origin === from.origin && to.username === ''
    ? to
    : null;
};

export const createHttp = (options: HttpOptions = {}): Http => {
  const pool = createPool(options);
  const limits = { ...usualLimits, ...options.limits };
  const wait = options.wait ?? waitForReal;
  const nowMs = options.nowMs ?? Date.now;

  const follow = async (first: URL, request: HttpRequest, stop: Stop): Promise<Exchanged> => {
    let url = first;
    for (let hops = 0; ; hops += 1) {
      const result = await exchange(url, request, stop, pool.agents(), limits);
      if (!result.ok) return result;
      const next = nextAddress(url, request, result.value);
      if (next === undefined) return result;
      if (next === null || hops >= mostRedirects)
        return { ok: false, error: noAnswer('sent-elsewhere', url.host) };
      url = next;
    }
  };

  /** How long to wait before asking again; undefined where asking again is of no use. */
  const pause = (result: Exchanged, round: number): number | undefined => {
    const usual = pausesMs[round];
    if (usual === undefined) return undefined;
    if (!result.ok) return unheard.has(result.error.why) ? usual : undefined;
    if (!again.has(result.value.status)) return undefined;
    const wanted = waitAskedFor(result.value.headers, nowMs()) ?? usual;
    return wanted <= longestPauseMs ? wanted : undefined;
  };

  return {
    ask: async (request, stop) => {
      const address = checkAddress(request.url);
      if (!address.ok) return { ok: false, error: refusedAddress(address.reason) };
      const stopped: Exchanged = { ok: false, error: noAnswer('stopped', address.url.host) };
      for (let round = 0; ; round += 1) {
        if (!stop.wanted()) return stopped;
        const result = await follow(address.url, request, stop);
        const pauseMs = request.repeatable ? pause(result, round) : undefined;
        if (pauseMs === undefined) return result;
        await wait(pauseMs, stop);
        if (!stop.wanted()) return stopped;
      }
    },
  };
};

const refusedAddress = (reason: string): NoAnswer => ({
  why: 'refused-address',
  reason,
  next: 'Use https, or http on this machine alone.',
});
