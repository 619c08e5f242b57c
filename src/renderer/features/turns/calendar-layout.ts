// A month as weeks of days, and twelve of them; what is planned on each day; where an arrow key leads. Pure; days are YYYY-MM-DD in the
// person's own calendar, weeks begin on Monday.
import { today } from '../../lib/time-words.ts';
import type { TurnDate } from '../../lib/types.ts';

export type CalendarDay = {
  readonly day: string;
  readonly number: number;
  /** False for days of the month before and after that fill the first and the last week. */
  readonly inMonth: boolean;
  readonly isToday: boolean;
  readonly entries: readonly TurnDate[];
};

export type CalendarMonth = {
  /** YYYY-MM */
  readonly id: string;
  readonly label: string;
  readonly weeks: readonly (readonly CalendarDay[])[];
  readonly count: number;
};

export const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
const monthName = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric' });

const byDay = (entries: readonly TurnDate[]): ReadonlyMap<string, readonly TurnDate[]> => {
  const days = new Map<string, TurnDate[]>();
  for (const entry of entries) {
    const known = days.get(entry.day);
    if (known === undefined) days.set(entry.day, [entry]);
    else known.push(entry);
  }
  return days;
};

/** "2026-11" moved by so many months. */
export const monthFrom = (id: string, by: number): string => {
  const [year = 0, month = 1] = id.split('-').map(Number);
  return today(new Date(year, month - 1 + by, 1, 12).getTime()).slice(0, 7);
};

export const layMonth = (
  id: string,
  days: ReadonlyMap<string, readonly TurnDate[]>,
  nowMs: number,
): CalendarMonth => {
  const [year = 0, month = 1] = id.split('-').map(Number);
  const first = new Date(year, month - 1, 1, 12);
  const before = (first.getDay() + 6) % 7;
  const length = new Date(year, month, 0, 12).getDate();
  const weeks = Math.ceil((before + length) / 7);
  const now = today(nowMs);
  const dayAt = (index: number): CalendarDay => {
    const date = new Date(year, month - 1, 1 - before + index, 12);
    const day = today(date.getTime());
    return {
      day,
      number: date.getDate(),
      inMonth: day.startsWith(id),
      isToday: day === now,
      entries: days.get(day) ?? [],
    };
  };
  const laid = Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: 7 }, (_, column) => dayAt(week * 7 + column)),
  );
  return {
    id,
    label: monthName.format(first),
    weeks: laid,
    count: laid.flat().reduce((sum, { inMonth, entries }) => sum + (inMonth ? entries.length : 0), 0),
  };
};

/** So many months from one on. */
export const layMonths = (
  from: string,
  many: number,
  entries: readonly TurnDate[],
  nowMs: number,
): readonly CalendarMonth[] => {
  const days = byDay(entries);
  return Array.from({ length: many }, (_, index) => layMonth(monthFrom(from, index), days, nowMs));
};

/** Where a mark stands among weeks and days: `row` counts weeks. */
export type CalendarSpot = { readonly row: number; readonly column: number };

const ofOtherRow = (spots: readonly CalendarSpot[], at: number, down: boolean): number | null => {
  const here = spots[at];
  if (here === undefined) return null;
  const others = spots
    .map((spot, index) => ({ ...spot, index }))
    .filter(({ row }) => (down ? row > here.row : row < here.row));
  if (others.length === 0) return null;
  const row = down
    ? Math.min(...others.map((spot) => spot.row))
    : Math.max(...others.map((spot) => spot.row));
  const distance = ({ column }: CalendarSpot): number => Math.abs(column - here.column);
  return others
    .filter((spot) => spot.row === row)
    .reduce((best, spot) => (distance(spot) < distance(best) ? spot : best)).index;
};

/** The mark that an arrow key leads to: the next day that has one, or the nearest of the next week that has any; null where it does not move. */
export const nextDate = (spots: readonly CalendarSpot[], at: number, pressed: string): number | null => {
  if (pressed === 'ArrowDown' || pressed === 'ArrowUp') return ofOtherRow(spots, at, pressed === 'ArrowDown');
  const moves: Readonly<Record<string, number>> = {
    ArrowRight: at + 1,
    ArrowLeft: at - 1,
    Home: 0,
    End: spots.length - 1,
  };
  const to = moves[pressed];
  return to === undefined || to < 0 || to >= spots.length ? null : to;
};
