// What the readers of containers share: where something lies, the purse, and how a part that cannot be read is named without
// ending the rest.
import type { PlaceKind } from '../../../core/model/finding.ts';
import { neutralise } from '../../../core/leaks/neutralise.ts';
import type { PieceSink } from '../source.ts';
import { Exhausted, type Budget } from './budget.ts';
import { bytesExtent, streamOf, Unreadable, type ByteStream } from './input.ts';

/** Where something lies, for people. */
export type Where = {
  readonly kind: PlaceKind;
  readonly path: string;
  /** Of a member: its name, behind those of the containers it is in. */
  readonly inside: string;
  /** How many containers it is in. */
  readonly depth: number;
};

export type Reading = {
  readonly sink: PieceSink;
  readonly budget: Budget;
  /** Reads a member whatever it is. `innerName` is added to its place where it turns out to be no container. */
  readonly member: (reading: Reading, stream: ByteStream, where: Where, innerName?: string) => void;
};

/** Kinds that say no more than where a file lies: what it holds says more. */
const weak: ReadonlySet<PlaceKind> = new Set(['working-file', 'bundle']);
export const innerKind = (outer: PlaceKind, inner: PlaceKind): PlaceKind => (weak.has(outer) ? inner : outer);

/** Longest name that is shown; the rest is cut. */
const maxNameBytes = 1_024;

/** A member's name as it stands in a container: never a path to write to, only words for people. */
export const memberName = (bytes: Uint8Array): string =>
  neutralise(bytes.length > maxNameBytes ? bytes.subarray(0, maxNameBytes) : bytes);

/** The place of a member. @param name already neutralised */
export const within = (where: Where, name: string, kind: PlaceKind = where.kind): Where => ({
  ...where,
  kind,
  inside: where.inside === '' ? name : `${where.inside}!${name}`,
  depth: where.depth + 1,
});

/** Does something about a part; what cannot be read of it is named. Only the end of the purse, or of patience, goes on upwards. */
export const guarded = (reading: Reading, where: Where, action: () => void): void => {
  try {
    action();
  } catch (problem) {
    if (problem instanceof Exhausted) {
      if (!problem.isNamed)
        reading.sink.notRead({ path: where.path, inside: where.inside, reason: problem.reason });
      problem.isNamed = true;
      throw problem;
    }
    if (!(problem instanceof Unreadable)) throw problem;
    reading.sink.notRead({ path: where.path, inside: where.inside, reason: problem.reason });
  }
};

/** Fills one room of the matcher, as full as it gets. @returns whether there may be more */
const fillRoom = ({ sink, budget }: Reading, stream: ByteStream, before: Uint8Array): boolean => {
  const room = sink.room();
  room.set(before);
  let length = before.length;
  try {
    while (length < room.length) {
      const done = stream.read(length === 0 ? room : room.subarray(length));
      if (done === 0) break;
      length += done;
      budget.spend(done);
    }
  } finally {
    // What was whole before something broke is matched.
    if (length > 0) sink.filled(length);
  }
  return length === room.length;
};

/** Gives bytes to the matcher as one piece, read straight into its room. `head` was read from the stream before. */
export const givePlain = (
  reading: Reading,
  stream: ByteStream,
  where: Where,
  head: Uint8Array = new Uint8Array(0),
  hasLines = true,
): void => {
  const { sink } = reading;
  sink.begin({ kind: where.kind, path: where.path, inside: where.inside, commit: null, hasLines });
  try {
    let before = head;
    while (fillRoom(reading, stream, before)) before = new Uint8Array(0);
  } finally {
    sink.end();
  }
};

/** Reads a stream to its end into memory. To be wiped and released by the size of the result. */
const holdStream = (reading: Reading, stream: ByteStream, expected: number): Uint8Array => {
  const { budget } = reading;
  let size = Math.max(1_024, Math.min(expected, budget.limits.heldBytes));
  budget.hold(size);
  let bytes = new Uint8Array(size);
  let length = 0;
  try {
    for (;;) {
      const done = stream.read(bytes.subarray(length));
      if (done === 0) break;
      length += done;
      budget.spend(done);
      if (length < size) continue;
      budget.hold(size);
      size *= 2;
      const larger = new Uint8Array(size);
      larger.set(bytes);
      bytes.fill(0);
      bytes = larger;
    }
  } catch (problem) {
    bytes.fill(0);
    budget.release(size);
    throw problem;
  }
  budget.release(size - length);
  return bytes.subarray(0, length);
};

/** Lends what has to be seen as a whole; wiped when `action` ends. @param expected its size, as far as it is known */
export const withHeld = (
  reading: Reading,
  stream: ByteStream,
  action: (bytes: Uint8Array) => void,
  expected = 65_536,
): void => {
  const bytes = holdStream(reading, stream, expected);
  try {
    action(bytes);
  } finally {
    bytes.fill(0);
    reading.budget.release(bytes.length);
  }
};

/** Gives bytes that were made, and wipes them. */
export const giveMade = (reading: Reading, bytes: Uint8Array, where: Where): void => {
  try {
    givePlain(reading, streamOf(bytesExtent(bytes)), where);
  } finally {
    bytes.fill(0);
  }
};
