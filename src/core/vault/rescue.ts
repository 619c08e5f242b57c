// Saves what can be read from a damaged vault into a new, clean one. The damaged file is only copied, never written to; everything that
// still authenticates comes along, and whatever does not is told by name.
import { fail } from '../model/app-error.ts';
import type { Result } from '../model/result.ts';
import { done, ok } from '../model/result.ts';
import { noAuditHead, resealLine } from './audit-trail.ts';
import { readU16, readU32, toHex } from './bytes.ts';
import { tagBytes } from './envelope.ts';
import { applicationId, inspectFile, latestFormat, requireVault } from './inspect.ts';
import { knownSlots } from './accept-damage.ts';
import { leafCount } from './leaves.ts';
import { loadAll } from './load.ts';
import type { Migration } from './migrations/index.ts';
import { countKeys, readBack } from './read-back.ts';
import type { Salvage } from './rescue-rows.ts';
import { salvage } from './rescue-rows.ts';
import { tolerant } from './row-lists.ts';
import { copyBeside } from './restore.ts';
import type { Session } from './session.ts';
import { endSession, siblingOf } from './session.ts';
import {
  attemptStore,
  inTransaction,
  putRow,
  putSlot,
  putAudit,
  readAuditUp,
  readCounter,
  readSlots,
} from './tables.ts';
import type { Slot } from './slots.ts';
import { startSession, unlockSession } from './unlock-session.ts';
import type { Credential, Damage, MetaRecord, RecordId, VaultPorts } from './vault-types.ts';
import { writeDraft } from './write.ts';

export type Rescued = {
  readonly keys: number;
  readonly records: ReadonlyMap<RecordId, MetaRecord>;
  readonly lost: readonly Damage[];
  readonly doubtful: readonly Damage[];
};

/** Where the end of the file is missing, SQLite looks at nothing of it: the copy gets its length back, in zeros. */
const lengthen = (ports: VaultPorts, path: string): Result<undefined> => {
  const peeked = ports.files.peek(path, 100);
  if (!peeked.ok) return peeked;
  const { head, size } = peeked.value;
  if (head.length < 100) return done;
  const pageSize = readU16(head, 16) === 1 ? 65_536 : readU16(head, 16);
  const wanted = readU32(head, 28) * pageSize;
  const mostBytes = 16 * 2 ** 30;
  return wanted > size && wanted <= mostBytes ? ports.files.lengthen(path, wanted) : done;
};

type Line = { readonly sequence: number; readonly sealed: Uint8Array };

/** Audit lines that still open, one after the other again. */
const salvageTrail = (
  session: Session,
  out: Session,
): { readonly lines: readonly Line[]; readonly head: Uint8Array; readonly lost: readonly Damage[] } => {
  const lines: Line[] = [];
  const lost: Damage[] = [];
  let head = noAuditHead();
  const count = session.manifest?.auditCount ?? 0;
  const all = tolerant(
    () => readAuditUp(session.sql, 1, Number.MAX_SAFE_INTEGER),
    () =>
      Array.from({ length: count }, (_, at) =>
        tolerant(
          () => readAuditUp(session.sql, at + 1, 1).filter((row) => row.sequence === at + 1),
          () => [],
        ),
      ).flat(),
  );
  const found = new Set(all.map((row) => row.sequence));
  const missing = Array.from({ length: count }, (_, at) => at + 1).filter((sequence) => !found.has(sequence));
  for (const sequence of missing) lost.push({ table: 'audit', id: String(sequence), reason: 'is missing' });
  for (const row of all) {
    const sequence = lines.length + 1;
    const made = resealLine(session, out, row, head, sequence);
    if (made === null) lost.push({ table: 'audit', id: String(row.sequence), reason: 'cannot be opened' });
    else {
      lines.push({ sequence, sealed: made.sealed });
      head = made.hash;
    }
  }
  return { lines, head, lost };
};

/** A way in that nothing proves may be an older password put back: it is not carried on. */
const lostSlots = (session: Session, kept: readonly Slot[]): readonly Damage[] => {
  const present = tolerant(
    () => readSlots(session.sql),
    () => [],
  );
  const keptIds = new Set(kept.map((slot) => toHex(slot.id)));
  return present
    .filter((slot) => !keptIds.has(toHex(slot.id)))
    .map((slot) => ({
      table: 'slot',
      id: toHex(slot.id),
      reason: 'this way in cannot be shown to be the latest; make a new recovery code',
    }));
};

const fill = (
  session: Session,
  out: Session,
  found: Salvage,
  list: readonly Migration[],
  by: string,
): Result<readonly Damage[]> => {
  const slots = knownSlots(session);
  return inTransaction(out.sql, 'IMMEDIATE', () => {
    for (const migration of list)
      if (migration.format <= session.format)
        for (const statement of migration.statements) out.sql.run(statement);
    out.sql.run(`PRAGMA application_id = ${applicationId}`);
    out.sql.run(`PRAGMA user_version = ${session.format}`);
    for (const { table, id, row } of found.rows) putRow(out.sql, table, id, row);
    for (const slot of slots) putSlot(out.sql, slot);
    const trail = salvageTrail(session, out);
    for (const { sequence, sealed } of trail.lines) putAudit(out.sql, sequence, sealed);
    const lost = [...found.lost, ...trail.lost, ...lostSlots(session, slots)];
    const counter = tolerant(
      () => readCounter(session.sql),
      () => 0,
    );
    writeDraft(
      out,
      {
        format: session.format,
        counter: Math.max(session.manifest?.counter ?? 0, counter, 0),
        auditCount: trail.lines.length,
        auditHead: trail.head,
        slots: new Uint8Array(0),
        leafTags: new Uint8Array(leafCount * tagBytes),
      },
      {
        leaves: found.lists,
        slots,
        audit: [{ event: 'vault-rescued', by, detail: { records: found.rows.length, lost: lost.length } }],
      },
    );
    return ok(lost);
  });
};

/** Makes the new file beside its name, fills it and reads it back whole. */
const writeClean = (
  session: Session,
  sibling: string,
  list: readonly Migration[],
  by: string,
): Result<Rescued> => {
  const { ports, vaultId, openedWith, vaultKey, format } = session;
  const created = ports.store.create(sibling);
  if (!created.ok) return created;
  const key = { vaultId, slot: openedWith, vaultKey: vaultKey.copy() };
  const out = startSession(ports, sibling, created.value, format, key);
  try {
    const found = salvage(session);
    const lost = fill(session, out, found, list, by);
    if (!lost.ok) return lost;
    const loaded = inTransaction(out.sql, 'DEFERRED', () => {
      loadAll(out);
      return done;
    });
    const proven = loaded.ok ? readBack(out) : loaded;
    return proven.ok
      ? ok({
          keys: countKeys(out),
          records: new Map(out.records),
          lost: lost.value,
          doubtful: found.doubtful,
        })
      : proven;
  } finally {
    endSession(out);
  }
};

/** A truncated file is let pass; for all else that is no vault the usual words hold. */
const mayBeRescued = (ports: VaultPorts, from: string, latest: number): Result<undefined> => {
  const facts = inspectFile(ports.files, from, latest);
  if (facts.ok && facts.value.state === 'truncated') return done;
  const isVault = requireVault(ports.files, from, latest);
  return isVault.ok ? done : isVault;
};

const alreadyThere = (file: string): Result<never> =>
  fail(
    'already-exists',
    'There is a file of that name already. It was not touched.',
    'Choose another name.',
    {
      file,
    },
  );

const remove = (ports: VaultPorts, path: string): void => {
  for (const end of ['', '-wal', '-shm', '-journal']) ports.files.remove(`${path}${end}`);
};

/** See rescueVault in vault.ts. */
export const rescue = async (
  ports: VaultPorts,
  from: string,
  to: string,
  credential: Credential,
  list: readonly Migration[],
  by: string,
): Promise<Result<Rescued>> => {
  const may = mayBeRescued(ports, from, latestFormat(list));
  if (!may.ok) return may;
  if (ports.files.exists(to)) return alreadyThere(to);
  const copy = siblingOf(ports, to);
  const clean = siblingOf(ports, to);
  try {
    const copied = copyBeside(ports, from, copy);
    const whole = copied.ok ? lengthen(ports, copy) : copied;
    const options = { journal: 'rollback', migrations: list, evenUnproven: true } as const;
    const session = whole.ok ? await unlockSession(ports, copy, credential, options) : whole;
    if (!session.ok) return session;
    const written = attemptStore(() => writeClean(session.value, clean, list, by));
    endSession(session.value);
    if (!written.ok) return written;
    const named = ports.files.moveNew(clean, to);
    if (!named.ok) return named.error.kind === 'already-exists' ? alreadyThere(to) : named;
    return written;
  } finally {
    remove(ports, copy);
    remove(ports, clean);
  }
};
