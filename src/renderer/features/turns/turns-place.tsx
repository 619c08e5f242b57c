// Turns: the open ones first, then those that are over; what is planned as a calendar; env files that turns keep up to date. Or one turn.
import { Flame } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { goTo, openOverlay } from '../../app/app-store.ts';
import { ago, counted, exactTime } from '../../lib/time-words.ts';
import type { TurnView } from '../../lib/types.ts';
import { useNow } from '../../lib/use-now.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { Page } from '../../ui/page.tsx';
import { TurnsPicture } from '../../ui/pictures.tsx';
import { ProviderTile } from '../../ui/provider-tile.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { keysStore } from '../keys/store.ts';
import { TurnCalendar } from './calendar.tsx';
import { TrackedFiles } from './tracked-files.tsx';
import { layTurns } from './turn-order.ts';
import { TurnMark, turnMarkOf } from './turn-mark.tsx';
import { TurnScreen } from './turn-view.tsx';
import { sentence, spanWords, stateLine, untilLine } from './turn-words.ts';
import { showTurn, showTurnsTab, turnsStore } from './turns-store.ts';
import { useAllTurns } from './use-turns.ts';
import styles from './turns.module.css';

const LeakTime = ({ turn }: { readonly turn: TurnView }): ReactNode =>
  turn.foundAtMs === null ? null : (
    <span className={styles.leak}>
      <Flame size={13} strokeWidth={2} role="img" aria-label="after a leak" />
      {turn.deadAtMs === null ? 'not dead yet' : `dead after ${spanWords(turn.deadAtMs - turn.foundAtMs)}`}
    </span>
  );

/** What the right end of the row says already is not said twice. */
const rowLine = (turn: TurnView, now: number): string => {
  if (turn.outcome !== null) return turn.outcome.sentence;
  return turn.step === 'grace' && turn.graceUntilMs !== null
    ? 'Old and new both work; then the old one is revoked'
    : stateLine(turn, now);
};

const Row = ({ turn, now }: { readonly turn: TurnView; readonly now: number }): ReactNode => {
  const providers = useStore(keysStore, (store) => store.providers);
  const provider = turn.provider === null ? null : (providers.get(turn.provider) ?? null);
  const mark = turnMarkOf(turn);
  return (
    <li className={styles.row}>
      <TurnMark turn={turn} />
      <ProviderTile provider={provider} />
      <div className={styles.text}>
        <p className={styles.names}>
          <button type="button" className={styles.name} onClick={() => showTurn(turn.id)}>
            {turn.keyName}
          </button>
          <span className={styles.where}>{turn.providerName}</span>
          <LeakTime turn={turn} />
        </p>
        <p className={classNames(styles.what, mark === 'you' && styles.amber, mark === 'lost' && styles.red)}>
          {sentence(rowLine(turn, now))}
        </p>
      </div>
      <p className={styles.until}>
        {turn.outcome === null ? (
          untilLine(turn, now)
        ) : (
          <time dateTime={new Date(turn.outcome.atMs).toISOString()} title={exactTime(turn.outcome.atMs)}>
            {ago(turn.outcome.atMs, now)}
          </time>
        )}
      </p>
    </li>
  );
};

const shownAtFirst = 50;

const Group = (props: {
  readonly title: string;
  readonly turns: readonly TurnView[];
  readonly now: number;
}): ReactNode => {
  const { title, turns, now } = props;
  const [all, setAll] = useState(false);
  const shown = all ? turns : turns.slice(0, shownAtFirst);
  return turns.length === 0 ? null : (
    <section aria-label={title}>
      <h2 className={styles.title}>
        {title} <span className={styles.count}>{turns.length}</span>
      </h2>
      <ul>
        {shown.map((turn) => (
          <Row key={turn.id} turn={turn} now={now} />
        ))}
      </ul>
      {shown.length < turns.length ? (
        <Button tone="quiet" onClick={() => setAll(true)}>
          Show all {turns.length.toLocaleString('en-GB')}
        </Button>
      ) : null}
    </section>
  );
};

const Nothing = (): ReactNode => (
  <EmptyState
    picture={<TurnsPicture />}
    title="No key was turned yet"
    action={<Button onClick={() => goTo('keys')}>Choose a key</Button>}
  >
    Press <Kbd chord="R" /> on a key. A new one is made, kept and tested before the old one goes, and you see
    how each step went.
  </EmptyState>
);

const TurnsList = (): ReactNode => {
  const { value, error } = useAllTurns();
  const now = useNow(30_000);
  const { open, ended } = layTurns(value ?? []);
  return (
    <>
      <ErrorNote error={error} />
      {value === null && error === null ? <SkeletonRows /> : null}
      {value?.length === 0 ? <Nothing /> : null}
      <Group title="Open" turns={open} now={now} />
      <Group title="Over" turns={ended} now={now} />
    </>
  );
};

const leadOf = (you: number, open: number): string => {
  if (you > 0) return `${counted(you, 'turn')} ${you === 1 ? 'waits' : 'wait'} for you.`;
  return open > 0
    ? `${counted(open, 'turn')} under way. ${open === 1 ? 'It goes' : 'They go'} on by ${open === 1 ? 'itself' : 'themselves'} while the vault is unlocked.`
    : 'A key is turned without a moment when no valid one exists, and the old one is proven dead.';
};

export const TurnsPlace = (): ReactNode => {
  const { turnId, tab, open } = useStore(turnsStore);
  if (turnId !== null) return <TurnScreen key={turnId} id={turnId} />;
  const you = open.filter(({ state }) => state === 'needs-you').length;
  return (
    <Page
      title="Turns"
      lead={leadOf(you, open.length)}
      actions={
        <Button icon={Flame} onClick={() => openOverlay({ type: 'leaked' })}>
          Leaked keys…
        </Button>
      }
    >
      <div className={styles.content}>
        <Segmented
          small
          label="What to see"
          value={tab}
          choices={[
            { value: 'turns', label: 'Turns' },
            { value: 'calendar', label: 'Calendar' },
            { value: 'files', label: 'Env files' },
          ]}
          onChange={showTurnsTab}
        />
        {tab === 'turns' ? <TurnsList /> : tab === 'calendar' ? <TurnCalendar /> : <TrackedFiles />}
      </div>
    </Page>
  );
};
