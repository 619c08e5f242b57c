// How much is read of one file at most. What goes beyond is named, never dropped in silence.

export type ReadLimits = {
  /** Bytes of one file, and of one member. */
  readonly fileBytes: number;
  /** Bytes that all members of one file may unpack to together. */
  readonly inflatedBytes: number;
  /** Times its own size a file may unpack to, once `freeBytes` are passed. */
  readonly ratio: number;
  readonly freeBytes: number;
  /** Containers within containers. */
  readonly depth: number;
  readonly members: number;
  /** What has to be held in memory as a whole to be read: a container within another, a document's text. */
  readonly heldBytes: number;
  /** For one file with everything in it. */
  readonly timeMs: number;
};

export const defaultLimits: ReadLimits = {
  fileBytes: 2 ** 31,
  inflatedBytes: 2 ** 31,
  ratio: 250,
  freeBytes: 2 ** 26,
  depth: 4,
  members: 100_000,
  heldBytes: 1.5 * 2 ** 26,
  timeMs: 60_000,
};
