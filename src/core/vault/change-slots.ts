// A new password or recovery code: the vault key is wrapped anew and nothing else is re-encrypted. The derivation happens before
// the write lock is taken.
import { fail } from '../model/app-error.ts';
import type { Result } from '../model/result.ts';
import { done, ok } from '../model/result.ts';
import { SecretBytes } from '../model/secret-bytes.ts';
import type { KdfParams } from '../ports.ts';
import { knownSlots } from './accept-damage.ts';
import { sameBytes, utf8 } from './bytes.ts';
import { calibrateKdf, kdfCost, kdfStart } from './kdf-params.ts';
import { passwordBytes } from './password-bytes.ts';
import { formatRecoveryCode, makeRecoveryCode, recoveryRandomBytes } from './recovery-code.ts';
import type { Session } from './session.ts';
import type { Slot, SlotKind } from './slots.ts';
import { isSlotOfKind, isSlotWhole, slotParams, unwrapVaultKey, wrapVaultKey } from './slots.ts';
import { attemptStore, deleteSlot, putSlot, readSlots } from './tables.ts';
import type { AuditInput, VaultPorts } from './vault-types.ts';
import type { Draft } from './write.ts';
import { write } from './write.ts';
import { conflictError, damagedFileError, emptyPasswordError, lockedError } from './words.ts';

/**
 * Swaps the slot of one kind, if it is still the one seen before the derivation. A slot that somebody put there stays where it is and is not
 * listed: a new password must not make a foreign way in, or an old one, a right one.
 * Afterwards the write-ahead log is emptied, so that the old wrapping does not linger there.
 */
const replaceSlot = (
  session: Session,
  kind: SlotKind,
  seen: Slot | undefined,
  next: Slot,
  audit: AuditInput,
): Result<undefined> => {
  const outcome = write(session, (): Result<Draft> => {
    const slots = knownSlots(session);
    const replaced = slots.filter((slot) => isSlotOfKind(slot, kind));
    if (seen !== undefined && !replaced.some((slot) => sameBytes(slot.body, seen.body)))
      return conflictError(kind);
    for (const slot of replaced) deleteSlot(session.sql, slot.id);
    putSlot(session.sql, next);
    const rest = slots.filter((slot) => !replaced.includes(slot));
    return ok({ leaves: new Map(), audit: [audit], slots: [...rest, next] });
  });
  if (!outcome.ok) return outcome;
  session.openedWith = next;
  emptyLog(session);
  return done;
};

/** Best effort: another process that is reading just then keeps the log for a while longer. */
const emptyLog = (session: Session): void => {
  attemptStore(() => ok(session.sql.all('PRAGMA wal_checkpoint(TRUNCATE)')));
};

/** Calibrated for this machine, and never cheaper than what the vault had. */
const freshParams = async (ports: VaultPorts, had: KdfParams | undefined): Promise<KdfParams> => {
  const calibrated = await calibrateKdf(ports.kdf, ports.clock);
  return had !== undefined && kdfCost(had) > kdfCost(calibrated) ? had : calibrated;
};

/** Makes the first or a new password slot's worth of bytes and wraps under them. The password is borrowed. */
export const wrapUnderPassword = async (
  ports: VaultPorts,
  vaultId: Uint8Array,
  password: SecretBytes,
  vaultKey: SecretBytes,
  had?: KdfParams,
): Promise<Slot> => {
  const input = passwordBytes(password);
  const params = await freshParams(ports, had);
  const slot = await wrapVaultKey(ports, vaultId, 'password', params, input, vaultKey);
  input.wipe();
  return slot;
};

/** A new recovery code and the slot that it opens. The code is for showing: grouped, to be wiped by the caller. */
export const wrapUnderNewCode = async (
  ports: VaultPorts,
  vaultId: Uint8Array,
  vaultKey: SecretBytes,
): Promise<{ readonly slot: Slot; readonly code: SecretBytes }> => {
  const random = ports.random.bytes(recoveryRandomBytes);
  const canonical = makeRecoveryCode(random);
  ports.aead.wipe(random);
  const input = SecretBytes.own(utf8(canonical));
  const slot = await wrapVaultKey(ports, vaultId, 'recovery', kdfStart, input, vaultKey);
  input.wipe();
  return { slot, code: SecretBytes.fromText(formatRecoveryCode(canonical)) };
};

/** See OpenVault.changePassword. */
export const changePasswordOf = async (
  session: Session,
  current: SecretBytes,
  next: SecretBytes,
  by: string,
): Promise<Result<undefined>> => {
  if (!session.isOpen) return lockedError();
  if (next.length === 0) return emptyPasswordError();
  const known = await unwrapPassword(session, current);
  if (!known.ok) return known;
  if (!session.isOpen) return lockedError();
  const { ports, vaultId, vaultKey } = session;
  const slot = known.value;
  const made = await wrapUnderPassword(ports, vaultId, next, vaultKey, slotParams(slot));
  return replaceSlot(session, 'password', slot, made, { event: 'password-changed', by });
};

/** The vault's password slot, once it has opened under this password. `wrong-password`. */
export const unwrapPassword = async (session: Session, password: SecretBytes): Promise<Result<Slot>> => {
  const { ports } = session;
  const found = attemptStore(() => ok(readSlots(session.sql)));
  if (!found.ok) return found;
  const slot = found.value.find((one) => isSlotOfKind(one, 'password'));
  if (slot === undefined || !isSlotWhole(ports.aead, slot))
    return damagedFileError(session.path, 'its password part is damaged.');
  const input = passwordBytes(password);
  const opened = await unwrapVaultKey(ports, slot, input);
  input.wipe();
  if (!opened.ok) return opened;
  opened.value.wipe();
  return ok(slot);
};

/** See OpenVault.resetPassword. */
export const resetPasswordOf = async (
  session: Session,
  next: SecretBytes,
  by: string,
): Promise<Result<undefined>> => {
  if (!session.isOpen) return lockedError();
  if (next.length === 0) return emptyPasswordError();
  if (!isSlotOfKind(session.openedWith, 'recovery'))
    return fail('refused', 'The password is needed to change it.', 'Type the present password.');
  const { ports, vaultId, vaultKey } = session;
  const slot = readSlots(session.sql).find((one) => isSlotOfKind(one, 'password'));
  const had = slot !== undefined && isSlotWhole(ports.aead, slot) ? slotParams(slot) : undefined;
  const made = await wrapUnderPassword(ports, vaultId, next, vaultKey, had);
  return replaceSlot(session, 'password', slot, made, { event: 'password-reset', by });
};

/** See OpenVault.newRecoveryCode. */
export const newRecoveryCodeOf = async (session: Session, by: string): Promise<Result<SecretBytes>> => {
  if (!session.isOpen) return lockedError();
  const { slot, code } = await wrapUnderNewCode(session.ports, session.vaultId, session.vaultKey);
  const replaced = replaceSlot(session, 'recovery', undefined, slot, { event: 'recovery-code-replaced', by });
  if (replaced.ok) return ok(code);
  code.wipe();
  return replaced;
};

/** Wraps under the same password at a higher cost, after a machine turned out to be faster than the one before. */
export const raiseCost = async (
  session: Session,
  slot: Slot,
  password: SecretBytes,
): Promise<Result<undefined>> => {
  const { ports, vaultId, vaultKey } = session;
  const params = await calibrateKdf(ports.kdf, ports.clock);
  const before = slotParams(slot);
  if (kdfCost(params) < kdfCost(before) * 1.5) return done;
  const input = passwordBytes(password);
  const made = await wrapVaultKey(ports, vaultId, 'password', params, input, vaultKey);
  input.wipe();
  const detail = { fromMemoryKiB: before.memoryKiB, toMemoryKiB: params.memoryKiB, toPasses: params.passes };
  return replaceSlot(session, 'password', slot, made, { event: 'derivation-raised', by: 'keyturn', detail });
};
