// The mark of a turn: a small dial that closes. What waits for a person, and each way of ending, has an outline of its own.
import type { ReactNode } from 'react';
import type { TurnOutcome, TurnView } from '../../lib/types.ts';
import { classNames } from '../../ui/class-names.ts';
import { closedPart } from './dial-layout.ts';
import styles from './turn-mark.module.css';

export type TurnMarkName = 'runs' | 'you' | TurnOutcome;

const tones: Readonly<Record<TurnMarkName, string | undefined>> = {
  runs: styles.brass,
  you: styles.amber,
  turned: styles.green,
  'old-lives': styles.amber,
  undone: styles.grey,
  unchanged: styles.grey,
  lost: styles.red,
  stopped: styles.grey,
};

export const turnMarkOf = ({ state, outcome }: Pick<TurnView, 'state' | 'outcome'>): TurnMarkName =>
  outcome === null ? (state === 'needs-you' ? 'you' : 'runs') : outcome.kind;

const around = 2 * Math.PI * 6;
const line = { fill: 'none', stroke: 'currentColor', strokeWidth: 2, strokeLinecap: 'round' } as const;

const inside: Readonly<Record<TurnMarkName, ReactNode>> = {
  runs: null,
  you: <path d="M9 5.4v4.2M9 12.2v.1" {...line} />,
  turned: <path d="m6.2 9.2 2 2 3.8-4.3" {...line} strokeLinejoin="round" />,
  'old-lives': <circle cx="9" cy="9" r="2.4" fill="currentColor" />,
  undone: <path d="M11.6 9H6.6m2-2.2L6.4 9l2.2 2.2" {...line} strokeLinejoin="round" />,
  unchanged: <path d="M6.6 9h4.8" {...line} />,
  lost: <path d="m6.9 6.9 4.2 4.2m0-4.2-4.2 4.2" {...line} />,
  stopped: <rect x="6.6" y="6.6" width="4.8" height="4.8" rx="0.8" fill="currentColor" />,
};

export const TurnMark = (props: {
  readonly turn: Pick<TurnView, 'state' | 'outcome' | 'steps'>;
  readonly size?: number;
}): ReactNode => {
  const { turn, size = 18 } = props;
  const name = turnMarkOf(turn);
  const part = turn.outcome === null ? closedPart(turn) : 1;
  return (
    <svg
      className={classNames(styles.mark, tones[name])}
      width={size}
      height={size}
      viewBox="0 0 18 18"
      aria-hidden="true"
    >
      <circle className={styles.track} cx="9" cy="9" r="6.5" />
      <circle
        className={styles.closed}
        cx="9"
        cy="9"
        r="6.5"
        pathLength={around}
        strokeDasharray={`${around * part} ${around}`}
        transform="rotate(-90 9 9)"
      />
      {inside[name]}
    </svg>
  );
};
