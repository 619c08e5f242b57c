// What the turn did and when, the newest first; exact times on hover.
import { useState, type ReactNode } from 'react';
import type { TurnView } from '../../lib/types.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { Moment } from '../../ui/moment.tsx';
import { sentence, stepNames } from './turn-words.ts';
import styles from './turn-view.module.css';

type Line = TurnView['journal'][number];

const eventWords: Readonly<Record<Line['event'], string>> = {
  begun: 'begun',
  done: 'done',
  failed: 'failed',
  waiting: 'waits',
  skipped: 'left out',
  note: 'noted',
};

const Dot = ({ event }: { readonly event: Line['event'] }): ReactNode => (
  <svg width="13" height="13" viewBox="0 0 13 13" role="img" aria-label={eventWords[event]}>
    {event === 'failed' ? (
      <path className={styles.dotFailed} d="m3.5 3.5 6 6m0-6-6 6" />
    ) : (
      <circle
        className={event === 'done' ? styles.dotDone : styles.dotOpen}
        cx="6.5"
        cy="6.5"
        r={event === 'done' ? 4 : 3.5}
      />
    )}
  </svg>
);

const fewLines = 12;

export const TurnJournal = ({ turn }: { readonly turn: TurnView }): ReactNode => {
  const [all, setAll] = useState(false);
  if (turn.journal.length === 0) return null;
  const lines = turn.journal.map((line, index) => ({ ...line, index })).toReversed();
  const shown = all ? lines : lines.slice(0, fewLines);
  return (
    <section aria-label="Journal" className={styles.journal}>
      <h2 className={styles.title}>
        Journal <span className={styles.count}>{lines.length}</span>
      </h2>
      <ol>
        {shown.map(({ index, step, event, what, atMs }) => (
          <li key={index} className={styles.line}>
            <Dot event={event} />
            <span className={styles.stepName}>{stepNames[step]}</span>
            <span className={classNames(styles.what, event === 'failed' && styles.whatFailed)}>
              {sentence(what)}
            </span>
            <span className={styles.when}>
              <Moment atMs={atMs} />
            </span>
          </li>
        ))}
      </ol>
      {shown.length < lines.length ? (
        <div>
          <Button tone="quiet" onClick={() => setAll(true)}>
            Show all {lines.length}
          </Button>
        </div>
      ) : null}
    </section>
  );
};
