// A labelled place for one input: label above, help or error below, tied together for screen readers.
import { useId, type ReactNode } from 'react';
import { CircleAlert } from 'lucide-react';
import styles from './field.module.css';

export type FieldIds = {
  readonly id: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: true;
};

export type FieldProps = {
  readonly label: ReactNode;
  readonly help?: ReactNode;
  readonly error?: string | undefined;
  /** Something small at the right end of the label's line. */
  readonly aside?: ReactNode;
  readonly children: (ids: FieldIds) => ReactNode;
};

export const Field = ({ label, help, error, aside, children }: FieldProps): ReactNode => {
  const id = useId();
  const noteId = `${id}-note`;
  const hasNote = error !== undefined || help !== undefined;
  const ids: FieldIds = {
    id,
    ...(hasNote ? { 'aria-describedby': noteId } : {}),
    ...(error === undefined ? {} : { 'aria-invalid': true as const }),
  };
  return (
    <div className={styles.field}>
      <div className={styles.top}>
        <label className={styles.label} htmlFor={id}>
          {label}
        </label>
        {aside}
      </div>
      {children(ids)}
      {error === undefined ? null : (
        <p id={noteId} className={styles.error} role="alert">
          <CircleAlert size={14} aria-hidden="true" /> {error}
        </p>
      )}
      {error === undefined && help !== undefined ? (
        <p id={noteId} className={styles.help}>
          {help}
        </p>
      ) : null}
    </div>
  );
};
