// One encrypted file that opens with the same password: a consistent copy, read back with the vault key before it gets its name.
import type { Result } from '../model/result.ts';
import { done, ok } from '../model/result.ts';
import { loadAll } from './load.ts';
import { readBack } from './read-back.ts';
import type { Session } from './session.ts';
import { endSession, makeSession, siblingOf } from './session.ts';
import { attemptStore, inTransaction } from './tables.ts';
import { write } from './write.ts';
import { makeEnvelope } from './envelope.ts';
import { makeKeyring } from './keyring.ts';
import { lockedError } from './words.ts';

type Facts = { readonly keys: number; readonly bytes: number };

const fileMode = 0o600;

const copyInto = (session: Session, sibling: string): Result<undefined> => {
  const made = session.ports.files.createNew(sibling, new Uint8Array(0), fileMode);
  if (!made.ok) return made;
  session.sql.run('VACUUM INTO ?', [sibling]);
  return done;
};

/** Opens the copy with keys of its own, empties its cache and reads everything back. */
const proveCopy = (session: Session, sibling: string): Result<{ readonly keys: number }> => {
  const { ports, vaultId, openedWith, format } = session;
  const opened = ports.store.open(sibling, 'rollback');
  if (!opened.ok) return opened;
  const sql = opened.value;
  const vaultKey = session.vaultKey.copy();
  const keyring = makeKeyring(ports.aead, vaultKey);
  const envelope = makeEnvelope(ports.aead, ports.random, keyring, vaultId);
  const copy = makeSession({
    ports,
    path: sibling,
    vaultId,
    sql,
    vaultKey,
    keyring,
    envelope,
    openedWith,
    format,
  });
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

const sizeOf = (session: Session, path: string): number => {
  const peeked = session.ports.files.peek(path, 0);
  return peeked.ok ? peeked.value.size : 0;
};

/** See OpenVault.backupTo. Asynchronous by contract; the work itself is short. */
export const backUp = async (session: Session, path: string, by: string): Promise<Result<Facts>> => {
  if (!session.isOpen) return lockedError();
  const { files } = session.ports;
  const sibling = siblingOf(session.ports, path);
  const proven = attemptStore(() => {
    const copied = copyInto(session, sibling);
    return copied.ok ? proveCopy(session, sibling) : copied;
  });
  const named = proven.ok ? files.moveNew(sibling, path) : proven;
  files.remove(sibling);
  files.remove(`${sibling}-journal`);
  if (!proven.ok) return proven;
  if (!named.ok) return named;
  const { keys } = proven.value;
  const noted = write(session, () =>
    ok({ leaves: new Map(), audit: [{ event: 'backup-made', by, detail: { keys } }] }),
  );
  return noted.ok ? ok({ keys, bytes: sizeOf(session, path) }) : noted;
};
