// The vault's door: made, unlocked, recovered, locked. A wrong password takes as long as a right one, since both derive the
// key first; the answer never says more than that it was wrong.
import { join } from 'node:path';
import { fail } from '../../core/model/app-error.ts';
import { ok, type Result } from '../../core/model/result.ts';
import { SecretBytes } from '../../core/model/secret-bytes.ts';
import { firstProject } from '../../core/keys/projects.ts';
import { createVault, unlockVault, type Credential, type OpenVault } from '../../core/vault/vault.ts';
import { makeHome } from '../../node/home-folder.ts';
import type { OpenContext, OpenHandlers } from '../handler.ts';

const tooSoon = (retryAtMs: number, nowMs: number): Result<never> => {
  const seconds = Math.ceil((retryAtMs - nowMs) / 1_000);
  return fail(
    'too-soon',
    'There were several wrong passwords.',
    `Wait ${String(seconds)} ${seconds === 1 ? 'second' : 'seconds'}, then try again.`,
  );
};

/** Only the window waits: the command line's user has the file and could derive without us anyway. */
const checkDelay = ({ core, caller }: OpenContext): Result<undefined> => {
  const nowMs = core.nowMs();
  const retryAtMs = caller === 'window' ? core.failed.retryAtMs(nowMs) : null;
  return retryAtMs === null ? ok(undefined) : tooSoon(retryAtMs, nowMs);
};

/** Tries a password: not before the window's time has come, and counts what was wrong. */
export const tryPassword = async <T>(
  context: OpenContext,
  attempt: () => Promise<Result<T>>,
): Promise<Result<T>> => {
  const { core, by } = context;
  const free = checkDelay(context);
  if (!free.ok) return free;
  const opened = await attempt();
  if (!opened.ok && opened.error.kind === 'wrong-password') {
    core.failed.add(core.nowMs(), by);
    core.emit('state.changed', core.state());
  }
  return opened;
};

const pathBeforeMigration = ({ files, backups }: OpenContext['core']): string => {
  const path = backups.newPath('before-format');
  // Where the folder cannot be made, the copy cannot either: the unlock then says so, and nothing is migrated.
  return path.ok ? path.value : join(files.backups, 'unreachable', 'copy');
};

const open = (context: OpenContext, credential: Credential): Promise<Result<OpenVault>> => {
  const attempt = (): Promise<Result<OpenVault>> =>
    unlockVault(context.core.ports, context.core.files.vault, credential, {
      copyBeforeMigration: () => pathBeforeMigration(context.core),
    });
  // Nobody guesses 32 random bytes: what the keychain holds can only be out of date.
  return 'keychainSecret' in credential ? attempt() : tryPassword(context, attempt);
};

/** Takes an open vault over, tells the audit trail, and gives a fresh vault its first project. */
export const enterVault = (
  { core, by }: OpenContext,
  vault: OpenVault,
  what: string | null,
): Result<undefined> => {
  const unlocked = what === null ? [] : [{ event: 'vault-unlocked', by, detail: { what } }];
  const entered = core.enter(vault, [...core.failed.settle(), ...unlocked]);
  if (!entered.ok) return entered;
  const session = core.session();
  const first = session === null ? null : firstProject(session.work(by));
  if (session === null || first === null) return ok(undefined);
  const made = session.commit(first);
  if (made.ok || made.error.kind === 'io') core.emit('state.changed', core.state());
  return made.ok || made.error.kind === 'io' ? ok(undefined) : made;
};

/** Text of a secret, which is wiped. */
export const takeText = (secret: SecretBytes): string => {
  const text = secret.use((bytes) => new TextDecoder().decode(bytes));
  secret.wipe();
  return text;
};

const unlock = async (
  context: OpenContext,
  credential: Credential,
  how: string,
): Promise<Result<undefined>> => {
  const opened = await open(context, credential);
  if (!opened.ok) return opened;
  if (context.core.session() === null) return enterVault(context, opened.value, how);
  // Unlocked already: the password was right, and the vault that is open stays.
  opened.value.close();
  return ok(undefined);
};

type Recovered = Result<{ readonly recoveryCode: string }>;

const recover = async (
  context: OpenContext,
  recoveryCode: SecretBytes,
  password: SecretBytes,
): Promise<Recovered> => {
  const { by } = context;
  const opened = await open(context, { recoveryCode });
  if (!opened.ok) return opened;
  const vault = opened.value;
  const kept = await context.core.backups.before(vault, 'before-password', by);
  const reset = kept.ok ? await vault.resetPassword(password, by) : kept;
  const code = reset.ok ? await vault.newRecoveryCode(by) : reset;
  if (!code.ok) {
    vault.close();
    return code;
  }
  // Somebody who lost the password does not know who else came in by other ways.
  vault.removeKeychainSlot(by);
  const text = takeText(code.value);
  const entered = enterVault(context, vault, 'with the recovery code');
  return entered.ok ? ok({ recoveryCode: text }) : entered;
};

/** Less than the shell is polite for. */
const lastAnswerMs = 1_000;

type Names = 'vault.create' | 'vault.unlock' | 'vault.unlockWithKeychain' | 'vault.recover' | 'vault.lock';

export const vaultHandlers: OpenHandlers<Names> = {
  'vault.create': async (context, { password }) => {
    const { core, by } = context;
    const home = makeHome(core.files.home);
    if (!home.ok) return home;
    const created = await createVault(core.ports, core.files.vault, SecretBytes.own(password), by);
    if (!created.ok) return created;
    const text = takeText(created.value.recoveryCode);
    const entered = enterVault(context, created.value.vault, null);
    return entered.ok ? ok({ recoveryCode: text }) : entered;
  },
  'vault.unlock': (context, { password }) =>
    unlock(context, { password: SecretBytes.own(password) }, 'with the password'),
  'vault.unlockWithKeychain': (context, { secret }) =>
    unlock(context, { keychainSecret: SecretBytes.own(secret) }, 'with the system keychain'),
  'vault.recover': (context, { code, password }) =>
    recover(context, SecretBytes.own(code), SecretBytes.own(password)),
  'vault.lock': async ({ core, by }) => {
    // A provider that is about to answer with a new value: its only copy would be lost. Whoever locks waits for a second, not longer.
    if (core.turning.runner.isMaking()) await core.turning.runner.made(lastAnswerMs);
    core.lock(by, 'asked for');
    return ok(undefined);
  },
};
