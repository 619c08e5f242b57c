// How many keys are in which state; a press shows them.
import { Moon, UserX, type LucideIcon } from 'lucide-react';
import { useMemo, type ReactNode } from 'react';
import { countStates } from '../../lib/key-filter.ts';
import type { KeySummary } from '../../lib/types.ts';
import { StateMark, type MarkName } from '../../ui/state-mark.tsx';
import { showList } from './go.ts';
import styles from './overview.module.css';

const chipMarks: Readonly<Record<string, MarkName>> = {
  refused: 'refused',
  expired: 'expired',
  blocked: 'blocked',
  waiting: 'waiting',
  lost: 'overdue',
  expiring: 'expiring',
  overdue: 'overdue',
  silent: 'silent',
  works: 'works',
  'never-checked': 'unasked',
};

/** What is no state of the key but wants a look: drawn as in its row. */
const chipIcons: Readonly<Record<string, LucideIcon>> = { unused: Moon, 'owner-left': UserX };

const ChipMark = ({ word }: { readonly word: string }): ReactNode => {
  const mark = chipMarks[word];
  const Icon = chipIcons[word];
  if (mark !== undefined) return <StateMark name={mark} />;
  return Icon === undefined ? null : <Icon size={14} strokeWidth={1.75} aria-hidden="true" />;
};

export const StateChips = (props: {
  readonly keys: readonly KeySummary[];
  readonly projectId: string | null;
}): ReactNode => {
  const counts = useMemo(() => countStates(props.keys), [props.keys]);
  const { projectId } = props;
  return (
    <ul className={styles.chips} aria-label="Keys by state">
      {counts.map(({ word, label, count }) => {
        const inside = (
          <>
            <ChipMark word={word} />
            <span className={styles.chipCount}>{count.toLocaleString('en-GB')}</span>
            <span>{label}</span>
          </>
        );
        return (
          <li key={word}>
            {projectId === null ? (
              <span className={styles.chip}>{inside}</span>
            ) : (
              <button
                type="button"
                className={styles.chip}
                onClick={() => showList(projectId, null, `state:${word}`)}
              >
                {inside}
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
};
