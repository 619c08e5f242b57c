// Sealing and opening one row (docs/vault-format-v1.md §5). The associated data ties a row to its vault, table, id,
// revision and format, so a sealed row is worth nothing anywhere else.
import type { Aead, Random } from '../ports.ts';
import { utf8, writeU16, writeU64 } from './bytes.ts';
import type { Keyring } from './keyring.ts';
import { pad, unpad } from './padding.ts';

export const sealedTables = ['meta', 'secret', 'leaf', 'manifest', 'audit', 'cache'] as const;
export type SealedTable = (typeof sealedTables)[number];

/** Goes into the associated data; the file's own format may rise without it. */
export const recordFormat = 1;
export const nonceBytes = 24;
export const tagBytes = 16;
export const idBytes = 16;
const smallestSealed = nonceBytes + 128 + tagBytes;
const domain = utf8('keyturn/v1/record\0');

export type Envelope = {
  /** nonce ‖ ciphertext ‖ tag */
  readonly seal: (table: SealedTable, id: Uint8Array, revision: number, content: Uint8Array) => Uint8Array;
  /** The content, or null where it is not authentic. The array may be a view; wipe it as a whole through {@link wipe}. */
  readonly open: (
    table: SealedTable,
    id: Uint8Array,
    revision: number,
    sealed: Uint8Array,
  ) => Uint8Array | null;
  readonly wipe: (opened: Uint8Array) => void;
};

/** The 61 bytes that a row is bound to. */
export const associatedData = (
  vaultId: Uint8Array,
  table: SealedTable,
  id: Uint8Array,
  revision: number,
): Uint8Array => {
  const bytes = new Uint8Array(domain.length + 43);
  bytes.set(domain);
  let at = domain.length;
  bytes[at] = sealedTables.indexOf(table) + 1;
  writeU16(bytes, at + 1, recordFormat);
  bytes.set(vaultId, at + 3);
  bytes.set(id, at + 19);
  at += 35;
  writeU64(bytes, at, revision);
  return bytes;
};

export const makeEnvelope = (
  aead: Aead,
  random: Random,
  keyring: Keyring,
  vaultId: Uint8Array,
): Envelope => ({
  seal: (table, id, revision, content) => {
    const nonce = random.bytes(nonceBytes);
    const padded = pad(content);
    const body = aead.seal(
      padded,
      associatedData(vaultId, table, id, revision),
      nonce,
      keyring.subkey(table),
    );
    aead.wipe(padded);
    const sealed = new Uint8Array(nonceBytes + body.length);
    sealed.set(nonce);
    sealed.set(body, nonceBytes);
    return sealed;
  },
  open: (table, id, revision, sealed) => {
    if (sealed.length < smallestSealed) return null;
    const padded = aead.open(
      sealed.subarray(nonceBytes),
      associatedData(vaultId, table, id, revision),
      sealed.subarray(0, nonceBytes),
      keyring.subkey(table),
    );
    return padded === null ? null : unpad(padded);
  },
  wipe: (opened) => {
    aead.wipe(new Uint8Array(opened.buffer, opened.byteOffset, opened.byteLength));
  },
});

/** The last 16 bytes of a sealed row: what leaves and the manifest list. */
export const tagOf = (sealed: Uint8Array): Uint8Array => sealed.slice(sealed.length - tagBytes);
