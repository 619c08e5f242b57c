// From a file and a password to a session: slot, keys, proof of the set. Each step that fails says why and leaves the file as it was.
import { fail } from '../model/app-error.ts';
import type { Result } from '../model/result.ts';
import { ok } from '../model/result.ts';
import { SecretBytes } from '../model/secret-bytes.ts';
import type { Sql } from '../ports.ts';
import { utf8 } from './bytes.ts';
import { makeEnvelope } from './envelope.ts';
import { isHeaderRight } from './header.ts';
import { requireVault } from './inspect.ts';
import { makeKeyring } from './keyring.ts';
import { loadAll } from './load.ts';
import { listsSlot } from './manifest.ts';
import type { Migration } from './migrations/index.ts';
import { passwordBytes } from './password-bytes.ts';
import { parseRecoveryCode } from './recovery-code.ts';
import { checkSchema } from './schema.ts';
import type { Session } from './session.ts';
import { endSession, makeSession } from './session.ts';
import type { Slot, SlotKind } from './slots.ts';
import { isSlotOfKind, isSlotWhole, slotVaultId, unwrapVaultKey } from './slots.ts';
import { attemptStore, inTransaction, readHeader, readSlots } from './tables.ts';
import type { Credential, VaultPorts } from './vault-types.ts';
import { damagedFileError, newerFormatError } from './words.ts';

export type UnlockOptions = {
  readonly journal: 'wal' | 'rollback';
  readonly migrations: readonly Migration[];
  /** For a rescue: go on where the way in cannot be shown to be the latest. */
  readonly evenUnproven?: boolean;
};

type Opened = { readonly sql: Sql; readonly format: number };

const decoder = new TextDecoder();

/** Opens the database and asks SQLite once more for the format: the log may hold a newer one than the first bytes tell. */
const openDatabase = (ports: VaultPorts, path: string, options: UnlockOptions): Result<Opened> => {
  const latest = options.migrations.at(-1)?.format ?? 0;
  const expected = requireVault(ports.files, path, latest);
  if (!expected.ok) return expected;
  const opened = ports.store.open(path, options.journal);
  if (!opened.ok)
    return opened.error.kind === 'not-a-vault'
      ? damagedFileError(path, 'its first page is damaged.')
      : opened;
  const sql = opened.value;
  const checked = attemptStore((): Result<Opened> => {
    const format = Number(sql.all('PRAGMA user_version')[0]?.[0]);
    const migration = options.migrations.find((one) => one.format === format);
    if (migration === undefined) return newerFormatError(path, format);
    const schema = checkSchema(sql, path, migration);
    return schema.ok ? ok({ sql, format }) : schema;
  });
  if (!checked.ok) sql.close();
  return checked;
};

/** The bytes that go into the derivation, and for which kind of slot. */
const inputOf = (
  credential: Credential,
): Result<{ readonly kind: SlotKind; readonly input: SecretBytes }> => {
  if ('password' in credential) return ok({ kind: 'password', input: passwordBytes(credential.password) });
  if ('keychainSecret' in credential)
    return ok({ kind: 'keychain', input: credential.keychainSecret.copy() });
  const code = parseRecoveryCode(credential.recoveryCode.use((bytes) => decoder.decode(bytes)));
  return code.ok ? ok({ kind: 'recovery', input: SecretBytes.own(utf8(code.value)) }) : code;
};

type Key = { readonly vaultId: Uint8Array; readonly slot: Slot; readonly vaultKey: SecretBytes };

/** What may be missing without anything being wrong. */
const absentParts: Readonly<Record<SlotKind, string | null>> = {
  password: null,
  recovery: 'This vault has no recovery code.',
  keychain: 'The system keychain is no way into this vault any more.',
};

const findKey = async (
  ports: VaultPorts,
  path: string,
  sql: Sql,
  kind: SlotKind,
  input: SecretBytes,
): Promise<Result<Key>> => {
  const found = attemptStore(() => ok(readSlots(sql)));
  if (!found.ok) return found;
  const slots = found.value;
  const ofKind = slots.filter((slot) => isSlotOfKind(slot, kind));
  const absent = absentParts[kind];
  if (ofKind.length === 0 && absent !== null && slots.length > 0)
    return fail('wrong-password', absent, 'Use the password.', { file: path });
  const whole = ofKind.filter((slot) => isSlotWhole(ports.aead, slot));
  if (whole.length === 0)
    return damagedFileError(
      path,
      kind === 'password'
        ? 'its password part is damaged. The recovery code may still open it.'
        : `its ${kind} part is damaged. The password may still open it.`,
    );
  let last: Result<Key> = damagedFileError(path, 'no part of it can be opened.');
  for (const slot of whole) {
    const opened = await unwrapVaultKey(ports, slot, input);
    if (opened.ok) return ok({ vaultId: slotVaultId(slot), slot, vaultKey: opened.value });
    last = opened;
  }
  return last;
};

/** A slot that was put back from an older copy opens the vault key, but is no longer part of this vault. */
const isSlotCurrent = (session: Session): boolean => {
  const { manifest, openedWith, sql } = session;
  if (manifest !== null) return listsSlot(manifest, openedWith);
  const header = readHeader(sql);
  return header !== null && isHeaderRight(session, header, readSlots(sql));
};

const proveAll = (session: Session, evenUnproven: boolean): Result<undefined> =>
  inTransaction(session.sql, 'DEFERRED', () => {
    loadAll(session);
    if (evenUnproven) return ok(undefined);
    if (!isSlotCurrent(session))
      return damagedFileError(
        session.path,
        'the part that this password opens was put back from an older copy of the file.',
      );
    if (session.manifest !== null && session.manifest.format !== session.format)
      return damagedFileError(session.path, 'the file claims another format than its contents have.');
    return ok(undefined);
  });

/** Opens the file with a credential and proves what is in it. The credential is borrowed. */
export const unlockSession = async (
  ports: VaultPorts,
  path: string,
  credential: Credential,
  options: UnlockOptions,
): Promise<Result<Session>> => {
  const typed = inputOf(credential);
  if (!typed.ok) return typed;
  const { kind, input } = typed.value;
  const database = openDatabase(ports, path, options);
  if (!database.ok) {
    input.wipe();
    return database;
  }
  const { sql, format } = database.value;
  const key = await findKey(ports, path, sql, kind, input);
  input.wipe();
  if (!key.ok) {
    sql.close();
    return key;
  }
  const session = startSession(ports, path, sql, format, key.value);
  const proven = proveAll(session, options.evenUnproven ?? false);
  if (proven.ok) return ok(session);
  endSession(session);
  return proven;
};

/** Keys for an open database. Takes over `vaultKey` and `sql`; reads nothing yet. */
export const startSession = (
  ports: VaultPorts,
  path: string,
  sql: Sql,
  format: number,
  { vaultId, slot, vaultKey }: Key,
): Session => {
  const keyring = makeKeyring(ports.aead, vaultKey);
  const envelope = makeEnvelope(ports.aead, ports.random, keyring, vaultId);
  const place = ports.files.identity(path);
  return makeSession({
    ports,
    path,
    vaultId,
    sql,
    vaultKey,
    keyring,
    envelope,
    openedWith: slot,
    format,
    place,
  });
};
