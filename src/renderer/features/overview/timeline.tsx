// What expires and what is to be turned over the next twelve months: a lane per environment, today's line, overlaps stacked.
// A click opens the key. Arrow keys go from mark to mark; a table says the same.
import { Fragment, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { inDaysWords, shortDay } from '../../lib/time-words.ts';
import type { DueEntry } from '../../lib/types.ts';
import { useWidth } from '../../lib/use-width.ts';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { dueMark } from '../due/due-groups.ts';
import { layTimeline, markSize, nextSpot, type Lane, type Placed, type Spot } from './timeline-layout.ts';
import styles from './timeline.module.css';

export type TimelineMark = DueEntry & { readonly laneIds: readonly string[]; readonly day: string };

const wordsOf = (entry: DueEntry, now: number): string =>
  `${entry.name}: ${entry.what}, ${shortDay(entry.due, now)}, ${inDaysWords(entry.inDays)}`;

type MarkProps = {
  readonly placed: Placed<TimelineMark>;
  readonly top: number;
  readonly now: number;
  readonly spot: string;
  readonly stop: boolean;
  readonly onLook: (words: string) => void;
  readonly onOpen: (keyId: string) => void;
};

const Mark = ({ placed, top, now, spot, stop, onLook, onOpen }: MarkProps): ReactNode => {
  const [first] = placed.events;
  if (first === undefined) return null;
  const one = placed.events.length === 1;
  const words = one
    ? wordsOf(first, now)
    : `${placed.events.length} more around ${shortDay(first.due, now)}: ${placed.events.map(({ name }) => name).join(', ')}`;
  const button = (
    <button
      type="button"
      className={styles.mark}
      style={{ left: placed.x - markSize / 2, top: top + placed.y - markSize / 2 }}
      data-spot={spot}
      tabIndex={stop ? 0 : -1}
      aria-label={words}
      onFocus={() => onLook(words)}
      onPointerEnter={() => onLook(words)}
      {...(one ? { onClick: () => onOpen(first.keyId) } : {})}
    >
      {one ? (
        <StateMark name={dueMark(first)} />
      ) : (
        <span className={styles.more}>+{placed.events.length}</span>
      )}
    </button>
  );
  if (one) return button;
  return (
    <Menu trigger={button}>
      {placed.events.slice(0, 30).map((entry) => (
        <MenuItem key={entry.id} onSelect={() => onOpen(entry.keyId)}>
          {wordsOf(entry, now)}
        </MenuItem>
      ))}
    </Menu>
  );
};

const Table = (props: {
  readonly entries: readonly TimelineMark[];
  readonly lanes: readonly Lane[];
  readonly now: number;
}): ReactNode => (
  // A table takes the room of its words whatever width it is given: only a box around it hides them.
  <div className="visually-hidden">
    <table>
      <caption>What is due over the next twelve months</caption>
      <thead>
        <tr>
          <th scope="col">Day</th>
          <th scope="col">Key</th>
          <th scope="col">What</th>
          <th scope="col">Where</th>
        </tr>
      </thead>
      <tbody>
        {props.entries.slice(0, 500).map((entry) => (
          <tr key={entry.id}>
            <td>{shortDay(entry.due, props.now)}</td>
            <th scope="row">{entry.name}</th>
            <td>{entry.what}</td>
            <td>
              {props.lanes
                .filter(({ id }) => entry.laneIds.includes(id))
                .map(({ name }) => name)
                .join(', ')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

const legend = [
  ['expiring', 'expires'],
  ['expired', 'expired'],
  ['overdue', 'to be turned'],
  ['waiting', 'waits to be activated'],
  ['date', 'your own date'],
] as const;

/** What the marks in sight mean. */
const Legend = ({ entries }: { readonly entries: readonly TimelineMark[] }): ReactNode => {
  const used = new Set(entries.map(dueMark));
  return legend
    .filter(([mark]) => used.has(mark))
    .map(([mark, word]) => (
      <span key={mark} className={styles.legend}>
        <StateMark name={mark} size={14} /> {word}
      </span>
    ));
};

const labelsWidth = 104;
const axis = 22;

export const Timeline = (props: {
  readonly lanes: readonly Lane[];
  readonly entries: readonly TimelineMark[];
  readonly now: number;
  readonly onOpen: (keyId: string) => void;
}): ReactNode => {
  const { lanes, entries, now, onOpen } = props;
  const [frame, full] = useWidth<HTMLDivElement>();
  const [at, setAt] = useState<Spot>({ lane: -1, mark: 0 });
  const [seen, setSeen] = useState('');
  const picture = useRef<HTMLDivElement>(null);
  const width = Math.max(240, full - labelsWidth);
  // A mark that is looked at draws this again: thousands of dates are laid out once.
  const laid = useMemo(() => layTimeline(lanes, entries, width, now), [lanes, entries, width, now]);
  const firstLane = laid.lanes.findIndex(({ marks }) => marks.length > 0);
  const known = laid.lanes[at.lane]?.marks[at.mark] !== undefined;
  const stop = known ? at : { lane: firstLane, mark: 0 };
  const height = laid.height + axis;
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = nextSpot(laid.lanes, stop, event.key);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    setAt(next);
    picture.current?.querySelector<HTMLElement>(`[data-spot="${next.lane}.${next.mark}"]`)?.focus();
  };
  return (
    <div
      ref={frame}
      role="presentation"
      className={styles.timeline}
      onKeyDown={onKeyDown}
      onPointerLeave={() => setSeen('')}
      onBlur={() => setSeen('')}
    >
      <div
        ref={picture}
        role="group"
        aria-label="What is due over the next twelve months"
        className={styles.picture}
        style={{ height }}
      >
        <svg className={styles.ground} width={full} height={height} aria-hidden="true">
          {laid.lanes.map(({ lane, top, height: tall }) => (
            <Fragment key={lane.id}>
              <path className={styles.laneLine} d={`M0 ${top + tall}.5H${full}`} />
              <text className={styles.laneName} x="0" y={top + tall / 2} dominantBaseline="central">
                {lane.name.length > 15 ? `${lane.name.slice(0, 14)}…` : lane.name}
              </text>
            </Fragment>
          ))}
          <g transform={`translate(${labelsWidth} 0)`}>
            {laid.months.map(({ x, label, named }) => (
              <Fragment key={label}>
                <path className={styles.month} d={`M${x} 0V${laid.height}`} />
                {named ? (
                  <text className={styles.monthName} x={x} y={height - 6}>
                    {label}
                  </text>
                ) : null}
              </Fragment>
            ))}
            <path className={styles.today} d={`M${laid.todayX} 0V${laid.height + 4}`} />
            <text className={styles.todayName} x={laid.todayX} y={height - 6}>
              today
            </text>
          </g>
        </svg>
        <div className={styles.marks} style={{ left: labelsWidth }}>
          {laid.lanes.map(({ lane, top, marks }, laneIndex) =>
            marks.map((placed, index) => (
              <Mark
                key={`${lane.id} ${placed.events[0]?.id ?? ''}`}
                placed={placed}
                top={top}
                now={now}
                spot={`${laneIndex}.${index}`}
                stop={laneIndex === stop.lane && index === stop.mark}
                onLook={(words) => {
                  setSeen(words);
                  setAt({ lane: laneIndex, mark: index });
                }}
                onOpen={onOpen}
              />
            )),
          )}
        </div>
      </div>
      <p className={styles.words} aria-hidden="true">
        {seen === '' ? <Legend entries={entries} /> : seen}
      </p>
      <Table entries={entries} lanes={lanes} now={now} />
    </div>
  );
};
