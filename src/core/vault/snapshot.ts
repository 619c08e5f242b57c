// A sealed copy of all lists and metadata bodies in one row (docs/vault-format-v1.md §8), so that opening a large vault opens one seal
// and not ten thousand. Trusted only piece by piece: where a leaf's tag, or an entry, is that of the proven set.
import type { JsonObject } from '../model/json.ts';
import { concat, integerId, readU32, sameBytes, u32, utf8 } from './bytes.ts';
import { tagBytes } from './envelope.ts';
import { entryBytes, leafCount, leafKey } from './leaves.ts';
import type { Manifest } from './manifest.ts';
import { leafTag } from './manifest.ts';
import { splitByBucket } from './row-lists.ts';
import type { Session } from './session.ts';
import { putNumbered, readNumbered } from './tables.ts';
import type { RecordTable } from './vault-types.ts';

const decoder = new TextDecoder('utf-8', { fatal: true });
const key = 1;
const tagsBytes = leafCount * tagBytes;
const listsAt = tagsBytes + 8;

export type Snapshot = {
  /** Tags of all leaves at the time, packed as in the manifest. */
  readonly leafTags: Uint8Array;
  readonly lists: Readonly<Record<RecordTable, Uint8Array>>;
  /** In the order of the metadata list. */
  readonly bodies: readonly JsonObject[];
};

const decode = (content: Uint8Array): Snapshot | null => {
  if (content.length < listsAt) return null;
  const metaCount = readU32(content, tagsBytes);
  const metaEnd = listsAt + metaCount * entryBytes;
  const secretEnd = metaEnd + readU32(content, tagsBytes + 4) * entryBytes;
  if (secretEnd > content.length) return null;
  const bodies: unknown = JSON.parse(decoder.decode(content.subarray(secretEnd)));
  if (!Array.isArray(bodies) || bodies.length !== metaCount) return null;
  return {
    leafTags: content.subarray(0, tagsBytes),
    lists: { meta: content.subarray(listsAt, metaEnd), secret: content.subarray(metaEnd, secretEnd) },
    bodies: bodies as readonly JsonObject[],
  };
};

/** Null where there is none or it is damaged: it is only ever a shortcut. */
export const readSnapshot = ({ sql, envelope }: Session): Snapshot | null => {
  const row = readNumbered(sql, 'cache', key);
  const content = row === null ? null : envelope.open('cache', integerId(key), row.revision, row.sealed);
  return content === null ? null : decode(content);
};

/** Lists of the leaves that have not changed since the snapshot, by leaf key. */
export const knownLeaves = (
  snapshot: Snapshot,
  manifest: Manifest,
  table: RecordTable,
): ReadonlyMap<number, Uint8Array> => {
  const known = new Map<number, Uint8Array>();
  for (const [bucket, list] of splitByBucket(snapshot.lists[table]).entries()) {
    const leaf = leafKey(table, bucket);
    if (sameBytes(leafTag(snapshot.leafTags, leaf), leafTag(manifest.leafTags, leaf)))
      known.set(bucket, list);
  }
  return known;
};

/** Pure ASCII, so that V8 reads it with one byte per character. */
const asciiJson = (bodies: readonly JsonObject[]): string =>
  JSON.stringify(bodies).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** Writes the snapshot anew. `snapshot` must be what the manifest of that counter proves. */
export const writeSnapshot = ({ sql, envelope }: Session, counter: number, snapshot: Snapshot): void => {
  const { leafTags, lists, bodies } = snapshot;
  const counts = [u32(bodies.length), u32(lists.secret.length / entryBytes)];
  const content = concat([leafTags, ...counts, lists.meta, lists.secret, utf8(asciiJson(bodies))]);
  const sealed = envelope.seal('cache', integerId(key), counter, content);
  putNumbered(sql, 'cache', key, { revision: counter, sealed });
  envelope.wipe(content);
};
