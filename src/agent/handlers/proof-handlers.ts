// A new vault key, an older copy accepted, what damage left saved: see contract/calls/proof-calls.ts.
import { basename } from 'node:path';
import { ok, type Result } from '../../core/model/result.ts';
import { SecretBytes } from '../../core/model/secret-bytes.ts';
import { renewFingerprints } from '../../core/keys/renew-fingerprints.ts';
import { readStored, type Stored } from '../../core/keys/stored.ts';
import { rescueVault, type Credential, type Damage, type Rescued } from '../../core/vault/vault.ts';
import type { CallOutput } from '../../contract/contract.ts';
import type { OpenContext, OpenHandlers, SessionContext, SessionHandlers } from '../handler.ts';
import { breathe } from '../tasks.ts';
import { requireAbsolute } from './paths.ts';
import { provePassword } from './safety-handlers.ts';
import { takeText, tryPassword } from './vault-handlers.ts';

type Replaced = Result<CallOutput<'vault.replaceKey'>>;

const replace = async (context: SessionContext, password: SecretBytes): Promise<Replaced> => {
  const { session, core, by } = context;
  const proven = await provePassword(context, password.copy());
  const kept = proven.ok ? await core.backups.before(session.vault, 'before-key', by) : proven;
  if (!kept.ok) return kept;
  const { size } = session.vault.records();
  const task = core.tasks.begin('Replacing the vault key', Math.max(1, size), true);
  core.anchors.pause();
  const replaced = await session.vault.replaceKey({
    password,
    by,
    rewrite: renewFingerprints,
    step: async (done, total) => {
      task.step(Math.floor((done / Math.max(1, total)) * Math.max(1, size)));
      await breathe();
      return !task.cancelled();
    },
  });
  core.anchors.resume();
  task.end(
    replaced.ok
      ? 'Every record is sealed under a new key. The old recovery code no longer works.'
      : 'The vault key was not replaced. The vault is as it was.',
  );
  if (!replaced.ok) return replaced;
  session.refresh();
  return ok({ recoveryCode: takeText(replaced.value) });
};

const acceptOlder = ({ session, core, by }: SessionContext): Result<CallOutput<'vault.acceptOlder'>> => {
  if (!core.anchors.accept()) return ok({ accepted: false });
  const noted = session.note({ event: 'older-copy-accepted', by });
  core.emit('state.changed', core.state());
  return noted.ok ? ok({ accepted: true }) : noted;
};

export const proofHandlers: SessionHandlers<'vault.replaceKey' | 'vault.acceptOlder'> = {
  'vault.replaceKey': async (context, { password }) => {
    const secret = SecretBytes.own(password);
    const held = context.core.turning.runner.hold();
    try {
      return held.ok ? await replace(context, secret) : held;
    } finally {
      if (held.ok) held.value();
      secret.wipe();
    }
  },
  'vault.acceptOlder': acceptOlder,
};

const nameOf = (stored: Stored): string =>
  stored.type === 'key' || stored.type === 'variable' ? `${stored.type} ${stored.name}` : stored.type;

/** Ids mean nothing to a person: a value is called after its key. */
const namesById = ({ records }: Rescued): ReadonlyMap<string, string> => {
  const names = new Map<string, string>();
  for (const { id, body } of records.values()) {
    const stored = readStored(body);
    if (stored === null) continue;
    names.set(id, nameOf(stored));
    if (stored.type === 'rotation' && stored.pending !== null)
      names.set(stored.pending.id, 'value of a turn that is not over');
    if (stored.type !== 'key') continue;
    for (const version of stored.versions) {
      const isCurrent = version === stored.versions.at(-1);
      names.set(
        version.id,
        `${isCurrent ? 'value' : `version ${String(version.number)}`} of key ${stored.name}`,
      );
    }
  }
  return names;
};

const tableWords: Readonly<Record<string, string>> = {
  meta: 'record',
  secret: 'value',
  audit: 'audit line',
  slot: 'way in',
};

const inWords = (parts: readonly Damage[], names: ReadonlyMap<string, string>) =>
  parts.map(({ table, id, reason }) => ({
    what: (table === 'audit' ? undefined : names.get(id)) ?? `${tableWords[table] ?? table} ${id}`,
    reason,
  }));

const rescue = async (
  context: OpenContext,
  to: string,
  credential: Credential,
): Promise<Result<CallOutput<'vault.rescue'>>> => {
  const { core, by } = context;
  const task = core.tasks.begin(`Rescuing into ${basename(to)}`, null, false);
  const rescued = await tryPassword(context, () =>
    rescueVault(core.ports, core.files.vault, to, credential, by),
  );
  task.end(rescued.ok ? 'What can be read is in the new file.' : 'Nothing was written.');
  if (!rescued.ok) return rescued;
  const names = namesById(rescued.value);
  const { keys, lost, doubtful } = rescued.value;
  return ok({ file: to, keys, lost: inWords(lost, names), doubtful: inWords(doubtful, names) });
};

export const rescueHandlers: OpenHandlers<'vault.rescue'> = {
  'vault.rescue': async (context, input) => {
    const to = requireAbsolute(input.path);
    if (!to.ok) return to;
    const secret = SecretBytes.own(input.password);
    return rescue(
      context,
      to.value,
      input.with === 'recovery-code' ? { recoveryCode: secret } : { password: secret },
    );
  },
};
