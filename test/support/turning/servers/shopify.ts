// Shopify's expiring offline tokens as its changelog says: a used refresh token is taken again until its successor is used.
import {
  documentedServer,
  randomHex,
  type Asked,
  type DocumentedServer,
  type Says,
} from '../documented-server.ts';

export type ShopifyPair = { readonly access: string; readonly refresh: string };
type Held = ShopifyPair & { readonly before: string | null; readonly untilMs: number; retired: boolean };
export type ShopifyServer = DocumentedServer & {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly add: () => ShopifyPair;
  readonly isAlive: (access: string) => boolean;
  readonly isUsable: (refresh: string) => boolean;
};

/** @param nowMs the clock by which access tokens live an hour */
export const shopifyServer = async (nowMs: () => number = Date.now): Promise<ShopifyServer> => {
  const clientId = randomHex(32);
  const clientSecret = `shpss_${randomHex(32)}`;
  const held: Held[] = [];
  const add = (before: string | null = null): Held => {
    const made = {
      access: `shpat_${randomHex(32)}`,
      refresh: `shprt_${randomHex(32)}`,
      before,
      untilMs: nowMs() + 3_600_000,
      retired: false,
    };
    held.push(made);
    return made;
  };
  const isAlive = (value: unknown): boolean =>
    held.some(({ access, untilMs }) => access === value && untilMs > nowMs());
  const refresh = (asked: Asked): Says => {
    const { client_id: id, client_secret: secret, grant_type: grant, refresh_token: token } = asked.json;
    if (id !== clientId || secret !== clientSecret) return { status: 401, body: { error: 'invalid_client' } };
    if (grant !== 'refresh_token') return { status: 400, body: { error: 'unsupported_grant_type' } };
    const used = held.find((pair) => pair.refresh === token);
    if (used === undefined || used.retired) return { status: 400, body: { error: 'invalid_request' } };
    // Using the replacement retires the one before it.
    for (const pair of held) if (pair.refresh === used.before) pair.retired = true;
    const made = add(used.refresh);
    return {
      status: 200,
      body: {
        access_token: made.access,
        expires_in: 3_600,
        refresh_token: made.refresh,
        refresh_token_expires_in: 7_776_000,
        scope: 'read_products',
      },
    };
  };
  const act = (asked: Asked): Says => {
    if (asked.method === 'POST' && asked.path === '/admin/oauth/access_token') return refresh(asked);
    if (asked.path === '/admin/oauth/access_scopes.json')
      return isAlive(asked.headers['x-shopify-access-token'])
        ? { status: 200, body: { access_scopes: [{ handle: 'read_products' }] } }
        : { status: 401, body: { errors: '[API] Invalid API key or access token' } };
    return { status: 404, body: { errors: 'Not Found' } };
  };
  return {
    ...(await documentedServer(act)),
    clientId,
    clientSecret,
    add: () => add(),
    isAlive,
    isUsable: (value) => held.some(({ refresh: one, retired }) => one === value && !retired),
  };
};
