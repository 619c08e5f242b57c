// The lines around a finding as they stand there now, the value masked, neutralised by the agent. Read when the place is looked at.
import type { ReactNode } from 'react';
import type { FindingView } from '../../lib/types.ts';
import { Note } from '../../ui/note.tsx';
import { useLeakRead } from './use-leaks.ts';
import styles from './finding-detail.module.css';

export const LinesAround = ({ finding }: { readonly finding: FindingView }): ReactNode => {
  const { value, error } = useLeakRead('leaks.context', { id: finding.id });
  if (error !== null) {
    return (
      <Note severity="info" next={error.next}>
        {error.message}
      </Note>
    );
  }
  if (value === null || value.lines.length === 0) return null;
  return (
    <div className={styles.lines} role="group" aria-label="Lines around it">
      {value.lines.map(({ line, text }) => (
        <div key={line} className={styles.line} data-at={line === value.at || undefined}>
          <span className={styles.number}>
            {line === value.at ? <span className="visually-hidden">here, line </span> : null}
            {line}
          </span>
          <span>{text}</span>
        </div>
      ))}
    </div>
  );
};
