// What the provider told about the key when it was asked, beside what is recorded. A difference is shown and never taken over by
// itself. The texts come from outside: they are text and nothing else.
import { useState, type ReactNode } from 'react';
import { call } from '../../lib/call.ts';
import { counted } from '../../lib/time-words.ts';
import type { KeyChecks, ToldEntry } from '../../lib/types.ts';
import { Button } from '../../ui/button.tsx';
import { Moment } from '../../ui/moment.tsx';
import { sayDone, sayFailed } from '../../ui/toast-store.ts';
import { Section } from '../keys/detail-sections.tsx';
import { readKeysSoon } from '../keys/store.ts';
import styles from './told.module.css';

const take = async (keyId: string, entries: readonly ToldEntry[]): Promise<void> => {
  const result = await call('keys.takeTold', { id: keyId, facts: entries.map(({ fact }) => fact) });
  if (!result.ok) {
    sayFailed(result.error);
    return;
  }
  readKeysSoon();
  sayDone(`Taken over: ${entries.map(({ label }) => label.toLowerCase()).join(', ')}.`);
};

const Line = (props: {
  readonly entry: ToldEntry;
  readonly busy: boolean;
  readonly onTake: () => void;
}): ReactNode => {
  const { entry } = props;
  return (
    <div className={styles.line} data-differs={entry.differs || undefined}>
      <dt>{entry.label}</dt>
      <dd className={styles.value}>
        <span className="selectable">{entry.told}</span>
        {entry.differs ? (
          <span className={styles.recorded}>you have: {entry.recorded ?? 'nothing'}</span>
        ) : null}
      </dd>
      {entry.differs && entry.canTake ? (
        <dd>
          <Button disabled={props.busy} aria-label={`Take over: ${entry.label}`} onClick={props.onTake}>
            Take over
          </Button>
        </dd>
      ) : null}
    </div>
  );
};

export const Told = ({
  keyId,
  checks,
}: {
  readonly keyId: string;
  readonly checks: KeyChecks;
}): ReactNode => {
  const [busy, setBusy] = useState(false);
  const { told } = checks;
  if (told.length === 0) return null;
  const takeable = told.filter(({ differs, canTake }) => differs && canTake);
  const run = async (entries: readonly ToldEntry[]): Promise<void> => {
    setBusy(true);
    await take(keyId, entries);
    setBusy(false);
  };
  const newest = Math.max(...told.map(({ atMs }) => atMs));
  return (
    <Section
      title="What the provider told"
      action={
        takeable.length > 1 ? (
          <Button tone="quiet" busy={busy} onClick={() => void run(takeable)}>
            Take over {counted(takeable.length, 'difference')}
          </Button>
        ) : (
          <span className={styles.when}>
            <Moment atMs={newest} />
          </span>
        )
      }
    >
      <dl className={styles.lines}>
        {told.map((entry) => (
          <Line key={entry.fact} entry={entry} busy={busy} onTake={() => void run([entry])} />
        ))}
      </dl>
    </Section>
  );
};
