// The vocabulary of states: shape, colour and word together, everywhere the same. Drawn here, on a grid of 16, so that
// each is known by its outline alone.
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './state-mark.module.css';

export type MarkName =
  | 'works'
  | 'expiring'
  | 'overdue'
  | 'blocked'
  | 'waiting'
  | 'refused'
  | 'expired'
  | 'silent'
  | 'unasked'
  | 'leaked'
  | 'date';

export type MarkTone = 'green' | 'amber' | 'red' | 'blue' | 'grey';
type Drawing = { readonly tone: MarkTone; readonly word: string; readonly shape: ReactNode };

const circle = { cx: 8, cy: 8, r: 5 };
const stroke = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.75 } as const;

const drawings: Readonly<Record<MarkName, Drawing>> = {
  works: { tone: 'green', word: 'works', shape: <circle {...circle} r={5.5} fill="currentColor" /> },
  expiring: {
    tone: 'amber',
    word: 'expires soon',
    shape: (
      <>
        <circle {...circle} {...stroke} />
        <path d="M8 3a5 5 0 0 1 0 10z" fill="currentColor" />
      </>
    ),
  },
  overdue: {
    tone: 'amber',
    word: 'turn it',
    shape: (
      <>
        <path d="M13 8a5 5 0 1 1-5-5" {...stroke} strokeLinecap="round" />
        <path d="M8 .8 11 3 8 5.2z" fill="currentColor" />
      </>
    ),
  },
  blocked: {
    tone: 'blue',
    word: 'works, but not here',
    shape: <rect x="3" y="3" width="10" height="10" rx="1" fill="currentColor" />,
  },
  waiting: {
    tone: 'blue',
    word: 'not activated yet',
    shape: <circle {...circle} {...stroke} strokeWidth={2} strokeLinecap="round" strokeDasharray="0 3.927" />,
  },
  refused: {
    tone: 'red',
    word: 'refused',
    shape: <path d="m3.75 3.75 8.5 8.5m0-8.5-8.5 8.5" {...stroke} strokeWidth={2.25} strokeLinecap="round" />,
  },
  expired: {
    tone: 'red',
    word: 'expired',
    shape: (
      <path
        d="M3.5 2.5h9M3.5 13.5h9M4.75 2.5c0 3.25 3.25 3.75 3.25 5.5s-3.25 2.25-3.25 5.5M11.25 2.5C11.25 5.75 8 6.25 8 8s3.25 2.25 3.25 5.5"
        {...stroke}
        strokeWidth={1.6}
        strokeLinecap="round"
      />
    ),
  },
  silent: {
    tone: 'grey',
    word: 'no answer',
    shape: <circle {...circle} {...stroke} strokeDasharray="4.6 3.254" strokeDashoffset="2.3" />,
  },
  unasked: { tone: 'grey', word: 'not asked yet', shape: <circle {...circle} {...stroke} /> },
  leaked: {
    tone: 'red',
    word: 'seen elsewhere',
    shape: (
      <path
        d="M8.6 1.5c.4 2.4 3.9 4.1 3.9 7.7A4.4 4.4 0 0 1 8 13.9a4.4 4.4 0 0 1-4.5-4.6c0-1.7.9-3 1.9-4 .1 1.3.7 2 1.4 2.3-.3-2.4.3-4.7 1.8-6.1z"
        fill="currentColor"
      />
    ),
  },
  // No state: a day that a person wrote down.
  date: {
    tone: 'grey',
    word: 'a date of your own',
    shape: <path d="m8 2.5 5.5 5.5L8 13.5 2.5 8z" {...stroke} strokeLinejoin="round" />,
  },
};

/** The plain word of a mark; a caller that knows more (days, who) says more. */
export const markWord = (name: MarkName): string => drawings[name].word;
/** The colour that goes with a mark, by name. */
export const toneOf = (name: MarkName): MarkTone => drawings[name].tone;
export const markNames = Object.keys(drawings) as readonly MarkName[];

export type StateMarkProps = {
  readonly name: MarkName;
  /** What a screen reader says; leave out where the word stands beside the mark. */
  readonly label?: string;
  readonly size?: number;
};

export const StateMark = ({ name, label, size = 16 }: StateMarkProps): ReactNode => (
  <svg
    className={classNames(styles.mark, styles[drawings[name].tone])}
    width={size}
    height={size}
    viewBox="0 0 16 16"
    {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
  >
    {drawings[name].shape}
  </svg>
);

/** Mark and word side by side. */
export const StateWord = ({ name, word }: { readonly name: MarkName; readonly word: string }): ReactNode => (
  <span className={styles.pair}>
    <StateMark name={name} />
    <span className={styles[`${drawings[name].tone}Word`]}>{word}</span>
  </span>
);
