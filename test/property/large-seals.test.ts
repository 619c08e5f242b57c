// Large blocks are sealed and opened by the runtime's cipher where it has one: bit for bit as libsodium does it, and as strictly.
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import sodium from 'libsodium-wrappers-sumo';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Aead } from '../../src/core/ports.ts';
import { largeSeals, type LargeSeals } from '../../src/node/large-seals.ts';
import { largeBytes, sodiumAead } from '../../src/node/sodium.ts';
import { xChaChaOpen } from '../support/vault/xchacha.ts';

let aead: Aead;
let large: LargeSeals;
beforeAll(async () => {
  aead = await sodiumAead();
  const made = largeSeals((input, key) => sodium.crypto_core_hchacha20(input, key, null));
  if (made === null) throw new Error('Node has ChaCha20-Poly1305');
  large = made;
});

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const any = fc.record({
  plain: fc.uint8Array({ maxLength: 300 }),
  associated: fc.uint8Array({ maxLength: 80 }),
  nonce: bytes(24),
  key: bytes(32),
});

describe('the runtime’s cipher', () => {
  it('gives the bytes that libsodium gives, and opens what libsodium sealed', () => {
    fc.assert(
      fc.property(any, ({ plain, associated, nonce, key }) => {
        const sealed = aead.seal(plain, associated, nonce, key);
        expect(large.seal(plain, associated, nonce, key)).toEqual(sealed);
        expect(large.open(sealed, associated, nonce, key)).toEqual(plain);
      }),
    );
  });

  it('opens nothing in which one bit is another', () => {
    fc.assert(
      fc.property(
        any,
        fc.nat(),
        fc.constantFrom('sealed', 'associated', 'nonce', 'key'),
        (facts, at, where) => {
          const { plain, associated, nonce, key } = facts;
          const all = { sealed: large.seal(plain, associated, nonce, key), associated, nonce, key };
          fc.pre(all[where].length > 0);
          const bit = at % (all[where].length * 8);
          const other = all[where].map((byte, index) =>
            index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte,
          );
          const changed = { ...all, [where]: other };
          expect(large.open(changed.sealed, changed.associated, changed.nonce, changed.key)).toBeNull();
        },
      ),
    );
  });

  it('leaves the arrays that it was given as they were', () => {
    const [plain, associated, nonce, key] = [
      randomBytes(100),
      randomBytes(61),
      randomBytes(24),
      randomBytes(32),
    ];
    const before = [plain, associated, nonce, key].map((each) => each.toString('hex'));
    large.open(large.seal(plain, associated, nonce, key), associated, nonce, key);
    expect([plain, associated, nonce, key].map((each) => each.toString('hex'))).toEqual(before);
  });
});

describe('the seal of a vault', () => {
  it.each([largeBytes - 20, largeBytes - 1, largeBytes, largeBytes + 1, 3 * largeBytes])(
    'is the same for a block of %i bytes, whoever computes it',
    (length) => {
      const [plain, associated] = [new Uint8Array(randomBytes(length)), new Uint8Array(randomBytes(61))];
      const [nonce, key] = [new Uint8Array(randomBytes(24)), new Uint8Array(randomBytes(32))];
      const sealed = aead.seal(plain, associated, nonce, key);
      const wasm = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(plain, associated, null, nonce, key);
      expect(Buffer.compare(sealed, wasm)).toBe(0);
      expect(Buffer.compare(aead.open(sealed, associated, nonce, key) ?? new Uint8Array(0), plain)).toBe(0);
      const byThePage = xChaChaOpen(
        Buffer.from(key),
        Buffer.from(nonce),
        Buffer.from(associated),
        Buffer.from(sealed),
      );
      expect(byThePage === null ? -1 : Buffer.compare(byThePage, plain)).toBe(0);
      const cut = sealed.slice(0, -1);
      expect(aead.open(cut, associated, nonce, key)).toBeNull();
    },
  );
});
