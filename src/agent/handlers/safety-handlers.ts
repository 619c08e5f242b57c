// Password, recovery code, audit trail and backup of an open vault.
import { basename } from 'node:path';
import { ok, type Result } from '../../core/model/result.ts';
import { SecretBytes } from '../../core/model/secret-bytes.ts';
import { unlockVault } from '../../core/vault/vault.ts';
import type { SessionContext, SessionHandlers } from '../handler.ts';
import { lockedMeanwhile } from '../locked-meanwhile.ts';
import { takeText, tryPassword } from './vault-handlers.ts';
import { sweepSiblings } from '../../node/sweep-siblings.ts';

type Passwords = 'password.change' | 'recovery.renew' | 'recovery.verify';

/** Whether this is the password of the vault that is open. */
export const provePassword = async (
  context: SessionContext,
  password: SecretBytes,
): Promise<Result<undefined>> => {
  const { ports, files } = context.core;
  const opened = await tryPassword(context, () => unlockVault(ports, files.vault, { password }));
  if (!opened.ok) return opened;
  opened.value.close();
  // Deriving takes a second, in which anybody may lock.
  return context.session.ended() ? lockedMeanwhile : ok(undefined);
};

const passwords: SessionHandlers<Passwords> = {
  'password.change': async (context, { current, next }) => {
    const { session, core, by } = context;
    const present = SecretBytes.own(current);
    // Proven before the backup: ten wrong tries must not push ten good copies out of the folder.
    const proven = await provePassword(context, present);
    const kept = proven.ok ? await core.backups.before(session.vault, 'before-password', by) : proven;
    if (!kept.ok) return kept;
    const changed = await session.vault.changePassword(present, SecretBytes.own(next), by);
    // Whoever changes the password wants the ways in from before closed; the app makes a new one if that is switched on.
    if (changed.ok) session.vault.removeKeychainSlot(by);
    return changed;
  },
  'recovery.renew': async (context, { password }) => {
    const { session, core, by } = context;
    // Whoever sits down at an unlocked vault must not be able to make a key to it: the password is asked for again.
    const proven = await provePassword(context, SecretBytes.own(password));
    const kept = proven.ok ? await core.backups.before(session.vault, 'before-code', by) : proven;
    const code = kept.ok ? await session.vault.newRecoveryCode(by) : kept;
    return code.ok ? ok({ recoveryCode: takeText(code.value) }) : code;
  },
  'recovery.verify': async ({ core }, { code }) => {
    const opened = await unlockVault(core.ports, core.files.vault, { recoveryCode: SecretBytes.own(code) });
    if (opened.ok) opened.value.close();
    const isNo = !opened.ok && ['wrong-password', 'bad-input'].includes(opened.error.kind);
    return opened.ok || isNo ? ok({ matches: opened.ok }) : opened;
  },
};

const audit: SessionHandlers<'audit.list' | 'audit.verify'> = {
  'audit.list': ({ session }, { before, limit }) => session.audit.list(limit, before),
  'audit.verify': ({ session }) => {
    const verdict = session.vault.verifyAudit();
    if (!verdict.ok) return verdict;
    const { ok: isWhole, entries, firstBroken } = verdict.value;
    return ok({ ok: isWhole, entries, firstBroken: firstBroken ?? null });
  },
};

const backup: SessionHandlers<'backup.writePath'> = {
  'backup.writePath': async ({ session, core, by }, { path }) => {
    const task = core.tasks.begin(`Backing up to ${basename(path)}`, null, false);
    // What an earlier one that was killed left under a temporary name.
    sweepSiblings(path, core.nowMs(), 'vault');
    const written = await session.vault.backupTo(path, by);
    task.end(written.ok ? 'The backup is written and was read back.' : 'The backup was not written.');
    return written.ok ? ok({ file: path, ...written.value }) : written;
  },
};

const keychain: SessionHandlers<'keychain.makeSlot' | 'keychain.dropSlot'> = {
  'keychain.makeSlot': async (context, { password }) => {
    const { session, by } = context;
    const proven =
      password === undefined ? ok(undefined) : await provePassword(context, SecretBytes.own(password));
    const made = proven.ok ? session.vault.makeKeychainSlot(by, password !== undefined) : proven;
    if (!made.ok) return made;
    const secret = made.value.use((bytes) => bytes.slice());
    made.value.wipe();
    return ok({ secret });
  },
  'keychain.dropSlot': ({ session, by }) => {
    const removed = session.vault.removeKeychainSlot(by);
    return removed.ok ? ok(undefined) : removed;
  },
};

export const safetyHandlers = { ...passwords, ...audit, ...backup, ...keychain };
