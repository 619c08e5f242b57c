// Puts a backup in the vault's place after a person said so. The backup is read whole first, the vault that is there is copied into the
// folder of backups, and the place changes hands in one rename: killed at any moment, one of the two stands there whole.
import { fail } from '../../core/model/app-error.ts';
import { done, ok, type Result } from '../../core/model/result.ts';
import { SecretBytes } from '../../core/model/secret-bytes.ts';
import { restoreVault } from '../../core/vault/vault.ts';
import { swapWord } from '../../contract/calls/care-calls.ts';
import type { CallInput, CallOutput } from '../../contract/contract.ts';
import { replaceFile } from '../../node/replace-file.ts';
import type { AgentCore } from '../core.ts';
import { copyWhole } from '../../core/vault/whole-copy.ts';
import type { OpenContext, OpenHandlers } from '../handler.ts';
import { tryPassword } from './vault-handlers.ts';

/** Empties the log into the file, which SQLite only does where nobody else has it open. A vault too damaged for that is moved with its log. */
const settle = ({ ports, files }: AgentCore): Result<undefined> => {
  const opened = ports.store.open(files.vault, 'rollback');
  if (opened.ok) opened.value.close();
  return opened.ok || opened.error.kind !== 'busy'
    ? done
    : fail(
        'busy',
        'Another program has the vault open, so the backup was not put in its place.',
        'Close other Keyturn windows and commands, then try again.',
        { file: files.vault },
      );
};

const keepPresent = ({ ports, files, backups, newId }: AgentCore): Result<string> => {
  const kept = backups.newPath('before-restore');
  if (!kept.ok) return kept;
  const copied = copyWhole(ports.files, files.vault, kept.value, newId().slice(0, 12));
  return copied.ok ? kept : copied;
};

const exchange = (core: AgentCore, incoming: string): Result<string> => {
  const settled = settle(core);
  if (!settled.ok) return settled;
  const kept = keepPresent(core);
  if (!kept.ok) return kept;
  // A log of the old vault beside the new one would be read as its own.
  for (const end of ['-wal', '-shm', '-journal']) core.ports.files.remove(`${core.files.vault}${end}`);
  const replaced = replaceFile(incoming, core.files.vault);
  if (!replaced.ok) return replaced;
  core.backups.tidy(kept.value.slice(core.backups.folder.length + 1));
  return kept;
};

type Input = CallInput<'restore.swap'>;

const swap = async (context: OpenContext, input: Input): Promise<Result<CallOutput<'restore.swap'>>> => {
  const { core, by } = context;
  if (input.confirm.trim().toLowerCase() !== swapWord)
    return fail(
      'needs-confirmation',
      'The backup was not put in the place of the vault.',
      `Type “${swapWord}” to say that you mean it.`,
      { field: 'confirm' },
    );
  const backup = core.backups.find(input.name);
  if (!backup.ok) return backup;
  if (!core.ports.files.exists(core.files.vault))
    return fail('no-vault', 'There is no vault in the way.', 'Restore the backup instead.');
  const incoming = `${core.files.vault}.${core.newId().slice(0, 12)}.tmp`;
  const password = SecretBytes.own(input.password);
  const ready = await tryPassword(context, () =>
    restoreVault(core.ports, backup.value.path, incoming, password, by),
  );
  if (!ready.ok) return ready;
  const kept = core.exchange(by, 'a backup takes its place', () => exchange(core, incoming));
  core.ports.files.remove(incoming);
  if (kept.ok) core.anchors.forget(ready.value.vaultId, core.files.vault);
  return kept.ok ? ok({ keys: ready.value.keys, kept: kept.value }) : kept;
};

export const swapHandlers: OpenHandlers<'restore.swap'> = { 'restore.swap': swap };
