// Circle as its help page and developer pages describe it (seed 0, seed 1, developers.circle.com): dashboard and API of one entity,
// production and sandbox apart. What the pages leave open is said at the line.
import { randomText, serve, type Asked, type Reply, type Served } from './serve.ts';

export type CircleEnvironment = 'production' | 'sandbox';
export type CircleProduct = 'core' | 'payments';
export type CircleKey = {
  readonly id: string;
  name: string;
  readonly value: string;
  readonly kind: 'standard' | 'restricted' | 'read-only';
  /** What a restricted key was made for; null for all that the entity has. */
  readonly products: readonly CircleProduct[] | null;
  allowlist: readonly string[];
};

export type Circle = Served & {
  /** Create an API key in the dashboard: name, allowlist. Shown once, in the answer. */
  readonly create: (name: string, allowlist?: readonly string[]) => CircleKey;
  /** What a representative does, who alone may make restricted and read-only keys. */
  readonly issueRestricted: (
    name: string,
    products: readonly CircleProduct[],
    access?: 'restricted' | 'read-only',
  ) => CircleKey;
  readonly edit: (id: string, change: { name?: string; allowlist?: readonly string[] }) => void;
  /** The dashboard asks for the word DELETE. */
  readonly revoke: (id: string, typed: string) => void;
  readonly list: () => readonly { readonly id: string; readonly name: string }[];
  /** Support enables a product. In production none is at first. */
  readonly enable: (product: CircleProduct) => void;
  readonly disable: (product: CircleProduct) => void;
  /** The next so many requests are answered with 429. */
  readonly throttle: (requests: number) => void;
};

const hex = '0123456789abcdef';
const mostKeys = 10;
const malformed: Reply = {
  status: 401,
  json: { code: 401, message: 'Malformed authorization. Are the credentials properly encoded?' },
};
/** The page says the status and nothing of the body. */
const unauthorised: Reply = { status: 401, json: { code: 401, message: 'Unauthorized' } };
const forbidden: Reply = { status: 403, json: { code: 3, message: 'Forbidden' } };

const routes: readonly { readonly path: string; readonly product: CircleProduct; readonly body: unknown }[] =
  [
    {
      path: '/v1/configuration',
      product: 'core',
      body: { data: { payments: { masterWalletId: '1234567890' } } },
    },
    { path: '/v1/transfers', product: 'core', body: { data: [] } },
    { path: '/v1/payments', product: 'payments', body: { data: [] } },
  ];

const form: Readonly<Record<CircleEnvironment, RegExp>> = {
  production: /^Bearer LIVE_API_KEY:[0-9a-f]{32}:[0-9a-f]{32}$/,
  sandbox: /^Bearer SAND_API_KEY:[0-9a-f]{32}:[0-9a-f]{32}$/,
};
const word: Readonly<Record<CircleEnvironment, string>> = { production: 'LIVE', sandbox: 'SAND' };

/** Starts Circle Mint for one environment. */
export const startCircle = async (environment: CircleEnvironment): Promise<Circle> => {
  const keys = new Map<string, CircleKey>();
  const enabled = new Set<CircleProduct>(environment === 'sandbox' ? ['core', 'payments'] : []);
  let throttled = 0;

  const answer = (asked: Asked): Reply => {
    if (asked.path === '/ping') return { status: 200, json: { message: 'pong' } };
    if (throttled > 0) {
      throttled -= 1;
      return { status: 429, json: { code: 429, message: 'Too many requests' } };
    }
    const sent = asked.headers.authorization ?? '';
    if (!form[environment].test(sent)) return malformed;
    const key = [...keys.values()].find(({ value }) => sent === `Bearer ${value}`);
    if (key === undefined) return unauthorised;
    if (key.allowlist.length > 0 && !key.allowlist.includes(asked.from)) return forbidden;
    const route = routes.find(({ path }) => path === asked.path);
    if (route === undefined) return { status: 404, json: { code: 404, message: 'Not found' } };
    // "Requests to API endpoints for which you are not enabled return a 401."
    if (!enabled.has(route.product)) return unauthorised;
    if (key.products !== null && !key.products.includes(route.product)) return forbidden;
    if (key.kind === 'read-only' && asked.method !== 'GET') return forbidden;
    return { status: 200, json: route.body };
  };

  const issue = (name: string, given: Pick<CircleKey, 'kind' | 'products' | 'allowlist'>): CircleKey => {
    if (name.trim() === '') throw new Error('a key needs a name');
    if (keys.size >= mostKeys) throw new Error('You can have a maximum of 10 API keys per environment.');
    const value = `${word[environment]}_API_KEY:${randomText(hex, 32)}:${randomText(hex, 32)}`;
    const key: CircleKey = { id: randomText(hex, 12), name, value, ...given };
    keys.set(key.id, key);
    return key;
  };

  const served = await serve(answer);
  return {
    ...served,
    create: (name, allowlist = []) => issue(name, { kind: 'standard', products: null, allowlist }),
    issueRestricted: (name, products, access = 'restricted') =>
      issue(name, { kind: access, products, allowlist: [] }),
    edit: (id, change) => {
      const key = keys.get(id);
      if (key === undefined) throw new Error('no such key');
      Object.assign(key, change);
    },
    revoke: (id, typed) => {
      if (typed !== 'DELETE') throw new Error('Type in DELETE');
      keys.delete(id);
    },
    list: () => [...keys.values()].map(({ id, name }) => ({ id, name })),
    enable: (product) => {
      enabled.add(product);
    },
    disable: (product) => {
      enabled.delete(product);
    },
    throttle: (requests) => {
      throttled = requests;
    },
  };
};
