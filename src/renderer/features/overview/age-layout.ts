// How old the values are, against the age at which they are to be turned. Pure.
import { today } from '../../lib/time-words.ts';
import type { KeySummary } from '../../lib/types.ts';

export type AgeBar = {
  readonly key: KeySummary;
  readonly ageDays: number;
  /** The age at which it is to be turned. */
  readonly limitDays: number;
  /** Length of the bar and place of its limit, from 0 to 1 of the picture's width. */
  readonly length: number;
  readonly limit: number;
  readonly overdue: boolean;
};

export type Ages = {
  /** Those furthest past their limit first. */
  readonly bars: readonly AgeBar[];
  /** How many have a limit, and how many are past it. */
  readonly withLimit: number;
  readonly overdue: number;
  readonly without: number;
};

const dayMs = 86_400_000;
export const mostBars = 12;

const daysFrom = (fromMs: number, toMs: number): number => Math.max(0, Math.floor((toMs - fromMs) / dayMs));

/** The oldest in proportion to what is allowed; the rest is counted. */
export const layAges = (keys: readonly KeySummary[], nowMs: number, most = mostBars): Ages => {
  const todayMs = Date.parse(today(nowMs));
  const limited = keys.flatMap((key) => {
    if (key.rotateBy === null) return [];
    const ageDays = daysFrom(key.valueSinceMs, nowMs);
    const left = Math.round((Date.parse(key.rotateBy) - todayMs) / dayMs);
    return [{ key, ageDays, limitDays: Math.max(1, ageDays + left), overdue: left < 0 }];
  });
  const worst = limited
    .toSorted((left, right) => right.ageDays / right.limitDays - left.ageDays / left.limitDays)
    .slice(0, most);
  const longest = Math.max(1, ...worst.map(({ ageDays, limitDays }) => Math.max(ageDays, limitDays)));
  return {
    bars: worst.map((each) => ({
      ...each,
      length: each.ageDays / longest,
      limit: each.limitDays / longest,
    })),
    withLimit: limited.length,
    overdue: limited.filter(({ overdue }) => overdue).length,
    without: keys.length - limited.length,
  };
};
