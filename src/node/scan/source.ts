// What lies between those who read (files, archives, git) and those who match: pieces of bytes under a label. Synchronous, since a
// scan thread does one thing at a time and the reading is what costs. docs/scanning.md §3.
import type { LeakEncoding, Place, PlaceKind } from '../../core/model/finding.ts';
import type { NotRead, Slot } from '../../core/leaks/matching.ts';

/** What a piece is. Text for people: see Place. */
export type PieceLabel = {
  readonly kind: PlaceKind;
  readonly path: string;
  readonly inside: string;
  readonly commit: string | null;
  /** False where the bytes are no text with lines (packed objects, databases): matches get no line. */
  readonly hasLines: boolean;
  /** Of a piece that holds many objects of a repository: id of the one that the byte at `offset` belongs to, for `Place.commit`. */
  readonly objectAt?: (offset: number) => string | null;
};

/** Where a reader puts what it reads. Nothing that it is given is kept beyond the piece, but for the overlap of two chunks. */
export type PieceSink = {
  /** Begins a piece. */
  readonly begin: (label: PieceLabel) => void;
  /** Room to read into directly. */
  readonly room: () => Uint8Array;
  /** Says that so many bytes of the room were filled; they are matched. */
  readonly filled: (length: number) => void;
  /** For bytes that lie elsewhere: copies them, in as many rooms as they need. */
  readonly write: (bytes: Uint8Array) => void;
  /** Ends the piece. One of which nothing was filled is no piece: a reader may find out only from the room what it has before it. */
  readonly end: () => void;
  readonly notRead: (entry: NotRead) => void;
  /** True once nobody wants the rest: readers look between pieces and between chunks. */
  readonly cancelled: () => boolean;
};

/** What the scanner tells of one match: no value, nothing that a value could be guessed from. */
export type Sighting = {
  readonly slot: Slot | null;
  /** `provider/format` or `generic` of an unknown value. */
  readonly pattern: string | null;
  /** Keyed hash of an unknown value, hex. */
  readonly valueMark: string | null;
  readonly encoding: LeakEncoding;
  readonly place: Place;
  /** Of an unknown value; '' for a known one, whose mask the agent has. */
  readonly masked: string;
  /** The rest of the line on both sides, at most 60 characters each, neutralised, with every run that could be a value masked. */
  readonly before: string;
  readonly after: string;
  /** Bytes from the beginning of the piece, to find the place again; -1 where that means nothing. */
  readonly offset: number;
  readonly length: number;
};
