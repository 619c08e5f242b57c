// What turns are planned, by day: one month, or twelve.
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useMemo, useState, type ReactNode } from 'react';
import { goTo } from '../../app/app-store.ts';
import { today } from '../../lib/time-words.ts';
import type { TurnDate } from '../../lib/types.ts';
import { useNow } from '../../lib/use-now.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { layMonths, monthFrom } from './calendar-layout.ts';
import { Months } from './calendar-months.tsx';
import { useTurnCalendar } from './use-turns.ts';
import styles from './calendar.module.css';

type Span = 'month' | 'year';

const Head = (props: {
  readonly span: Span;
  readonly label: string;
  readonly onSpan: (span: Span) => void;
  readonly onMove: (by: number | null) => void;
}): ReactNode => (
  <header className={styles.head}>
    <h2 className={styles.title} aria-live="polite">
      {props.label}
    </h2>
    {props.span === 'month' ? (
      <div className={styles.moves}>
        <IconButton icon={ChevronLeft} label="The month before" onClick={() => props.onMove(-1)} />
        <Button tone="quiet" onClick={() => props.onMove(null)}>
          Today
        </Button>
        <IconButton icon={ChevronRight} label="The next month" onClick={() => props.onMove(1)} />
      </div>
    ) : null}
    <Segmented
      small
      label="How much"
      value={props.span}
      choices={[
        { value: 'month', label: 'Month' },
        { value: 'year', label: 'Twelve months' },
      ]}
      onChange={props.onSpan}
    />
  </header>
);

const noDates: readonly TurnDate[] = [];

export const TurnCalendar = (): ReactNode => {
  const { value, error } = useTurnCalendar();
  const now = useNow(300_000);
  const thisMonth = today(now).slice(0, 7);
  const [span, setSpan] = useState<Span>('month');
  const [month, setMonth] = useState(thisMonth);
  const entries = value ?? noDates;
  const months = useMemo(
    () => layMonths(span === 'month' ? month : thisMonth, span === 'month' ? 1 : 12, entries, now),
    [span, month, thisMonth, entries, now],
  );
  if (value === null && error === null) return <SkeletonRows />;
  return (
    <section aria-label="Calendar of turns" className={styles.calendar}>
      <ErrorNote error={error} />
      <Head
        span={span}
        label={span === 'month' ? (months[0]?.label ?? '') : 'The next twelve months'}
        onSpan={setSpan}
        onMove={(by) => setMonth(by === null ? thisMonth : monthFrom(month, by))}
      />
      <Months months={months} entries={entries} small={span === 'year'} now={now} />
      {entries.length > 0 ? null : (
        <p className={styles.none}>
          Nothing is planned. A key comes here when a policy says how old it may get, or when you set how many
          days before its end it is turned.{' '}
          <Button onClick={() => goTo('settings')}>Set an age for all live keys</Button>
        </p>
      )}
    </section>
  );
};
