// A vault to tamper with, an earlier state of it, a second vault under the same password, and the judge: whatever was done to a file, nothing
// that is read from it may differ from what was written last, and whatever is missing must have been reported.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { AuditEntry, MetaRecord, OpenVault, VaultPorts } from '../../../src/core/vault/vault.ts';
import type { Change } from '../../../src/core/vault/vault.ts';
import { unlockVault } from '../../../src/core/vault/vault.ts';
import { must, newVault, password, putMeta, putSecret, secretText, textOf } from './vault-kit.ts';

export type Truth = {
  readonly records: ReadonlyMap<string, MetaRecord>;
  readonly secrets: ReadonlyMap<string, string>;
  readonly audit: readonly AuditEntry[];
};

export type TamperKit = {
  readonly ports: VaultPorts;
  readonly path: string;
  /** The same vault some commits and a password earlier. */
  readonly earlierPath: string;
  readonly otherPath: string;
  readonly truth: Truth;
  readonly code: string;
};

export const laterPassword = 'dry stones, one heron';
const recordCount = 24;

const idsOf = (vault: OpenVault): readonly string[] =>
  Array.from({ length: recordCount }, () => vault.newId());

const firstRound = (ids: readonly string[], mark: string): readonly Change[] =>
  ids.flatMap((id, at) => [putMeta(id, { name: `${mark} ${at}` }), putSecret(id, `${mark} value ${at}`)]);

const secondRound = (ids: readonly string[]): readonly Change[] =>
  ids.flatMap((id, at) => [putMeta(id, { name: `new ${at}` }, 1), putSecret(id, `new value ${at}`, 1)]);

const note = (vault: OpenVault, event: string): void => {
  must(vault.commit([], [{ event, by: 'test' }]));
};

/** Both vaults, closed and without a log, so that a file is all there is. */
export const makeTamperKit = async (ports: VaultPorts, folder: string): Promise<TamperKit> => {
  const path = join(folder, 'vault.keyturn');
  const { vault, code } = await newVault(ports, path);
  const ids = idsOf(vault);
  must(vault.commit(firstRound(ids, 'old'), [{ event: 'first', by: 'test' }]));
  const earlierPath = join(folder, 'earlier.keyturn');
  must(await vault.backupTo(earlierPath));
  must(vault.commit(secondRound(ids.slice(0, 16)), [{ event: 'second', by: 'test' }]));
  for (const event of ['third', 'fourth']) note(vault, event);
  must(await vault.changePassword(secretText(password), secretText(laterPassword)));
  const truth = {
    records: new Map(vault.records()),
    secrets: new Map(ids.map((id) => [id, textOf(must(vault.readSecret(id)))])),
    audit: must(vault.auditEntries({ limit: 100 })),
  };
  vault.close();
  const otherPath = join(folder, 'other.keyturn');
  const other = await newVault(ports, otherPath);
  must(other.vault.commit(firstRound(ids, 'foreign'), [{ event: 'first', by: 'test' }]));
  must(other.vault.commit(secondRound(ids), []));
  other.vault.close();
  return { ports, path, earlierPath, otherPath, truth, code };
};

/** Runs SQL on a file as somebody without keys would, with other files attached as `earlier` and `other`. */
export const editFile = (kit: TamperKit, path: string, statements: readonly string[]): void => {
  const database = new DatabaseSync(path);
  database.exec(`ATTACH '${kit.earlierPath}' AS earlier; ATTACH '${kit.otherPath}' AS other`);
  for (const statement of statements) database.exec(statement);
  database.exec('DETACH earlier; DETACH other; PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
};

const refusals = new Set(['damaged', 'not-a-vault', 'newer-format', 'wrong-password', 'bad-input']);

export type Verdict = { readonly opened: boolean; readonly reported: number; readonly missing: number };

/** Everything that can be read, compared with the truth. Throws at the first wrong value or unreported loss. */
export const judge = async (kit: TamperKit, path: string, useCode = false): Promise<Verdict> => {
  const credential = useCode
    ? { recoveryCode: secretText(kit.code) }
    : { password: secretText(laterPassword) };
  const unlocked = await unlockVault(kit.ports, path, credential);
  if (!unlocked.ok) {
    const { kind, message, next } = unlocked.error;
    if (!refusals.has(kind) || message === '' || next === '')
      throw new Error(`refused with ${kind}: ${message}`);
    return { opened: false, reported: 1, missing: 0 };
  }
  try {
    return compare(unlocked.value, kit.truth);
  } finally {
    unlocked.value.close();
  }
};

const compare = (vault: OpenVault, truth: Truth): Verdict => {
  let missing = 0;
  for (const [id, record] of vault.records())
    if (JSON.stringify(record) !== JSON.stringify(truth.records.get(id)))
      throw new Error(`wrong record ${id}`);
  missing += truth.records.size - vault.records().size;
  for (const [id, text] of truth.secrets) {
    const secret = vault.readSecret(id);
    if (!secret.ok) missing += 1;
    else if (textOf(secret.value) !== text) throw new Error(`wrong secret ${id}`);
  }
  const audit = auditLoss(vault, truth.audit);
  const reported = vault.damage().length + (audit.isReported ? 1 : 0);
  if (missing + audit.lost > 0 && reported === 0) throw new Error('a loss was not reported');
  return { opened: true, reported, missing: missing + audit.lost };
};

const auditLoss = (
  vault: OpenVault,
  truth: readonly AuditEntry[],
): { readonly lost: number; readonly isReported: boolean } => {
  const listed = vault.auditEntries({ limit: 100 });
  const verdict = vault.verifyAudit();
  const isReported = !verdict.ok || !verdict.value.ok;
  if (!listed.ok) return { lost: truth.length, isReported };
  const right = new Map(truth.map((entry) => [entry.sequence, JSON.stringify(entry)]));
  let kept = 0;
  for (const entry of listed.value) {
    if (right.get(entry.sequence) === JSON.stringify(entry)) kept += 1;
    else if (entry.event !== 'unreadable' && !isReported)
      throw new Error(`wrong audit line ${entry.sequence}`);
  }
  return { lost: truth.length - kept, isReported };
};
