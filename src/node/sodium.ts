// The only file that may import libsodium (its sumo build has symbols that are easy to misuse). Gives the Aead port: XChaCha20-Poly1305
// and BLAKE2b, both in WebAssembly, so that Node and Electron (BoringSSL) compute the same.
import sodium from 'libsodium-wrappers-sumo';
import type { Aead } from '../core/ports.ts';

const warmUpRuns = 10;
const warmUpBytes = 16_384;
let isWarm = false;

/**
 * Has the engine compile the cipher well: V8 does so only after a function has run for a while, and never during a call. Without this the
 * seven megabytes of a large vault's snapshot, one call, are opened by the quick first draft of the code, in six times the time.
 * Takes some 4 ms, once in a process; meant for a moment in which the caller waits for something else.
 */
export const warmUpAead = async (): Promise<void> => {
  if (isWarm) return;
  isWarm = true;
  const aead = await sodiumAead();
  const [key, nonce, associated] = [new Uint8Array(32), new Uint8Array(24), new Uint8Array(61)];
  const sealed = aead.seal(new Uint8Array(warmUpBytes), associated, nonce, key);
  for (let run = 0; run < warmUpRuns; run += 1) aead.open(sealed, associated, nonce, key);
};

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
