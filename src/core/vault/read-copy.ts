// Looks into a copy of a vault without touching it or the vault: what is in it and when it was last changed. The copy is opened from a
// copy of itself, because SQLite may write beside a file that it only reads.
import { fail } from '../model/app-error.ts';
import type { RecordId } from '../model/ids.ts';
import type { Result } from '../model/result.ts';
import { done, ok } from '../model/result.ts';
import { openEntry } from './audit-trail.ts';
import { openCopy } from './backup.ts';
import { toHex } from './bytes.ts';
import { latestFormat, requireVault } from './inspect.ts';
import { loadAll } from './load.ts';
import { migrations } from './migrations/index.ts';
import { readBack } from './read-back.ts';
import type { Session } from './session.ts';
import { endSession, siblingOf } from './session.ts';
import { attemptStore, inTransaction, readAuditDown } from './tables.ts';
import { unlockSession } from './unlock-session.ts';
import type { CopyView, Credential, MetaRecord, VaultPorts } from './vault-types.ts';
import { lockedError } from './words.ts';

const fileMode = 0o600;

const viewOf = (session: Session): Result<CopyView> => {
  const proven = readBack(session);
  if (!proven.ok) return proven;
  const [last] = readAuditDown(session.sql, Number.MAX_SAFE_INTEGER, 1);
  return ok({
    vaultId: toHex(session.vaultId),
    counter: session.manifest?.counter ?? 0,
    keys: proven.value.keys,
    records: new Map<RecordId, MetaRecord>(session.records),
    lastChangeMs: last === undefined ? null : openEntry(session, last).atMs,
  });
};

/** Copies beside `place`, with the log where there is one; whatever comes of it, nothing stays. */
const onCopy = async (
  ports: VaultPorts,
  from: string,
  place: string,
  look: (sibling: string) => Promise<Result<Session>>,
): Promise<Result<CopyView>> => {
  const isVault = requireVault(ports.files, from, latestFormat());
  if (!isVault.ok) return isVault;
  const sibling = siblingOf(ports, place);
  try {
    const copied = ports.files.copyNew(from, sibling, fileMode);
    if (!copied.ok) return copied;
    const log = ports.files.exists(`${from}-wal`)
      ? ports.files.copyNew(`${from}-wal`, `${sibling}-wal`, fileMode)
      : done;
    const session = log.ok ? await look(sibling) : log;
    if (!session.ok) return session;
    const view = attemptStore(() => viewOf(session.value));
    endSession(session.value);
    return view;
  } finally {
    for (const end of ['', '-wal', '-shm', '-journal']) ports.files.remove(`${sibling}${end}`);
  }
};

/** See readBackup in vault.ts. */
export const readCopy = (
  ports: VaultPorts,
  from: string,
  place: string,
  credential: Credential,
): Promise<Result<CopyView>> =>
  onCopy(ports, from, place, (sibling) =>
    unlockSession(ports, sibling, credential, { journal: 'rollback', migrations }),
  );

/** See OpenVault.readCopy. */
export const readCopyOf = (session: Session, from: string): Promise<Result<CopyView>> =>
  session.isOpen
    ? onCopy(session.ports, from, session.path, (sibling) =>
        Promise.resolve(openWithOwnKey(session, sibling)),
      )
    : Promise.resolve(lockedError());

const openWithOwnKey = (session: Session, sibling: string): Result<Session> => {
  const opened = openCopy(session, sibling);
  if (!opened.ok) return opened;
  const copy = opened.value;
  const loaded = attemptStore(() =>
    inTransaction(copy.sql, 'DEFERRED', () => {
      loadAll(copy);
      return done;
    }),
  );
  if (loaded.ok && copy.manifest !== null) return ok(copy);
  endSession(copy);
  return loaded.ok
    ? fail(
        'wrong-password',
        'This copy does not open with the key that the vault has now: it is of another vault, or of a time before the key was replaced.',
        'Type the password that it was made under.',
      )
    : loaded;
};
