// The strict reading of the records about pasted keys. Part of stored.ts.
import {
  findingStates,
  leakEncodings,
  placeKinds,
  type Finding,
  type Place,
  type PlaceFacts,
} from '../model/finding.ts';
import { askedStates } from '../model/key-log.ts';
import { keyKinds } from '../model/key.ts';
import type { LeakCare, LeakScrub } from '../model/leak-care.ts';
import { isBoolean, isCount, isListOf, isNullOr, isOneOf, isShape, isText, type Guard } from './guards.ts';
import { isId } from './stored-turns.ts';

const isTextOrNull = isNullOr(isText);
const isCountOrNull = isNullOr(isCount);
const isBooleanOrNull = isNullOr(isBoolean);
const isIdOrNull = isNullOr(isId);

const isPlace: Guard<Place> = isShape({
  kind: isOneOf(placeKinds),
  path: isText,
  inside: isText,
  commit: isTextOrNull,
  line: isCountOrNull,
  column: isCountOrNull,
});

const isFacts: Guard<PlaceFacts> = isShape({
  pushed: isBooleanOrNull,
  publicRemote: isBooleanOrNull,
  ignored: isBooleanOrNull,
  synchronised: isTextOrNull,
  othersCanRead: isBooleanOrNull,
});

export const isFinding: Guard<Finding> = isShape({
  type: isOneOf(['finding']),
  mark: isText,
  keyId: isIdOrNull,
  versionId: isIdOrNull,
  field: isTextOrNull,
  pattern: isTextOrNull,
  provider: isTextOrNull,
  kind: isOneOf(keyKinds),
  valueMark: isTextOrNull,
  encoding: isOneOf(leakEncodings),
  place: isPlace,
  facts: isFacts,
  masked: isText,
  firstSeenMs: isCount,
  lastSeenMs: isCount,
  state: isOneOf(findingStates),
  stateAtMs: isCount,
  accepted: isNullOr(isShape({ reason: isText, untilMs: isCount })),
  asked: isNullOr(isShape({ state: isOneOf(askedStates), reason: isText, atMs: isCount })),
});

const isMarkKey: Guard<string> = (value): value is string => isText(value) && /^[0-9a-f]{64}$/.test(value);

const careShape = {
  type: isOneOf(['leak-care']),
  markKey: isMarkKey,
  roots: isListOf(isShape({ path: isText, chosen: isBoolean, history: isBoolean, watched: isBoolean })),
  watching: isBoolean,
} as const;
/** Entries that an older record does not have. */
const careOptions = {
  placeChoices: isListOf(isShape({ path: isText, chosen: isBoolean })),
  lastScan: isShape({
    state: isOneOf(['done', 'cancelled']),
    startedAtMs: isCount,
    endedAtMs: isCount,
    filesScanned: isCount,
    bytesScanned: isCount,
    filesUnchanged: isCount,
    findings: isCount,
    notRead: isListOf(isShape({ reason: isText, count: isCount })),
  }),
} as const;

export const isLeakCare: Guard<LeakCare> = (value): value is LeakCare => {
  const names: ReadonlySet<string> = new Set(
    typeof value === 'object' && value !== null ? Object.keys(value) : [],
  );
  const options = Object.entries(careOptions).filter(([name]) => names.has(name));
  return isShape({ ...careShape, ...Object.fromEntries(options) })(value);
};

export const isLeakScrub: Guard<LeakScrub> = isShape({
  type: isOneOf(['leak-scrub']),
  findingId: isId,
  path: isText,
  what: isOneOf(['replace', 'remove-line']),
  before: isText,
  after: isText,
  atMs: isCount,
  leftMark: isText,
  parts: isListOf(isId),
  undoneAtMs: isCountOrNull,
});
