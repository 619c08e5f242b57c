// Slots wrap the vault key under a password or a recovery code (docs/vault-format-v1.md §4.2). A slot's parameters are
// part of what it is bound to; limits on them are checked before anything is derived.
import { fail } from '../model/app-error.ts';
import type { Result } from '../model/result.ts';
import { ok } from '../model/result.ts';
import { SecretBytes } from '../model/secret-bytes.ts';
import type { Aead, Kdf, KdfParams, Random } from '../ports.ts';
import { concat, readU32, sameBytes, utf8, writeU32 } from './bytes.ts';
import { idBytes, nonceBytes } from './envelope.ts';
import { checkKdfParams } from './kdf-params.ts';
import { vaultKeyBytes } from './keyring.ts';

const slotFormat = 1;
const argon2id = 1;
const paramsEnd = 28;
const sealedAt = 52;
const checkAt = 100;
const slotBytes = 116;
const slotDomain = utf8('keyturn/v1/slot\0');
const checkDomain = utf8('keyturn/v1/slot-check\0');

export const slotKinds = { password: 1, recovery: 2 } as const;
export type SlotKind = keyof typeof slotKinds;

export type Slot = { readonly id: Uint8Array; readonly body: Uint8Array };

type SlotPorts = { readonly aead: Aead; readonly kdf: Kdf; readonly random: Random };

const bound = (vaultId: Uint8Array, slot: Slot): Uint8Array =>
  concat([slotDomain, vaultId, slot.id, slot.body.subarray(0, paramsEnd)]);

const checkOf = (aead: Aead, vaultId: Uint8Array, slot: Slot): Uint8Array =>
  aead.hash(concat([checkDomain, vaultId, slot.id, slot.body.subarray(0, checkAt)]), 16);

/** Well-formed and undamaged by chance. Says nothing about intent: the check needs no key. */
export const isSlotWhole = (aead: Aead, vaultId: Uint8Array, slot: Slot): boolean =>
  slot.id.length === idBytes &&
  slot.body.length === slotBytes &&
  slot.body[0] === slotFormat &&
  slot.body[2] === argon2id &&
  slot.body[3] === 0 &&
  sameBytes(slot.body.subarray(checkAt), checkOf(aead, vaultId, slot));

export const isSlotOfKind = (slot: Slot, kind: SlotKind): boolean => slot.body[1] === slotKinds[kind];

export const slotParams = (slot: Slot): KdfParams => ({
  memoryKiB: readU32(slot.body, 4),
  passes: readU32(slot.body, 8),
});

/** What the manifest lists of a slot: the tag of its sealed vault key. */
export const slotTag = (slot: Slot): Uint8Array => slot.body.slice(checkAt - 16, checkAt);

/** Makes a slot with a new id, salt and nonce. `input` and `vaultKey` are borrowed. */
export const wrapVaultKey = async (
  { aead, kdf, random }: SlotPorts,
  vaultId: Uint8Array,
  kind: SlotKind,
  params: KdfParams,
  input: SecretBytes,
  vaultKey: SecretBytes,
): Promise<Slot> => {
  const slot: Slot = { id: random.bytes(idBytes), body: new Uint8Array(slotBytes) };
  const { body } = slot;
  body.set([slotFormat, slotKinds[kind], argon2id, 0]);
  writeU32(body, 4, params.memoryKiB);
  writeU32(body, 8, params.passes);
  const salt = random.bytes(16);
  body.set(salt, 12);
  const nonce = random.bytes(nonceBytes);
  body.set(nonce, paramsEnd);
  const wrapping = await kdf.derive(input, salt, params, vaultKeyBytes);
  body.set(
    wrapping.use((key) => vaultKey.use((plain) => aead.seal(plain, bound(vaultId, slot), nonce, key))),
    sealedAt,
  );
  wrapping.wipe();
  body.set(checkOf(aead, vaultId, slot), checkAt);
  return slot;
};

/** `wrong-password` where the input does not open the slot, `damaged` where the slot asks for what no Keyturn writes. */
export const unwrapVaultKey = async (
  { aead, kdf }: SlotPorts,
  vaultId: Uint8Array,
  slot: Slot,
  input: SecretBytes,
): Promise<Result<SecretBytes>> => {
  const params = slotParams(slot);
  const allowed = checkKdfParams(params);
  if (!allowed.ok) return allowed;
  const wrapping = await kdf.derive(input, slot.body.slice(12, paramsEnd), params, vaultKeyBytes);
  const plain = wrapping.use((key) =>
    aead.open(
      slot.body.subarray(sealedAt, checkAt),
      bound(vaultId, slot),
      slot.body.subarray(paramsEnd, sealedAt),
      key,
    ),
  );
  wrapping.wipe();
  return plain === null ? wrongSecret(slot) : ok(SecretBytes.own(plain));
};

const wrongSecret = (slot: Slot): Result<never> =>
  isSlotOfKind(slot, 'recovery')
    ? fail(
        'wrong-password',
        'This recovery code does not open this vault.',
        'Check that the sheet belongs to this vault and that no newer one was made.',
      )
    : fail(
        'wrong-password',
        'The password does not open this vault.',
        'Check caps lock and keyboard layout, and try again, or use your recovery code.',
      );
