// The folder of backups as a person sees it: its list, a backup now, a file brought in from elsewhere.
import { fail } from '../../core/model/app-error.ts';
import { ok, type Result } from '../../core/model/result.ts';
import { inspectVault } from '../../core/vault/vault.ts';
import type { BackupFile } from '../../node/backup-folder.ts';
import type { OpenContext, OpenHandlers, SessionHandlers } from '../handler.ts';
import { copyWhole } from '../../core/vault/whole-copy.ts';
import { requireAbsolute } from './paths.ts';

type Entry = Pick<BackupFile, 'name' | 'atMs' | 'bytes' | 'reason'>;

const entryOf = ({ name, atMs, bytes, reason }: BackupFile): Entry => ({ name, atMs, bytes, reason });

const bring = ({ core }: OpenContext, path: string): Result<Entry> => {
  const { backups, ports } = core;
  const facts = inspectVault(ports, path);
  if (!facts.ok) return facts;
  if (facts.value.state === 'missing' || facts.value.state === 'not-a-vault')
    return fail(
      'not-a-vault',
      'This file is no Keyturn backup. It was not touched.',
      'Choose another file.',
      {
        file: path,
      },
    );
  const to = backups.newPath('brought');
  if (!to.ok) return to;
  const copied = copyWhole(ports.files, path, to.value, core.newId().slice(0, 12));
  if (!copied.ok) return copied;
  const name = to.value.slice(backups.folder.length + 1);
  backups.tidy(name);
  const found = backups.find(name);
  return found.ok ? ok(entryOf(found.value)) : found;
};

export const openBackupHandlers: OpenHandlers<'backup.list' | 'backup.bringPath'> = {
  'backup.list': ({ core: { backups } }) => {
    const found = backups.list();
    return ok({
      folder: backups.folder,
      problem: found.ok ? backups.problem() : found.error,
      backups: found.ok ? found.value.map(entryOf) : [],
    });
  },
  'backup.bringPath': (context, { path }) => {
    const from = requireAbsolute(path);
    return from.ok ? bring(context, from.value) : from;
  },
};

export const backupHandlers: SessionHandlers<'backup.now'> = {
  'backup.now': async ({ core, session, by }) => {
    const made = await core.backups.make(session.vault, 'asked', by);
    return made.ok ? ok(entryOf(made.value)) : made;
  },
};
