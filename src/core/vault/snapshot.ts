// A sealed copy of all metadata bodies in one row (docs/vault-format-v1.md §8), so that opening a large vault opens one seal
// and not ten thousand. Trusted only entry by entry: where id, revision and tag are those of the proven set.
import type { JsonObject } from '../model/json.ts';
import { concat, integerId, readU32, u32, utf8 } from './bytes.ts';
import { entryBytes } from './leaves.ts';
import type { Session } from './session.ts';
import { putNumbered, readNumbered } from './tables.ts';

const decoder = new TextDecoder('utf-8', { fatal: true });
const key = 1;

export type Snapshot = { readonly list: Uint8Array; readonly bodies: readonly JsonObject[] };

const decode = (content: Uint8Array): Snapshot | null => {
  if (content.length < 4) return null;
  const count = readU32(content, 0);
  const listEnd = 4 + count * entryBytes;
  if (listEnd > content.length) return null;
  const bodies: unknown = JSON.parse(decoder.decode(content.subarray(listEnd)));
  if (!Array.isArray(bodies) || bodies.length !== count) return null;
  return { list: content.subarray(4, listEnd), bodies: bodies as readonly JsonObject[] };
};

/** Null where there is none or it is damaged: it is only ever a shortcut. */
export const readSnapshot = ({ sql, envelope }: Session): Snapshot | null => {
  const row = readNumbered(sql, 'cache', key);
  const content = row === null ? null : envelope.open('cache', integerId(key), row.revision, row.sealed);
  return content === null ? null : decode(content);
};

/**
 * Writes the snapshot anew.
 * @param list proven entries by ascending id
 * @param bodies canonical JSON of each entry's body, in the same order
 */
export const writeSnapshot = (
  { sql, envelope }: Session,
  counter: number,
  list: Uint8Array,
  bodies: readonly string[],
): void => {
  const content = concat([u32(bodies.length), list, utf8(`[${bodies.join(',')}]`)]);
  putNumbered(sql, 'cache', key, {
    revision: counter,
    sealed: envelope.seal('cache', integerId(key), counter, content),
  });
  envelope.wipe(content);
};
