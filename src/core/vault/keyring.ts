// The vault key's subkeys, one per purpose (docs/vault-format-v1.md §3), held together so that they can be wiped together.
// The vault key itself stays in SecretBytes and is only used to make subkeys and to be wrapped.
import type { SecretBytes } from '../model/secret-bytes.ts';
import type { Aead } from '../ports.ts';
import { utf8 } from './bytes.ts';

export const vaultKeyBytes = 32;

const purposes = [
  'header',
  'meta',
  'secret',
  'leaf',
  'manifest',
  'audit',
  'cache',
  'audit-chain',
  'fingerprint',
  'anchor',
  'leaks',
] as const;

export type Purpose = (typeof purposes)[number];

export type Keyring = {
  readonly subkey: (purpose: Purpose) => Uint8Array;
  readonly wipe: () => void;
};

/** BLAKE2b-256 of the purpose under the vault key, for every purpose. */
export const makeKeyring = (aead: Aead, vaultKey: SecretBytes): Keyring => {
  const subkeys = new Map<Purpose, Uint8Array>();
  vaultKey.use((key) => {
    for (const purpose of purposes)
      subkeys.set(purpose, aead.hash(utf8(`keyturn/v1/subkey/${purpose}`), vaultKeyBytes, key));
  });
  return {
    subkey: (purpose) => {
      const subkey = subkeys.get(purpose);
      if (subkey === undefined) throw new Error('the vault is closed');
      return subkey;
    },
    wipe: () => {
      for (const subkey of subkeys.values()) aead.wipe(subkey);
      subkeys.clear();
    },
  };
};
