// Automatic backups of the vault into a folder beside it: before what cannot be taken back, and daily when something changed. A failure
// is told and kept for Settings and doctor; it stops changes of password, code and key, never the day's work.
import { join } from 'node:path';
import { fail, type AppError } from '../core/model/app-error.ts';
import { ok, type Result } from '../core/model/result.ts';
import type { Clock, Files } from '../core/ports.ts';
import { backupName, unknownMark, type BackupReason } from '../core/transfer/backup-names.ts';
import { isDailyDue, sortBackups, surplusBackups } from '../core/transfer/keep-backups.ts';
import type { OpenVault } from '../core/vault/vault-types.ts';
import { listBackups, makeBackupFolder, tidyBackups, type BackupFile } from '../node/backup-folder.ts';

export type Backups = {
  readonly folder: string;
  /** Newest first. */
  readonly list: () => Result<readonly BackupFile[]>;
  /** The backup of that name. `not-found`. */
  readonly find: (name: string) => Result<BackupFile>;
  /** Writes one, reads it back, and lets the surplus go. */
  readonly make: (vault: OpenVault, reason: BackupReason, by: string) => Promise<Result<BackupFile>>;
  /**
   * As make, before a change that must not happen without: the error says that it did not happen. Of a vault with damage the file is kept as it
   * is, except before a new key: that would leave out what cannot be read.
   */
  readonly before: (
    vault: OpenVault,
    reason: 'before-password' | 'before-code' | 'before-key',
    by: string,
  ) => Promise<Result<BackupFile>>;
  /** Makes the daily one where it is due. Null where it is not. */
  readonly daily: (vault: OpenVault) => Promise<Result<BackupFile | null>>;
  /** A free path for a copy that somebody else writes. */
  readonly newPath: (reason: BackupReason, mark?: string) => Result<string>;
  /** Lets go of what is no longer kept, after `made` was written. */
  readonly tidy: (made: string) => void;
  /** Why the last one was not made; null after one that was. */
  readonly problem: () => AppError | null;
};

type Ports = { readonly clock: Clock; readonly files: Files };

const attempts = 9;

const notBacked = (error: AppError): Result<never> =>
  fail(
    error.kind,
    `Nothing was changed, because no backup could be made first: ${error.message}`,
    error.next,
    error.where,
  );

const damagedFirst = fail(
  'damaged',
  'Part of this vault is damaged, and its key is only replaced when every record can be read. Nothing was changed.',
  'Change the password now if it may be known: that goes on. Then restore your latest backup, or save what can be read with keyturn doctor --rescue FILE, and replace the key there.',
);

export const createBackups = (folder: string, { clock, files }: Ports): Backups => {
  let problem: AppError | null = null;

  const list = (): Result<readonly BackupFile[]> => {
    const found = listBackups(folder);
    return found.ok ? ok(sortBackups(found.value, clock.nowMs())) : found;
  };

  const newPath = (reason: BackupReason, mark = unknownMark): Result<string> => {
    const made = makeBackupFolder(folder);
    if (!made.ok) return made;
    const nowMs = clock.nowMs();
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const path = join(folder, backupName(nowMs, reason, mark, attempt));
      if (!files.exists(path)) return ok(path);
    }
    return fail('busy', 'Too many backups were made in this second.', 'Wait a moment and try again.', {
      file: folder,
    });
  };

  const tidy = (made: string): void => {
    const found = listBackups(folder);
    const surplus = found.ok ? surplusBackups(found.value, clock.nowMs(), made) : [];
    tidyBackups(folder, surplus, clock.nowMs());
  };

  const find = (name: string): Result<BackupFile> => {
    const found = listBackups(folder);
    if (!found.ok) return found;
    const backup = found.value.find((one) => one.name === name);
    return backup === undefined
      ? fail('not-found', 'There is no such backup any more.', 'Choose one from the list.', { file: folder })
      : ok(backup);
  };

  const write = async (vault: OpenVault, reason: BackupReason, by: string): Promise<Result<BackupFile>> => {
    const path = newPath(reason, vault.contentMark());
    if (!path.ok) return path;
    const written = await vault.backupTo(path.value, by);
    if (!written.ok) return written;
    const made = path.value.slice(folder.length + 1);
    tidy(made);
    return find(made);
  };

  const make: Backups['make'] = async (vault, reason, by) => {
    const made = await write(vault, reason, by);
    problem = made.ok ? null : made.error;
    return made;
  };

  /** A password that leaked must not have to wait until the vault is mended (docs/adr/0007-damage-and-new-passwords.md). */
  const keepAsItIs = (vault: OpenVault): Result<BackupFile> => {
    const path = newPath('damaged');
    if (!path.ok) return path;
    const copied = vault.copyAsItIs(path.value);
    if (!copied.ok) return copied;
    const name = path.value.slice(folder.length + 1);
    tidy(name);
    return find(name);
  };

  return {
    folder,
    list,
    find,
    make,
    before: async (vault, reason, by) => {
      const made = await make(vault, reason, by);
      if (made.ok) return made;
      if (made.error.kind !== 'damaged') return notBacked(made.error);
      if (reason === 'before-key') return damagedFirst;
      const kept = keepAsItIs(vault);
      return kept.ok ? kept : notBacked(kept.error);
    },
    daily: async (vault) => {
      const found = listBackups(folder);
      if (!found.ok) {
        problem = found.error;
        return found;
      }
      return isDailyDue(found.value, vault.contentMark(), clock.nowMs())
        ? make(vault, 'daily', 'keyturn')
        : ok(null);
    },
    newPath,
    tidy,
    problem: () => problem,
  };
};
