// One piece of long work: what, how far, time left, cancel. It ends with a sentence, not with a tick.
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, IconButton } from './button.tsx';
import styles from './progress-row.module.css';

export type ProgressRowProps = {
  readonly label: string;
  readonly done: number;
  readonly total: number | null;
  /** How far, in words; without it the numbers themselves. */
  readonly numbers?: string;
  readonly timeLeft: string;
  readonly ended: string | null;
  /** Where its last sentence leads; while it goes on, where it is shown. */
  readonly action?: { readonly label: string; readonly run: () => void } | null;
  readonly onCancel: (() => void) | null;
  readonly onDismiss: () => void;
};

export const ProgressRow = (props: ProgressRowProps): ReactNode => {
  const { label, done, total, numbers, timeLeft, ended, action = null, onCancel, onDismiss } = props;
  if (ended !== null) {
    return (
      <li className={styles.row}>
        <div className={styles.ended}>
          <p>{ended}</p>
          {action === null ? null : <Button onClick={action.run}>{action.label}</Button>}
        </div>
        <IconButton icon={X} label="Dismiss" small onClick={onDismiss} />
      </li>
    );
  }
  return (
    <li className={styles.row}>
      <div className={styles.main}>
        <p className={styles.label}>{label}</p>
        <progress
          aria-label={label}
          className={styles.bar}
          {...(total === null ? {} : { value: done, max: total })}
        />
        <p className={styles.numbers}>
          {numbers ?? (total === null ? done : `${done} of ${total}`)}
          {timeLeft === '' ? '' : ` · ${timeLeft}`}
        </p>
      </div>
      {action === null ? null : (
        <Button tone="quiet" onClick={action.run}>
          {action.label}
        </Button>
      )}
      {onCancel === null ? null : <IconButton icon={X} label={`Cancel: ${label}`} small onClick={onCancel} />}
    </li>
  );
};
