// Where the marks of a turn stand on its dial: clockwise, the last one at the top, where the dial closes. Pure; lengths in pixels.
import type { TurnStep, TurnView } from '../../lib/types.ts';

export type DialStep = TurnView['steps'][number];
/** `you`: a person is waited for. */
export type DialState = DialStep['state'] | 'you';

export type DialMark = {
  readonly step: TurnStep;
  readonly state: DialState;
  readonly atMs: number | null;
  readonly detail: string;
  readonly x: number;
  readonly y: number;
  /** The line of the ring that leads to this mark, as an SVG path. */
  readonly arc: string;
  readonly label: {
    readonly x: number;
    readonly y: number;
    readonly anchor: 'start' | 'middle' | 'end';
  };
};

export type Dial = {
  readonly marks: readonly DialMark[];
  /** Quarters that are closed, 0 to 4: how far the keyhole in the middle is turned. */
  readonly quarters: number;
};

/** What begins and ends a turn stands beside the dial, not on it. */
const offDial: ReadonlySet<TurnStep> = new Set(['plan', 'done']);

export const dialSize = { width: 400, height: 300, radius: 96 } as const;
/** Kept free on both sides of a mark, in degrees. */
const gap = 8;

const pointAt = (degrees: number, radius: number): { readonly x: number; readonly y: number } => {
  const angle = ((degrees - 90) * Math.PI) / 180;
  return {
    x: dialSize.width / 2 + radius * Math.cos(angle),
    y: dialSize.height / 2 + radius * Math.sin(angle),
  };
};

const round = (value: number): number => Math.round(value * 100) / 100;

const arcOf = (from: number, to: number): string => {
  const [start, end] = [pointAt(from, dialSize.radius), pointAt(to, dialSize.radius)];
  const large = to - from > 180 ? 1 : 0;
  return `M${round(start.x)} ${round(start.y)}A${dialSize.radius} ${dialSize.radius} 0 ${large} 1 ${round(end.x)} ${round(end.y)}`;
};

const labelOf = (degrees: number): DialMark['label'] => {
  const { x, y } = pointAt(degrees, dialSize.radius + 23);
  const side = Math.sin((degrees * Math.PI) / 180);
  const anchor = side > 0.3 ? 'start' : side < -0.3 ? 'end' : 'middle';
  // Above and below the ring the two lines of a label need room of their own.
  const shift = anchor === 'middle' ? (y < dialSize.height / 2 ? -14 : 8) : -2;
  return { x: round(x), y: round(y + shift), anchor };
};

const stateOf = (turn: Pick<TurnView, 'state' | 'outcome'>, { state }: DialStep): DialState =>
  state === 'now' && turn.outcome === null && turn.state === 'needs-you' ? 'you' : state;

export const layDial = (turn: Pick<TurnView, 'steps' | 'state' | 'outcome'>): Dial => {
  const steps = turn.steps.filter(({ step }) => !offDial.has(step));
  const each = 360 / Math.max(1, steps.length);
  const closed = steps.filter(({ state }) => state === 'done' || state === 'skipped').length;
  return {
    marks: steps.map((step, index) => {
      const degrees = (index + 1) * each;
      const { x, y } = pointAt(degrees, dialSize.radius);
      return {
        step: step.step,
        state: stateOf(turn, step),
        atMs: step.atMs,
        detail: step.detail,
        x: round(x),
        y: round(y),
        arc: arcOf(degrees - each + gap, degrees - gap),
        label: labelOf(degrees),
      };
    }),
    quarters: steps.length === 0 ? 0 : Math.floor((4 * closed) / steps.length),
  };
};

/** How much of a turn is behind it, from 0 to 1. */
export const closedPart = (turn: Pick<TurnView, 'steps'>): number => {
  const steps = turn.steps.filter(({ step }) => !offDial.has(step));
  const closed = steps.filter(({ state }) => state === 'done' || state === 'skipped').length;
  return steps.length === 0 ? 0 : closed / steps.length;
};

/** Which mark an arrow key leads to: round and round; null where the key does not move. */
export const nextMark = (at: number, count: number, pressed: string): number | null => {
  if (count === 0) return null;
  const moves: Readonly<Record<string, number>> = {
    ArrowRight: (at + 1) % count,
    ArrowDown: (at + 1) % count,
    ArrowLeft: (at + count - 1) % count,
    ArrowUp: (at + count - 1) % count,
    Home: 0,
    End: count - 1,
  };
  return moves[pressed] ?? null;
};
