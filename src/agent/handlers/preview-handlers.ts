// What a backup would change, before anybody decides. Reads; writes nothing but a copy that is gone when this returns.
import { fail } from '../../core/model/app-error.ts';
import { ok, type Result } from '../../core/model/result.ts';
import { SecretBytes } from '../../core/model/secret-bytes.ts';
import { compareBackup } from '../../core/transfer/compare-backup.ts';
import { readBackup, type CopyView } from '../../core/vault/vault.ts';
import type { CallOutput } from '../../contract/contract.ts';
import { makeHome } from '../../node/home-folder.ts';
import type { OpenContext, OpenHandlers } from '../handler.ts';
import { requireAbsolute } from './paths.ts';
import { tryPassword } from './vault-handlers.ts';

type Preview = CallOutput<'restore.preview'>;

const shownNames = 50;

const counted = (names: readonly string[]): { readonly count: number; readonly names: string[] } => ({
  count: names.length,
  names: names.slice(0, shownNames),
});

const look = (
  context: OpenContext,
  file: string,
  password: Uint8Array | undefined,
): Promise<Result<CopyView>> => {
  const { core } = context;
  const session = core.session();
  if (password !== undefined)
    return tryPassword(context, async () => {
      // On a new machine the folder may not be there yet, and the copy that is looked into needs a place.
      const home = makeHome(core.files.home);
      const credential = { password: SecretBytes.own(password) };
      return home.ok ? readBackup(core.ports, file, core.files.vault, credential) : home;
    });
  return session === null
    ? Promise.resolve(
        fail(
          'locked',
          'The vault is locked.',
          'Unlock it, or give the password that the backup was made under.',
        ),
      )
    : session.vault.readCopy(file);
};

const preview = async (
  context: OpenContext,
  file: string,
  password: Uint8Array | undefined,
): Promise<Result<Preview>> => {
  const found = await look(context, file, password);
  if (!found.ok) return found;
  const { keys, lastChangeMs, records, vaultId } = found.value;
  const session = context.core.session();
  const isSame = session !== null && session.vault.vaultId === vaultId;
  const difference = isSame ? compareBackup(session.vault.records(), records) : null;
  const changes =
    difference === null
      ? null
      : {
          gone: counted(difference.gone),
          back: counted(difference.back),
          changed: counted(difference.changed),
          others: difference.others,
        };
  return ok({ file, keys, lastChangeMs, changes });
};

export const previewHandlers: OpenHandlers<'restore.preview' | 'restore.previewPath'> = {
  'restore.preview': async (context, { name, password }) => {
    const found = context.core.backups.find(name);
    return found.ok ? preview(context, found.value.path, password) : found;
  },
  'restore.previewPath': async (context, { path, password }) => {
    const from = requireAbsolute(path);
    return from.ok ? preview(context, from.value, password) : from;
  },
};
