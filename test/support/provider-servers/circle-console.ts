// Circle's Console (Web3 Services): one host for test and live keys, permissions per product, 3 requests a second per endpoint.
import { randomText, serve, type Asked, type Reply, type Served } from './serve.ts';

type Access = 'none' | 'read' | 'read-write';
type ConsoleKey = { readonly value: string; readonly wallets: Access };

export type CircleConsole = Served & {
  readonly create: (kind: 'live' | 'test', wallets?: Access) => string;
  readonly remove: (value: string) => void;
  /** One of "likely an invalid parameter or API key". */
  readonly confuse: (isConfused: boolean) => void;
};

const hex = '0123456789abcdef';
const lower = '0123456789abcdefghijklmnopqrstuvwxyz';
const secondMs = 1_000;
const perSecond = 3;

export const startCircleConsole = async (nowMs: () => number = Date.now): Promise<CircleConsole> => {
  const keys = new Map<string, ConsoleKey>();
  const times: number[] = [];
  let isConfused = false;

  const answer = (asked: Asked): Reply => {
    const now = nowMs();
    while ((times[0] ?? now) <= now - secondMs) times.shift();
    if (times.length >= perSecond) return { status: 429, json: { code: 429, message: 'Too many requests' } };
    times.push(now);
    if (isConfused) return { status: 400, json: { code: -1, message: 'Something went wrong.' } };
    const sent = asked.headers.authorization ?? '';
    if (!/^Bearer (?:TEST|LIVE)_API_KEY:[0-9a-f]{32}:[0-9a-z]{32}$/.test(sent))
      return {
        status: 401,
        json: { code: 401, message: 'Malformed authorization. Are the credentials properly encoded?' },
      };
    const key = keys.get(sent.slice('Bearer '.length));
    if (key === undefined) return { status: 401, json: { code: 401, message: 'Invalid credentials.' } };
    if (asked.path !== '/v1/w3s/wallets') return { status: 404, json: { code: 404, message: 'Not found' } };
    const isAllowed = key.wallets === 'read-write' || (key.wallets === 'read' && asked.method === 'GET');
    return isAllowed
      ? { status: 200, json: { data: { wallets: [] } } }
      : { status: 403, json: { code: 3, message: 'Forbidden' } };
  };

  const served = await serve(answer);
  return {
    ...served,
    create: (kind, wallets = 'read-write') => {
      const value = `${kind.toUpperCase()}_API_KEY:${randomText(hex, 32)}:${randomText(lower, 32)}`;
      keys.set(value, { value, wallets });
      return value;
    },
    remove: (value) => {
      keys.delete(value);
    },
    confuse: (is) => {
      isConfused = is;
    },
  };
};
