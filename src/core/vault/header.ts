// The one row that is readable without a key: what this is and which vault (docs/vault-format-v1.md §4.1, §4.3). Its
// code (mac) covers all slots too.
import type { Aead } from '../ports.ts';
import { compareAt, concat, sameBytes, u32, utf8 } from './bytes.ts';
import { idBytes, recordFormat } from './envelope.ts';
import type { Keyring } from './keyring.ts';
import type { Slot } from './slots.ts';

const magic = utf8('KEYTURN');
const headerBytes = magic.length + 1 + idBytes;
const domain = utf8('keyturn/v1/header\0');

export const encodeHeader = (vaultId: Uint8Array): Uint8Array =>
  concat([magic, Uint8Array.of(recordFormat), vaultId]);

/** The vault id, or null where this is no header of record format 1. */
export const parseHeader = (body: Uint8Array): Uint8Array | null =>
  body.length === headerBytes &&
  sameBytes(body.subarray(0, magic.length), magic) &&
  body[magic.length] === recordFormat
    ? body.slice(magic.length + 1)
    : null;

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
