// Replaces the vault key (docs/vault-format-v1.md §9.1): every row is sealed anew under a fresh key while others go on working, then all
// of it is written in one transaction. Until that commits the file is untouched; afterwards the old key opens nothing in it.
import { fail } from '../model/app-error.ts';
import type { JsonObject } from '../model/json.ts';
import type { Result } from '../model/result.ts';
import { ok } from '../model/result.ts';
import { SecretBytes } from '../model/secret-bytes.ts';
import { unwrapPassword, wrapUnderNewCode, wrapUnderPassword } from './change-slots.ts';
import { makeEnvelope } from './envelope.ts';
import { makeKeyring, vaultKeyBytes } from './keyring.ts';
import type { Resealed } from './reseal.ts';
import { resealAll, writeResealed } from './reseal.ts';
import type { Session } from './session.ts';
import { makeSession } from './session.ts';
import type { Slot } from './slots.ts';
import { slotParams } from './slots.ts';
import { attemptStore, inTransaction } from './tables.ts';
import type { ReplaceKey } from './vault-types.ts';
import { lockedError } from './words.ts';

const damagedFirst = (): Result<never> =>
  fail(
    'damaged',
    'Part of this vault is damaged, and its key is only replaced when every record can be read. Nothing was changed.',
    'Change the password now if it may be known: that goes on. Then restore your latest backup, or save what can be read with keyturn doctor --rescue FILE, and replace the key there.',
  );

const stopped = (): Result<never> =>
  fail(
    'cancelled',
    'You stopped before anything was written. The vault and its key are as they were.',
    'Start again when you like.',
  );

/** A session over the same connection, under a key that nobody knows yet. */
const underNewKey = (session: Session): Session => {
  const { ports, path, vaultId, sql, openedWith, format, place } = session;
  const vaultKey = SecretBytes.own(ports.random.bytes(vaultKeyBytes));
  const keyring = makeKeyring(ports.aead, vaultKey);
  const envelope = makeEnvelope(ports.aead, ports.random, keyring, vaultId);
  return makeSession({ ports, path, vaultId, sql, vaultKey, keyring, envelope, openedWith, format, place });
};

const forget = (next: Session): void => {
  next.keyring.wipe();
  next.vaultKey.wipe();
};

/** Brings the open session over to the new key; nothing of the old one stays. */
const takeOver = (session: Session, next: Session, bodies: ReadonlyMap<string, JsonObject>): void => {
  forget(session);
  session.vaultKey = next.vaultKey;
  session.keyring = next.keyring;
  session.envelope = next.envelope;
  session.openedWith = next.openedWith;
  session.manifest = next.manifest;
  for (const table of ['meta', 'secret'] as const)
    for (const [bucket, list] of next.leaves[table].entries()) session.leaves[table][bucket] = list;
  for (const [id, body] of bodies) {
    const record = session.records.get(id);
    if (record !== undefined) session.records.set(id, { ...record, body });
  }
  session.snapshotBehind = session.records.size;
  session.hasUntoldChanges = true;
};

type Slots = { readonly password: Slot; readonly recovery: Slot };

const commitAll = (
  session: Session,
  next: Session,
  resealed: Resealed,
  slots: Slots,
  work: ReplaceKey,
): Result<undefined> => {
  const written = inTransaction(session.sql, 'IMMEDIATE', () =>
    writeResealed(session, next, resealed, work, {
      slots: [slots.password, slots.recovery],
      audit: [{ event: 'vault-key-replaced', by: work.by }],
    }),
  );
  if (!written.ok) return written;
  next.openedWith = slots.password;
  takeOver(session, next, resealed.bodies);
  // Best effort: a process that is reading just then keeps the log, and in it rows under the old key, for a while longer.
  attemptStore(() => ok(session.sql.all('PRAGMA wal_checkpoint(TRUNCATE)')));
  return ok(undefined);
};

/** See OpenVault.replaceKey. */
export const replaceKeyOf = async (session: Session, work: ReplaceKey): Promise<Result<SecretBytes>> => {
  if (!session.isOpen) return lockedError();
  const known = await unwrapPassword(session, work.password);
  if (!known.ok) return known;
  if (!session.isOpen) return lockedError();
  if (session.damage.size > 0 || session.manifest === null) return damagedFirst();
  const next = underNewKey(session);
  const resealed = await resealAll(session, next, work);
  if (!resealed.ok || resealed.value === null) {
    forget(next);
    return resealed.ok ? stopped() : resealed;
  }
  const { ports, vaultId } = session;
  const password = await wrapUnderPassword(
    ports,
    vaultId,
    work.password,
    next.vaultKey,
    slotParams(known.value),
  );
  const { slot: recovery, code } = await wrapUnderNewCode(ports, vaultId, next.vaultKey);
  const isWanted = await work.step(resealed.value.total, resealed.value.total);
  const written = !session.isOpen
    ? lockedError()
    : isWanted
      ? commitAll(session, next, resealed.value, { password, recovery }, work)
      : stopped();
  if (written.ok) return ok(code);
  forget(next);
  code.wipe();
  return written;
};
