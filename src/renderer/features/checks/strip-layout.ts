// The strip of checks: 90 days as 90 places, each with what was answered on that day. Several answers of one day become one
// tick, and the one that matters most is shown. Pure; days are those of the person's own calendar.
import type { CheckRun } from '../../lib/types.ts';
import { today } from '../../lib/time-words.ts';

export const stripDays = 90;

export type StripTick = {
  /** 0 is the oldest day, 89 today. */
  readonly place: number;
  /** YYYY-MM-DD */
  readonly day: string;
  readonly state: CheckRun['state'];
  readonly reason: string;
  /** How often it was asked on that day, and when for the last time. */
  readonly times: number;
  readonly lastMs: number;
  /** True where the answers of the day differ. */
  readonly mixed: boolean;
};

const dayMs = 86_400_000;

/** What is shown where a day has several answers: bad news first; no answer says least. */
const weight: Readonly<Record<CheckRun['state'], number>> = {
  invalid: 7,
  expired: 6,
  malformed: 5,
  'not-activated': 4,
  blocked: 3,
  valid: 2,
  'not-checkable': 1,
  unreachable: 0,
};

type Day = { -readonly [Name in keyof StripTick]: StripTick[Name] };

const placeOf = (atMs: number, nowMs: number): number => {
  const passed = Math.round((Date.parse(today(nowMs)) - Date.parse(today(atMs))) / dayMs);
  return stripDays - 1 - passed;
};

const put = (days: Map<number, Day>, run: CheckRun, atMs: number, nowMs: number): void => {
  const place = placeOf(atMs, nowMs);
  if (place < 0 || place >= stripDays) return;
  const known = days.get(place);
  if (known === undefined) {
    const { state, reason } = run;
    days.set(place, { place, day: today(atMs), state, reason, times: 1, lastMs: atMs, mixed: false });
    return;
  }
  known.times += 1;
  known.lastMs = Math.max(known.lastMs, atMs);
  known.mixed ||= known.state !== run.state;
  if (weight[run.state] > weight[known.state]) {
    known.state = run.state;
    known.reason = run.reason;
  }
};

/** One tick per day on which anything was asked, the oldest first. */
export const layStrip = (runs: readonly CheckRun[], nowMs: number): readonly StripTick[] => {
  const days = new Map<number, Day>();
  for (const run of runs) {
    // The times of a long run are thinned; its ends are always known.
    for (const atMs of new Set([...run.timesMs, run.fromMs, run.toMs])) put(days, run, atMs, nowMs);
  }
  return [...days.values()].sort((left, right) => left.place - right.place);
};

/** Places at which a month begins, with its name. */
export const monthStarts = (nowMs: number): readonly { readonly place: number; readonly label: string }[] => {
  const now = new Date(nowMs);
  const name = new Intl.DateTimeFormat('en-GB', { month: 'short' });
  return [0, 1, 2, 3]
    .map((back) => new Date(now.getFullYear(), now.getMonth() - back, 1))
    .map((first) => ({ place: placeOf(first.getTime(), nowMs), label: name.format(first) }))
    .filter(({ place }) => place >= 0)
    .reverse();
};
