// Why something stands on a day of the calendar, each known by its outline.
import type { ReactNode } from 'react';
import type { TurnDate } from '../../lib/types.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import styles from './calendar.module.css';

export type DateWhy = TurnDate['why'];

export const whyWords: Readonly<Record<DateWhy, string>> = {
  age: 'old enough to be turned',
  'before-expiry': 'turned before its end',
  'grace-ends': 'grace is over',
  'task-due': 'your task is due',
};

export const whyNames = Object.keys(whyWords) as readonly DateWhy[];

const stroke = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.75 } as const;

export const DateMark = ({
  why,
  size = 14,
}: {
  readonly why: DateWhy;
  readonly size?: number;
}): ReactNode => {
  if (why === 'age') return <StateMark name="overdue" size={size} />;
  if (why === 'before-expiry') return <StateMark name="expiring" size={size} />;
  return why === 'grace-ends' ? (
    <svg className={styles.graceMark} width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      <circle cx="5.6" cy="8" r="4.1" {...stroke} />
      <circle cx="10.4" cy="8" r="4.1" {...stroke} />
    </svg>
  ) : (
    <svg className={styles.taskMark} width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      <rect x="2.5" y="2.5" width="11" height="11" rx="2.5" {...stroke} />
      <path d="m5.5 8.1 1.8 1.9 3.2-3.9" {...stroke} strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
};
