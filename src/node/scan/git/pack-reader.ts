// Reads a pack: every object that is no tree once, and of a delta only what it adds, with the bytes around each border. What a delta
// copies was read in its base. docs/scanning.md §3.
import { readSync } from 'node:fs';
import type { NotReadReason } from '../../../core/leaks/matching.ts';
import type { Batch } from './batch.ts';
import type { GitEngine } from './git-engine.ts';
import type { Inflater } from './inflater.ts';
import type { RegularFile } from './pack-index.ts';
import type { PackPlan } from './pack-plan.ts';
import { sharesOf, type Share } from './pack-shares.ts';
import type { PackWindow } from './pack-window.ts';

export type PackReading = {
  readonly engine: GitEngine;
  readonly inflater: Inflater;
  readonly window: PackWindow;
  readonly batch: Batch;
  readonly pack: RegularFile;
  readonly plan: PackPlan;
  /** A large object as a piece of its own: gives the function that takes its bytes, and the one that ends it. */
  readonly large: (entry: number) => {
    readonly write: (bytes: Uint8Array) => void;
    readonly end: () => void;
  };
  readonly notRead: (reason: NotReadReason) => void;
  readonly cancelled: () => boolean;
};

/** Room for the objects that deltas still wait for. Deltas on larger ones are looked at as they are stored. */
const arenaBytes = 50_331_648;
/** The batch ends an object with this. */
const gap = Uint8Array.of(0xff, 0x00, 0xff);

type Held = { readonly entry: number; at: number; readonly bytes: number; next: number };

type Arena = {
  readonly start: number;
  readonly end: number;
  /** Bytes that deltas may still make: a small pack can say that it makes any number of them. */
  left: number;
};

/** What deltas may make: so much for each stored byte, and so much at any rate. Packs of large histories make 25 to 100. */
const madePerStored = 512;
const madeAtLeast = 2_147_483_648;
/** Largest object that is read to its end. */
export const mostObjectBytes = 2_147_483_648;

const alignment = 64;
const roundUp = (address: number): number => Math.ceil(address / alignment) * alignment;

/** First address behind what is held. */
const topOf = (held: readonly Held[], { start }: Arena): number => {
  const last = held.at(-1);
  return last === undefined ? start : roundUp(last.at + last.bytes + alignment);
};

/** Drops what no delta waits for any more, but for the last, and moves the rest together. */
const compact = (engine: GitEngine, held: Held[], arena: Arena): void => {
  let to = arena.start;
  const kept: Held[] = [];
  for (const [place, each] of held.entries()) {
    if (each.next < 0 && place < held.length - 1) continue;
    engine.bytes().copyWithin(to, each.at, each.at + each.bytes);
    each.at = to;
    kept.push(each);
    to = roundUp(to + each.bytes + alignment);
  }
  held.splice(0, held.length, ...kept);
};

const storedAt = ({ plan }: PackReading, entry: number): number =>
  (plan.offsets[entry] ?? 0) + (plan.heads[entry] ?? 0);
const storedEnd = ({ plan }: PackReading, entry: number): number => plan.offsets[entry + 1] ?? 0;

/** Inflates an entry to an address; whether it was what its head says. */
const inflateTo = (reading: PackReading, entry: number, out: number): boolean => {
  const from = storedAt(reading, entry);
  const length = storedEnd(reading, entry) - from;
  const at = reading.window.bring(from, length, (reading.plan.bases[entry] ?? -1) >= 0);
  const size = reading.plan.sizes[entry] ?? 0;
  return at >= 0 && reading.inflater.whole(at, at + length, out, size) === size;
};

/** Reads an entry portion by portion: it is too large for the arena, stored or inflated. */
const readLong = (reading: PackReading, entry: number): void => {
  let from = storedAt(reading, entry);
  const end = storedEnd(reading, entry);
  const piece = reading.large(entry);
  let left = reading.plan.sizes[entry] ?? 0;
  const isTooLarge = left > mostObjectBytes;
  left = Math.min(left, mostObjectBytes);
  const isWhole = reading.inflater.long(
    (to, length) => {
      const count = readSync(
        reading.pack.file,
        reading.engine.bytes(),
        to,
        Math.min(length, end - from),
        from,
      );
      from += count;
      return count;
    },
    (bytes) => {
      left -= bytes.length;
      if (left < 0) return false;
      piece.write(bytes);
      return !reading.cancelled();
    },
  );
  piece.end();
  if (isTooLarge) reading.notRead('too-large');
  else if (!isWhole || left < 0) reading.notRead('broken-archive');
};

/** What hangs on an object that could not be made: as it is stored, which holds whatever a delta puts in, if not its surroundings. */
const readApart = (reading: PackReading, from: number, reason: NotReadReason): void => {
  const waiting = [from];
  for (let entry = waiting.pop(); entry !== undefined && !reading.cancelled(); entry = waiting.pop()) {
    reading.notRead(reason);
    for (
      let next = reading.plan.firstDelta[entry] ?? -1;
      next >= 0;
      next = reading.plan.nextDelta[next] ?? -1
    ) {
      readLong(reading, next);
      waiting.push(next);
    }
  }
};

/** Hands an object over that lies in the arena. */
const giveWhole = (reading: PackReading, entry: number, at: number, bytes: number): void => {
  const { batch, engine } = reading;
  if (!batch.want(bytes + gap.length)) {
    const piece = reading.large(entry);
    piece.write(engine.bytes().subarray(at, at + bytes));
    piece.end();
    return;
  }
  const to = batch.at();
  engine.bytes().copyWithin(to, at, at + bytes);
  engine.bytes().set(gap, to + bytes);
  batch.wrote(to + bytes + gap.length, reading.plan.offsets[entry] ?? 0);
};

/** An object that nothing waits for: inflated where it is matched. False where it is too large for that. */
const giveLeaf = (reading: PackReading, entry: number): boolean => {
  const { batch, engine } = reading;
  const size = reading.plan.sizes[entry] ?? 0;
  if (!batch.want(size + gap.length)) return false;
  const to = batch.at();
  if (!inflateTo(reading, entry, to)) {
    reading.notRead('broken-archive');
    return true;
  }
  engine.bytes().set(gap, to + size);
  batch.wrote(to + size + gap.length, reading.plan.offsets[entry] ?? 0);
  return true;
};

/** Gives what a delta adds; `too-long` where that is more than a batch holds. */
const giveStrips = (
  reading: PackReading,
  entry: number,
  delta: number,
  deltaBytes: number,
  base: Held,
): 'given' | 'broken' | 'too-long' => {
  const { batch, engine } = reading;
  for (let tries = 0; tries < 2; tries += 1) {
    const end = engine.run.deltaStrips(delta, delta + deltaBytes, base.at, base.bytes, batch.at(), batch.end);
    if (end === 1) return 'broken';
    if (end > 1) {
      batch.wrote(end, reading.plan.offsets[entry] ?? 0);
      return 'given';
    }
    batch.flush();
  }
  return 'too-long';
};

/** Reads one delta on the last of what is held; gives what it makes where deltas wait for that. */
const readDelta = (reading: PackReading, arena: Arena, held: Held[], entry: number): Held | null => {
  const { engine, plan } = reading;
  const { slack } = engine;
  const size = plan.sizes[entry] ?? 0;
  const firstDelta = plan.firstDelta[entry] ?? -1;
  const delta = Math.floor((arena.end - size - slack) / alignment) * alignment;
  if (delta < topOf(held, arena)) compact(engine, held, arena);
  if (delta < topOf(held, arena)) {
    readLong(reading, entry);
    readApart(reading, entry, 'too-large');
    return null;
  }
  if (!inflateTo(reading, entry, delta)) {
    readApart(reading, entry, 'broken-archive');
    return null;
  }
  const base = held.at(-1);
  if (base === undefined) return null;
  const given = giveStrips(reading, entry, delta, size, base);
  if (given === 'given' && firstDelta < 0) return null;
  const bytes = engine.run.deltaResultBytes(delta, delta + size) >>> 0;
  if (given === 'broken' || bytes === 0xffffffff) {
    readLong(reading, entry);
    readApart(reading, entry, 'broken-archive');
    return null;
  }
  if (topOf(held, arena) + bytes + slack > delta) compact(engine, held, arena);
  const at = topOf(held, arena);
  if (at + bytes + slack > delta) {
    if (given === 'too-long') readLong(reading, entry);
    readApart(reading, entry, 'too-large');
    return null;
  }
  arena.left -= bytes;
  if (arena.left < 0) {
    if (given === 'too-long') readLong(reading, entry);
    readApart(reading, entry, 'took-too-long');
    return null;
  }
  if (engine.run.applyDelta(delta, delta + size, base.at, base.bytes, at, bytes) === 0) {
    readApart(reading, entry, 'broken-archive');
    return null;
  }
  if (given === 'too-long') giveWhole(reading, entry, at, bytes);
  return firstDelta < 0 ? null : { entry, at, bytes, next: firstDelta };
};

/** Reads an object that is stored whole; gives it where deltas wait for it. */
const readRoot = (reading: PackReading, arena: Arena, entry: number): Held | null => {
  const size = reading.plan.sizes[entry] ?? 0;
  const firstDelta = reading.plan.firstDelta[entry] ?? -1;
  const stored = storedEnd(reading, entry) - storedAt(reading, entry);
  const fits = stored <= reading.window.most && size + reading.engine.slack <= arena.end - arena.start;
  if (!fits) {
    readLong(reading, entry);
    if (firstDelta >= 0) readApart(reading, entry, 'too-large');
    return null;
  }
  if (firstDelta < 0 && giveLeaf(reading, entry)) return null;
  if (!inflateTo(reading, entry, arena.start)) {
    readApart(reading, entry, 'broken-archive');
    return null;
  }
  giveWhole(reading, entry, arena.start, size);
  return firstDelta < 0 ? null : { entry, at: arena.start, bytes: size, next: firstDelta };
};

const readFamily = (reading: PackReading, arena: Arena, root: number): void => {
  const first = readRoot(reading, arena, root);
  const held: Held[] = first === null ? [] : [first];
  while (!reading.cancelled()) {
    const base = held.at(-1);
    if (base === undefined) return;
    if (base.next < 0) {
      held.pop();
      continue;
    }
    const entry = base.next;
    base.next = reading.plan.nextDelta[entry] ?? -1;
    const made = readDelta(reading, arena, held, entry);
    if (made !== null) held.push(made);
  }
};

/** Reads the share's part of a pack. */
export const readPack = (reading: PackReading, share: Share): void => {
  const { engine, plan } = reading;
  const start = engine.take(arenaBytes + engine.slack);
  const shares = sharesOf(plan);
  const left = (shares.storedBytes / share.of) * madePerStored + madeAtLeast;
  const arena: Arena = { start, end: start + arenaBytes, left };
  shares.forShare(share, (entry) => {
    if (plan.kinds[entry] === 0) reading.notRead('broken-archive');
    else readFamily(reading, arena, entry);
    return !reading.cancelled();
  });
  reading.batch.flush();
};
