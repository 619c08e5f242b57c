// Decides when the snapshot of the metadata is worth writing anew. Best effort: a vault without one only opens a little slower.
import { done } from '../model/result.ts';
import { entryCount } from './leaves.ts';
import { loadChanges } from './load.ts';
import { joinLists } from './row-lists.ts';
import type { Session } from './session.ts';
import { writeSnapshot } from './snapshot.ts';
import { inTransaction } from './tables.ts';
import { toHex } from './bytes.ts';
import { entryBytes } from './leaves.ts';
import { idBytes } from './envelope.ts';

/** Opening this many records one by one takes about a millisecond and a half: below, a snapshot is not worth its writing. */
const worthwhile = 256;

const bodiesInOrder = (session: Session, list: Uint8Array): readonly string[] | null => {
  const bodies: string[] = [];
  for (let offset = 0; offset < list.length; offset += entryBytes) {
    const record = session.records.get(toHex(list, offset, idBytes));
    if (record === undefined) return null;
    bodies.push(JSON.stringify(record.body));
  }
  return bodies;
};

/** Writes the snapshot if enough has changed since the last and nothing is damaged. Never waits for another process. */
export const keepSnapshot = (session: Session): void => {
  if (session.snapshotBehind < worthwhile || session.damage.size > 0) return;
  session.sql.all('PRAGMA busy_timeout = 0');
  inTransaction(session.sql, 'IMMEDIATE', () => {
    loadChanges(session);
    const list = joinLists(session.leaves.meta.map((leaf) => leaf ?? new Uint8Array(0)));
    const bodies = bodiesInOrder(session, list);
    if (session.manifest === null || bodies === null || bodies.length !== entryCount(list)) return done;
    writeSnapshot(session, session.manifest.counter, list, bodies);
    session.snapshotBehind = 0;
    return done;
  });
};
