// The one way in which a vault changes (docs/vault-format-v1.md §9): rows, leaves, audit lines and manifest in one transaction,
// memory only after it was committed.
import type { Result } from '../model/result.ts';
import { done, ok } from '../model/result.ts';
import { sealLines } from './audit-trail.ts';
import { integerId } from './bytes.ts';
import { tagOf } from './envelope.ts';
import { headerMac, encodeHeader, sortSlots } from './header.ts';
import { leafKey } from './leaves.ts';
import { follow } from './load.ts';
import type { Manifest } from './manifest.ts';
import { encodeManifest, leafTag, packSlots } from './manifest.ts';
import type { Session } from './session.ts';
import type { Slot } from './slots.ts';
import { deleteNumbered, inTransaction, putAudit, putHeader, putNumbered } from './tables.ts';
import type { AuditInput, RecordTable } from './vault-types.ts';
import { manifestKey } from './verify-set.ts';
import { goneFileError, lockedError, otherFileError, unprovenError } from './words.ts';

/** What a transaction is about to change besides the rows themselves. */
export type Draft = {
  /** Lists of the buckets that change, after the change. */
  readonly leaves: ReadonlyMap<string, LeafDraft>;
  readonly audit: readonly AuditInput[];
  /** All slots after the change, where they change. */
  readonly slots?: readonly Slot[];
  readonly format?: number;
  /** Runs after COMMIT: brings memory in line. */
  readonly afterwards?: () => void;
};

export type LeafDraft = { readonly table: RecordTable; readonly bucket: number; readonly list: Uint8Array };

/** Writes one leaf and gives its tag; an empty one is removed and has a tag of zeros. */
const writeLeaf = (session: Session, counter: number, { table, bucket, list }: LeafDraft): Uint8Array => {
  const key = leafKey(table, bucket);
  if (list.length === 0) {
    deleteNumbered(session.sql, 'leaf', key);
    return new Uint8Array(16);
  }
  const sealed = session.envelope.seal('leaf', integerId(key), counter, list);
  putNumbered(session.sql, 'leaf', key, { revision: counter, sealed });
  return tagOf(sealed);
};

const writeSlots = (session: Session, slots: readonly Slot[]): Uint8Array => {
  const body = encodeHeader(session.vaultId);
  putHeader(session.sql, body, headerMac(session.ports.aead, session.keyring, body, slots));
  return packSlots(sortSlots(slots));
};

/** Seals and stores everything of a draft but the rows; gives the manifest that is now in the file. */
export const writeDraft = (session: Session, before: Manifest, draft: Draft): Manifest => {
  const counter = before.counter + 1;
  const leafTags = before.leafTags.slice();
  for (const leaf of draft.leaves.values())
    leafTag(leafTags, leafKey(leaf.table, leaf.bucket)).set(writeLeaf(session, counter, leaf));
  const lines = sealLines(session, draft.audit, before.auditCount, before.auditHead);
  for (const row of lines.rows) putAudit(session.sql, row.sequence, row.sealed);
  const after: Manifest = {
    format: draft.format ?? before.format,
    counter,
    auditCount: lines.count,
    auditHead: lines.head,
    slots: draft.slots === undefined ? before.slots : writeSlots(session, draft.slots),
    leafTags,
  };
  const sealed = session.envelope.seal('manifest', integerId(manifestKey), counter, encodeManifest(after));
  putNumbered(session.sql, 'manifest', manifestKey, { revision: counter, sealed });
  return after;
};

/**
 * Whether the file that is open still is the one at its path. SQLite would go on writing into a file that was removed or renamed away,
 * and everything acknowledged from then on would be lost.
 */
export const checkPlace = ({ ports, path, place }: Session): Result<undefined> => {
  const now = ports.files.identity(path);
  if (now === place) return done;
  return now === null ? goneFileError(path) : otherFileError(path);
};

/**
 * Runs one writing transaction. `build` sees the vault as it is now, whoever changed it last, and writes the rows.
 * @returns the new counter, or why nothing changed
 */
export const write = (session: Session, build: () => Result<Draft>): Result<{ readonly counter: number }> => {
  if (!session.isOpen) return lockedError();
  let draft: Draft | undefined;
  let after: Manifest | undefined;
  const outcome = inTransaction(session.sql, 'IMMEDIATE', () => {
    const followed = follow(session);
    if (!followed.ok) return followed;
    const placed = checkPlace(session);
    if (!placed.ok) return placed;
    if (session.manifest === null) return unprovenError();
    const built = build();
    if (!built.ok) return built;
    draft = built.value;
    after = writeDraft(session, session.manifest, draft);
    return ok({ counter: after.counter });
  });
  if (!outcome.ok || draft === undefined || after === undefined) return outcome;
  session.manifest = after;
  for (const { table, bucket, list } of draft.leaves.values()) session.leaves[table][bucket] = list;
  draft.afterwards?.();
  return outcome;
};
