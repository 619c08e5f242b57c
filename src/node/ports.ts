// All ports of the vault on Node in one place: what the agent, the command line and the tests hand to the core.
import type { VaultPorts } from '../core/vault/vault-types.ts';
import type { KdfOptions } from './argon2.ts';
import { nodeKdf } from './argon2.ts';
import { nodeClock } from './clock.ts';
import { nodeFiles } from './files.ts';
import { nodeRandom } from './random.ts';
import { sodiumAead } from './sodium.ts';
import { sqliteStore } from './sqlite-store.ts';

/** Loads native and WebAssembly modules, hence the promise. `targetMs: 0` keeps the cheapest allowed derivation, for tests. */
export const nodePorts = async (options: KdfOptions = {}): Promise<VaultPorts> => ({
  random: nodeRandom(),
  clock: nodeClock(),
  kdf: await nodeKdf(options),
  aead: await sodiumAead(),
  files: nodeFiles(),
  store: sqliteStore(),
});
