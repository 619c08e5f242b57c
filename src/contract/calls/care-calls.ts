// Calls about copies of the vault: automatic backups, what one of them would change, putting one in the vault's place.
import * as v from 'valibot';
import { agentCall, openCall, shellCall } from '../call.ts';
import * as s from '../shapes.ts';

/** A file name of ours in the folder of backups: never a path. */
const backupFileName = v.pipe(
  v.string(),
  v.maxLength(120),
  v.regex(/^[0-9A-Za-z-]+\.keyturn-backup$/, 'is not the name of a backup'),
);

/** Held to core/transfer/backup-names.ts by the type of the agent's answers. */
const reason = v.picklist([
  'daily',
  'asked',
  'before-password',
  'before-code',
  'before-key',
  'before-format',
  'before-restore',
  'damaged',
  'brought',
]);

export const backupEntry = v.strictObject({
  name: v.string(),
  atMs: s.timeMs,
  bytes: s.count,
  reason,
});

const names = v.strictObject({ count: s.count, names: v.pipe(v.array(v.string()), v.maxLength(50)) });

const preview = v.strictObject({
  file: v.string(),
  keys: s.count,
  /** When the vault was last used before the copy was made. */
  lastChangeMs: v.nullable(s.timeMs),
  /** Null where no vault is open, or another one, to compare it with. */
  changes: v.nullable(v.strictObject({ gone: names, back: names, changed: names, others: s.count })),
});

/** Without it, the key of the open vault is tried. */
const password = v.exactOptional(s.password);

export const careCalls = {
  'backup.list': openCall(
    s.empty,
    v.strictObject({
      folder: v.string(),
      /** Why the last automatic backup was not made. */
      problem: v.nullable(s.errorShape),
      /** Newest first. */
      backups: v.array(backupEntry),
    }),
  ),
  /** Makes one in the folder of backups and reads it back. */
  'backup.now': agentCall(s.empty, backupEntry),
  /** What the vault would be if this backup took its place. Changes nothing. */
  'restore.preview': openCall(v.strictObject({ name: backupFileName, password }), preview),
  'restore.previewPath': openCall(v.strictObject({ path: s.path, password }), preview, {
    callers: ['shell', 'command-line'],
  }),
  /**
   * Puts a backup in the vault's place. The vault that is there is copied into the folder of backups first. `confirm` is the word that a
   * person typed. Afterwards the vault is locked and opens with the password of the backup.
   */
  'restore.swap': openCall(
    v.strictObject({ name: backupFileName, password: s.password, confirm: s.line }),
    v.strictObject({ keys: s.count, kept: v.string() }),
    { callers: ['window', 'shell'] },
  ),
  /** Copies a file that is a vault into the folder of backups, so that it can be looked at. */
  'backup.bringPath': openCall(v.strictObject({ path: s.path }), backupEntry, { callers: ['shell'] }),
  'backup.bring': shellCall(s.empty, v.nullable(backupEntry), { needs: 'any' }),
} as const;

/** What a person types to put a backup in the vault's place. */
export const swapWord = 'replace';
