// Everything by which the agent asks, on Node, in one place.
import type { AskingPorts, Servers } from '../core/ports.ts';
import { createHttp, type HttpOptions } from './http-client.ts';
import { readNpmRegistry } from './npm-registry.ts';
import { createSignedHttp } from './signing/signed-http.ts';

/** Servers of one's own that this build can log in to; an adapter joins by standing here. */
const noServers: Servers = {
  protocols: [],
  ask: ({ host }) =>
    Promise.resolve({
      ok: false,
      error: {
        why: 'refused-address',
        reason: `Keyturn does not speak the protocol of ${host}.`,
        next: 'Try the login with the server’s own client.',
      },
    }),
};

/** @param options proxies are those of the environment unless given */
export const nodeAsking = (options: HttpOptions = {}): AskingPorts => {
  const http = createHttp({ proxies: process.env, ...options });
  return {
    http,
    signed: createSignedHttp(http, options.nowMs ?? Date.now),
    servers: noServers,
    npmRegistry: readNpmRegistry,
  };
};
