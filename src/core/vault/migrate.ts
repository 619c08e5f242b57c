// Brings an unlocked vault of an earlier format to the latest: a copy beside it first, then all statements and the manifest's new format in
// one transaction. The file's first bytes are brought up to date at once, for whoever inspects it next.
import type { Result } from '../model/result.ts';
import { done, ok } from '../model/result.ts';
import { writeCopy } from './backup.ts';
import { loadAll } from './load.ts';
import type { Migration } from './migrations/migration.ts';
import type { Session } from './session.ts';
import { inTransaction } from './tables.ts';
import { writeDraft } from './write.ts';
import { unprovenError } from './words.ts';

/** Name of the copy that is made before a migration. */
export const copyBeforeMigration = (path: string, format: number): string => `${path}.before-v${format}`;

const applyAll = (session: Session, pending: readonly Migration[], format: number): Result<undefined> =>
  inTransaction(session.sql, 'IMMEDIATE', () => {
    loadAll(session);
    if (session.manifest === null) return unprovenError();
    for (const migration of pending) for (const statement of migration.statements) session.sql.run(statement);
    session.sql.run(`PRAGMA user_version = ${format}`);
    const audit = [{ event: 'format-raised', by: 'keyturn', detail: { from: session.format, to: format } }];
    writeDraft(session, session.manifest, { leaves: new Map(), audit, format });
    return done;
  });

/** A copy from an earlier attempt that did not finish is as good: nothing was changed since. */
const copyAside = (session: Session, copy: string): Result<undefined> => {
  const copied = writeCopy(session, copy);
  return copied.ok || copied.error.kind === 'already-exists' ? done : copied;
};

/**
 * Applies what is missing, after a copy that was read back.
 * @param copyTo where the copy goes; beside the vault unless given
 * @returns whether anything was applied; then the session must be opened anew
 */
export const migrate = (
  session: Session,
  list: readonly Migration[],
  copyTo: (format: number) => string = (format) => copyBeforeMigration(session.path, format),
): Result<boolean> => {
  const pending = list.filter((migration) => migration.format > session.format);
  const format = pending.at(-1)?.format;
  if (format === undefined) return ok(false);
  const copied = copyAside(session, copyTo(format));
  if (!copied.ok) return copied;
  const applied = applyAll(session, pending, format);
  if (!applied.ok) return applied;
  session.sql.all('PRAGMA wal_checkpoint(TRUNCATE)');
  return ok(true);
};
