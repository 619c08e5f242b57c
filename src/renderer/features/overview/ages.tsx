// How old the values are against the age at which they are to be turned: a bar per key, a notch where its limit is.
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { goTo } from '../../app/app-store.ts';
import { counted } from '../../lib/time-words.ts';
import { Button } from '../../ui/button.tsx';
import type { AgeBar, Ages } from './age-layout.ts';
import styles from './ages.module.css';

const wordsOf = ({ key, ageDays, limitDays }: AgeBar): string => {
  const over = ageDays - limitDays;
  const left = over > 0 ? `${counted(over, 'day')} over` : `${counted(-over, 'day')} left`;
  return `${key.name}: ${counted(ageDays, 'day')} old, to be turned every ${limitDays}, ${left}`;
};

const Bar = ({ bar }: { readonly bar: AgeBar }): ReactNode => {
  const { length, limit, overdue } = bar;
  const within = Math.min(length, limit);
  return (
    <svg className={styles.bar} viewBox="0 0 1000 16" preserveAspectRatio="none" aria-hidden="true">
      <rect className={styles.room} width={limit * 1_000} y="4" height="8" />
      <rect className={styles.within} width={within * 1_000} y="4" height="8" />
      {overdue ? (
        <rect className={styles.over} x={limit * 1_000} width={(length - limit) * 1_000} y="4" height="8" />
      ) : null}
      <path className={styles.limit} d={`M${limit * 1_000} 0V16`} vectorEffect="non-scaling-stroke" />
    </svg>
  );
};

const Table = ({ bars }: { readonly bars: Ages['bars'] }): ReactNode => (
  <div className="visually-hidden">
    <table>
      <caption>Age of the values against the age at which each is to be turned</caption>
      <thead>
        <tr>
          <th scope="col">Key</th>
          <th scope="col">Age</th>
          <th scope="col">To be turned at</th>
          <th scope="col">Overdue</th>
        </tr>
      </thead>
      <tbody>
        {bars.map(({ key, ageDays, limitDays, overdue }) => (
          <tr key={key.id}>
            <th scope="row">{key.name}</th>
            <td>{counted(ageDays, 'day')}</td>
            <td>{counted(limitDays, 'day')}</td>
            <td>{overdue ? 'yes' : 'no'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

const move: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

export const AgesPicture = (props: {
  readonly ages: Ages;
  readonly onOpen: (keyId: string) => void;
}): ReactNode => {
  const { ages, onOpen } = props;
  const list = useRef<HTMLUListElement>(null);
  const [at, setAt] = useState(0);
  const stop = Math.min(at, ages.bars.length - 1);
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = stop + (move[event.key] ?? 0);
    if (move[event.key] === undefined || next < 0 || next >= ages.bars.length) return;
    event.preventDefault();
    event.stopPropagation();
    setAt(next);
    list.current?.querySelectorAll('button')[next]?.focus();
  };
  if (ages.bars.length === 0) {
    return (
      <p className={styles.none}>
        No key has an age at which it is to be turned.{' '}
        <Button onClick={() => goTo('settings')}>Set one for all live keys</Button>
      </p>
    );
  }
  const rest = ages.withLimit - ages.bars.length;
  return (
    <div role="presentation" className={styles.picture} onKeyDown={onKeyDown}>
      <ul ref={list} className={styles.ages} aria-label="Ages against the limit">
        {ages.bars.map((bar, index) => (
          <li key={bar.key.id}>
            <button
              type="button"
              className={styles.row}
              tabIndex={index === stop ? 0 : -1}
              aria-label={wordsOf(bar)}
              onFocus={() => setAt(index)}
              onClick={() => onOpen(bar.key.id)}
            >
              <span className={styles.name}>{bar.key.name}</span>
              <Bar bar={bar} />
              <span className={bar.overdue ? styles.late : styles.numbers}>
                {bar.ageDays} of {bar.limitDays} d
              </span>
            </button>
          </li>
        ))}
      </ul>
      <p className={styles.rest}>
        {rest > 0 ? `${counted(rest, 'more key')} nearer to its beginning. ` : ''}
        {ages.without > 0 ? `${counted(ages.without, 'key')} without an age at which to turn.` : ''}
      </p>
      <Table bars={ages.bars} />
    </div>
  );
};
