// What the vault's side and the scanner say to each other over the scanner's socket. docs/scanning.md §1. Both ends check what they get:
// strict shapes, every list and string bounded. A frame is one byte that says what it is, then JSON or a part of a table.
import * as v from 'valibot';
import {
  encoding,
  longPath,
  notReadReason,
  placeKind,
  placeView,
  scanState,
} from '../../contract/leak-shapes.ts';
import * as s from '../../contract/shapes.ts';

/** Longest frame either end takes. Tables are longer and come in portions. */
export const maxScanFrame = 4 * 1024 * 1024;
export const portionBytes = 1024 * 1024;
export const maxParts = 16;
/** Of one table: 10,000 keys need some 300 MB at most. */
export const maxPartBytes = 512 * 1024 * 1024;

const text = v.pipe(v.string(), v.maxLength(2_000));
const short = v.pipe(v.string(), v.maxLength(300));
const paths = v.pipe(v.array(longPath), v.maxLength(50_000));
const scanId = v.pipe(v.string(), v.maxLength(40));

export const watchRoots = v.pipe(v.array(longPath), v.maxLength(1_000));

/** What is to be read. Paths are absolute. */
export const scanPlan = v.strictObject({
  roots: v.pipe(v.array(v.strictObject({ path: longPath, history: v.boolean() })), v.maxLength(1_000)),
  /** The staged changes of the repositories at the roots, and nothing else. */
  staged: v.boolean(),
  /** Well-known places, as files and folders. */
  places: watchRoots,
  /** Folder of the sockets of tmux, whose servers are asked what they hold; null: they are not. */
  terminals: v.nullable(longPath),
  /** Formats without a prefix and the generic rule as well. */
  allPatterns: v.boolean(),
  /** Also what did not change since the last scan. */
  everything: v.boolean(),
});
export type ScanPlan = v.InferOutput<typeof scanPlan>;

/** From the vault's side. */
export const orders = {
  /** First. `keeps`: the agent that stays; its tables are those of watching, and what was seen while locked is handed to it. */
  hello: v.strictObject({ what: v.literal('hello'), keeps: v.boolean() }),
  /** Announces tables: so many parts of so many bytes. What each is, is in the head, which the matcher understands. */
  tables: v.strictObject({
    what: v.literal('tables'),
    generation: scanId,
    head: v.pipe(v.string(), v.maxLength(200_000)),
    parts: v.pipe(v.array(v.pipe(s.count, v.maxValue(maxPartBytes))), v.maxLength(maxParts)),
  }),
  /** The lasting tables were written anew, or are gone. */
  lasting: v.strictObject({ what: v.literal('lasting') }),
  watch: v.strictObject({
    what: v.literal('watch'),
    on: v.boolean(),
    roots: watchRoots,
    /** Well-known places. */
    places: watchRoots,
    /** Folder of the sockets of tmux, whose servers are asked what was copied; null: they are not. */
    terminals: v.optional(v.nullable(longPath), null),
  }),
  /** `places`: where findings are; the scanner says when it has read one of them. */
  scan: v.strictObject({ what: v.literal('scan'), id: scanId, plan: scanPlan, places: paths }),
  /** Announces the index of the next scan, in portions of its own. */
  index: v.strictObject({ what: v.literal('index'), bytes: v.pipe(s.count, v.maxValue(maxPartBytes)) }),
  pause: v.strictObject({ what: v.literal('pause'), id: scanId }),
  resume: v.strictObject({ what: v.literal('resume'), id: scanId }),
  cancel: v.strictObject({ what: v.literal('cancel'), id: scanId }),
} as const;

export const sighting = v.strictObject({
  slot: v.nullable(s.count),
  pattern: v.nullable(short),
  valueMark: v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{16,64}$/))),
  encoding,
  place: placeView,
  masked: short,
  before: short,
  after: short,
  offset: v.pipe(v.number(), v.integer()),
  length: s.count,
  /** What the repository says, where it lies in one. */
  git: v.strictObject({ pushed: v.nullable(v.boolean()), publicRemote: v.nullable(v.boolean()) }),
});

export const progressShape = v.strictObject({
  state: scanState,
  label: longPath,
  filesScanned: s.count,
  bytesScanned: s.count,
  filesUnchanged: s.count,
  bytesTotal: v.nullable(s.count),
  msLeft: v.nullable(s.count),
  notRead: v.pipe(v.array(v.strictObject({ reason: notReadReason, count: s.count })), v.maxLength(40)),
  notReadSamples: v.pipe(
    v.array(v.strictObject({ path: longPath, inside: longPath, reason: notReadReason })),
    v.maxLength(200),
  ),
});
export type ScanProgress = v.InferOutput<typeof progressShape>;

export const watchState = v.strictObject({
  watching: v.boolean(),
  folders: s.count,
  polling: s.count,
  warnings: v.pipe(v.array(text), v.maxLength(50)),
});
export type WatchState = v.InferOutput<typeof watchState>;

/** From the scanner. */
export const news = {
  welcome: v.strictObject({
    what: v.literal('welcome'),
    /** Seen while nobody could be told, and not kept for want of room. */
    lost: s.count,
    watch: watchState,
  }),
  /** The tables are in place. */
  ready: v.strictObject({ what: v.literal('ready'), generation: scanId }),
  /**
   * Everything that one file held, in order; `scan` is null for what watching saw. `generation` says whose slots they are: those of the
   * session, or of the lasting tables.
   */
  seen: v.strictObject({
    what: v.literal('seen'),
    scan: v.nullable(scanId),
    generation: scanId,
    atMs: s.timeMs,
    path: longPath,
    kind: v.nullable(placeKind),
    /** The whole of the place was read: what was found there before and is not in the list is gone. */
    whole: v.boolean(),
    scope: v.picklist(['file', 'staged', 'history']),
    list: v.pipe(v.array(sighting), v.maxLength(1_000)),
    /** Not sent for want of room. */
    more: s.count,
  }),
  /** Announces the index as it is after the scan; its portions follow. */
  index: v.strictObject({
    what: v.literal('index'),
    id: scanId,
    bytes: v.pipe(s.count, v.maxValue(maxPartBytes)),
  }),
  progress: v.strictObject({ what: v.literal('progress'), id: scanId, progress: progressShape }),
  done: v.strictObject({ what: v.literal('done'), id: scanId, progress: progressShape }),
  watch: v.strictObject({ what: v.literal('watch'), watch: watchState }),
} as const;

type Union<T extends Readonly<Record<string, v.GenericSchema>>> = {
  [K in keyof T]: v.InferOutput<T[K]>;
}[keyof T];
export type ScanOrder = Union<typeof orders>;
export type ScanNews = Union<typeof news>;
export type SeenFile = v.InferOutput<typeof news.seen>;

const jsonKind = 0;
const partKind = 1;
const indexPart = 255;

/** A portion of a table, or of the index, which has no number of its own. */
export type Portion = { readonly part: number | 'index'; readonly bytes: Uint8Array };
export type ScanFrame<M> = { readonly message: M } | { readonly portion: Portion };

/** The bytes of a frame, without its length. */
export const frameOfMessage = (message: ScanOrder | ScanNews): Uint8Array => {
  const json = new TextEncoder().encode(JSON.stringify(message));
  const frame = new Uint8Array(json.length + 1);
  frame[0] = jsonKind;
  frame.set(json, 1);
  return frame;
};

export const frameOfPortion = ({ part, bytes }: Portion): Uint8Array => {
  const frame = new Uint8Array(bytes.length + 2);
  frame[0] = partKind;
  frame[1] = part === 'index' ? indexPart : part;
  frame.set(bytes, 2);
  return frame;
};

const readPortion = (frame: Uint8Array): Portion | null => {
  const number = frame[1];
  if (number === undefined || (number >= maxParts && number !== indexPart)) return null;
  return { part: number === indexPart ? 'index' : number, bytes: frame.subarray(2) };
};

const readJson = (frame: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(frame.subarray(1)));
  } catch {
    return null;
  }
};

const readFrame =
  <M>(shapes: Readonly<Record<string, v.GenericSchema>>) =>
  (frame: Uint8Array): ScanFrame<M> | null => {
    if (frame[0] === partKind) {
      const portion = readPortion(frame);
      return portion === null ? null : { portion };
    }
    const json = frame[0] === jsonKind ? readJson(frame) : null;
    if (typeof json !== 'object' || json === null || !('what' in json) || typeof json.what !== 'string')
      return null;
    const shape = Object.hasOwn(shapes, json.what) ? shapes[json.what] : undefined;
    const parsed = shape === undefined ? null : v.safeParse(shape, json);
    return parsed?.success === true ? { message: parsed.output as M } : null;
  };

/** Reads what the vault's side sent; null where it is nothing that it may say. */
export const readOrder = readFrame<ScanOrder>(orders);
/** Reads what the scanner sent; null where it is nothing that it may say. */
export const readNews = readFrame<ScanNews>(news);
