// What a key's own page says of pasted copies: where they stand, how bad that is, and the way there.
import { Flame } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { ago, exactTime } from '../../lib/time-words.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Note } from '../../ui/note.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { Section } from '../keys/detail-sections.tsx';
import { wantsYou } from './group-findings.ts';
import { findingStateWords, placesWords, placeWords, severityRank, shortPath } from './leak-words.ts';
import { leaksStore, openFinding, openLeaks } from './leaks-store.ts';
import { SeverityMark } from './severity-mark.tsx';
import detail from '../keys/detail.module.css';
import styles from './key-places.module.css';

/** So many places want somebody: the loudest there is to say of a key. */
export const SeenNote = (props: { readonly keyId: string; readonly name: string }): ReactNode => {
  const { keyId, name } = props;
  const count = useStore(leaksStore, (store) => store.summary.byKey.get(keyId) ?? 0);
  return count === 0 ? null : (
    <Note
      severity="danger"
      next="Being deleted there does not unleak it: turn it."
      action={<Button onClick={() => openLeaks('found', { group: { id: keyId, name } })}>Show where</Button>}
    >
      Seen in {placesWords(count)}.
    </Note>
  );
};

/** The sign of the same in a list. */
export const SeenSign = ({ keyId }: { readonly keyId: string }): ReactNode => {
  const count = useStore(leaksStore, (store) => store.summary.byKey.get(keyId) ?? 0);
  return count === 0 ? null : <StateMark name="leaked" size={14} label={`seen in ${placesWords(count)}`} />;
};

const few = 5;

export const KeyPlaces = (props: {
  readonly keyId: string;
  readonly name: string;
  readonly now: number;
}): ReactNode => {
  const { keyId, name, now } = props;
  const findings = useStore(
    leaksStore,
    useShallow((store) => store.findings.filter((finding) => finding.keyId === keyId)),
  );
  if (findings.length === 0) return null;
  const sorted = findings.toSorted(
    (left, right) =>
      Number(wantsYou(right.state)) - Number(wantsYou(left.state)) ||
      severityRank(left.severity) - severityRank(right.severity),
  );
  const showAll = (): void => openLeaks('found', { state: 'all', group: { id: keyId, name } });
  return (
    <Section
      title="Seen elsewhere"
      action={<IconButton icon={Flame} label="Show all its places" small onClick={showAll} />}
    >
      <ul className={styles.lines}>
        {sorted.slice(0, few).map((finding) => (
          <li key={finding.id} className={styles.line}>
            <SeverityMark severity={finding.severity} label={finding.severity} />
            <button
              type="button"
              className={styles.open}
              title={finding.place.path}
              onClick={() => openFinding(finding)}
            >
              {shortPath(finding.place)}
              <span className={styles.quiet}>
                {' '}
                {placeWords[finding.place.kind]}, {findingStateWords[finding.state]}
              </span>
            </button>
            <Tooltip label={exactTime(finding.lastSeenMs)}>
              <time dateTime={new Date(finding.lastSeenMs).toISOString()} className={detail.when}>
                {ago(finding.lastSeenMs, now)}
              </time>
            </Tooltip>
          </li>
        ))}
      </ul>
      {sorted.length > few ? (
        <div>
          <Button tone="quiet" onClick={showAll}>
            Show all {sorted.length.toLocaleString('en-GB')}
          </Button>
        </div>
      ) : null}
    </Section>
  );
};
