// Makes a vault: everything is written into a temporary sibling, which gets its name only when it is whole and flushed. A crash leaves
// no vault or a whole one; an existing file is never touched.
import { fail } from '../model/app-error.ts';
import type { Result } from '../model/result.ts';
import { done, ok } from '../model/result.ts';
import { SecretBytes } from '../model/secret-bytes.ts';
import { noAuditHead } from './audit-trail.ts';
import { idBytes, tagBytes } from './envelope.ts';
import { vaultKeyBytes } from './keyring.ts';
import { applicationId } from './inspect.ts';
import { leafCount } from './leaves.ts';
import { loadAll } from './load.ts';
import type { Manifest } from './manifest.ts';
import type { Migration } from './migrations/index.ts';
import { wrapUnderNewCode, wrapUnderPassword } from './change-slots.ts';
import type { Session } from './session.ts';
import { endSession, siblingOf } from './session.ts';
import type { Slot } from './slots.ts';
import { attemptStore, inTransaction, putSlot } from './tables.ts';
import { startSession } from './unlock-session.ts';
import type { VaultPorts } from './vault-types.ts';
import { writeDraft } from './write.ts';
import { emptyPasswordError } from './words.ts';

type Made = {
  readonly vaultId: Uint8Array;
  readonly vaultKey: SecretBytes;
  readonly password: Slot;
  readonly recovery: Slot;
  readonly code: SecretBytes;
};

const makeKeys = async (ports: VaultPorts, password: SecretBytes): Promise<Made> => {
  const vaultId = ports.random.bytes(idBytes);
  const vaultKey = SecretBytes.own(ports.random.bytes(vaultKeyBytes));
  const passwordSlot = await wrapUnderPassword(ports, vaultId, password, vaultKey);
  const { slot, code } = await wrapUnderNewCode(ports, vaultId, vaultKey);
  return { vaultId, vaultKey, password: passwordSlot, recovery: slot, code };
};

const beforeTheFirst = (format: number): Manifest => ({
  format,
  counter: 0,
  auditCount: 0,
  auditHead: noAuditHead(),
  slots: new Uint8Array(0),
  leafTags: new Uint8Array(leafCount * tagBytes),
});

const fillFile = (session: Session, made: Made, list: readonly Migration[], by: string): Result<undefined> =>
  inTransaction(session.sql, 'IMMEDIATE', () => {
    for (const migration of list) for (const statement of migration.statements) session.sql.run(statement);
    session.sql.run(`PRAGMA application_id = ${applicationId}`);
    session.sql.run(`PRAGMA user_version = ${session.format}`);
    const slots = [made.password, made.recovery];
    for (const slot of slots) putSlot(session.sql, slot);
    const audit = [{ event: 'vault-created', by }];
    writeDraft(session, beforeTheFirst(session.format), { leaves: new Map(), audit, slots });
    return done;
  });

const writeFile = (
  ports: VaultPorts,
  sibling: string,
  made: Made,
  list: readonly Migration[],
  by: string,
): Result<undefined> => {
  const created = ports.store.create(sibling);
  if (!created.ok) return created;
  const format = list.at(-1)?.format ?? 0;
  const key = { vaultId: made.vaultId, slot: made.password, vaultKey: made.vaultKey.copy() };
  const session = startSession(ports, sibling, created.value, format, key);
  const filled = fillFile(session, made, list, by);
  endSession(session);
  return filled;
};

const openFile = (ports: VaultPorts, path: string, made: Made, format: number): Result<Session> => {
  const opened = ports.store.open(path, 'wal');
  if (!opened.ok) return opened;
  const key = { vaultId: made.vaultId, slot: made.password, vaultKey: made.vaultKey.copy() };
  const session = startSession(ports, path, opened.value, format, key);
  const loaded = inTransaction(session.sql, 'DEFERRED', () => {
    loadAll(session);
    return done;
  });
  if (loaded.ok) return ok(session);
  endSession(session);
  return loaded;
};

const alreadyThere = (path: string): Result<never> =>
  fail(
    'already-exists',
    'There is a file here already. It was not touched.',
    'Unlock it, or choose another place.',
    {
      file: path,
    },
  );

/** A new vault file and its session. The password is borrowed; the recovery code is the caller's to show and wipe. */
export const createSession = async (
  ports: VaultPorts,
  path: string,
  password: SecretBytes,
  list: readonly Migration[],
  by: string,
): Promise<Result<{ readonly session: Session; readonly recoveryCode: SecretBytes }>> => {
  if (password.length === 0) return emptyPasswordError();
  if (ports.files.exists(path)) return alreadyThere(path);
  const made = await makeKeys(ports, password);
  const sibling = siblingOf(ports, path);
  const written = attemptStore(() => writeFile(ports, sibling, made, list, by));
  const named = written.ok ? ports.files.moveNew(sibling, path) : written;
  ports.files.remove(sibling);
  ports.files.remove(`${sibling}-journal`);
  const session = named.ok ? openFile(ports, path, made, list.at(-1)?.format ?? 0) : named;
  made.vaultKey.wipe();
  if (session.ok) return ok({ session: session.value, recoveryCode: made.code });
  made.code.wipe();
  return session.error.kind === 'already-exists' ? alreadyThere(path) : session;
};
