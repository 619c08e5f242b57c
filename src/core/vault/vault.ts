// The door of the vault: create, unlock, inspect, restore. What an open vault can do is in vault-types.ts; the file itself in
// docs/vault-format-v1.md.
import type { Result } from '../model/result.ts';
import { ok } from '../model/result.ts';
import type { SecretBytes } from '../model/secret-bytes.ts';
import { raiseCost } from './change-slots.ts';
import { createSession } from './create.ts';
import { inspectFile, latestFormat } from './inspect.ts';
import { isKdfTooCheap } from './kdf-params.ts';
import { migrate } from './migrate.ts';
import type { Migration } from './migrations/index.ts';
import { migrations } from './migrations/index.ts';
import { openVaultOf } from './open-vault.ts';
import { readCopy } from './read-copy.ts';
import type { Rescued } from './rescue.ts';
import { rescue } from './rescue.ts';
import type { Restored } from './restore.ts';
import { restore } from './restore.ts';
import { endSession } from './session.ts';
import type { Session } from './session.ts';
import { slotParams } from './slots.ts';
import { unlockSession } from './unlock-session.ts';
import type { CopyView, Credential, OpenVault, VaultFacts, VaultPorts } from './vault-types.ts';

export type { Restored } from './restore.ts';
export type { Rescued } from './rescue.ts';
export type {
  AnchorVerdict,
  AuditEntry,
  AuditInput,
  AuditVerdict,
  Change,
  CopyView,
  Credential,
  Damage,
  MetaRecord,
  OpenVault,
  RecordId,
  RecordTable,
  ReplaceKey,
  VaultFacts,
  VaultPorts,
  VaultState,
} from './vault-types.ts';

const someone = 'keyturn';

/**
 * Makes a vault file, mode 0600, in a folder that exists. Takes about two seconds: the derivation is calibrated on this machine.
 * @param password borrowed; the caller wipes it
 * @returns the open vault, and the recovery code as text to show once, to be wiped by the caller
 */
export const createVault = async (
  ports: VaultPorts,
  path: string,
  password: SecretBytes,
  by: string = someone,
): Promise<Result<{ readonly vault: OpenVault; readonly recoveryCode: SecretBytes }>> => {
  const made = await createSession(ports, path, password, migrations, by);
  if (!made.ok) return made;
  return ok({ vault: openVaultOf(made.value.session), recoveryCode: made.value.recoveryCode });
};

/**
 * Opens a vault. The credential is borrowed. Damage does not stop it: ask {@link OpenVault.damage}.
 * Errors: `no-vault`, `not-a-vault`, `newer-format`, `damaged`, `wrong-password`, `bad-input` (a mistyped recovery code), `io`, `busy`.
 */
export const unlockVault = (
  ports: VaultPorts,
  path: string,
  credential: Credential,
  options: UnlockVaultOptions = {},
): Promise<Result<OpenVault>> => unlockVaultWith(ports, path, credential, migrations, options);

export type UnlockVaultOptions = {
  /** Where the copy goes that is made before a vault of an earlier format is migrated. No copy, no migration. */
  readonly copyBeforeMigration?: (format: number) => string;
};

/** As {@link unlockVault}, with other migrations: for their tests. */
export const unlockVaultWith = async (
  ports: VaultPorts,
  path: string,
  credential: Credential,
  list: readonly Migration[],
  options: UnlockVaultOptions = {},
): Promise<Result<OpenVault>> => {
  const unlocked = await timedUnlock(ports, path, credential, list);
  if (!unlocked.ok) return unlocked;
  const { session } = unlocked.value;
  const migrated = migrate(session, list, options.copyBeforeMigration);
  if (migrated.ok && !migrated.value) {
    await raiseIfCheap(session, credential, unlocked.value.tookMs);
    return ok(openVaultOf(session));
  }
  endSession(session);
  return migrated.ok ? unlockVaultWith(ports, path, credential, list, options) : migrated;
};

type Timed = { readonly session: Session; readonly tookMs: number };

const timedUnlock = async (
  ports: VaultPorts,
  path: string,
  credential: Credential,
  list: readonly Migration[],
): Promise<Result<Timed>> => {
  let tookMs = 0;
  const derive: VaultPorts['kdf']['derive'] = async (...input) => {
    const startedMs = ports.clock.monotonicMs();
    const derived = await ports.kdf.derive(...input);
    tookMs = ports.clock.monotonicMs() - startedMs;
    return derived;
  };
  const timed = { ...ports, kdf: { ...ports.kdf, derive } };
  const unlocked = await unlockSession(timed, path, credential, { journal: 'wal', migrations: list });
  return unlocked.ok ? ok({ session: unlocked.value, tookMs }) : unlocked;
};

/** A failure here is none for the person: the vault is open, and the next unlock tries again. */
const raiseIfCheap = async (session: Session, credential: Credential, tookMs: number): Promise<void> => {
  const { kdf } = session.ports;
  if (!('password' in credential) || session.manifest === null) return;
  if (!isKdfTooCheap(kdf, slotParams(session.openedWith), tookMs)) return;
  await raiseCost(session, session.openedWith, credential.password);
};

/** What stands at a path, without a password and without writing anything. */
export const inspectVault = (ports: Pick<VaultPorts, 'files'>, path: string): Result<VaultFacts> =>
  inspectFile(ports.files, path, latestFormat());

/**
 * Brings a backup back. Reads every record of it first; never overwrites; the backup is only read.
 * @param to a path in a folder that exists, where nothing stands
 * @param credential password (or credential) of the time of the backup; borrowed
 */
export const restoreVault = (
  ports: VaultPorts,
  from: string,
  to: string,
  credential: SecretBytes | Credential,
  by: string = someone,
): Promise<Result<Restored>> =>
  restore(ports, from, to, 'use' in credential ? { password: credential } : credential, migrations, by);

/**
 * Reads a backup whole, without changing it or anything else.
 * @param place a path in a folder that can be written to: a copy stands beside it while this looks
 * @param credential password or code of the time of the backup; borrowed
 */
export const readBackup = (
  ports: VaultPorts,
  from: string,
  place: string,
  credential: Credential,
): Promise<Result<CopyView>> => readCopy(ports, from, place, credential);

/**
 * Writes everything that still authenticates in a damaged vault to a new one, which the same password and recovery code open. The damaged
 * file is only read; never overwrites. Says what stayed behind and what may not be as it was last saved.
 * @param to a path in a folder that exists, where nothing stands
 */
export const rescueVault = (
  ports: VaultPorts,
  from: string,
  to: string,
  credential: Credential,
  by: string = someone,
): Promise<Result<Rescued>> => rescue(ports, from, to, credential, migrations, by);
