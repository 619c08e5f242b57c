// What is to be read of a pack, and in which order: every object that is no tree once, each delta right after its base, so that the
// base is still there. Reads the heads of all entries; what they say is checked, and a delta without a base is known as such.
import { readSync } from 'node:fs';
import type { GitEngine } from './git-engine.ts';
import { placeIn, type PackIndex, type RegularFile } from './pack-index.ts';

export const treeKind = 2;

export type PackPlan = {
  readonly count: number;
  /** Where each entry begins, and behind the last where it ends. */
  readonly offsets: Float64Array;
  /** Kind of the object: 1 commit, 2 tree, 3 blob, 4 tag; 0 where nobody knows, since its base is missing or it is its own. */
  readonly kinds: Uint8Array;
  readonly heads: Uint8Array;
  readonly sizes: Uint32Array;
  /** Index of the base; -1 for what is stored whole. */
  readonly bases: Int32Array;
  /** First delta on it, and the next on the same base; -1 for none. */
  readonly firstDelta: Int32Array;
  readonly nextDelta: Int32Array;
};

const portionBytes = 1_048_576;
const behindPortion = 64;
const baseById = -2;
const brokenBase = -3;

const fill = (file: number, into: Uint8Array, at: number, length: number, position: number): number => {
  let filled = 0;
  while (filled < length) {
    const count = readSync(file, into, at + filled, length - filled, position + filled);
    if (count === 0) break;
    filled += count;
  }
  return filled;
};

type Addresses = Readonly<Record<'offsets' | 'kinds' | 'heads' | 'sizes' | 'bases', number>>;

/** Reads all heads, portion by portion. */
const readHeads = (engine: GitEngine, pack: RegularFile, count: number, at: Addresses, idBytes: number) => {
  const before = engine.end();
  const portion = engine.take(portionBytes + behindPortion);
  const packEnd = pack.bytes - idBytes;
  const offsets = new Float64Array(engine.bytes().buffer, at.offsets, count + 1);
  for (let next = 0; next < count;) {
    const from = offsets[next] ?? 0;
    const length = fill(pack.file, engine.bytes(), portion, Math.min(portionBytes, packEnd - from), from);
    engine.bytes().fill(0, portion + length, portion + length + behindPortion);
    const isLast = length < portionBytes || from + length >= packEnd;
    const reached = engine.run.packHeads(
      portion,
      from,
      length,
      isLast ? 1 : 0,
      at.offsets,
      next,
      count,
      at.kinds,
      at.heads,
      at.sizes,
      at.bases,
      idBytes,
    );
    // The file became shorter: the rest has no heads.
    if (reached === next) break;
    next = reached;
  }
  engine.release(before);
};

/** Bases that are named by id, as in packs that were made for the wire. */
const findBasesById = (pack: RegularFile, plan: PackPlan, index: PackIndex, idBytes: number): void => {
  const id = new Uint8Array(idBytes);
  for (let at = 0; at < plan.count; at += 1) {
    if (plan.bases[at] !== baseById) continue;
    const idAt = (plan.offsets[at] ?? 0) + (plan.heads[at] ?? 0) - idBytes;
    const isRead = fill(pack.file, id, 0, idBytes, idAt) === idBytes;
    const base = isRead ? placeIn(plan.offsets, index.offsetOf(id), plan.count) : -1;
    plan.bases[at] = base < 0 ? brokenBase : base;
  }
};

const unknownKind = 0;
const onTheWay = 255;

/** Gives every delta the kind of what it is a delta on, at the end of all; 0 where there is no end, or a circle. */
const inheritKinds = ({ count, kinds, bases }: PackPlan): void => {
  const isKnown = new Uint8Array(count);
  const path: number[] = [];
  for (let first = 0; first < count; first += 1) {
    let at = first;
    while (isKnown[at] === 0 && (bases[at] ?? brokenBase) >= 0) {
      isKnown[at] = onTheWay;
      path.push(at);
      at = bases[at] ?? 0;
    }
    const isWhole = bases[at] === -1;
    const kind = isKnown[at] === onTheWay || (isKnown[at] === 0 && !isWhole) ? unknownKind : (kinds[at] ?? 0);
    if (isKnown[at] === 0) kinds[at] = kind;
    isKnown[at] = 1;
    for (const each of path) {
      kinds[each] = kind;
      isKnown[each] = 1;
    }
    path.length = 0;
  }
};

const linkDeltas = ({ count, kinds, bases, firstDelta, nextDelta }: PackPlan): void => {
  firstDelta.fill(-1);
  for (let at = count - 1; at >= 0; at -= 1) {
    const base = bases[at] ?? -1;
    if (base < 0 || kinds[at] === unknownKind) continue;
    nextDelta[at] = firstDelta[base] ?? -1;
    firstDelta[base] = at;
  }
};

/** Plans a pack. The plan lies in the engine's memory; release it with what was taken since. */
export const planPack = (
  engine: GitEngine,
  pack: RegularFile,
  index: PackIndex,
  idBytes: number,
): PackPlan => {
  const count = index.offsets.length;
  const at = {
    offsets: engine.take((count + 1) * 8),
    sizes: engine.take(count * 4),
    bases: engine.take(count * 4),
    firstDelta: engine.take(count * 4),
    nextDelta: engine.take(count * 4),
    kinds: engine.take(count),
    heads: engine.take(count),
  };
  // Room for the heads is taken before views are made: they see the memory as it is then.
  engine.release(engine.take(portionBytes + behindPortion));
  const { buffer } = engine.bytes();
  const plan: PackPlan = {
    count,
    offsets: new Float64Array(buffer, at.offsets, count + 1),
    kinds: new Uint8Array(buffer, at.kinds, count).fill(0),
    heads: new Uint8Array(buffer, at.heads, count),
    sizes: new Uint32Array(buffer, at.sizes, count),
    bases: new Int32Array(buffer, at.bases, count).fill(brokenBase),
    firstDelta: new Int32Array(buffer, at.firstDelta, count),
    nextDelta: new Int32Array(buffer, at.nextDelta, count).fill(-1),
  };
  plan.offsets.set(index.offsets);
  plan.offsets[count] = pack.bytes - idBytes;
  readHeads(engine, pack, count, at, idBytes);
  findBasesById(pack, plan, index, idBytes);
  inheritKinds(plan);
  linkDeltas(plan);
  return plan;
};
