// How settings are laid out: a titled group of rows, each with its words on the left and its control on the right.
import { useId, type ReactNode } from 'react';
import styles from './settings.module.css';

export const Group = (props: { readonly title: string; readonly children: ReactNode }): ReactNode => (
  <section className={styles.group} aria-label={props.title}>
    <h2 className={styles.groupTitle}>{props.title}</h2>
    <div className={styles.rows}>{props.children}</div>
  </section>
);

export const Row = (props: {
  readonly label: string;
  readonly help?: string;
  readonly children: (labelId: string) => ReactNode;
}): ReactNode => {
  const id = useId();
  return (
    <div className={styles.row}>
      <div className={styles.rowText}>
        <p id={id} className={styles.rowLabel}>
          {props.label}
        </p>
        {props.help === undefined ? null : <p className={styles.rowHelp}>{props.help}</p>}
      </div>
      <div className={styles.control}>{props.children(id)}</div>
    </div>
  );
};
