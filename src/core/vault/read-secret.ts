// Opens one secret, and proves first that it is the latest of its row.
import { fail } from '../model/app-error.ts';
import type { Result } from '../model/result.ts';
import { ok } from '../model/result.ts';
import { SecretBytes } from '../model/secret-bytes.ts';
import { fromHex, sameBytes } from './bytes.ts';
import { idBytes, tagOf } from './envelope.ts';
import type { Entry } from './leaves.ts';
import { findEntry } from './leaves.ts';
import { follow } from './load.ts';
import { tolerant } from './row-lists.ts';
import type { Session } from './session.ts';
import { addDamage } from './session.ts';
import type { SealedRow } from './tables.ts';
import { inTransaction, readRow } from './tables.ts';
import type { RecordId } from './vault-types.ts';
import { damagedRecordError, lockedError, unprovenError } from './words.ts';

const noSecret = (id: RecordId): Result<never> =>
  fail(
    'not-found',
    `There is no value ${id} in this vault.`,
    'It may have been removed; look at the list again.',
  );

/** Null where the bucket is unproven, undefined where nothing is listed. */
const listed = (session: Session, id: Uint8Array): Entry | null | undefined => {
  const leaf = session.leaves.secret[id[0] as number] ?? null;
  return leaf === null ? null : (findEntry(leaf, id) ?? undefined);
};

const openRow = (session: Session, entry: Entry, row: SealedRow | null): SecretBytes | null => {
  if (row?.revision !== entry.revision || !sameBytes(tagOf(row.sealed), entry.tag)) return null;
  const content = session.envelope.open('secret', entry.id, entry.revision, row.sealed);
  if (content === null) return null;
  const secret = SecretBytes.own(content.slice());
  session.envelope.wipe(content);
  return secret;
};

/** As {@link readSecretOf}, within a transaction that has picked up what others committed. */
export const readSecretNow = (session: Session, name: RecordId): Result<SecretBytes> => {
  const id = fromHex(name);
  if (id?.length !== idBytes) return noSecret(name);
  const entry = listed(session, id);
  if (entry === null) return unprovenError();
  if (entry === undefined) return noSecret(name);
  const row = tolerant(
    () => readRow(session.sql, 'secret', id),
    () => null,
  );
  const secret = openRow(session, entry, row);
  if (secret !== null) return ok(secret);
  addDamage(session, 'secret', name, 'cannot be opened');
  return damagedRecordError(name);
};

/** See OpenVault.readSecret. Reads inside a transaction, after picking up what others committed. */
export const readSecretOf = (session: Session, name: RecordId): Result<SecretBytes> => {
  if (!session.isOpen) return lockedError();
  return inTransaction(session.sql, 'DEFERRED', () => {
    const followed = follow(session);
    return followed.ok ? readSecretNow(session, name) : followed;
  });
};

/** Revision as listed now, 0 where there is none. */
export const secretRevisionOf = (session: Session, name: RecordId): number => {
  const id = fromHex(name);
  return id?.length === idBytes ? (listed(session, id)?.revision ?? 0) : 0;
};
