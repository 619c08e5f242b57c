// What a person wants looked after about pasted keys, and what was changed in a file for them. Records of the vault. docs/scanning.md §4.
import type { RecordId } from './ids.ts';

/** A folder or file in which keys are looked for. */
export type LeakRoot = {
  /** Absolute. */
  readonly path: string;
  readonly chosen: boolean;
  /** Whether the history of repositories below it is read as well. */
  readonly history: boolean;
  readonly watched: boolean;
};

/** What a person said of one well-known place: read and watched, or left out. Of all others holds what was proposed. */
export type PlaceChoice = {
  /** Absolute. */
  readonly path: string;
  readonly chosen: boolean;
};

/** What the last scan did, for whoever asks after a lock: counts, no path. Times are epoch milliseconds. */
export type LastScan = {
  readonly state: 'done' | 'cancelled';
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly filesScanned: number;
  readonly bytesScanned: number;
  readonly filesUnchanged: number;
  readonly findings: number;
  /** Reasons as the version that wrote it calls them. */
  readonly notRead: readonly { readonly reason: string; readonly count: number }[];
};

/** One per vault at most. */
export type LeakCare = {
  readonly type: 'leak-care';
  /** 64 hexadecimal digits, random: makes the marks of findings, and stays when the vault key is replaced. */
  readonly markKey: string;
  readonly roots: readonly LeakRoot[];
  readonly watching: boolean;
  /** Absent in a record that was written before places were chosen one by one. */
  readonly placeChoices?: readonly PlaceChoice[];
  /** Absent before the first. */
  readonly lastScan?: LastScan;
};

/** A file that was changed for a finding. Its former bytes lie in secret records, in order. */
export type LeakScrub = {
  readonly type: 'leak-scrub';
  readonly findingId: RecordId;
  /** Absolute; the bytes of a path that is no UTF-8 are never scrubbed. */
  readonly path: string;
  readonly what: 'replace' | 'remove-line';
  /** Masked. */
  readonly before: string;
  readonly after: string;
  readonly atMs: number;
  /** The vault's fingerprint of what the file held after it: only such a file is put back. */
  readonly leftMark: string;
  readonly parts: readonly RecordId[];
  readonly undoneAtMs: number | null;
};
