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
  /** Absent: it stands there as it is. */
  readonly encoding?: 'utf-16' | 'base64' | 'base64url';
  /** Of base64: which bytes of what the place holds are the value. */
  readonly within?: { readonly start: number; readonly end: number };
};

export type Match = KnownMatch | UnknownMatch;

/** What must follow on a literal for the place to be worth judging. */
export type LiteralSequel =
  /** So many characters of a class, written as the inside of a regular expression's brackets. */
  | { readonly what: 'run'; readonly range: string; readonly least: number }
  /** The rest of a name, a sign of assignment, and a value of eight characters with a digit. */
  | { readonly what: 'assignment' }
  /** `user:password@`. */
  | { readonly what: 'credentials' };

/** A literal that leads to an unknown value: a key's fixed beginning, or a word before an assignment. Latin-1, at most 64 characters. */
export type PatternLiteral = {
  /** Small letters where `anyCase`. */
  readonly text: string;
  readonly anyCase: boolean;
  /** True where it must not stand within a word; what an escape ends with (`\n`, `%3D`) is none. */
  readonly beginsWord: boolean;
  readonly sequel: LiteralSequel;
};

/** Tells an unknown value from a text that only begins like one. Made by core/leaks/patterns; searched by node/scan/prefix-search.ts. */
export type UnknownJudge = {
  readonly prefixes: readonly PatternLiteral[];
  /**
   * Judges the place where a literal stands; looks at most `overlapBytes` in either direction. One that begins within the last
   * `overlapBytes` of a chunk that is not the last of its piece belongs to the next chunk: the caller does not ask.
   * @param bytes the chunk; may lie in shared memory
   * @param at where the literal begins
   * @param prefix index into `prefixes`
   */
  readonly judge: (bytes: Uint8Array, at: number, prefix: number) => UnknownMatch | null;
  /** What of a match may be shown. */
  readonly maskOf: (bytes: Uint8Array, match: UnknownMatch) => string;
};

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
