// What is due, sorted into the stretches of time in which a person thinks. Pure.
import type { DueEntry } from '../../lib/types.ts';
import type { MarkName } from '../../ui/state-mark.tsx';

export type DueGroup = { readonly title: string; readonly entries: readonly DueEntry[] };

const stretches: readonly { readonly title: string; readonly fits: (inDays: number) => boolean }[] = [
  { title: 'Past', fits: (days) => days < 0 },
  { title: 'Today', fits: (days) => days === 0 },
  { title: 'Within 7 days', fits: (days) => days > 0 && days <= 7 },
  { title: 'Within 30 days', fits: (days) => days > 7 && days <= 30 },
  { title: 'Later', fits: (days) => days > 30 },
];

export const isPutOff = (entry: DueEntry, nowMs: number): boolean =>
  entry.snoozedUntilMs !== null && entry.snoozedUntilMs > nowMs;

/** Soonest first, without what was put off; stretches in which nothing is are left out. */
export const groupDue = (entries: readonly DueEntry[], nowMs: number): readonly DueGroup[] => {
  const open = entries
    .filter((entry) => !isPutOff(entry, nowMs))
    .toSorted((left, right) => left.dueMs - right.dueMs || left.name.localeCompare(right.name));
  return stretches
    .map(({ title, fits }) => ({ title, entries: open.filter(({ inDays }) => fits(inDays)) }))
    .filter((group) => group.entries.length > 0);
};

/** The mark of an entry: what the key would wear if this were all there is. */
export const dueMark = ({ why, inDays }: Pick<DueEntry, 'why' | 'inDays'>): MarkName => {
  if (why === 'rotate') return 'overdue';
  if (why === 'activate') return 'waiting';
  if (why === 'date') return 'date';
  return inDays < 0 ? 'expired' : 'expiring';
};

const hourMs = 3_600_000;

/** The moments until which something can be put off with one press. Tomorrow is nine in the morning. */
export const snoozeTimes = (
  nowMs: number,
): readonly { readonly label: string; readonly untilMs: number }[] => {
  const nineInDays = (days: number): number => {
    const now = new Date(nowMs);
    return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, 9).getTime();
  };
  return [
    { label: 'For an hour', untilMs: nowMs + hourMs },
    { label: 'Until tomorrow, 9:00', untilMs: nineInDays(1) },
    { label: 'For a week', untilMs: nineInDays(7) },
  ];
};
