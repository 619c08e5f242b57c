// Months of a calendar with what is planned in them. A click opens the turn or the key. Arrow keys go from mark to mark; a table says the same.
import { useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { daysUntil, inDaysWords, shortDay } from '../../lib/time-words.ts';
import type { TurnDate } from '../../lib/types.ts';
import { openKey } from '../overview/go.ts';
import {
  nextDate,
  weekdays,
  type CalendarDay,
  type CalendarMonth,
  type CalendarSpot,
} from './calendar-layout.ts';
import { DateMark, whyNames, whyWords } from './calendar-mark.tsx';
import { sentence } from './turn-words.ts';
import { openTurn } from './turns-store.ts';
import styles from './calendar.module.css';

const wordsOf = (entry: TurnDate, now: number): string => {
  const alone =
    entry.why === 'age' || entry.why === 'before-expiry'
      ? entry.unattended
        ? ' It begins by itself.'
        : ' It waits for you.'
      : '';
  return `${entry.keyName}: ${whyWords[entry.why]}, ${shortDay(entry.day, now)}, ${inDaysWords(daysUntil(entry.day, now))}. ${sentence(entry.text)}${alone}`;
};

const open = ({ rotationId, keyId }: TurnDate): void => {
  if (rotationId === null) openKey(keyId);
  else openTurn(rotationId);
};

type Spotted = { readonly entry: TurnDate; readonly spot: CalendarSpot };

type Walk = {
  readonly now: number;
  /** The entry that the Tab key stops at. */
  readonly stop: TurnDate | undefined;
  readonly onLook: (entry: TurnDate) => void;
};

const Chip = ({
  entry,
  small,
  walk,
}: {
  readonly entry: TurnDate;
  readonly small: boolean;
  readonly walk: Walk;
}): ReactNode => (
  <button
    type="button"
    className={small ? styles.dot : styles.chip}
    data-date=""
    tabIndex={walk.stop === entry ? 0 : -1}
    aria-label={wordsOf(entry, walk.now)}
    onFocus={() => walk.onLook(entry)}
    onPointerEnter={() => walk.onLook(entry)}
    onClick={() => open(entry)}
  >
    <DateMark why={entry.why} size={small ? 13 : 14} />
    {small ? null : <span className={styles.chipName}>{entry.keyName}</span>}
  </button>
);

const mostInCell = 3;

const Day = ({
  day,
  small,
  walk,
}: {
  readonly day: CalendarDay;
  readonly small: boolean;
  readonly walk: Walk;
}): ReactNode => {
  const { number, inMonth, isToday, entries } = day;
  // Twelve months side by side would show a day twice.
  const shown = inMonth || !small ? entries.slice(0, small ? 1 : mostInCell) : [];
  const more = entries.length - shown.length;
  return (
    <td
      className={small ? styles.smallDay : styles.day}
      data-outside={!inMonth || undefined}
      data-today={(isToday && inMonth) || undefined}
      aria-current={isToday && inMonth ? 'date' : undefined}
    >
      {small && shown.length > 0 ? null : (
        <span className={styles.number}>{small && !inMonth ? '' : number}</span>
      )}
      {shown.map((entry) => (
        <Chip key={`${entry.keyId} ${entry.why}`} entry={entry} small={small} walk={walk} />
      ))}
      {more > 0 && !small ? <span className={styles.more}>{more} more</span> : null}
    </td>
  );
};

const Month = (props: {
  readonly month: CalendarMonth;
  readonly small: boolean;
  readonly walk: Walk;
}): ReactNode => {
  const { month, small, walk } = props;
  return (
    <table className={small ? styles.smallMonth : styles.month}>
      <caption className={small ? styles.smallLabel : 'visually-hidden'}>
        {month.label}
        {small && month.count > 0 ? <span className={styles.count}> {month.count}</span> : null}
      </caption>
      <thead>
        <tr>
          {weekdays.map((weekday) => (
            <th key={weekday} scope="col">
              {small ? (
                <>
                  <span aria-hidden="true">{weekday.charAt(0)}</span>
                  <span className="visually-hidden">{weekday}</span>
                </>
              ) : (
                weekday
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {month.weeks.map((week) => (
          <tr key={week[0]?.day}>
            {week.map((day) => (
              <Day key={day.day} day={day} small={small} walk={walk} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const Table = ({
  entries,
  now,
}: {
  readonly entries: readonly TurnDate[];
  readonly now: number;
}): ReactNode => (
  // A table takes the room of its words whatever width it is given: only a box around it hides them.
  <div className="visually-hidden">
    <table>
      <caption>Planned turns of the next twelve months</caption>
      <thead>
        <tr>
          <th scope="col">Day</th>
          <th scope="col">Key</th>
          <th scope="col">Why</th>
          <th scope="col">What</th>
        </tr>
      </thead>
      <tbody>
        {entries.slice(0, 500).map((entry) => (
          <tr key={`${entry.day} ${entry.keyId} ${entry.why}`}>
            <td>{shortDay(entry.day, now)}</td>
            <th scope="row">{entry.keyName}</th>
            <td>{whyWords[entry.why]}</td>
            <td>{entry.text}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

const Legend = (): ReactNode =>
  whyNames.map((why) => (
    <span key={why} className={styles.legend}>
      <DateMark why={why} /> {whyWords[why]}
    </span>
  ));

/** Every mark in sight, in the order of the page. */
const spotsOf = (months: readonly CalendarMonth[], perCell: number): readonly Spotted[] => {
  let row = 0;
  return months.flatMap(({ weeks }) =>
    weeks.flatMap((week) => {
      row += 1;
      const at = row;
      return week.flatMap(({ inMonth, entries }, column) =>
        inMonth || perCell > 1
          ? entries.slice(0, perCell).map((entry) => ({ entry, spot: { row: at, column } }))
          : [],
      );
    }),
  );
};

export const Months = (props: {
  readonly months: readonly CalendarMonth[];
  readonly entries: readonly TurnDate[];
  readonly small: boolean;
  readonly now: number;
}): ReactNode => {
  const { months, entries, small, now } = props;
  const frame = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState<TurnDate | null>(null);
  const [last, setLast] = useState<TurnDate | null>(null);
  const spots = useMemo(() => spotsOf(months, small ? 1 : mostInCell), [months, small]);
  const known = spots.findIndex(({ entry }) => entry === last);
  const at = Math.max(0, known);
  const walk: Walk = {
    now,
    stop: spots[at]?.entry,
    onLook: (entry) => {
      setSeen(entry);
      setLast(entry);
    },
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = nextDate(
      spots.map(({ spot }) => spot),
      at,
      event.key,
    );
    if (to === null) return;
    event.preventDefault();
    event.stopPropagation();
    frame.current?.querySelectorAll<HTMLElement>('[data-date]')[to]?.focus();
  };
  return (
    <div
      role="presentation"
      onKeyDown={onKeyDown}
      onPointerLeave={() => setSeen(null)}
      onBlur={() => setSeen(null)}
    >
      <div ref={frame} role="group" aria-label="Planned turns" className={small ? styles.year : undefined}>
        {months.map((month) => (
          <Month key={month.id} month={month} small={small} walk={walk} />
        ))}
      </div>
      <p className={styles.words} aria-hidden="true">
        {seen === null ? <Legend /> : wordsOf(seen, now)}
      </p>
      <Table entries={entries} now={now} />
    </div>
  );
};
