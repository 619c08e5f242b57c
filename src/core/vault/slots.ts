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
const saltAt = 12;
const vaultIdAt = 28;
const boundEnd = 44;
const sealedAt = 68;
const checkAt = 116;
const slotBytes = 132;
const slotDomain = utf8('keyturn/v1/slot\0');
const checkDomain = utf8('keyturn/v1/slot-check\0');

export const slotKinds = { password: 1, recovery: 2 } as const;
export type SlotKind = keyof typeof slotKinds;

export type Slot = { readonly id: Uint8Array; readonly body: Uint8Array };

type SlotPorts = { readonly aead: Aead; readonly kdf: Kdf; readonly random: Random };

const bound = (slot: Slot): Uint8Array => concat([slotDomain, slot.id, slot.body.subarray(0, boundEnd)]);

const checkOf = (aead: Aead, slot: Slot): Uint8Array =>
  aead.hash(concat([checkDomain, slot.id, slot.body.subarray(0, checkAt)]), 16);

/** Well-formed and undamaged by chance. Says nothing about intent: the check needs no key. */
export const isSlotWhole = (aead: Aead, slot: Slot): boolean =>
  slot.id.length === idBytes &&
  slot.body.length === slotBytes &&
  slot.body[0] === slotFormat &&
  slot.body[2] === argon2id &&
  slot.body[3] === 0 &&
  sameBytes(slot.body.subarray(checkAt), checkOf(aead, slot));

export const isSlotOfKind = (slot: Slot, kind: SlotKind): boolean => slot.body[1] === slotKinds[kind];

/** The vault that a slot belongs to: authentic once the slot has opened. */
export const slotVaultId = (slot: Slot): Uint8Array => slot.body.slice(vaultIdAt, boundEnd);

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
  body.set(salt, saltAt);
  body.set(vaultId, vaultIdAt);
  const nonce = random.bytes(nonceBytes);
  body.set(nonce, boundEnd);
  const wrapping = await kdf.derive(input, salt, params, vaultKeyBytes);
  body.set(
    wrapping.use((key) => vaultKey.use((plain) => aead.seal(plain, bound(slot), nonce, key))),
    sealedAt,
  );
  wrapping.wipe();
  body.set(checkOf(aead, slot), checkAt);
  return slot;
};

/** `wrong-password` where the input does not open the slot, `damaged` where the slot asks for what no Keyturn writes. */
export const unwrapVaultKey = async (
  { aead, kdf }: Pick<SlotPorts, 'aead' | 'kdf'>,
  slot: Slot,
  input: SecretBytes,
): Promise<Result<SecretBytes>> => {
  const params = slotParams(slot);
  const allowed = checkKdfParams(params);
  if (!allowed.ok) return allowed;
  const derived = await deriveOrSay(kdf, input, slot.body.slice(saltAt, vaultIdAt), params);
  if (!derived.ok) return derived;
  const wrapping = derived.value;
  const plain = wrapping.use((key) =>
    aead.open(
      slot.body.subarray(sealedAt, checkAt),
      bound(slot),
      slot.body.subarray(boundEnd, sealedAt),
      key,
    ),
  );
  wrapping.wipe();
  return plain === null ? wrongSecret(slot) : ok(SecretBytes.own(plain));
};

/** A derivation fails for one reason only: the memory it needs is not to be had. */
const deriveOrSay = async (
  kdf: Kdf,
  input: SecretBytes,
  salt: Uint8Array,
  params: KdfParams,
): Promise<Result<SecretBytes>> => {
  try {
    return ok(await kdf.derive(input, salt, params, vaultKeyBytes));
  } catch {
    return fail(
      'io',
      `Checking the password needs ${Math.round(params.memoryKiB / 1024)} MiB of memory, which this machine does not have free now.`,
      'Close other programs and try again.',
    );
  }
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
