// A sealed copy of all lists and metadata bodies in one row (docs/vault-format-v1.md §8), so that opening a large vault opens one seal
// and not ten thousand. Trusted only piece by piece: where a leaf's tag, or an entry, is that of the proven set.
import type { JsonObject } from '../model/json.ts';
import { concat, integerId, isZero, readU32, sameBytes, u32, utf8 } from './bytes.ts';
import { tagBytes } from './envelope.ts';
import { entryBytes, leafCount, leafKey } from './leaves.ts';
import type { Manifest } from './manifest.ts';
import { leafTag } from './manifest.ts';
import { packBodies } from './pack-bodies.ts';
import { splitByBucket } from './row-lists.ts';
import type { Session } from './session.ts';
import { putNumbered, readNumbered } from './tables.ts';
import { unpackBodies } from './unpack-bodies.ts';
import type { RecordTable } from './vault-types.ts';

const decoder = new TextDecoder('utf-8', { fatal: true });
const key = 1;
const tagsBytes = leafCount * tagBytes;
/** Stands where the first form has its number of entries: no vault has as many, so that readers of that form find nothing here. */
const laterForm = 0xffff_ffff;
const columnsForm = 2;

export type Snapshot = {
  /** Tags of all leaves at the time, packed as in the manifest. */
  readonly leafTags: Uint8Array;
  readonly lists: Readonly<Record<RecordTable, Uint8Array>>;
  /** In the order of the metadata list. */
  readonly bodies: readonly JsonObject[];
};

/** How the bodies stand in the text, by form: an object each, or member by member. */
const readers: Readonly<Record<number, (content: unknown, count: number) => readonly JsonObject[] | null>> = {
  1: (content, count) =>
    Array.isArray(content) && content.length === count ? (content as readonly JsonObject[]) : null,
  [columnsForm]: unpackBodies,
};

const decode = (content: Uint8Array): Snapshot | null => {
  const isLater = content.length >= tagsBytes + 8 && readU32(content, tagsBytes) === laterForm;
  const form = isLater ? readU32(content, tagsBytes + 4) : 1;
  const read = readers[form];
  const countsAt = isLater ? tagsBytes + 8 : tagsBytes;
  const metaAt = countsAt + 8;
  if (read === undefined || content.length < metaAt) return null;
  const metaCount = readU32(content, countsAt);
  const secretAt = metaAt + metaCount * entryBytes;
  const bodiesAt = secretAt + readU32(content, countsAt + 4) * entryBytes;
  if (bodiesAt > content.length) return null;
  const bodies = read(JSON.parse(decoder.decode(content.subarray(bodiesAt))), metaCount);
  if (bodies === null) return null;
  return {
    leafTags: content.subarray(0, tagsBytes),
    lists: { meta: content.subarray(metaAt, secretAt), secret: content.subarray(secretAt, bodiesAt) },
    bodies,
  };
};

/** Whatever is wrong with what was opened, the rows themselves are there. */
const tryDecode = (content: Uint8Array): Snapshot | null => {
  try {
    return decode(content);
  } catch (problem) {
    // Of the text, of its bytes, of the columns.
    if (problem instanceof SyntaxError || problem instanceof TypeError || problem instanceof RangeError)
      return null;
    throw problem;
  }
};

/** Null where there is none or it is damaged: it is only ever a shortcut. */
export const readSnapshot = ({ sql, envelope }: Session): Snapshot | null => {
  const row = readNumbered(sql, 'cache', key);
  const content = row === null ? null : envelope.open('cache', integerId(key), row.revision, row.sealed);
  return content === null ? null : tryDecode(content);
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
    const tag = leafTag(snapshot.leafTags, leaf);
    // A leaf that is there has entries.
    if (sameBytes(tag, leafTag(manifest.leafTags, leaf)) && isZero(tag) === (list.length === 0))
      known.set(bucket, list);
  }
  return known;
};

/** Pure ASCII, so that V8 reads it with one byte per character. */
const asciiJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** Writes the snapshot anew. `snapshot` must be what the manifest of that counter proves. */
export const writeSnapshot = ({ sql, envelope }: Session, counter: number, snapshot: Snapshot): void => {
  const { leafTags, lists, bodies } = snapshot;
  const numbers = [laterForm, columnsForm, bodies.length, lists.secret.length / entryBytes].map(u32);
  const text = utf8(asciiJson(packBodies(bodies)));
  const content = concat([leafTags, ...numbers, lists.meta, lists.secret, text]);
  const sealed = envelope.seal('cache', integerId(key), counter, content);
  putNumbered(sql, 'cache', key, { revision: counter, sealed });
  envelope.wipe(content);
};
