// Turns proven metadata rows into records in memory: from the snapshot where it has them, from their own seals where it does not.
import { compareAt, toHex, toHexEach } from './bytes.ts';
import { parseObject } from './canonical-json.ts';
import { idBytes } from './envelope.ts';
import { entryAt, entryBytes, entryCount, revisionAtEntry } from './leaves.ts';
import { tolerant } from './row-lists.ts';
import type { Session } from './session.ts';
import { addDamage } from './session.ts';
import type { Snapshot } from './snapshot.ts';
import { readAllSealed, readRow } from './tables.ts';

/** Beyond this share of the table one pass over all of it is cheaper than looking up row by row. */
const fewRows = 1 / 8;

type SealedOf = (index: number) => Uint8Array | null;

/** Opens the rows at these places of the list. One that does not open is reported and left out. */
const openRows = (session: Session, list: Uint8Array, indexes: readonly number[]): void => {
  const sealedOf = indexes.length <= entryCount(list) * fewRows ? one(session, list) : many(session, list);
  for (const index of indexes) {
    const { id, revision } = entryAt(list, index);
    const sealed = sealedOf(index);
    const content = sealed === null ? null : session.envelope.open('meta', id, revision, sealed);
    const body = content === null ? null : parseObject(content);
    const name = toHex(id);
    if (body === null) addDamage(session, 'meta', name, 'cannot be opened');
    else session.records.set(name, { id: name, revision, body });
  }
};

const one =
  (session: Session, list: Uint8Array): SealedOf =>
  (index) =>
    tolerant(
      () => readRow(session.sql, 'meta', entryAt(list, index).id)?.sealed ?? null,
      () => null,
    );

/** Reads all sealed rows at once and walks both sorted lists in step. */
const many = (session: Session, list: Uint8Array): SealedOf => {
  const column = tolerant(
    () => readAllSealed(session.sql),
    () => null,
  );
  if (column === null) return one(session, list);
  let at = 0;
  let offset = 0;
  return (index) => {
    while (
      at < column.lengths.length &&
      compareAt(column.ids, at * idBytes, list, index * entryBytes, idBytes) < 0
    ) {
      offset += column.lengths[at] as number;
      at += 1;
    }
    if (at >= column.lengths.length) return null;
    return column.sealed.subarray(offset, offset + (column.lengths[at] as number));
  };
};

/** Places of both lists where the same entry stands; a place of ours that the snapshot lacks has -1. */
const matchPlaces = (list: Uint8Array, snapshotList: Uint8Array): readonly number[] => {
  // Proven to be the snapshot's own, which is how most vaults are opened.
  if (list === snapshotList) return Array.from({ length: entryCount(list) }, (_, index) => index);
  let at = 0;
  return Array.from({ length: entryCount(list) }, (_, index) => {
    const offset = index * entryBytes;
    while (at < snapshotList.length && compareAt(snapshotList, at, list, offset, idBytes) < 0)
      at += entryBytes;
    const isSame = at < snapshotList.length && compareAt(snapshotList, at, list, offset, entryBytes) === 0;
    return isSame ? at / entryBytes : -1;
  });
};

/** Takes what the snapshot has of the list; gives back the places it does not have. */
const takeFromSnapshot = (
  session: Session,
  list: Uint8Array,
  snapshot: Snapshot | null,
): readonly number[] => {
  const missing: number[] = [];
  const places = matchPlaces(list, snapshot?.lists.meta ?? new Uint8Array(0));
  const ids = toHexEach(list, entryBytes, idBytes);
  for (const [index, place] of places.entries()) {
    const id = ids[index] as string;
    const body = snapshot?.bodies[place];
    if (body === undefined) missing.push(index);
    else session.records.set(id, { id, revision: revisionAtEntry(list, index), body });
  }
  return missing;
};

/** Opens all metadata of the vault. */
export const openAllRecords = (session: Session, list: Uint8Array, snapshot: Snapshot | null): void => {
  session.records.clear();
  const missing = takeFromSnapshot(session, list, snapshot);
  openRows(session, list, missing);
  session.snapshotBehind = missing.length;
};

/** Opens all metadata of some buckets again. */
export const openSomeRecords = (session: Session, buckets: readonly number[], list: Uint8Array): void => {
  const prefixes = new Set(buckets.map((bucket) => toHex(Uint8Array.of(bucket))));
  for (const id of session.records.keys()) if (prefixes.has(id.slice(0, 2))) session.records.delete(id);
  openRows(
    session,
    list,
    Array.from({ length: entryCount(list) }, (_, index) => index),
  );
  session.snapshotBehind += entryCount(list);
};
