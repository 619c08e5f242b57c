// An empty screen teaches: one picture of what will be there, one sentence, one action.
import type { ReactNode } from 'react';
import styles from './empty-state.module.css';

export type EmptyStateProps = {
  readonly picture: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
};

export const EmptyState = ({ picture, title, children, action }: EmptyStateProps): ReactNode => (
  <div className={styles.empty}>
    <div className={styles.picture} aria-hidden="true">
      {picture}
    </div>
    <h2 className={styles.title}>{title}</h2>
    {children === undefined ? null : <p className={styles.text}>{children}</p>}
    {action === undefined ? null : <div className={styles.action}>{action}</div>}
  </div>
);
