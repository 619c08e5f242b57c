// Index of a pack (gitformat-pack(5), version 1 and 2): where its entries begin, and which object is which. Nothing in it is believed:
// an index that does not fit its own length, or its pack, is none.
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { fail } from '../../../core/model/app-error.ts';
import { ok, type Result } from '../../../core/model/result.ts';

export type RegularFile = { readonly file: number; readonly bytes: number };

/** Opens a regular file for reading; throws where it is none. Never waits for the other end of a pipe. */
export const openRegular = (path: string): RegularFile => {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const facts = fstatSync(file);
  if (facts.isFile()) return { file, bytes: facts.size };
  closeSync(file);
  throw Object.assign(new Error('no regular file'), { code: 'EINVAL' });
};

export type PackIndex = {
  /** Where entries begin, upwards, each once. */
  readonly offsets: Float64Array;
  /** Id of the object that begins there, as hex; null where the index is gone or changed. May be asked after the file was closed. */
  readonly idAt: (offset: number) => string | null;
  /** Where an object begins; -1 where the pack has it not. The file must be open. */
  readonly offsetOf: (id: Uint8Array) => number;
};

const fanoutBytes = 1_024;
const magic = 0xff744f63;
const portionEntries = 65_536;
/** More objects than this are more than a pack of ours is planned for; the memory for it is theirs to fill. */
const mostObjects = 16_000_000;

type Layout = {
  readonly version: 1 | 2;
  readonly count: number;
  readonly fanout: Uint32Array;
  readonly ids: number;
  readonly idStep: number;
  readonly offsets: number;
  readonly offsetStep: number;
  readonly long: number;
  readonly longCount: number;
};

const readAt = (file: number, length: number, at: number): Buffer => {
  const bytes = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const count = readSync(file, bytes, filled, length - filled, at + filled);
    if (count === 0) throw new Error('shorter than it was');
    filled += count;
  }
  return bytes;
};

const readLayout = ({ file, bytes }: RegularFile, idBytes: number): Layout | null => {
  if (bytes < fanoutBytes + 2 * idBytes) return null;
  const head = readAt(file, 8, 0);
  const version = head.readUInt32BE(0) === magic ? 2 : 1;
  if (version === 2 && head.readUInt32BE(4) !== 2) return null;
  const start = version === 2 ? 8 : 0;
  if (bytes < start + fanoutBytes + 2 * idBytes) return null;
  const table = readAt(file, fanoutBytes, start);
  const fanout = Uint32Array.from({ length: 256 }, (_, at) => table.readUInt32BE(at * 4));
  for (let at = 1; at < 256; at += 1) if ((fanout[at] ?? 0) < (fanout[at - 1] ?? 0)) return null;
  const count = fanout[255] ?? 0;
  const ids = start + fanoutBytes;
  const trailer = 2 * idBytes;
  if (version === 1) {
    const idStep = idBytes + 4;
    if (bytes !== ids + count * idStep + trailer) return null;
    return {
      version,
      count,
      fanout,
      ids: ids + 4,
      idStep,
      offsets: ids,
      offsetStep: idStep,
      long: 0,
      longCount: 0,
    };
  }
  const offsets = ids + count * (idBytes + 4);
  const long = offsets + count * 4;
  const longCount = (bytes - long - trailer) / 8;
  if (longCount < 0 || !Number.isInteger(longCount) || longCount > count) return null;
  return { version, count, fanout, ids, idStep: idBytes, offsets, offsetStep: 4, long, longCount };
};

/** Calls `each` with every offset, in the order of ids; `each` ends it by giving true. */
const forOffsets = (
  index: RegularFile,
  layout: Layout,
  each: (offset: number, at: number) => boolean | void,
): void => {
  const { count, offsets, offsetStep, long, longCount } = layout;
  const longs = longCount > 0 ? readAt(index.file, longCount * 8, long) : null;
  for (let from = 0; from < count; from += portionEntries) {
    const here = Math.min(portionEntries, count - from);
    const table = readAt(index.file, (here - 1) * offsetStep + 4, offsets + from * offsetStep);
    for (let at = 0; at < here; at += 1) {
      let offset = table.readUInt32BE(at * offsetStep);
      if (layout.version === 2 && offset >= 0x80000000) {
        const which = (offset - 0x80000000) * 8;
        offset = longs !== null && which < longs.length ? Number(longs.readBigUInt64BE(which)) : -1;
      }
      if (each(offset, from + at) === true) return;
    }
  }
};

/** Upwards, each once, those outside the pack left out. */
const sortedOffsets = (index: RegularFile, layout: Layout, packEnd: number): Float64Array => {
  const all = new Float64Array(layout.count);
  let count = 0;
  forOffsets(index, layout, (offset) => {
    if (offset >= 12 && offset < packEnd) {
      all[count] = offset;
      count += 1;
    }
  });
  const sorted = all.subarray(0, count).sort();
  let kept = 0;
  for (const offset of sorted)
    if (kept === 0 || sorted[kept - 1] !== offset) {
      sorted[kept] = offset;
      kept += 1;
    }
  return sorted.subarray(0, kept);
};

const findOffset = (index: RegularFile, layout: Layout, id: Uint8Array, idBytes: number): number => {
  const first = id[0] ?? 0;
  let low = first === 0 ? 0 : (layout.fanout[first - 1] ?? 0);
  let high = layout.fanout[first] ?? 0;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const order = Buffer.compare(readAt(index.file, idBytes, layout.ids + middle * layout.idStep), id);
    if (order === 0) {
      const short = readAt(index.file, 4, layout.offsets + middle * layout.offsetStep).readUInt32BE(0);
      if (layout.version === 1 || short < 0x80000000) return short;
      const which = short - 0x80000000;
      return which < layout.longCount
        ? Number(readAt(index.file, 8, layout.long + which * 8).readBigUInt64BE(0))
        : -1;
    }
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return -1;
};

const broken = fail(
  'damaged',
  'The index of a pack is not what its length says.',
  'Run git fsck in the repository.',
);

/** Place of a number in an upward list; -1 where it is not in it. */
export const placeIn = (sorted: Float64Array, wanted: number, length = sorted.length): number => {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low < length && sorted[low] === wanted ? low : -1;
};

/** A list of what stands where is made once it is asked that often: mostly nothing is found, and nobody asks. */
const asksBeforeTable = 4;

const createIdLookup = (path: string, layout: Layout, offsets: Float64Array, idBytes: number) => {
  let asked = 0;
  /** For each offset, upwards, which entry of the index says it. */
  let table: Uint32Array | null = null;

  const tableOf = (index: RegularFile): Uint32Array => {
    const made = new Uint32Array(offsets.length);
    forOffsets(index, layout, (offset, at) => {
      const place = placeIn(offsets, offset);
      if (place >= 0) made[place] = at;
    });
    return made;
  };

  const find = (index: RegularFile, wanted: number): number => {
    asked += 1;
    if (asked > asksBeforeTable) {
      table ??= tableOf(index);
      return table[placeIn(offsets, wanted)] ?? -1;
    }
    let found = -1;
    forOffsets(index, layout, (offset, at) => {
      if (offset === wanted) found = at;
      return offset === wanted;
    });
    return found;
  };

  const look = (wanted: number): string | null => {
    try {
      const index = openRegular(path);
      try {
        const at = find(index, wanted);
        return at < 0 ? null : readAt(index.file, idBytes, layout.ids + at * layout.idStep).toString('hex');
      } finally {
        closeSync(index.file);
      }
    } catch {
      return null;
    }
  };

  // An object that holds something mostly holds it several times.
  let last = { wanted: -1, id: null as string | null };
  return (wanted: number): string | null => {
    if (last.wanted !== wanted) last = { wanted, id: look(wanted) };
    return last.id;
  };
};

/**
 * Reads an index.
 * @param path of the index, to open it again
 * @param idBytes 20, or 32 in a repository of SHA-256
 * @param packEnd where the pack's entries end
 */
export const readPackIndex = (
  index: RegularFile,
  path: string,
  idBytes: number,
  packEnd: number,
): Result<PackIndex> => {
  const layout = readLayout(index, idBytes);
  if (layout === null || layout.count > mostObjects) return broken;
  const offsets = sortedOffsets(index, layout, packEnd);
  return ok({
    offsets,
    idAt: createIdLookup(path, layout, offsets, idBytes),
    offsetOf: (id) => findOffset(index, layout, id, idBytes),
  });
};
