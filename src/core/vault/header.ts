// The one row that is readable without a key: what this is and which vault (docs/vault-format-v1.md §4.1, §4.3). Its
// code (mac) covers all slots too.
import type { Aead } from '../ports.ts';
import { compareAt, concat, sameBytes, u32, utf8 } from './bytes.ts';
import { idBytes, recordFormat } from './envelope.ts';
import type { Keyring } from './keyring.ts';
import type { Session } from './session.ts';
import type { Slot } from './slots.ts';

const magic = utf8('KEYTURN');
const domain = utf8('keyturn/v1/header\0');

export const encodeHeader = (vaultId: Uint8Array): Uint8Array =>
  concat([magic, Uint8Array.of(recordFormat), vaultId]);

export const sortSlots = (slots: readonly Slot[]): readonly Slot[] =>
  [...slots].sort((left, right) => compareAt(left.id, 0, right.id, 0, idBytes));

/** Keyed hash over header body and all slots. */
export const headerMac = (
  aead: Aead,
  keyring: Keyring,
  body: Uint8Array,
  slots: readonly Slot[],
): Uint8Array => {
  const parts = [domain, body, u32(slots.length)];
  for (const slot of sortSlots(slots)) parts.push(slot.id, slot.body);
  return aead.hash(concat(parts), 32, keyring.subkey('header'));
};

/** Whether the stored header is that of this vault and was last written together with exactly these slots. */
export const isHeaderRight = (
  { ports: { aead }, keyring, vaultId }: Pick<Session, 'ports' | 'keyring' | 'vaultId'>,
  header: { readonly body: Uint8Array; readonly mac: Uint8Array },
  slots: readonly Slot[],
): boolean =>
  sameBytes(header.body, encodeHeader(vaultId)) &&
  aead.equal(header.mac, headerMac(aead, keyring, header.body, slots));
