// The way in that the operating system's keychain holds (docs/vault-format-v1.md §4.2, kind 3): a random secret that wraps the vault key.
// What keeps the secret, and for how long, is not the vault's business; losing it never loses the vault.
import type { Result } from '../model/result.ts';
import { ok } from '../model/result.ts';
import { SecretBytes } from '../model/secret-bytes.ts';
import { knownSlots } from './accept-damage.ts';
import type { Session } from './session.ts';
import type { Slot } from './slots.ts';
import { isSlotOfKind, keychainSecretBytes, wrapForKeychain } from './slots.ts';
import { attemptStore, deleteSlot, putSlot, readSlots } from './tables.ts';
import type { AuditInput } from './vault-types.ts';
import { lockedError } from './words.ts';
import { write } from './write.ts';

const isOfKeychain = (slot: Slot): boolean => isSlotOfKind(slot, 'keychain');

/** Puts `next` in the place of what was there; gives how many were. The old wrapping does not stay behind in the log. */
const putInPlace = (session: Session, next: Slot | null, audit: readonly AuditInput[]): Result<number> => {
  let replaced = 0;
  const outcome = write(session, () => {
    // A slot that somebody put there does not become one of the vault's by this.
    const slots = knownSlots(session);
    const old = slots.filter(isOfKeychain);
    replaced = old.length;
    for (const slot of old) deleteSlot(session.sql, slot.id);
    if (next !== null) putSlot(session.sql, next);
    const rest = slots.filter((slot) => !isOfKeychain(slot));
    return ok({ leaves: new Map(), audit, slots: next === null ? rest : [...rest, next] });
  });
  if (!outcome.ok) return outcome;
  attemptStore(() => ok(session.sql.all('PRAGMA wal_checkpoint(TRUNCATE)')));
  return ok(replaced);
};

/** See OpenVault.makeKeychainSlot. */
export const makeKeychainSlotOf = (session: Session, by: string, isNew: boolean): Result<SecretBytes> => {
  if (!session.isOpen) return lockedError();
  const { ports, vaultId, vaultKey } = session;
  const secret = SecretBytes.own(ports.random.bytes(keychainSecretBytes));
  const slot = wrapForKeychain(ports, vaultId, secret, vaultKey);
  const put = putInPlace(session, slot, isNew ? [{ event: 'keychain-turned-on', by }] : []);
  if (put.ok) return ok(secret);
  secret.wipe();
  return put;
};

/** See OpenVault.removeKeychainSlot. */
export const removeKeychainSlotOf = (session: Session, by: string): Result<boolean> => {
  if (!session.isOpen) return lockedError();
  const found = attemptStore(() => ok(readSlots(session.sql).some(isOfKeychain)));
  if (!found.ok || !found.value) return found;
  const removed = putInPlace(session, null, [{ event: 'keychain-turned-off', by }]);
  return removed.ok ? ok(removed.value > 0) : removed;
};
