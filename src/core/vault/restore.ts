// Brings a backup back to where no vault is: copied beside its place, opened with the password, read back whole, and only then named.
// The backup itself is only read.
import { fail } from '../model/app-error.ts';
import type { Result } from '../model/result.ts';
import { ok } from '../model/result.ts';
import { toHex } from './bytes.ts';
import { requireVault } from './inspect.ts';
import type { Migration } from './migrations/index.ts';
import { readBack } from './read-back.ts';
import { endSession, siblingOf } from './session.ts';
import type { Session } from './session.ts';
import { attemptStore } from './tables.ts';
import { unlockSession } from './unlock-session.ts';
import type { Credential, VaultPorts } from './vault-types.ts';
import { write } from './write.ts';

export type Restored = {
  readonly keys: number;
  readonly vaultId: string;
  /** Commits in the backup: compare with what was seen before. */
  readonly counter: number;
};

const fileMode = 0o600;

/** With its log, in case it is not a backup but a vault that was copied while in use. */
export const copyBeside = (ports: VaultPorts, from: string, sibling: string): Result<undefined> => {
  const copied = ports.files.copyNew(from, sibling, fileMode);
  if (!copied.ok || !ports.files.exists(`${from}-wal`)) return copied;
  return ports.files.copyNew(`${from}-wal`, `${sibling}-wal`, fileMode);
};

const proveAndNote = (session: Session, by: string): Result<Restored> => {
  const proven = readBack(session);
  if (!proven.ok) return proven;
  const { keys } = proven.value;
  const noted = write(session, () =>
    ok({ leaves: new Map(), audit: [{ event: 'vault-restored', by, detail: { keys } }] }),
  );
  if (!noted.ok) return noted;
  return ok({ keys, vaultId: toHex(session.vaultId), counter: noted.value.counter });
};

/** Verifies `from` with the credential and copies it to `to`. Never overwrites. */
export const restore = async (
  ports: VaultPorts,
  from: string,
  to: string,
  credential: Credential,
  migrations: readonly Migration[],
  by: string,
): Promise<Result<Restored>> => {
  const latest = migrations.at(-1)?.format ?? 0;
  const isVault = requireVault(ports.files, from, latest);
  if (!isVault.ok) return isVault;
  if (ports.files.exists(to))
    return fail('already-exists', 'There is a vault already. It was not touched.', 'Choose another place.', {
      file: to,
    });
  const sibling = siblingOf(ports, to);
  const copied = copyBeside(ports, from, sibling);
  const session = copied.ok
    ? await unlockSession(ports, sibling, credential, { journal: 'rollback', migrations })
    : copied;
  let outcome: Result<Restored>;
  if (session.ok) {
    const opened = session.value;
    outcome = attemptStore(() => proveAndNote(opened, by));
    endSession(opened);
  } else outcome = session;
  const named = outcome.ok ? ports.files.moveNew(sibling, to) : outcome;
  for (const end of ['', '-wal', '-shm', '-journal']) ports.files.remove(`${sibling}${end}`);
  return named.ok ? outcome : named;
};
