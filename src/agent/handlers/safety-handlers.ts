// Password, recovery code, audit trail and backup of an open vault.
import { basename } from 'node:path';
import { ok } from '../../core/model/result.ts';
import { SecretBytes } from '../../core/model/secret-bytes.ts';
import { unlockVault } from '../../core/vault/vault.ts';
import type { SessionHandlers } from '../handler.ts';
import { takeText } from './vault-handlers.ts';

type Passwords = 'password.change' | 'recovery.renew' | 'recovery.verify';

const passwords: SessionHandlers<Passwords> = {
  'password.change': ({ session, by }, { current, next }) =>
    session.vault.changePassword(SecretBytes.own(current), SecretBytes.own(next), by),
  'recovery.renew': async ({ session, core, by }, { password }) => {
    // Whoever sits down at an unlocked vault must not be able to make a key to it: the password is asked for again.
    const proven = await unlockVault(core.ports, core.files.vault, { password: SecretBytes.own(password) });
    if (!proven.ok) return proven;
    proven.value.close();
    const code = await session.vault.newRecoveryCode(by);
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
    const written = await session.vault.backupTo(path, by);
    task.end(written.ok ? 'The backup is written and was read back.' : 'The backup was not written.');
    return written.ok ? ok({ file: path, ...written.value }) : written;
  },
};

export const safetyHandlers = { ...passwords, ...audit, ...backup };
