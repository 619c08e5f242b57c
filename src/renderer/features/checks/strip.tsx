// Every day of the last 90 on which the key was asked, as a tick: above the line it worked, below it did not, on the line nobody
// answered. So that it is read without its colours. Arrow keys go from tick to tick; a table says the same.
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { stateMarks, stateWords } from '../../lib/key-state.ts';
import { counted, shortDay } from '../../lib/time-words.ts';
import type { CheckRun } from '../../lib/types.ts';
import { classNames } from '../../ui/class-names.ts';
import { toneOf } from '../../ui/state-mark.tsx';
import { layStrip, monthStarts, stripDays, type StripTick } from './strip-layout.ts';
import styles from './strip.module.css';

const stepPx = 4;
const width = stripDays * stepPx;
const line = 22;
const height = 52;

type Shape = { readonly from: number; readonly to: number };

/** Height says what colour says: full for works, half for elsewhere, below the line for refused. */
const shapes: Readonly<Record<CheckRun['state'], Shape>> = {
  valid: { from: 4, to: line - 1 },
  blocked: { from: 13, to: line - 1 },
  'not-activated': { from: 17, to: line - 1 },
  'not-checkable': { from: line - 2, to: line + 2 },
  unreachable: { from: line - 2, to: line + 2 },
  malformed: { from: line + 1, to: line + 9 },
  expired: { from: line + 1, to: line + 12 },
  invalid: { from: line + 1, to: line + 16 },
};

const wordsOf = (tick: StripTick, now: number): string => {
  const often = tick.times > 1 ? `, asked ${counted(tick.times, 'time')}` : '';
  const mixed = tick.mixed ? ', among other answers' : '';
  return `${shortDay(tick.day, now)}: ${stateWords[tick.state]}${mixed}${often}. ${tick.reason}`;
};

const Tick = (props: {
  readonly tick: StripTick;
  readonly label: string;
  readonly stop: boolean;
  readonly onLook: () => void;
}): ReactNode => {
  const { tick, label, stop, onLook } = props;
  const { from, to } = shapes[tick.state];
  const x = tick.place * stepPx;
  return (
    <g
      role="img"
      aria-label={label}
      tabIndex={stop ? 0 : -1}
      className={classNames(styles.tick, styles[toneOf(stateMarks[tick.state])])}
      onFocus={onLook}
      onPointerEnter={onLook}
    >
      <rect className={styles.reach} x={x} y="0" width={stepPx} height={line + 18} />
      <rect x={x + 0.5} y={from} width={stepPx - 1} height={to - from} rx="1" />
    </g>
  );
};

const Table = ({ ticks, now }: { readonly ticks: readonly StripTick[]; readonly now: number }): ReactNode => (
  // A table takes the room of its words whatever width it is given: only a box around it hides them.
  <div className="visually-hidden">
    <table>
      <caption>Checks of the last 90 days</caption>
      <thead>
        <tr>
          <th scope="col">Day</th>
          <th scope="col">Answer</th>
          <th scope="col">Why</th>
          <th scope="col">Asked</th>
        </tr>
      </thead>
      <tbody>
        {ticks.map((tick) => (
          <tr key={tick.place}>
            <th scope="row">{shortDay(tick.day, now)}</th>
            <td>{stateWords[tick.state]}</td>
            <td>{tick.reason}</td>
            <td>{counted(tick.times, 'time')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

const step = (pressed: string, at: number, last: number): number | null => {
  const moves: Readonly<Record<string, number>> = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    Home: 0,
    End: last,
  };
  const to = moves[pressed];
  return to === undefined || to < 0 || to > last ? null : to;
};

const summaryOf = (ticks: readonly StripTick[]): string => {
  const worked = ticks.filter(({ state }) => state === 'valid').length;
  return `Asked on ${counted(ticks.length, 'day')} of the last ${stripDays}; it worked on ${worked}.`;
};

export const Strip = ({
  runs,
  now,
}: {
  readonly runs: readonly CheckRun[];
  readonly now: number;
}): ReactNode => {
  const ticks = layStrip(runs, now);
  const picture = useRef<SVGSVGElement>(null);
  const [at, setAt] = useState<number | null>(null);
  if (ticks.length === 0) return null;
  const last = ticks.length - 1;
  const stop = Math.min(at ?? last, last);
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = step(event.key, stop, last);
    if (to === null) return;
    event.preventDefault();
    event.stopPropagation();
    picture.current?.querySelectorAll<SVGGElement>('[role="img"]')[to]?.focus();
  };
  const seen = at === null ? undefined : ticks[Math.min(at, last)];
  return (
    <div
      role="presentation"
      className={styles.strip}
      onKeyDown={onKeyDown}
      onPointerLeave={() => setAt(null)}
      onBlur={() => setAt(null)}
    >
      <svg
        ref={picture}
        role="group"
        aria-label="Checks of the last 90 days, a tick per day"
        viewBox={`0 0 ${width} ${height}`}
        className={styles.picture}
      >
        <path className={styles.line} d={`M0 ${line}.5H${width}`} />
        {monthStarts(now).map(({ place, label }) => (
          <text key={label} className={styles.month} x={place * stepPx} y={height - 1} aria-hidden="true">
            {label}
          </text>
        ))}
        {ticks.map((tick, index) => (
          <Tick
            key={tick.place}
            tick={tick}
            label={wordsOf(tick, now)}
            stop={index === stop}
            onLook={() => setAt(index)}
          />
        ))}
      </svg>
      <p className={styles.words}>{seen === undefined ? summaryOf(ticks) : wordsOf(seen, now)}</p>
      <Table ticks={ticks} now={now} />
    </div>
  );
};
