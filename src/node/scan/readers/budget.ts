// What one file with everything in it may still cost. Each reader spends from the same purse, so that archives within archives
// cannot multiply what each of them is allowed.
import type { PieceSink } from '../source.ts';
import type { NotReadReason } from '../../../core/leaks/matching.ts';
import { Unreadable } from './input.ts';
import type { ReadLimits } from './limits.ts';

/** Nothing more of the whole file is read: the purse is empty, the time is over, or nobody wants the rest. */
export class Exhausted extends Error {
  readonly reason: NotReadReason;
  isNamed: boolean;
  constructor(reason: NotReadReason, isNamed = false) {
    super(reason);
    this.reason = reason;
    this.isNamed = isNamed;
  }
}

export type Budget = {
  readonly limits: ReadLimits;
  /** Counts unpacked bytes; throws `Exhausted` behind the last, and when the time is over. */
  readonly spend: (bytes: number) => void;
  /** Counts a member. */
  readonly member: () => void;
  /** For bytes that are held in memory as a whole; to be released. */
  readonly hold: (bytes: number) => void;
  readonly release: (bytes: number) => void;
};

/** @param packedBytes size of the file that lies on the disk */
export const createBudget = (
  packedBytes: number,
  limits: ReadLimits,
  sink: PieceSink,
  nowMs: () => number,
): Budget => {
  const most = Math.min(limits.inflatedBytes, Math.max(limits.freeBytes, limits.ratio * packedBytes));
  const endMs = nowMs() + limits.timeMs;
  let spent = 0;
  let members = 0;
  let held = 0;
  const look = (): void => {
    if (sink.cancelled()) throw new Exhausted('took-too-long', true);
    if (nowMs() > endMs) throw new Exhausted('took-too-long');
  };
  return {
    limits,
    spend: (bytes) => {
      spent += bytes;
      if (spent > most) throw new Exhausted('too-large');
      look();
    },
    member: () => {
      members += 1;
      if (members > limits.members) throw new Exhausted('too-many');
      if (members % 64 === 0) look();
    },
    hold: (bytes) => {
      if (held + bytes > limits.heldBytes) throw new Unreadable('too-large');
      held += bytes;
    },
    release: (bytes) => {
      held -= bytes;
    },
  };
};
