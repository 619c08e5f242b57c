// The names of automatic backups say all that is known of them while the vault is locked: when, why, and a keyed mark of what is in
// them. No index beside them, so nothing can disagree with the files that are there.

export const backupReasons = [
  'daily',
  'asked', // somebody pressed the button
  'before-password',
  'before-code', // a new recovery code
  'before-key', // the vault key is replaced
  'before-format', // a migration
  'before-restore', // the vault that another copy took the place of
  'damaged', // the file as it was: part of it could not be read, so nothing could be proven
  'brought', // chosen from elsewhere to be looked at
] as const;
export type BackupReason = (typeof backupReasons)[number];

export type BackupName = {
  readonly name: string;
  /** UTC, to the second. */
  readonly atMs: number;
  readonly reason: BackupReason;
  /** Equal where the records are equal (OpenVault.contentMark); zeros where they are unknown. */
  readonly mark: string;
};

export const backupExtension = 'keyturn-backup';
export const unknownMark = '0'.repeat(16);

const pattern = new RegExp(
  `^(\\d{4}-\\d{2}-\\d{2})-(\\d{2})(\\d{2})(\\d{2})Z-(${backupReasons.join('|')})-([0-9a-f]{16})(?:-[2-9])?\\.${backupExtension}$`,
);

/**
 * The name of a backup.
 * @param attempt 1, or up to 9 where names of the same second are taken
 */
export const backupName = (atMs: number, reason: BackupReason, mark: string, attempt = 1): string => {
  const time = new Date(atMs).toISOString();
  const stamp = `${time.slice(0, 10)}-${time.slice(11, 19).replaceAll(':', '')}Z`;
  return `${stamp}-${reason}-${mark}${attempt === 1 ? '' : `-${String(attempt)}`}.${backupExtension}`;
};

/** Null for a name that is not exactly one of ours: such files are neither listed nor ever removed. */
export const readBackupName = (name: string): BackupName | null => {
  const parts = pattern.exec(name);
  if (parts === null) return null;
  const [, day, hour, minute, second, reason, mark] = parts;
  const atMs = Date.parse(`${day ?? ''}T${hour ?? ''}:${minute ?? ''}:${second ?? ''}Z`);
  if (Number.isNaN(atMs)) return null;
  return { name, atMs, reason: reason as BackupReason, mark: mark ?? unknownMark };
};
