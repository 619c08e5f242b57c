// Argon2id: both implementations give the bytes of the RFC and of each other, and neither holds up the caller's thread.
import { argon2Sync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { SecretBytes } from '../../src/core/model/secret-bytes.ts';
import type { Kdf, KdfParams } from '../../src/core/ports.ts';
import { nodeKdf } from '../../src/node/argon2.ts';

const salt = Uint8Array.from({ length: 16 }, (_, at) => at * 7);
const cases: readonly { readonly password: string; readonly params: KdfParams }[] = [
  { password: 'tall grass by the river', params: { memoryKiB: 8192, passes: 1 } },
  { password: 'Grüße aus Bötzow', params: { memoryKiB: 65_536, passes: 2 } },
  { password: 'x', params: { memoryKiB: 16_384, passes: 3 } },
];

const derive = async (kdf: Kdf, password: string, params: KdfParams): Promise<string> => {
  const secret = SecretBytes.fromText(password);
  const derived = await kdf.derive(secret, salt, params, 32);
  return derived.use((bytes) => Buffer.from(bytes).toString('hex'));
};

/** OpenSSL's implementation: a third opinion, used by no product code. */
const reference = (password: string, { memoryKiB, passes }: KdfParams): string =>
  argon2Sync('argon2id', {
    message: password,
    nonce: salt,
    parallelism: 1,
    tagLength: 32,
    memory: memoryKiB,
    passes,
  }).toString('hex');

describe('Argon2id', () => {
  it('gives the same bytes natively, in WebAssembly and in OpenSSL', async () => {
    const native = await nodeKdf({ implementation: 'native' });
    const wasm = await nodeKdf({ implementation: 'wasm' });
    expect([native.implementation, wasm.implementation]).toEqual(['native', 'wasm']);
    for (const { password, params } of cases) {
      const expected = reference(password, params);
      expect(await derive(native, password, params)).toBe(expected);
      expect(await derive(wasm, password, params)).toBe(expected);
    }
  });

  it.each(['native', 'wasm'] as const)(
    'leaves the thread free while it works (%s)',
    async (implementation) => {
      const kdf = await nodeKdf({ implementation });
      let ticks = 0;
      const ticking = setInterval(() => (ticks += 1), 2);
      await derive(kdf, 'a long walk home', { memoryKiB: 65_536, passes: 4 });
      clearInterval(ticking);
      expect(ticks).toBeGreaterThan(5);
    },
  );

  it('does not keep or change the password it was lent', async () => {
    const kdf = await nodeKdf({ implementation: 'wasm' });
    const password = SecretBytes.fromText('still here afterwards');
    await kdf.derive(password, salt, { memoryKiB: 8192, passes: 1 }, 32);
    expect(password.use((bytes) => Buffer.from(bytes).toString())).toBe('still here afterwards');
  });

  it('fails as a value of the promise where the memory cannot be had', async () => {
    const kdf = await nodeKdf({ implementation: 'wasm' });
    const asked = kdf.derive(SecretBytes.fromText('p'), salt, { memoryKiB: 4_194_304, passes: 1 }, 32);
    await expect(asked).rejects.toThrow();
  });
});
