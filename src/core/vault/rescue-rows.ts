// Gathers from a damaged vault every row that still authenticates, on its own where tables or their lists no longer help, and says of
// each row that stays behind why. Reads only; part of rescue.ts.
import { toHex } from './bytes.ts';
import { tagOf } from './envelope.ts';
import type { Entry } from './leaves.ts';
import { bucketCount, entryAt, entryCount, findEntry, withEntry } from './leaves.ts';
import { tolerant } from './row-lists.ts';
import type { Leaf, Session } from './session.ts';
import type { SealedRow } from './tables.ts';
import { readIdsBetween, readRow } from './tables.ts';
import type { Damage, RecordTable } from './vault-types.ts';

export type Salvage = {
  readonly rows: readonly { readonly table: RecordTable; readonly id: Uint8Array; readonly row: SealedRow }[];
  /** Lists of what is taken along, by `table bucket`. */
  readonly lists: ReadonlyMap<
    string,
    { readonly table: RecordTable; readonly bucket: number; readonly list: Uint8Array }
  >;
  /** What stays behind. */
  readonly lost: readonly Damage[];
  /** What comes along, but may not be as it was last saved. */
  readonly doubtful: readonly Damage[];
};

type Found = { readonly ids: readonly Uint8Array[]; readonly hasGaps: boolean };

const fromIds = (ids: readonly Uint8Array[], more: readonly Uint8Array[]): readonly Uint8Array[] => [
  ...new Map([...ids, ...more].map((id) => [toHex(id), id])).values(),
];

/** Ids of a bucket; where its pages cannot be read in one go, of the 256 parts of it that can. */
const idsOfBucket = (session: Session, table: RecordTable, bucket: number): Found => {
  const first = Uint8Array.of(bucket);
  return tolerant<Found>(
    () => ({ ids: readIdsBetween(session.sql, table, first), hasGaps: false }),
    () => {
      const ids = Array.from({ length: 256 }, (_, second) =>
        tolerant(
          () => readIdsBetween(session.sql, table, Uint8Array.of(bucket, second)),
          () => [],
        ),
      ).flat();
      return { ids, hasGaps: true };
    },
  );
};

const rowOf = (session: Session, table: RecordTable, id: Uint8Array): SealedRow | null =>
  tolerant(
    () => readRow(session.sql, table, id),
    () => null,
  );

const opens = ({ envelope }: Session, table: RecordTable, id: Uint8Array, row: SealedRow): boolean => {
  if (!Number.isSafeInteger(row.revision) || row.revision < 0) return false;
  const content = envelope.open(table, id, row.revision, row.sealed);
  if (content !== null) envelope.wipe(content);
  return content !== null;
};

type Verdict = 'whole' | 'lost' | { readonly doubt: string };

const judge = (
  session: Session,
  table: RecordTable,
  id: Uint8Array,
  row: SealedRow | null,
  leaf: Leaf,
): Verdict => {
  if (row === null || !opens(session, table, id, row)) return 'lost';
  if (leaf === null) return { doubt: 'may not be the latest: the list that would prove it is damaged' };
  const listed = findEntry(leaf, id);
  // It was removed, and somebody put it back.
  if (listed === null) return 'lost';
  if (listed.revision !== row.revision) return { doubt: 'is an earlier version than the last one saved' };
  return toHex(listed.tag) === toHex(tagOf(row.sealed)) ? 'whole' : { doubt: 'is not the one last saved' };
};

const whyLost = (row: SealedRow | null, leaf: Leaf, id: Uint8Array): string => {
  if (leaf !== null && findEntry(leaf, id) === null) return 'does not belong to the vault';
  return row === null ? 'is missing or cannot be read from the disk' : 'cannot be opened';
};

const listedIds = (leaf: Leaf): readonly Uint8Array[] =>
  leaf === null ? [] : Array.from({ length: entryCount(leaf) }, (_, index) => entryAt(leaf, index).id);

/** Looks at every row that is there or should be. */
export const salvage = (session: Session): Salvage => {
  const rows: Salvage['rows'][number][] = [];
  const lists = new Map<string, { table: RecordTable; bucket: number; list: Uint8Array }>();
  const lost: Damage[] = [];
  const doubtful: Damage[] = [];
  for (const table of ['meta', 'secret'] as const)
    for (let bucket = 0; bucket < bucketCount; bucket += 1) {
      const leaf = session.leaves[table][bucket] ?? null;
      const { ids, hasGaps } = idsOfBucket(session, table, bucket);
      if (hasGaps && leaf === null)
        lost.push({
          table,
          id: `${toHex(Uint8Array.of(bucket))}*`,
          reason: 'some may be on pages that cannot be read',
        });
      let list: Uint8Array = new Uint8Array(0);
      for (const id of fromIds(ids, listedIds(leaf))) {
        if (id.length !== 16) continue;
        const row = rowOf(session, table, id);
        const verdict = judge(session, table, id, row, leaf);
        if (verdict === 'lost' || row === null) {
          lost.push({ table, id: toHex(id), reason: whyLost(row, leaf, id) });
          continue;
        }
        if (verdict !== 'whole') doubtful.push({ table, id: toHex(id), reason: verdict.doubt });
        rows.push({ table, id, row });
        list = withEntry(list, { id, revision: row.revision, tag: tagOf(row.sealed) } satisfies Entry);
      }
      if (list.length > 0) lists.set(`${table} ${bucket}`, { table, bucket, list });
    }
  return { rows, lists, lost, doubtful };
};
