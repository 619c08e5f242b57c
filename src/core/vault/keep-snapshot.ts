// Decides when the snapshot of the metadata is worth writing anew. Best effort: a vault without one only opens a little slower.
import type { JsonObject } from '../model/json.ts';
import { done } from '../model/result.ts';
import { concat, toHexEach } from './bytes.ts';
import { idBytes } from './envelope.ts';
import { entryBytes, entryCount } from './leaves.ts';
import { loadChanges } from './load.ts';
import type { Leaf, Session } from './session.ts';
import { writeSnapshot } from './snapshot.ts';
import { inTransaction } from './tables.ts';

/** Opening this many records one by one takes about a millisecond and a half: below, a snapshot is not worth its writing. */
const worthwhile = 256;

const bodiesInOrder = (session: Session, list: Uint8Array): readonly JsonObject[] => {
  const bodies: JsonObject[] = [];
  for (const id of toHexEach(list, entryBytes, idBytes)) {
    const record = session.records.get(id);
    if (record !== undefined) bodies.push(record.body);
  }
  return bodies;
};

const joined = (leaves: readonly Leaf[]): Uint8Array =>
  concat(leaves.map((leaf) => leaf ?? new Uint8Array(0)));

/** Writes the snapshot if enough has changed since the last and nothing is damaged. Never waits for another process. */
export const keepSnapshot = (session: Session): void => {
  if (session.snapshotBehind < worthwhile || session.damage.size > 0) return;
  session.sql.all('PRAGMA busy_timeout = 0');
  inTransaction(session.sql, 'IMMEDIATE', () => {
    loadChanges(session);
    const { manifest, leaves } = session;
    const lists = { meta: joined(leaves.meta), secret: joined(leaves.secret) };
    const bodies = bodiesInOrder(session, lists.meta);
    if (manifest === null || session.damage.size > 0 || bodies.length !== entryCount(lists.meta)) return done;
    writeSnapshot(session, manifest.counter, { leafTags: manifest.leafTags, lists, bodies });
    session.snapshotBehind = 0;
    return done;
  });
};
