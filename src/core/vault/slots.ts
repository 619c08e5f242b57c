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
/** Keyed BLAKE2b: enough for a secret that was random to begin with. */
const keyedHash = 2;
const saltAt = 12;
const vaultIdAt = 28;
const boundEnd = 44;
const sealedAt = 68;
const checkAt = 116;
const slotBytes = 132;
const slotDomain = utf8('keyturn/v1/slot\0');
const checkDomain = utf8('keyturn/v1/slot-check\0');
const keychainDomain = utf8('keyturn/v1/keychain-slot\0');

export const slotKinds = { password: 1, recovery: 2, keychain: 3 } as const;
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
  slot.body[2] === (isSlotOfKind(slot, 'keychain') ? keyedHash : argon2id) &&
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

const emptySlot = (random: Random, vaultId: Uint8Array, kind: SlotKind, derivation: number): Slot => {
  const slot: Slot = { id: random.bytes(idBytes), body: new Uint8Array(slotBytes) };
  slot.body.set([slotFormat, slotKinds[kind], derivation, 0]);
  slot.body.set(random.bytes(16), saltAt);
  slot.body.set(vaultId, vaultIdAt);
  slot.body.set(random.bytes(nonceBytes), boundEnd);
  return slot;
};

const saltOf = (slot: Slot): Uint8Array => slot.body.slice(saltAt, vaultIdAt);

/** Seals the vault key into a slot that is complete but for that. Wipes the wrapping key. */
const sealInto = (aead: Aead, slot: Slot, wrapping: SecretBytes, vaultKey: SecretBytes): Slot => {
  const { body } = slot;
  const nonce = body.slice(boundEnd, sealedAt);
  body.set(
    wrapping.use((key) => vaultKey.use((plain) => aead.seal(plain, bound(slot), nonce, key))),
    sealedAt,
  );
  wrapping.wipe();
  body.set(checkOf(aead, slot), checkAt);
  return slot;
};

/** Makes a slot with a new id, salt and nonce. `input` and `vaultKey` are borrowed. */
export const wrapVaultKey = async (
  { aead, kdf, random }: SlotPorts,
  vaultId: Uint8Array,
  kind: Exclude<SlotKind, 'keychain'>,
  params: KdfParams,
  input: SecretBytes,
  vaultKey: SecretBytes,
): Promise<Slot> => {
  const slot = emptySlot(random, vaultId, kind, argon2id);
  writeU32(slot.body, 4, params.memoryKiB);
  writeU32(slot.body, 8, params.passes);
  return sealInto(aead, slot, await kdf.derive(input, saltOf(slot), params, vaultKeyBytes), vaultKey);
};

/** Bytes of the secret that opens a slot of the system's keychain. */
export const keychainSecretBytes = 32;

const keychainWrapping = (aead: Aead, slot: Slot, secret: SecretBytes): SecretBytes =>
  SecretBytes.own(secret.use((key) => aead.hash(concat([keychainDomain, saltOf(slot)]), vaultKeyBytes, key)));

/** As {@link wrapVaultKey}, under a random secret that the system's keychain is to keep. */
export const wrapForKeychain = (
  { aead, random }: Omit<SlotPorts, 'kdf'>,
  vaultId: Uint8Array,
  secret: SecretBytes,
  vaultKey: SecretBytes,
): Slot => {
  const slot = emptySlot(random, vaultId, 'keychain', keyedHash);
  return sealInto(aead, slot, keychainWrapping(aead, slot, secret), vaultKey);
};

/** `wrong-password` where the input does not open the slot, `damaged` where the slot asks for what no Keyturn writes. */
export const unwrapVaultKey = async (
  { aead, kdf }: Pick<SlotPorts, 'aead' | 'kdf'>,
  slot: Slot,
  input: SecretBytes,
): Promise<Result<SecretBytes>> => {
  const derived = isSlotOfKind(slot, 'keychain')
    ? ok(keychainWrapping(aead, slot, input))
    : await deriveWithinLimits(kdf, slot, input);
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

const deriveWithinLimits = async (kdf: Kdf, slot: Slot, input: SecretBytes): Promise<Result<SecretBytes>> => {
  const params = slotParams(slot);
  const allowed = checkKdfParams(params);
  return allowed.ok ? deriveOrSay(kdf, input, saltOf(slot), params) : allowed;
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

const wrongSecrets: Readonly<Record<SlotKind, readonly [string, string]>> = {
  password: [
    'The password does not open this vault.',
    'Check caps lock and keyboard layout, and try again, or use your recovery code.',
  ],
  recovery: [
    'This recovery code does not open this vault.',
    'Check that the sheet belongs to this vault and that no newer one was made.',
  ],
  keychain: [
    'What the system keychain holds does not open this vault any more.',
    'Type the master password.',
  ],
};

const wrongSecret = (slot: Slot): Result<never> => {
  const kinds = Object.keys(slotKinds) as readonly SlotKind[];
  const [message, next] = wrongSecrets[kinds.find((kind) => isSlotOfKind(slot, kind)) ?? 'password'];
  return fail('wrong-password', message, next);
};
