// A place where a key was pasted: what the vault keeps of it. Never the value, never text that holds one. docs/scanning.md §4.
import type { AskedState } from './key-log.ts';
import type { RecordId } from './ids.ts';
import type { KeyKind } from './key.ts';

/** What kind of place it is; decides severity together with the facts about it. */
export const placeKinds = [
  'working-file',
  'staged',
  'commit',
  'stash',
  'unreachable',
  'env-file',
  'shell-history',
  'transcript',
  'agent-settings',
  'mcp-config',
  'credentials-file',
  'log',
  'editor-history',
  'backup',
  'notebook',
  'bundle',
  'source-map',
  'archive',
  'database',
  'document',
  'terminal',
  'clipboard',
] as const;
export type PlaceKind = (typeof placeKinds)[number];

/** How the value stands there. */
export const leakEncodings = [
  'plain',
  'escaped',
  'percent',
  'base64',
  'base64url',
  'hex',
  'utf-16',
  'base64-utf-16',
  'joined',
] as const;
export type LeakEncoding = (typeof leakEncodings)[number];

export const findingStates = ['open', 'accepted', 'gone', 'resolved', 'returned'] as const;
export type FindingState = (typeof findingStates)[number];

export const severities = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof severities)[number];

/** Where. Paths are text for people: bytes that are no UTF-8 and control characters stand as \xNN. */
export type Place = {
  readonly kind: PlaceKind;
  /** Absolute path of the file, or of the repository's top folder for what lies in its history. */
  readonly path: string;
  /** Path inside: of a file in a commit, of a member in an archive (members of members by `!`), a table and column; '' for the file itself. */
  readonly inside: string;
  /** Commit or object id, hex; null where there is none. */
  readonly commit: string | null;
  /** From 1; null where lines mean nothing. Columns count characters. */
  readonly line: number | null;
  readonly column: number | null;
};

/** Facts that were read offline about the place when it was last seen. Null: not known. */
export type PlaceFacts = {
  /** In a commit that a remote-tracking branch holds. */
  readonly pushed: boolean | null;
  /** A remote of the repository is at a public host under an address that anybody may read. */
  readonly publicRemote: boolean | null;
  /** Not tracked and ignored by git. */
  readonly ignored: boolean | null;
  /** Below a folder that a cloud service synchronises: its name, such as `Dropbox`. */
  readonly synchronised: string | null;
  /** Readable for other users of the machine. */
  readonly othersCanRead: boolean | null;
};

/** Record of the vault, `type: 'finding'`. Times are epoch milliseconds. */
export type Finding = {
  readonly type: 'finding';
  /** Stable mark: the same finding has it in every scan. */
  readonly mark: string;
  /** Of a known key: null for an unknown value. */
  readonly keyId: RecordId | null;
  readonly versionId: RecordId | null;
  readonly field: string | null;
  /** Of an unknown value: which format it fits (`provider/format`, or `generic`). */
  readonly pattern: string | null;
  readonly provider: string | null;
  readonly kind: KeyKind;
  /** Groups places of the same unknown value; keyed, means nothing elsewhere. */
  readonly valueMark: string | null;
  readonly encoding: LeakEncoding;
  readonly place: Place;
  readonly facts: PlaceFacts;
  readonly masked: string;
  readonly firstSeenMs: number;
  readonly lastSeenMs: number;
  readonly state: FindingState;
  readonly stateAtMs: number;
  /** Of an accepted one. `untilMs` is when it opens again. */
  readonly accepted: { readonly reason: string; readonly untilMs: number } | null;
  /** What its provider said of exactly this value when a person asked: of an unknown value, or of an earlier version. */
  readonly asked: { readonly state: AskedState; readonly reason: string; readonly atMs: number } | null;
};
