// One encrypted file that opens with the same password: a consistent copy, read back with the vault key before it gets its name.
import type { Result } from '../model/result.ts';
import { done, ok } from '../model/result.ts';
import { toHex } from './bytes.ts';
import { loadAll } from './load.ts';
import { readBack } from './read-back.ts';
import type { Session } from './session.ts';
import { endSession, makeSession, siblingOf } from './session.ts';
import { attemptStore, inTransaction } from './tables.ts';
import { copyWhole } from './whole-copy.ts';
import { checkPlace, write } from './write.ts';
import { makeEnvelope } from './envelope.ts';
import { makeKeyring } from './keyring.ts';
import { lockedError } from './words.ts';

type Facts = { readonly keys: number; readonly bytes: number };

const fileMode = 0o600;
const markBytes = 6;

const copyInto = (session: Session, sibling: string): Result<undefined> => {
  const made = session.ports.files.createNew(sibling, new Uint8Array(0), fileMode);
  if (!made.ok) return made;
  session.sql.run('VACUUM INTO ?', [sibling]);
  return done;
};

/** Opens another file of the same vault under copies of this session's keys. Reads nothing yet. */
export const openCopy = (session: Session, path: string): Result<Session> => {
  const { ports, vaultId, openedWith, format } = session;
  const opened = ports.store.open(path, 'rollback');
  if (!opened.ok) return opened;
  const vaultKey = session.vaultKey.copy();
  const keyring = makeKeyring(ports.aead, vaultKey);
  const envelope = makeEnvelope(ports.aead, ports.random, keyring, vaultId);
  const sql = opened.value;
  const place = ports.files.identity(path);
  return ok(
    makeSession({ ports, path, vaultId, sql, vaultKey, keyring, envelope, openedWith, format, place }),
  );
};

/** Opens the copy with keys of its own, empties its cache and reads everything back. */
const proveCopy = (session: Session, sibling: string): Result<{ readonly keys: number }> => {
  const opened = openCopy(session, sibling);
  if (!opened.ok) return opened;
  const copy = opened.value;
  const { sql } = copy;
  try {
    sql.run('DELETE FROM cache');
    sql.run('VACUUM');
    const loaded = inTransaction(sql, 'DEFERRED', () => {
      loadAll(copy);
      return done;
    });
    return loaded.ok ? readBack(copy) : loaded;
  } finally {
    endSession(copy);
  }
};

/** See OpenVault.copyAsItIs. Nobody writes meanwhile; what another process moves from the log into the file stands in both. */
export const copyAsItIsOf = (session: Session, path: string): Result<undefined> => {
  if (!session.isOpen) return lockedError();
  const { files, random } = session.ports;
  const mark = toHex(random.bytes(markBytes));
  return inTransaction(session.sql, 'IMMEDIATE', () => {
    const placed = checkPlace(session);
    return placed.ok ? copyWhole(files, session.path, path, mark) : placed;
  });
};

/** A whole copy at a new name, read back before it gets it; leaves no line in the vault. `already-exists`. */
export const writeCopy = (session: Session, path: string): Result<{ readonly keys: number }> => {
  const { files } = session.ports;
  const sibling = siblingOf(session.ports, path);
  const proven = attemptStore(() => {
    const copied = copyInto(session, sibling);
    return copied.ok ? proveCopy(session, sibling) : copied;
  });
  const named = proven.ok ? files.moveNew(sibling, path) : proven;
  for (const end of ['', '-journal']) files.remove(`${sibling}${end}`);
  return named.ok ? proven : named;
};

const sizeOf = (session: Session, path: string): number => {
  const peeked = session.ports.files.peek(path, 0);
  return peeked.ok ? peeked.value.size : 0;
};

/** See OpenVault.backupTo. Asynchronous by contract; the work itself is short. */
export const backUp = async (session: Session, path: string, by: string): Promise<Result<Facts>> => {
  if (!session.isOpen) return lockedError();
  const proven = writeCopy(session, path);
  if (!proven.ok) return proven;
  const { keys } = proven.value;
  const noted = write(session, () =>
    ok({ leaves: new Map(), audit: [{ event: 'backup-made', by, detail: { keys } }] }),
  );
  return noted.ok ? ok({ keys, bytes: sizeOf(session, path) }) : noted;
};
