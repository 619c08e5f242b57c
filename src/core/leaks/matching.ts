// What matching gives, whoever does it: positions in a buffer, never what stands there. docs/scanning.md §2.
import type { LeakEncoding } from '../model/finding.ts';

/** Number by which the scanner knows a secret; the agent alone knows whose it is. */
export type Slot = number;

/** Longest form of a value that is looked for, in bytes; chunks of a large piece overlap by so much. */
export const overlapBytes = 16_384;

export type KnownMatch = {
  readonly what: 'known';
  readonly slot: Slot;
  readonly encoding: LeakEncoding;
  /** Bytes of the buffer that hold the value, first and behind last. */
  readonly start: number;
  readonly end: number;
};

export type UnknownMatch = {
  readonly what: 'unknown';
  /** `provider/format`, or `generic`. */
  readonly pattern: string;
  readonly start: number;
  readonly end: number;
};

export type Match = KnownMatch | UnknownMatch;

/** Why something was not read; each is counted and named. */
export const notReadReasons = [
  'no-permission',
  'vanished',
  'too-large',
  'not-a-file',
  'link',
  'ignored-folder',
  'ignored-by-rule',
  'too-deep',
  'broken-archive',
  'too-many',
  'took-too-long',
  'read-failed',
  'network-folder',
  'encrypted',
  'unknown-format',
] as const;
export type NotReadReason = (typeof notReadReasons)[number];
export type NotRead = {
  readonly path: string;
  readonly inside: string;
  readonly reason: NotReadReason;
  /** How many things the entry stands for, such as all links of one folder, of which `path` is the first; 1 where absent. */
  readonly count?: number;
};
