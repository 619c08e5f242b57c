// A remark with its next step: a warning, a danger, a piece of information, or a failed call.
import { CircleAlert, Info, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AppError } from '../../core/model/app-error.ts';
import type { WarningSeverity } from '../../core/model/warning.ts';
import { classNames } from './class-names.ts';
import styles from './note.module.css';

const icons: Readonly<Record<WarningSeverity, LucideIcon>> = {
  info: Info,
  warning: TriangleAlert,
  danger: CircleAlert,
};

const words: Readonly<Record<WarningSeverity, string>> = {
  info: 'For your information',
  warning: 'Warning',
  danger: 'Danger',
};

export type NoteProps = {
  readonly severity: WarningSeverity;
  readonly next?: ReactNode;
  readonly children: ReactNode;
  readonly action?: ReactNode;
};

export const Note = ({ severity, next, children, action }: NoteProps): ReactNode => {
  const Icon = icons[severity];
  return (
    <div className={classNames(styles.note, styles[severity])}>
      <Icon size={16} strokeWidth={1.75} role="img" aria-label={words[severity]} />
      <div className={styles.text}>
        <p className={styles.message}>{children}</p>
        {next === undefined || next === '' ? null : <p className={styles.next}>{next}</p>}
      </div>
      {action === undefined ? null : <div className={styles.action}>{action}</div>}
    </div>
  );
};

/** What failed and what to do, read aloud at once. Nothing while there is no error. */
export const ErrorNote = ({
  error,
  action,
}: {
  readonly error: AppError | null;
  readonly action?: ReactNode;
}): ReactNode => (
  <div role="alert" className={styles.alert}>
    {error === null ? null : (
      <Note severity="danger" next={error.next} {...(action === undefined ? {} : { action })}>
        {error.message}
        {error.reportId === undefined ? null : ` (report ${error.reportId})`}
      </Note>
    )}
  </div>
);

const markTones: Readonly<Record<WarningSeverity, string | undefined>> = {
  info: styles.infoMark,
  warning: styles.warningMark,
  danger: styles.dangerMark,
};

/** The small mark of a list row that has warnings. */
export const WarningMark = ({
  severity,
  label,
}: {
  readonly severity: WarningSeverity;
  readonly label: string;
}): ReactNode => {
  const Icon = icons[severity];
  return <Icon className={markTones[severity]} size={15} strokeWidth={2} role="img" aria-label={label} />;
};
