// What the last asking of many has shown: what changed first, then what does not work, then how many are as they were.
import { useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { closeOverlay, goTo } from '../../app/app-store.ts';
import { stateMarks, stateWords } from '../../lib/key-state.ts';
import { counted } from '../../lib/time-words.ts';
import type { CheckResult } from '../../lib/types.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProviderTile } from '../../ui/provider-tile.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { focusList } from '../keys/find-field.tsx';
import { keysStore, showKey } from '../keys/store.ts';
import { checkStore } from './check-store.ts';
import { checkSentence, sortResults } from './sort-results.ts';
import styles from './summary-dialog.module.css';

const open = (id: string): void => {
  closeOverlay();
  goTo('keys');
  showKey(id);
  requestAnimationFrame(focusList);
};

const mostShown = 100;

const Row = ({ result, changed }: { readonly result: CheckResult; readonly changed: boolean }): ReactNode => {
  const providers = useStore(keysStore, (store) => store.providers);
  const provider = result.provider === null ? null : (providers.get(result.provider) ?? null);
  return (
    <li>
      <button type="button" className={styles.row} onClick={() => open(result.id)}>
        <StateMark name={stateMarks[result.state]} />
        <ProviderTile provider={provider} />
        <span className={styles.text}>
          <span className={styles.name}>{result.name}</span>
          <span className={styles.change}>
            {changed ? `${stateWords[result.before]} → ` : ''}
            <strong>{stateWords[result.state]}</strong>
            {result.state === 'valid' || result.reason === '' ? '' : `: ${result.reason}`}
            {result.differs.length === 0
              ? ''
              : ` It told ${counted(result.differs.length, 'fact')} that ${result.differs.length === 1 ? 'differs' : 'differ'} from yours.`}
          </span>
        </span>
      </button>
    </li>
  );
};

const Group = (props: {
  readonly title: string;
  readonly results: readonly CheckResult[];
  readonly changed?: boolean;
}): ReactNode => {
  const { title, results, changed = false } = props;
  const [all, setAll] = useState(false);
  if (results.length === 0) return null;
  const shown = all ? results : results.slice(0, mostShown);
  return (
    <section aria-label={title} className={styles.group}>
      <h3 className={styles.title}>
        {title} <span className="tabular">{results.length}</span>
      </h3>
      <ul>
        {shown.map((result) => (
          <Row key={result.id} result={result} changed={changed} />
        ))}
      </ul>
      {shown.length < results.length ? <Button onClick={() => setAll(true)}>Show all</Button> : null}
    </section>
  );
};

export const CheckSummaryDialog = (): ReactNode => {
  const last = useStore(checkStore, (store) => store.last);
  if (last === null) {
    return (
      <Dialog title="Nothing was asked yet" size="small" onClose={closeOverlay}>
        <p>Check all keys first: then you see here what changed.</p>
      </Dialog>
    );
  }
  const { changed, broken, same } = sortResults(last.results);
  return (
    <Dialog title={last.stopped ? 'You stopped the check' : 'What changed'} onClose={closeOverlay}>
      <p className={styles.sentence}>{checkSentence(last.results, last.stopped)}</p>
      <Group title="Changed" results={changed} changed />
      <Group title="Still not right" results={broken} />
      {same.length === 0 ? null : (
        <p className={styles.same}>{counted(same.length, 'key')} as before, and nothing wrong with them.</p>
      )}
    </Dialog>
  );
};
