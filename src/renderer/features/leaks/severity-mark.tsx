// How bad it is: bars that fill up, so that it is read without colour. The word stands beside it, or is its label.
import type { ReactNode } from 'react';
import type { Severity } from '../../lib/types.ts';
import { classNames } from '../../ui/class-names.ts';
import { severityRank } from './leak-words.ts';
import styles from './severity-mark.module.css';

const bars = [0, 1, 2, 3] as const;
const most = bars.length;

export const SeverityMark = (props: { readonly severity: Severity; readonly label?: string }): ReactNode => {
  const { severity, label } = props;
  const filled = most - severityRank(severity);
  return (
    <svg
      className={classNames(styles.mark, styles[severity])}
      width={16}
      height={16}
      viewBox="0 0 16 16"
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      {bars.map((bar) => (
        <rect
          key={bar}
          x={1.5 + bar * 3.5}
          y={10.5 - bar * 3}
          width={2.5}
          height={3.5 + bar * 3}
          rx={0.75}
          className={bar < filled ? styles.full : styles.empty}
        />
      ))}
    </svg>
  );
};

export const SeverityWord = ({ severity }: { readonly severity: Severity }): ReactNode => (
  <span className={classNames(styles.pair, styles[`${severity}Word`])}>
    <SeverityMark severity={severity} /> {severity}
  </span>
);
