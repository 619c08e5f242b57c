// Everything by which the agent asks, on Node, in one place.
import type { AskingPorts } from '../core/ports.ts';
import { createHttp, type HttpOptions } from './http-client.ts';
import { readNpmRegistry } from './npm-registry.ts';
import { nodeChanges } from './servers/changes.ts';
import { nodeServers } from './servers/servers.ts';
import { createSignedHttp } from './signing/signed-http.ts';

/** @param options proxies are those of the environment unless given */
export const nodeAsking = (options: HttpOptions = {}): AskingPorts => {
  const http = createHttp({ proxies: process.env, ...options });
  return {
    http,
    signed: createSignedHttp(http, options.nowMs ?? Date.now),
    servers: nodeServers,
    changes: nodeChanges,
    npmRegistry: readNpmRegistry,
  };
};
