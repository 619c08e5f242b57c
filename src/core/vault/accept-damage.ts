// The way out after damage: a person has seen the report and takes what is there as the truth. Every leaf and the manifest are
// written anew from the rows as they stand. Rows are neither deleted nor changed; what cannot be opened stays reported.
import type { Result } from '../model/result.ts';
import { ok } from '../model/result.ts';
import { lastLine, noAuditHead } from './audit-trail.ts';
import { sameBytes, toHex } from './bytes.ts';
import { tagBytes } from './envelope.ts';
import { isHeaderRight } from './header.ts';
import { bucketCount, isLeafSound, leafCount } from './leaves.ts';
import { loadAll } from './load.ts';
import type { Manifest } from './manifest.ts';
import { listsSlot } from './manifest.ts';
import { rowsByBucket, tolerant } from './row-lists.ts';
import type { Session } from './session.ts';
import type { Slot } from './slots.ts';
import { deleteSlot, inTransaction, readCounter, readHeader, readSlots } from './tables.ts';
import type { LeafDraft } from './write.ts';
import { writeDraft } from './write.ts';
import { lockedError, unprovenError } from './words.ts';

const allBuckets = Array.from({ length: bucketCount }, (_, bucket) => bucket);

/** Lists of every bucket that holds anything, from the rows themselves. */
const presentLists = (session: Session): ReadonlyMap<string, LeafDraft> => {
  const drafts = new Map<string, LeafDraft>();
  for (const table of ['meta', 'secret'] as const) {
    const rows = rowsByBucket(session.sql, table, allBuckets, session.leaves[table]);
    for (const [bucket, list] of rows)
      if (list.length === 0 || isLeafSound(list, bucket))
        drafts.set(`${table} ${bucket}`, { table, bucket, list });
  }
  return drafts;
};

/**
 * A slot is kept if it is known to be ours: by the manifest, by the header's code, or because this session opened or made it.
 * Any other can open nothing, and is removed. Empty where none is left: then nothing may be written.
 */
export const knownSlots = (session: Session): readonly Slot[] => {
  const { manifest, openedWith, sql } = session;
  const slots = tolerant(
    () => readSlots(sql),
    () => [openedWith],
  );
  const header = tolerant(
    () => readHeader(sql),
    () => null,
  );
  const areAllKnown = header !== null && isHeaderRight(session, header, slots);
  const isKnown = (slot: Slot): boolean =>
    areAllKnown || (manifest !== null && listsSlot(manifest, slot)) || sameBytes(slot.body, openedWith.body);
  return slots.filter(isKnown);
};

const keepKnownSlots = (session: Session): readonly Slot[] => {
  const kept = knownSlots(session);
  const keptIds = new Set(kept.map((slot) => toHex(slot.id)));
  if (kept.length > 0)
    for (const slot of readSlots(session.sql))
      if (!keptIds.has(toHex(slot.id))) deleteSlot(session.sql, slot.id);
  return kept;
};

/** What the new manifest starts from: the old one, or what can be told without it. */
const startingPoint = (session: Session): Manifest => {
  const { manifest } = session;
  const last = lastLine(session);
  return {
    format: manifest?.format ?? session.format,
    counter: Math.max(manifest?.counter ?? 0, readCounter(session.sql), 0),
    auditCount: Math.max(manifest?.auditCount ?? 0, last?.sequence ?? 0),
    auditHead: last?.hash ?? manifest?.auditHead ?? noAuditHead(),
    slots: manifest?.slots ?? new Uint8Array(0),
    leafTags: new Uint8Array(leafCount * tagBytes),
  };
};

/** See OpenVault.acceptDamage. */
export const acceptDamageOf = (session: Session, by: string): Result<{ readonly accepted: number }> => {
  if (!session.isOpen) return lockedError();
  return inTransaction(session.sql, 'IMMEDIATE', () => {
    loadAll(session);
    const accepted = session.damage.size;
    if (accepted === 0) return ok({ accepted });
    const slots = keepKnownSlots(session);
    if (slots.length === 0) return unprovenError();
    const audit = [{ event: 'damage-accepted', by, detail: { places: accepted } }];
    writeDraft(session, startingPoint(session), {
      leaves: presentLists(session),
      audit,
      slots,
    });
    loadAll(session);
    session.hasUntoldChanges = true;
    return ok({ accepted });
  });
};
