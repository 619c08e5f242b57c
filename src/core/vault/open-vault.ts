// The face of an open vault (OpenVault in vault-types.ts) over a session. Guards every call against use after close.
import type { Result } from '../model/result.ts';
import { ok } from '../model/result.ts';
import { acceptDamageOf } from './accept-damage.ts';
import { openEntry, verifyTrail } from './audit-trail.ts';
import { compareAnchor, makeAnchor } from './anchor.ts';
import { backUp, copyAsItIsOf } from './backup.ts';
import { toHex, utf8 } from './bytes.ts';
import { changePasswordOf, newRecoveryCodeOf, resetPasswordOf } from './change-slots.ts';
import { commitChanges } from './commit.ts';
import { idBytes } from './envelope.ts';
import { follow } from './load.ts';
import { readCopyOf } from './read-copy.ts';
import { readSecretOf, secretRevisionOf } from './read-secret.ts';
import { replaceKeyOf } from './replace-key.ts';
import type { Session } from './session.ts';
import { endSession } from './session.ts';
import { makeKeychainSlotOf, removeKeychainSlotOf } from './keychain-slot.ts';
import { vaultKeyBytes } from './keyring.ts';
import { keepSnapshot } from './keep-snapshot.ts';
import { inTransaction, readAuditDown } from './tables.ts';
import type { OpenVault } from './vault-types.ts';
import { lockedError } from './words.ts';
import { checkPlace } from './write.ts';

const someone = 'keyturn';
const fingerprintBytes = 16;
const markBytes = 16;
const markLength = 16;

/** Reads in one transaction, after picking up what others committed. */
const reading = <T>(session: Session, action: () => Result<T>): Result<T> => {
  if (!session.isOpen) return lockedError();
  return inTransaction(session.sql, 'DEFERRED', () => {
    const followed = follow(session);
    return followed.ok ? action() : followed;
  });
};

const refresh = (session: Session): Result<{ readonly changed: boolean }> => {
  const looked = reading(session, () => checkPlace(session));
  if (!looked.ok) return looked;
  const changed = session.hasUntoldChanges;
  session.hasUntoldChanges = false;
  return ok({ changed });
};

/** The leaves' tags change with every record and with nothing else. */
const contentMark = ({ manifest, ports, keyring }: Session): string =>
  toHex(
    ports.aead.hash(manifest?.leafTags ?? new Uint8Array(0), markBytes, keyring.subkey('fingerprint')),
  ).slice(0, markLength);

const close = (session: Session): void => {
  if (!session.isOpen) return;
  try {
    keepSnapshot(session);
  } finally {
    endSession(session);
  }
};

/** Wraps a session; the only owner of it from now on. */
export const openVaultOf = (session: Session): OpenVault => {
  const { ports } = session;
  return {
    vaultId: toHex(session.vaultId),
    path: session.path,
    counter: () => session.manifest?.counter ?? 0,
    newId: () => toHex(ports.random.bytes(idBytes)),
    records: () => session.records,
    secretRevision: (id) => secretRevisionOf(session, id),
    readSecret: (id) => readSecretOf(session, id),
    commit: (changes, audit) => commitChanges(session, changes, audit),
    refresh: () => refresh(session),
    fingerprint: (bytes) =>
      toHex(ports.aead.hash(bytes, fingerprintBytes, session.keyring.subkey('fingerprint'))),
    leakKey: (use) =>
      ports.aead.hash(utf8(`keyturn/v1/leaks/${use}`), vaultKeyBytes, session.keyring.subkey('leaks')),
    damage: () => [...session.damage.values()],
    acceptDamage: (by) => acceptDamageOf(session, by),
    auditEntries: ({ before = Number.MAX_SAFE_INTEGER, limit }) =>
      reading(session, () =>
        ok(readAuditDown(session.sql, before, limit).map((row) => openEntry(session, row))),
      ),
    verifyAudit: () => reading(session, () => ok(verifyTrail(session))),
    changePassword: (current, next, by = someone) => changePasswordOf(session, current, next, by),
    resetPassword: (next, by = someone) => resetPasswordOf(session, next, by),
    newRecoveryCode: (by = someone) => newRecoveryCodeOf(session, by),
    replaceKey: (work) => replaceKeyOf(session, work),
    anchor: () => makeAnchor(session),
    compareAnchor: (bytes) => compareAnchor(session, bytes),
    backupTo: (path, by = someone) => backUp(session, path, by),
    copyAsItIs: (path) => copyAsItIsOf(session, path),
    makeKeychainSlot: (by, isNew) => makeKeychainSlotOf(session, by, isNew),
    removeKeychainSlot: (by) => removeKeychainSlotOf(session, by),
    contentMark: () => contentMark(session),
    readCopy: (path) => readCopyOf(session, path),
    close: () => close(session),
  };
};
