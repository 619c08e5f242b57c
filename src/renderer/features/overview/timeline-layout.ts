// Where things stand on the timeline of the next twelve months: one lane per environment, marks that would cover each other
// stacked, and a number where even a stack would be too high. Pure; all lengths in pixels.
import { today } from '../../lib/time-words.ts';

export type TimelineEvent = {
  readonly id: string;
  readonly laneIds: readonly string[];
  /** YYYY-MM-DD */
  readonly day: string;
};

export type Lane = { readonly id: string; readonly name: string };

/** One mark, or several in one place where they would stand too high. */
export type Placed<E extends TimelineEvent> = {
  readonly x: number;
  /** Middle of the mark, from the top of its lane. */
  readonly y: number;
  readonly events: readonly E[];
};

export type PlacedLane<E extends TimelineEvent> = {
  readonly lane: Lane;
  readonly top: number;
  readonly height: number;
  readonly marks: readonly Placed<E>[];
};

export type TimelineLayout<E extends TimelineEvent> = {
  readonly lanes: readonly PlacedLane<E>[];
  readonly height: number;
  readonly todayX: number;
  /** `named` is false where the label would stand on the word "today". */
  readonly months: readonly { readonly x: number; readonly label: string; readonly named: boolean }[];
};

export const markSize = 20;
export const mostStacked = 3;
const lanePadding = 6;
/** What is past stands left of today's line, by up to two weeks. */
const daysBefore = 14;
const daysAfter = 366;
const dayMs = 86_400_000;

/** From a day to its place; what lies further off stands at the edge. */
export const makeScale = (width: number, nowMs: number): ((day: string) => number) => {
  const zero = Date.parse(today(nowMs));
  const inner = Math.max(1, width - markSize);
  return (day) => {
    const days = Math.round((Date.parse(day) - zero) / dayMs);
    const part = (days + daysBefore) / (daysBefore + daysAfter);
    return markSize / 2 + inner * Math.min(1, Math.max(0, part));
  };
};

/** The word "today" is centred on its line; a month's begins on its own and is left out where the two would run together. */
const todayReach = { before: 36, after: 20 };

const monthsOf = (scale: (day: string) => number, nowMs: number): TimelineLayout<never>['months'] => {
  const now = new Date(nowMs);
  const todayX = scale(today(nowMs));
  const month = new Intl.DateTimeFormat('en-GB', { month: 'short' });
  return Array.from({ length: 12 }, (_, index) => {
    const first = new Date(now.getFullYear(), now.getMonth() + index + 1, 1);
    const label = first.getMonth() === 0 ? String(first.getFullYear()) : month.format(first);
    const x = scale(today(first.getTime()));
    const meets = x > todayX - todayReach.before && x < todayX + todayReach.after;
    return { x, label, named: !meets };
  });
};

type Column<E> = { readonly x: number; readonly events: E[] };

/** Neighbours that would cover each other share a column, which stands where its first one is due. */
const columnsOf = <E extends TimelineEvent>(
  events: readonly E[],
  scale: (day: string) => number,
): readonly Column<E>[] => {
  const columns: Column<E>[] = [];
  for (const event of events) {
    const x = scale(event.day);
    const last = columns.at(-1);
    if (last !== undefined && x - last.x < markSize) last.events.push(event);
    else columns.push({ x, events: [event] });
  }
  return columns;
};

const stack = <E extends TimelineEvent>({ x, events }: Column<E>, height: number): readonly Placed<E>[] => {
  const shown = events.length > mostStacked ? mostStacked - 1 : events.length;
  const groups: (readonly E[])[] = events.slice(0, shown).map((event) => [event]);
  if (shown < events.length) groups.push(events.slice(shown));
  const top = (height - groups.length * markSize) / 2;
  return groups.map((group, index) => ({ x, y: top + (index + 0.5) * markSize, events: group }));
};

const layLane = <E extends TimelineEvent>(
  lane: Lane,
  top: number,
  events: readonly E[],
  scale: (day: string) => number,
): PlacedLane<E> => {
  const columns = columnsOf(events, scale);
  const deepest = Math.max(1, ...columns.map((column) => Math.min(mostStacked, column.events.length)));
  const height = deepest * markSize + 2 * lanePadding;
  return { lane, top, height, marks: columns.flatMap((column) => stack(column, height)) };
};

/** The whole picture. An event of two lanes stands in both. */
export const layTimeline = <E extends TimelineEvent>(
  lanes: readonly Lane[],
  events: readonly E[],
  width: number,
  nowMs: number,
): TimelineLayout<E> => {
  const scale = makeScale(width, nowMs);
  const byDay = events.toSorted((left, right) => (left.day < right.day ? -1 : left.day > right.day ? 1 : 0));
  const perLane = new Map<string, E[]>(lanes.map(({ id }) => [id, []]));
  for (const event of byDay) for (const id of event.laneIds) perLane.get(id)?.push(event);
  const placed: PlacedLane<E>[] = [];
  let top = 0;
  for (const lane of lanes) {
    const laid = layLane(lane, top, perLane.get(lane.id) ?? [], scale);
    placed.push(laid);
    top += laid.height;
  }
  return { lanes: placed, height: top, todayX: scale(today(nowMs)), months: monthsOf(scale, nowMs) };
};

export type Spot = { readonly lane: number; readonly mark: number };

const nearest = (marks: readonly { readonly x: number }[], x: number): number => {
  let best = 0;
  marks.forEach((mark, index) => {
    if (Math.abs(mark.x - x) < Math.abs((marks[best]?.x ?? 0) - x)) best = index;
  });
  return best;
};

/** Which mark an arrow key leads to: along a lane, or to the nearest mark of the next lane that has any. */
export const nextSpot = (
  lanes: readonly { readonly marks: readonly { readonly x: number }[] }[],
  spot: Spot,
  pressed: string,
): Spot | null => {
  const marks = lanes[spot.lane]?.marks ?? [];
  const along: Readonly<Record<string, number>> = {
    ArrowRight: spot.mark + 1,
    ArrowLeft: spot.mark - 1,
    Home: 0,
    End: marks.length - 1,
  };
  const to = along[pressed];
  if (to !== undefined) return to >= 0 && to < marks.length ? { lane: spot.lane, mark: to } : null;
  const step = pressed === 'ArrowDown' ? 1 : pressed === 'ArrowUp' ? -1 : 0;
  if (step === 0) return null;
  for (let lane = spot.lane + step; lane >= 0 && lane < lanes.length; lane += step) {
    const there = lanes[lane]?.marks ?? [];
    if (there.length > 0) return { lane, mark: nearest(there, marks[spot.mark]?.x ?? 0) };
  }
  return null;
};
