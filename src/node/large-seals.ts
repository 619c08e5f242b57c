// XChaCha20-Poly1305 for large blocks (a large vault's snapshot) by the runtime's own ChaCha20-Poly1305, which is ten times as fast as
// WebAssembly. Bit for bit what libsodium gives (test/property/large-seals.test.ts). Null where the runtime has no such cipher: Electron's does not.
import { createCipheriv, createDecipheriv, getCiphers } from 'node:crypto';

const cipher = 'chacha20-poly1305';
const tagBytes = 16;
/** What the subkey is made of; the rest of the nonce goes to the cipher. */
const subkeyNonceBytes = 16;
const cipherNonceBytes = 12;

/** HChaCha20: 16 bytes and a key to a key. */
export type MakeSubkey = (input: Uint8Array, key: Uint8Array) => Uint8Array;

export type LargeSeals = {
  /** Ciphertext followed by the tag. */
  readonly seal: (
    plain: Uint8Array,
    associated: Uint8Array,
    nonce: Uint8Array,
    key: Uint8Array,
  ) => Uint8Array;
  /** Null where authentication fails. */
  readonly open: (
    sealed: Uint8Array,
    associated: Uint8Array,
    nonce: Uint8Array,
    key: Uint8Array,
  ) => Uint8Array | null;
};

/** draft-irtf-cfrg-xchacha-03, section 2.3: four zero bytes and the last eight of the nonce. */
const cipherNonce = (nonce: Uint8Array): Uint8Array => {
  const short = new Uint8Array(cipherNonceBytes);
  short.set(nonce.subarray(subkeyNonceBytes), cipherNonceBytes - (nonce.length - subkeyNonceBytes));
  return short;
};

const plainBytes = (buffer: Buffer): Uint8Array =>
  new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);

const withSubkey = <T>(
  makeSubkey: MakeSubkey,
  nonce: Uint8Array,
  key: Uint8Array,
  use: (subkey: Uint8Array) => T,
): T => {
  const subkey = makeSubkey(nonce.subarray(0, subkeyNonceBytes), key);
  try {
    return use(subkey);
  } finally {
    subkey.fill(0);
  }
};

/** The pair, or null where the runtime cannot. */
export const largeSeals = (makeSubkey: MakeSubkey): LargeSeals | null => {
  if (!getCiphers().includes(cipher)) return null;
  const options = { authTagLength: tagBytes } as const;
  return {
    seal: (plain, associated, nonce, key) =>
      withSubkey(makeSubkey, nonce, key, (subkey) => {
        const work = createCipheriv(cipher, subkey, cipherNonce(nonce), options);
        work.setAAD(associated, { plaintextLength: plain.length });
        const body = work.update(plain);
        work.final();
        const sealed = new Uint8Array(body.length + tagBytes);
        sealed.set(body);
        sealed.set(work.getAuthTag(), body.length);
        return sealed;
      }),
    open: (sealed, associated, nonce, key) =>
      withSubkey(makeSubkey, nonce, key, (subkey) => {
        const bodyBytes = sealed.length - tagBytes;
        const work = createDecipheriv(cipher, subkey, cipherNonce(nonce), options);
        work.setAAD(associated, { plaintextLength: bodyBytes });
        work.setAuthTag(sealed.subarray(bodyBytes));
        const plain = plainBytes(work.update(sealed.subarray(0, bodyBytes)));
        try {
          work.final();
          return plain;
        } catch {
          plain.fill(0);
          return null;
        }
      }),
  };
};
