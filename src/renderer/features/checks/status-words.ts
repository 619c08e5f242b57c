// Sentences about a key's state over time: since when it works, until when it did, when it was asked. Pure.
import { ago, dayWords, momentWords } from '../../lib/time-words.ts';
import type { KeySummary } from '../../lib/types.ts';

type Status = KeySummary['status'];

const didWork = (status: Status): boolean =>
  status.workedAtMs !== null && (status.sinceMs === null || status.workedAtMs < status.sinceMs);

/** "works since 2 Oct", "worked until Tuesday 14:10", or nothing where nobody knows. */
export const sinceSentence = (status: Status, nowMs: number): string => {
  const { state, sinceMs, workedAtMs } = status;
  if (state === 'valid' && status.silentSinceMs === null)
    return sinceMs === null ? '' : `works since ${dayWords(sinceMs, nowMs)}`;
  if (workedAtMs !== null && (state !== 'blocked' || didWork(status))) {
    return `worked until ${momentWords(workedAtMs, nowMs)}`;
  }
  return sinceMs === null || state === 'not-checked' ? '' : `so since ${dayWords(sinceMs, nowMs)}`;
};

/** "asked 3 min ago", or that nobody has. */
export const askedSentence = ({ checkedAt }: Status, nowMs: number): string =>
  checkedAt === null ? 'never asked' : `asked ${ago(checkedAt, nowMs)}`;

/** How much of a key's time has passed, from 0 to 1. Null where its beginning or its end is not known. */
export const lifePassed = (startMs: number | null, endDay: string | null, nowMs: number): number | null => {
  if (startMs === null || endDay === null) return null;
  const endMs = Date.parse(endDay);
  if (!(endMs > startMs)) return null;
  return Math.min(1, Math.max(0, (nowMs - startMs) / (endMs - startMs)));
};
