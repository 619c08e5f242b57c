// Apart from the kit, which would bring the test runner into the processes that a test starts.
import { SecretBytes } from '../../../src/core/model/secret-bytes.ts';
import type { VaultPorts } from '../../../src/core/vault/vault.ts';

/**
 * Ports whose derivation costs nothing, for tests in which what is proven has nothing to do with it. The caller's process and the
 * one that opens the vault must both use it.
 */
export const portsWithoutCost = (ports: VaultPorts): VaultPorts => {
  const derive: VaultPorts['kdf']['derive'] = async (input, salt, params, length) =>
    SecretBytes.own(
      input.use((bytes) =>
        ports.aead.hash(Buffer.concat([bytes, salt, Buffer.from(JSON.stringify(params))]), length),
      ),
    );
  return { ...ports, kdf: { ...ports.kdf, derive } };
};
