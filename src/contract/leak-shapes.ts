// What is said about pasted keys across a process border: places and masks, never a value. docs/scanning.md.
import * as v from 'valibot';
import * as s from './shapes.ts';

const words = v.pipe(v.string(), v.maxLength(2_000));
const shortText = v.pipe(v.string(), v.maxLength(300));
const longPath = v.pipe(v.string(), v.maxLength(16_384));

/** Lists as in core/model/finding.ts, whose values stay there: what the agent shows is held to them by type. */
export const placeKind = v.picklist([
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
]);
export const encoding = v.picklist([
  'plain',
  'escaped',
  'percent',
  'base64',
  'base64url',
  'hex',
  'utf-16',
  'base64-utf-16',
  'joined',
]);
export const findingState = v.picklist(['open', 'accepted', 'gone', 'resolved', 'returned']);
export const severity = v.picklist(['critical', 'high', 'medium', 'low']);
export const notReadReason = v.picklist([
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
]);

export const placeView = v.strictObject({
  kind: placeKind,
  path: longPath,
  inside: longPath,
  commit: v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{40,64}$/))),
  line: v.nullable(s.count),
  column: v.nullable(s.count),
});

export const placeFacts = v.strictObject({
  pushed: v.nullable(v.boolean()),
  publicRemote: v.nullable(v.boolean()),
  ignored: v.nullable(v.boolean()),
  synchronised: v.nullable(shortText),
  othersCanRead: v.nullable(v.boolean()),
});

export const findingView = v.strictObject({
  id: s.id,
  keyId: v.nullable(s.id),
  /** Of the key; null for an unknown value. */
  name: v.nullable(shortText),
  projectId: v.nullable(s.id),
  projectName: v.nullable(shortText),
  field: v.nullable(shortText),
  /** The key's present version, or an earlier one. */
  isCurrent: v.nullable(v.boolean()),
  pattern: v.nullable(shortText),
  provider: v.nullable(shortText),
  providerName: v.nullable(shortText),
  /** Of an unknown value: equal for every place of the same one. */
  valueMark: v.nullable(shortText),
  kind: v.picklist(['live', 'test', 'unknown']),
  encoding,
  place: placeView,
  facts: placeFacts,
  masked: shortText,
  severity,
  /** Why it is that severe: sentences, the weightiest first. */
  why: v.pipe(v.array(shortText), v.maxLength(12)),
  firstSeenMs: s.timeMs,
  lastSeenMs: s.timeMs,
  state: findingState,
  stateAtMs: s.timeMs,
  accepted: v.nullable(v.strictObject({ reason: shortText, untilMs: s.timeMs })),
  /** Whether the value can be replaced or the line removed where it stands. */
  scrub: v.nullable(v.picklist(['replace', 'remove-line'])),
  /** Exact commands for what Keyturn never does itself (git history); empty where there are none. */
  commands: v.pipe(v.array(words), v.maxLength(20)),
  /** Of the key, as last known: its state at the provider. Null for an unknown value that was never asked. */
  liveState: v.nullable(shortText),
});

export const scanState = v.picklist(['waiting', 'running', 'paused', 'done', 'cancelled', 'failed']);

/** What one scan did, while it runs and after. */
export const scanView = v.strictObject({
  state: scanState,
  startedAtMs: v.nullable(s.timeMs),
  endedAtMs: v.nullable(s.timeMs),
  /** What is being looked at, for people. */
  label: shortText,
  filesScanned: s.count,
  bytesScanned: s.count,
  filesUnchanged: s.count,
  /** Bytes known of so far; null while folders are still being walked. */
  bytesTotal: v.nullable(s.count),
  msLeft: v.nullable(s.count),
  findings: s.count,
  notRead: v.pipe(v.array(v.strictObject({ reason: notReadReason, count: s.count })), v.maxLength(40)),
  /** The first of them by name. */
  notReadSamples: v.pipe(
    v.array(v.strictObject({ path: longPath, inside: longPath, reason: notReadReason })),
    v.maxLength(200),
  ),
});

export const rootView = v.strictObject({
  path: longPath,
  /** Proposed by Keyturn, chosen by the person, or a place by kind (histories, transcripts …). */
  origin: v.picklist(['proposed', 'chosen', 'place']),
  kind: v.nullable(placeKind),
  chosen: v.boolean(),
  /** What reading it would mean, in plain words: what is there, how many files and bytes as far as counted. */
  reads: words,
  history: v.boolean(),
  watched: v.boolean(),
});

/** Whether pasted keys are being watched for, and what limits that. */
export const watchView = v.strictObject({
  watching: v.boolean(),
  folders: s.count,
  polling: s.count,
  /** Sentences: values too weak to be watched while locked, system limits, folders that could not be watched. */
  warnings: v.pipe(v.array(words), v.maxLength(50)),
});

export const heatCell = v.strictObject({
  keyId: v.nullable(s.id),
  valueMark: v.nullable(shortText),
  name: shortText,
  place: placeKind,
  count: s.count,
  worst: severity,
});

export const blastEntry = v.strictObject({
  keyId: s.id,
  name: shortText,
  rank: s.count,
  why: words,
  /** Where it could be read on that day. */
  places: v.pipe(v.array(placeView), v.maxLength(200)),
});

export const guardView = v.strictObject({
  repo: longPath,
  installed: v.boolean(),
  prePush: v.boolean(),
  /** What was there and is still run: a path, or null. */
  chained: v.nullable(longPath),
  /** Who owns the hooks folder: `git`, `core.hooksPath`, `husky`, `lefthook`, `global`. */
  owner: shortText,
  problem: v.nullable(words),
});

export const scrubView = v.strictObject({
  scrubId: s.id,
  path: longPath,
  what: v.picklist(['replace', 'remove-line']),
  /** The line before and after, masked. */
  before: words,
  after: words,
  canUndo: v.boolean(),
});
export { longPath, shortText, words };
