// One turn: the dial, what is to be done now and by whom, the tasks, and the journal. Read again whenever the vault has changed.
import { ArrowLeft, Ellipsis, KeyRound, OctagonX, RotateCw, Undo2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { call } from '../../lib/call.ts';
import { momentWords } from '../../lib/time-words.ts';
import type { TurnView } from '../../lib/types.ts';
import { useNow } from '../../lib/use-now.ts';
import { KindBadge } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { Page } from '../../ui/page.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { sayFailed } from '../../ui/toast-store.ts';
import { keysStore, readKeysSoon } from '../keys/store.ts';
import { openKey } from '../overview/go.ts';
import { TurnDial } from './dial.tsx';
import { EndDialog, GraceDialog, UndoDialog } from './end-dialogs.tsx';
import { TurnJournal } from './turn-journal.tsx';
import { TurnMark } from './turn-mark.tsx';
import { TurnPaste } from './turn-paste.tsx';
import { TurnTasks } from './turn-tasks.tsx';
import { leakLine, nowTitle, reasonWords, sentence, stateLine, untilLine } from './turn-words.ts';
import { showTurn } from './turns-store.ts';
import { useTurn } from './use-turns.ts';
import styles from './turn-view.module.css';

const goOn = async ({ id }: TurnView): Promise<void> => {
  const result = await call('rotation.resume', { id });
  readKeysSoon();
  if (!result.ok) sayFailed(result.error);
};

const GoOn = ({ turn }: { readonly turn: TurnView }): ReactNode => {
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);
  if (turn.outcome !== null || turn.state === 'running' || turn.wantsValue) return null;
  if (turn.step === 'grace') {
    return (
      <>
        <Button onClick={() => setAsking(true)}>End the grace…</Button>
        {asking ? <GraceDialog turn={turn} onClose={() => setAsking(false)} /> : null}
      </>
    );
  }
  return (
    <Button
      icon={RotateCw}
      busy={busy}
      onClick={() => {
        setBusy(true);
        void goOn(turn).finally(() => setBusy(false));
      }}
    >
      Go on now
    </Button>
  );
};

const waitWords = (turn: TurnView, now: number): string => {
  if (turn.outcome !== null) return turn.outcome.sentence;
  if (turn.step === 'grace' && turn.graceUntilMs !== null)
    return `Old and new work side by side until ${momentWords(turn.graceUntilMs, now)}; then the old one is revoked.`;
  const until = turn.state === 'needs-you' ? '' : untilLine(turn, now);
  const line = sentence(stateLine(turn, now));
  return until === '' || turn.state === 'running' ? line : `${line} ${sentence(until)}`;
};

/** What is true now and what comes next: the one thing of this screen. */
const Now = ({ turn, now }: { readonly turn: TurnView; readonly now: number }): ReactNode => {
  const leak = leakLine(turn, now);
  const next = turn.outcome?.next ?? '';
  return (
    <section aria-label="Now" className={styles.now}>
      <h2 className={styles.nowTitle}>
        <TurnMark turn={turn} size={22} />
        {nowTitle(turn)}
      </h2>
      <div role="status">
        <p className={styles.nowWords}>{waitWords(turn, now)}</p>
        {next === '' ? null : <p className={styles.next}>{next}</p>}
        {leak === '' ? null : <p className={styles.leak}>{leak}</p>}
      </div>
      {turn.wantsValue ? <TurnPaste turn={turn} /> : null}
      <div className={styles.nowActions}>
        <GoOn turn={turn} />
      </div>
    </section>
  );
};

const Actions = ({ turn }: { readonly turn: TurnView }): ReactNode => {
  const [asking, setAsking] = useState<'undo' | 'end' | null>(null);
  const close = (): void => setAsking(null);
  return (
    <>
      <Button icon={ArrowLeft} tone="quiet" chord="Esc" onClick={() => showTurn(null)}>
        All turns
      </Button>
      {turn.canUndo ? (
        <Button icon={Undo2} onClick={() => setAsking('undo')}>
          Undo…
        </Button>
      ) : null}
      <IconButton icon={KeyRound} label="Show the key" onClick={() => openKey(turn.keyId)} />
      {turn.canGiveUp ? (
        <Menu align="end" trigger={<IconButton icon={Ellipsis} label="More" />}>
          <MenuItem icon={OctagonX} danger onSelect={() => setAsking('end')}>
            End it here…
          </MenuItem>
        </Menu>
      ) : null}
      {asking === 'undo' ? <UndoDialog turn={turn} onClose={close} /> : null}
      {asking === 'end' ? <EndDialog turn={turn} onClose={close} /> : null}
    </>
  );
};

const Lead = ({ turn, now }: { readonly turn: TurnView; readonly now: number }): ReactNode => {
  const kind = useStore(
    keysStore,
    (store) => store.keys.find(({ id }) => id === turn.keyId)?.kind ?? 'unknown',
  );
  return (
    <span className={styles.lead}>
      <KindBadge kind={kind} />
      <span>
        {turn.providerName} · turned {reasonWords[turn.reason]} · begun {momentWords(turn.startedAtMs, now)}{' '}
        {turn.by === 'app' ? '' : `by ${turn.by}`}
      </span>
    </span>
  );
};

export const TurnScreen = ({ id }: { readonly id: string }): ReactNode => {
  const { value: turn, error } = useTurn(id);
  const now = useNow(15_000);
  if (turn === null) {
    return (
      <Page
        title="Turn"
        actions={
          <Button icon={ArrowLeft} tone="quiet" chord="Esc" onClick={() => showTurn(null)}>
            All turns
          </Button>
        }
      >
        {error === null ? <SkeletonRows /> : <ErrorNote error={error} />}
      </Page>
    );
  }
  return (
    <Page
      title={`Turn of ${turn.keyName}`}
      lead={<Lead turn={turn} now={now} />}
      actions={<Actions turn={turn} />}
    >
      <div className={styles.columns}>
        <div className={styles.dialPlace}>
          <TurnDial turn={turn} now={now} />
        </div>
        <div className={styles.right}>
          <ErrorNote error={error} />
          {turn.outcome?.kind === 'lost' ? (
            <Note severity="danger" next={turn.outcome.next}>
              This turn did not come through.
            </Note>
          ) : null}
          <Now turn={turn} now={now} />
          <TurnTasks turn={turn} now={now} />
          <TurnJournal turn={turn} />
        </div>
      </div>
    </Page>
  );
};
