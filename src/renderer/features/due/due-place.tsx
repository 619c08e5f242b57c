// What wants a person, by time: what, why, open it, put it off. Everything within its lead time; further ahead where asked.
import { CalendarPlus } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { appStore, goTo, openOverlay } from '../../app/app-store.ts';
import { inDaysWords, momentWords, shortDay } from '../../lib/time-words.ts';
import type { DueEntry } from '../../lib/types.ts';
import { useNow } from '../../lib/use-now.ts';
import { KindBadge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { Page } from '../../ui/page.tsx';
import { DuePicture } from '../../ui/pictures.tsx';
import { ProviderTile } from '../../ui/provider-tile.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { StateMark, toneOf } from '../../ui/state-mark.tsx';
import { focusList } from '../keys/find-field.tsx';
import { keysStore, showKey } from '../keys/store.ts';
import { dueMark, groupDue, isPutOff, type DueGroup } from './due-groups.ts';
import { SnoozeMenu, wake } from './snooze.tsx';
import { useDue } from './use-due.ts';
import styles from './due.module.css';

const open = (keyId: string): void => {
  showKey(keyId);
  goTo('keys');
  requestAnimationFrame(focusList);
};

const useWhere = (entry: DueEntry): string => {
  const overview = useStore(keysStore, (store) => store.overview);
  const places = (overview?.projects ?? []).flatMap((project) =>
    project.environments
      .filter(({ id }) => entry.environmentIds.includes(id))
      .map(({ name }) => ({ project: project.name, name })),
  );
  const names = places.map(({ name }) => name).join(', ');
  return (overview?.projects.length ?? 0) > 1 ? `${places[0]?.project ?? ''}: ${names}` : names;
};

const Row = ({ entry, now }: { readonly entry: DueEntry; readonly now: number }): ReactNode => {
  const providers = useStore(keysStore, (store) => store.providers);
  const provider = entry.provider === null ? null : (providers.get(entry.provider) ?? null);
  const where = useWhere(entry);
  const mark = dueMark(entry);
  return (
    <li className={styles.row}>
      <StateMark name={mark} />
      <ProviderTile provider={provider} />
      <div className={styles.text}>
        <p className={styles.names}>
          <button type="button" className={styles.name} onClick={() => open(entry.keyId)}>
            {entry.name}
          </button>
          <KindBadge kind={entry.kind} />
          <span className={styles.where}>
            {provider === null ? '' : `${provider.name} · `}
            {where}
          </span>
        </p>
        <p className={classNames(styles.what, styles[toneOf(mark)])}>{entry.what}</p>
      </div>
      <p className={styles.when}>
        <span className={entry.inDays < 0 ? styles.red : undefined}>{inDaysWords(entry.inDays)}</span>
        <span className={styles.day}>{shortDay(entry.due, now)}</span>
      </p>
      {isPutOff(entry, now) ? (
        <Button tone="quiet" onClick={() => void wake(entry)}>
          Show again
        </Button>
      ) : (
        <SnoozeMenu entry={entry} />
      )}
    </li>
  );
};

const shownAtFirst = 100;

const Group = ({ group, now }: { readonly group: DueGroup; readonly now: number }): ReactNode => {
  const [all, setAll] = useState(false);
  const shown = all ? group.entries : group.entries.slice(0, shownAtFirst);
  return (
    <section aria-label={group.title}>
      <h2 className={styles.title}>
        {group.title} <span className={styles.count}>{group.entries.length}</span>
      </h2>
      <ul>
        {shown.map((entry) => (
          <Row key={entry.id} entry={entry} now={now} />
        ))}
      </ul>
      {shown.length < group.entries.length ? (
        <Button tone="quiet" onClick={() => setAll(true)}>
          Show all {group.entries.length.toLocaleString('en-GB')}
        </Button>
      ) : null}
    </section>
  );
};

const PutOff = ({
  entries,
  now,
}: {
  readonly entries: readonly DueEntry[];
  readonly now: number;
}): ReactNode => {
  const first = Math.min(...entries.map(({ snoozedUntilMs }) => snoozedUntilMs ?? Infinity));
  return entries.length === 0 ? null : (
    <details className={styles.fold}>
      <summary>
        Put off <span className={styles.count}>{entries.length}</span>
        <span className={styles.next}>the next comes back {momentWords(first, now)}</span>
      </summary>
      <ul>
        {entries.map((entry) => (
          <Row key={entry.id} entry={entry} now={now} />
        ))}
      </ul>
    </details>
  );
};

const Nothing = (): ReactNode => (
  <EmptyState
    picture={<DuePicture />}
    title="Nothing is due"
    action={<Button onClick={() => goTo('settings')}>Set lead times and ages</Button>}
  >
    Keys come here before they expire, when they are old enough to be turned, and on dates of your own: press
    W on a key.
  </EmptyState>
);

const yearDays = 366;
type Span = 'now' | 'year';

export const DuePlace = (): ReactNode => {
  const [span, setSpan] = useState<Span>('now');
  const { entries, error } = useDue(span === 'now' ? null : yearDays);
  const reminds = useStore(appStore, (store) => store.state?.settings.reminders ?? true);
  const now = useNow(60_000);
  const groups = groupDue(entries ?? [], now);
  const putOff = (entries ?? []).filter((entry) => isPutOff(entry, now));
  return (
    <Page
      title="Due"
      lead={
        reminds
          ? 'What wants you, soonest first. You are reminded of it also while the vault is locked.'
          : 'What wants you, soonest first. Reminders are off in the settings.'
      }
      actions={
        <Button icon={CalendarPlus} onClick={() => openOverlay({ type: 'calendar' })}>
          Calendar…
        </Button>
      }
    >
      <div className={styles.content}>
        <Segmented
          small
          label="How far ahead"
          value={span}
          choices={[
            { value: 'now', label: 'Now' },
            { value: 'year', label: 'Next twelve months' },
          ]}
          onChange={setSpan}
        />
        <ErrorNote error={error} />
        {entries === null && error === null ? <SkeletonRows /> : null}
        {entries !== null && groups.length === 0 && putOff.length === 0 ? <Nothing /> : null}
        {groups.map((group) => (
          <Group key={group.title} group={group} now={now} />
        ))}
        <PutOff entries={putOff} now={now} />
      </div>
    </Page>
  );
};
