// What is remembered about a key besides the key itself: what its provider answered, and what the person wants watched. Two
// records apart from the key's own, so that a check never conflicts with an edit. docs/checking.md §2.
import type { RecordId } from './ids.ts';
import type { KeyKind } from './key.ts';

/** What a check may answer; `not-checked` is no answer. */
export const askedStates = [
  'valid',
  'blocked',
  'invalid',
  'malformed',
  'not-activated',
  'expired',
  'unreachable',
  'not-checkable',
] as const;
export type AskedState = (typeof askedStates)[number];

/** A stretch of equal results. Times are epoch milliseconds. */
export type CheckRun = {
  readonly state: AskedState;
  /** Plain words, bounded, without a secret. */
  readonly reason: string;
  readonly next: string;
  readonly httpStatus: number | null;
  readonly versionId: RecordId;
  readonly fromMs: number;
  readonly toMs: number;
  readonly count: number;
  /** When it was asked, oldest first, thinned: enough to draw 90 days. */
  readonly timesMs: readonly number[];
};

export const toldNames = [
  'expiresAt',
  'createdAt',
  'lastUsedAt',
  'scopes',
  'owner',
  'account',
  'organisation',
  'name',
  'quota',
] as const;
export type ToldName = (typeof toldNames)[number];

/** A fact that an answer carried. Dates as ISO 8601 in UTC or as YYYY-MM-DD, lists as lists. */
export type ToldEntry = {
  readonly fact: ToldName;
  readonly value: string | readonly string[];
  readonly atMs: number;
};

/** Written by the machine. One per key at most. */
export type KeyLog = {
  readonly type: 'key-log';
  readonly keyId: RecordId;
  /** Oldest first. */
  readonly runs: readonly CheckRun[];
  readonly told: readonly ToldEntry[];
  /** Last copied, revealed, exported or run with, to the hour. */
  readonly usedAtMs: number | null;
};

export const scheduleConsents = ['as-provided', 'yes', 'no'] as const;
/** Whether a key may be asked about unattended: as its provider file has it, or as the person says. */
export type ScheduleConsent = (typeof scheduleConsents)[number];

export type OwnDate = { readonly label: string; /** YYYY-MM-DD */ readonly day: string };

/** An issued key that does nothing yet. */
export type Waiting = {
  /** Who must do something: "Circle support". */
  readonly who: string;
  /** What: "enable the Core Functionality API; the MSA must be signed". */
  readonly what: string;
  readonly sinceMs: number;
};

/** A value that nobody has any more. It is said of one version: whatever takes its place is not lost. */
export type Lost = { readonly versionId: RecordId; readonly sinceMs: number };

/** Written by the person. One per key at most. */
export type KeyCare = {
  readonly type: 'key-care';
  readonly keyId: RecordId;
  readonly scheduled: ScheduleConsent;
  /** Days before an end at which to remind, in place of the policy's. */
  readonly leadDays: readonly number[] | null;
  /** Days from one version to the next, in place of the policy's; 0 for never. */
  readonly rotateEveryDays: number | null;
  readonly ownDates: readonly OwnDate[];
  readonly snoozedUntilMs: number | null;
  readonly ownerLeft: boolean;
  readonly waiting: Waiting | null;
  /** Absent where nothing was lost: records written before this was known have no such entry, and stay as they are. */
  readonly lost?: Lost;
};

/** A base URL and settings of a provider; one record per provider. */
export type ProviderSettings = {
  readonly type: 'provider-settings';
  readonly provider: string;
  /** https, or http on loopback; null for the definition's own. */
  readonly baseUrl: string | null;
  readonly values: Readonly<Record<string, string>>;
};

/** A definition from outside: a person's own provider, or an update of a built-in one. */
export type OwnProvider = {
  readonly type: 'own-provider';
  readonly provider: string;
  /** The definition as JSON text, as it was given. */
  readonly definition: string;
  readonly addedAtMs: number;
  /** Name of the file it came from. */
  readonly source: string;
};

/** The first rule that fits a key counts; null fits everything. */
export type PolicyRule = {
  readonly projectId: RecordId | null;
  readonly environmentId: RecordId | null;
  readonly kind: KeyKind | null;
  readonly leadDays: readonly number[] | null;
  readonly rotateEveryDays: number | null;
  readonly unusedAfterDays: number | null;
};

/** One record per vault. */
export type Policies = { readonly type: 'policies'; readonly rules: readonly PolicyRule[] };
