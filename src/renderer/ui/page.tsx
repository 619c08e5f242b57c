// A place beside the keys: one heading, one sentence, its actions at the right, its content below.
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './page.module.css';

export type PageProps = {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  /** The content scrolls itself (a virtual list). */
  readonly fill?: boolean;
  readonly children: ReactNode;
};

export const Page = ({ title, lead, actions, fill = false, children }: PageProps): ReactNode => (
  <div className={styles.page}>
    <header className={styles.header}>
      <div className={styles.heading}>
        <h1 className={styles.title}>{title}</h1>
        {lead === undefined ? null : <p className={styles.lead}>{lead}</p>}
      </div>
      {actions === undefined ? null : <div className={styles.actions}>{actions}</div>}
    </header>
    <div className={classNames(styles.content, fill ? styles.fill : styles.scroll)}>{children}</div>
  </div>
);
