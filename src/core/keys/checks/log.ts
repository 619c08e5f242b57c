// What is remembered of an answer: runs of equal results, thinned and bounded, and the last value of each fact. Pure; docs/checking.md §2
// has the numbers.
import type { RecordId } from '../../model/ids.ts';
import type { AskedState, CheckRun, KeyLog, ToldEntry, ToldName } from '../../model/key-log.ts';

/** One answer about one version of a key, or why nothing was asked. */
export type Asked = {
  readonly keyId: RecordId;
  readonly versionId: RecordId;
  readonly state: AskedState;
  readonly reason: string;
  readonly next: string;
  readonly httpStatus: number | null;
  readonly atMs: number;
  readonly told: readonly { readonly fact: ToldName; readonly value: string | readonly string[] }[];
};

const hourMs = 3_600_000;
const dayMs = 86_400_000;
const keptMs = 90 * dayMs;
/** Hourly for so long, then daily: 72 and 87 times are fewer than 200. */
const hourlyMs = 3 * dayMs;
export const maxTimes = 200;
export const maxRuns = 60;

const isSame = (run: CheckRun, asked: Asked): boolean =>
  run.state === asked.state &&
  run.reason === asked.reason &&
  run.next === asked.next &&
  run.httpStatus === asked.httpStatus &&
  run.versionId === asked.versionId;

const bucket = (timeMs: number, nowMs: number): string =>
  nowMs - timeMs > hourlyMs
    ? `day ${String(Math.floor(timeMs / dayMs))}`
    : `hour ${String(Math.floor(timeMs / hourMs))}`;

/** One per hour, then one per day, for 90 days. Times of a clock that has been set back since are let go. */
export const thinTimes = (timesMs: readonly number[], nowMs: number): readonly number[] => {
  const kept = new Map<string, number>();
  for (const timeMs of timesMs) {
    if (timeMs > nowMs || nowMs - timeMs > keptMs) continue;
    const place = bucket(timeMs, nowMs);
    if (!kept.has(place)) kept.set(place, timeMs);
  }
  return [...kept.values()].slice(-maxTimes);
};

const extend = (run: CheckRun, { atMs }: Asked): CheckRun => ({
  ...run,
  // A clock that was set back must not leave a run that ends before it began.
  fromMs: Math.min(run.fromMs, atMs),
  toMs: atMs,
  count: run.count + 1,
  timesMs: thinTimes([...run.timesMs, atMs], atMs),
});

const begin = (asked: Asked): CheckRun => ({
  state: asked.state,
  reason: asked.reason,
  next: asked.next,
  httpStatus: asked.httpStatus,
  versionId: asked.versionId,
  fromMs: asked.atMs,
  toMs: asked.atMs,
  count: 1,
  timesMs: [asked.atMs],
});

const withRun = (runs: readonly CheckRun[], asked: Asked): readonly CheckRun[] => {
  const last = runs.at(-1);
  return last !== undefined && isSame(last, asked)
    ? [...runs.slice(0, -1), extend(last, asked)]
    : [...runs, begin(asked)].slice(-maxRuns);
};

const withTold = (told: readonly ToldEntry[], asked: Asked, isOther: boolean): readonly ToldEntry[] => {
  const fresh = asked.told.map(({ fact, value }) => ({ fact, value, atMs: asked.atMs }));
  // What was told of an older value is another key's.
  const kept = isOther ? [] : told.filter(({ fact }) => !fresh.some((each) => each.fact === fact));
  return [...kept, ...fresh];
};

const emptyLog = (keyId: RecordId): KeyLog => ({
  type: 'key-log',
  keyId,
  runs: [],
  told: [],
  usedAtMs: null,
});

/** The log with one more answer in it. */
export const withAnswer = (log: KeyLog | undefined, asked: Asked): KeyLog => {
  const before = log ?? emptyLog(asked.keyId);
  const last = before.runs.at(-1);
  const isOther = last !== undefined && last.versionId !== asked.versionId;
  return {
    ...before,
    runs: withRun(before.runs, asked),
    told: withTold(before.told, asked, isOther),
  };
};

/** The log with a use of the key in it, to the hour; null where that hour is known already. */
export const withUse = (log: KeyLog | undefined, keyId: RecordId, atMs: number): KeyLog | null => {
  const before = log ?? emptyLog(keyId);
  const hour = Math.floor(atMs / hourMs) * hourMs;
  return before.usedAtMs === hour ? null : { ...before, usedAtMs: hour };
};
