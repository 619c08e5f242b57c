// The only file that may import libsodium (its sumo build has symbols that are easy to misuse). Gives the Aead port: XChaCha20-Poly1305
// and BLAKE2b, both in WebAssembly, so that Node and Electron (BoringSSL) compute the same.
import sodium from 'libsodium-wrappers-sumo';
import type { Aead } from '../core/ports.ts';

/** Loads the WebAssembly module once; later calls return at once. */
export const sodiumAead = async (): Promise<Aead> => {
  await sodium.ready;
  return {
    keyBytes: 32,
    nonceBytes: 24,
    tagBytes: 16,
    seal: (plain, associated, nonce, key) =>
      sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(plain, associated, null, nonce, key),
    open: (sealed, associated, nonce, key) => {
      if (sealed.length < 16) return null;
      try {
        return sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, sealed, associated, nonce, key);
      } catch (problem) {
        // The library throws for a failed authentication and for keys and nonces of wrong length alike; the latter are bugs.
        if (nonce.length === 24 && key.length === 32) return null;
        throw problem;
      }
    },
    hash: (data, length, key) => sodium.crypto_generichash(length, data, key ?? null),
    equal: (left, right) => left.length === right.length && sodium.memcmp(left, right),
    wipe: (bytes) => void bytes.fill(0),
  };
};
