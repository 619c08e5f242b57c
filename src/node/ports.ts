// All ports of the vault on Node in one place: what the agent, the command line and the tests hand to the core.
import type { VaultPorts } from '../core/vault/vault-types.ts';
import type { KdfOptions } from './argon2.ts';
import { nodeKdf } from './argon2.ts';
import { nodeClock } from './clock.ts';
import { nodeFiles } from './files.ts';
import { nodeRandom } from './random.ts';
import type { Kdf } from '../core/ports.ts';
import { sodiumAead, warmUpAead } from './sodium.ts';
import { sqliteStore } from './sqlite-store.ts';

/** The derivation runs on another thread: this one uses the time to make the cipher fast, which is wanted right after. */
const usingTheWait = (kdf: Kdf): Kdf => ({
  ...kdf,
  derive: async (...input) => {
    const derived = kdf.derive(...input);
    await warmUpAead();
    return derived;
  },
});

/** Loads native and WebAssembly modules, hence the promise. `targetMs: 0` keeps the cheapest allowed derivation, for tests. */
export const nodePorts = async (options: KdfOptions = {}): Promise<VaultPorts> => ({
  random: nodeRandom(),
  clock: nodeClock(),
  kdf: usingTheWait(await nodeKdf(options)),
  aead: await sodiumAead(),
  files: nodeFiles(),
  store: sqliteStore(),
});
