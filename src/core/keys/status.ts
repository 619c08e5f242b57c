// The status of a key: what asking has shown, told together with what its date says. docs/checking.md §2.
import type { CheckRun, KeyLog } from '../model/key-log.ts';
import type { KeyState, StoredKey } from '../model/key.ts';
import { currentVersion } from './book.ts';
import { daysLeft } from './calendar.ts';
import { dayInWords } from './day-words.ts';
import { expiryOf, type Expiry } from './due/end.ts';

/** The contract's statusView. Times are epoch milliseconds. */
export type KeyStatus = {
  readonly state: KeyState;
  readonly reason: string;
  readonly next: string;
  readonly checkedAt: number | null;
  readonly sinceMs: number | null;
  readonly workedAtMs: number | null;
  readonly silentSinceMs: number | null;
};

/** Runs about the current version: another value is another key to its provider. */
export const currentRuns = (key: StoredKey, log: KeyLog | undefined): readonly CheckRun[] => {
  if (log === undefined) return [];
  const { id } = currentVersion(key);
  return log.runs.filter((run) => run.versionId === id);
};

/** The run that says most: the newest, but a provider that could not be reached does not end what was known. */
export const tellingRun = (runs: readonly CheckRun[]): CheckRun | undefined =>
  runs.findLast(({ state }) => state !== 'unreachable') ?? runs.at(-1);

const workedAt = (runs: readonly CheckRun[]): number | null =>
  runs.findLast(({ state }) => state === 'valid' || state === 'blocked')?.toMs ?? null;

/** Since when there is no answer any more; a provider that could not be reached does not end what was known. */
const silentSince = (runs: readonly CheckRun[]): number | null => {
  const last = runs.at(-1);
  return last?.state === 'unreachable' && runs.some(({ state }) => state !== 'unreachable')
    ? last.fromMs
    : null;
};

const ofRun = (runs: readonly CheckRun[], run: CheckRun): KeyStatus => {
  const silentSinceMs = silentSince(runs);
  return {
    state: run.state,
    reason: silentSinceMs === null ? run.reason : `${run.reason} No answer since then.`,
    next: run.next,
    checkedAt: run.toMs,
    sinceMs: run.fromMs,
    workedAtMs: workedAt(runs),
    silentSinceMs,
  };
};

const endedWords = ({ end, told }: Expiry, nowMs: number): string => {
  const day = dayInWords(end.day);
  if (told) return `It expired on ${day}, as its provider said.`;
  // By the earliest reading a day begins before it does where the person is.
  return (daysLeft(end.day, nowMs) ?? -1) < 0
    ? `It expired on ${day}.`
    : `It may have expired: ${day} has begun in the earliest time zone.`;
};

const byDate = (key: StoredKey, expiry: Expiry, nowMs: number, runs: readonly CheckRun[]): KeyStatus => ({
  state: 'expired',
  reason: endedWords(expiry, nowMs),
  next:
    key.expiryFixed || expiry.told ? 'Turn it: its date cannot be changed.' : 'Turn it, or correct the date.',
  checkedAt: runs.at(-1)?.toMs ?? null,
  sinceMs: null,
  workedAtMs: workedAt(runs),
  silentSinceMs: silentSince(runs),
});

/**
 * The status of a key. Its own date is believed, unless the provider accepted it after that date.
 * @param log what asking has shown, if anything
 * @param nowMs epoch milliseconds
 */
export const statusOf = (key: StoredKey, nowMs: number, log?: KeyLog): KeyStatus => {
  const runs = currentRuns(key, log);
  const run = tellingRun(runs);
  const expiry = expiryOf(key, log);
  const isPast = expiry !== null && nowMs >= expiry.end.atMs;
  const isSeenSince = expiry !== null && run?.state === 'valid' && run.toMs >= expiry.end.atMs;
  if (isPast && !isSeenSince) return byDate(key, expiry, nowMs, runs);
  if (run !== undefined) return ofRun(runs, run);
  return {
    state: 'not-checked',
    reason: 'Nobody has asked the provider about it yet.',
    next: 'Check it.',
    checkedAt: null,
    sinceMs: null,
    workedAtMs: null,
    silentSinceMs: null,
  };
};
