// The ways out of a turn: walking back, which leaves everything as it was, and ending it where it stands, which is slow on purpose; and the
// end of a grace before its time.
import { useState, type ReactNode } from 'react';
import type { AppError } from '../../../core/model/app-error.ts';
import { call } from '../../lib/call.ts';
import type { TurnView } from '../../lib/types.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { readKeysSoon } from '../keys/store.ts';
import { ConfirmName } from '../remove/confirm-name.tsx';
import { endWords, undoWords } from './turn-words.ts';
import styles from './turn-view.module.css';

const Sentences = ({ words }: { readonly words: readonly string[] }): ReactNode => (
  <ul className={styles.list}>
    {words.map((each) => (
      <li key={each}>{each}</li>
    ))}
  </ul>
);

type Props = { readonly turn: TurnView; readonly onClose: () => void };

export const UndoDialog = ({ turn, onClose }: Props): ReactNode => {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const undo = async (): Promise<void> => {
    setBusy(true);
    const result = await call('rotation.undo', { id: turn.id });
    setBusy(false);
    if (!result.ok) {
      setError(result.error);
      return;
    }
    readKeysSoon();
    onClose();
  };
  return (
    <Dialog
      title={`Undo the turn of ${turn.keyName}?`}
      size="small"
      onClose={onClose}
      onSubmit={() => void undo()}
      footer={
        <>
          <Button onClick={onClose}>Keep turning</Button>
          <Button tone="primary" type="submit" busy={busy}>
            Undo the turn
          </Button>
        </>
      }
    >
      <Sentences words={undoWords(turn)} />
      <ErrorNote error={error} />
    </Dialog>
  );
};

/** The old key goes as soon as nothing is open: said before, since there is no way back from there. */
export const GraceDialog = ({ turn, onClose }: Props): ReactNode => {
  const [error, setError] = useState<AppError | null>(null);
  const [busy, setBusy] = useState(false);
  const end = async (): Promise<void> => {
    setBusy(true);
    const result = await call('rotation.resume', { id: turn.id, endGrace: true });
    setBusy(false);
    readKeysSoon();
    if (result.ok) onClose();
    else setError(result.error);
  };
  return (
    <Dialog
      title={`End the grace of ${turn.keyName} now?`}
      size="small"
      onClose={onClose}
      onSubmit={() => void end()}
      footer={
        <>
          <Button onClick={onClose}>Let both live</Button>
          <Button tone="primary" type="submit" busy={busy}>
            End the grace
          </Button>
        </>
      }
    >
      <Sentences
        words={[
          'The new key is asked once more and must work; every task must be done.',
          'Then the old key is revoked: whoever still holds it is refused, and there is no way back.',
        ]}
      />
      <ErrorNote error={error} />
    </Dialog>
  );
};

export const EndDialog = ({ turn, onClose }: Props): ReactNode => {
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const right = typed.trim() === turn.keyName;
  const end = async (): Promise<void> => {
    if (!right) return;
    setBusy(true);
    const result = await call('rotation.giveUp', { id: turn.id, confirmName: turn.keyName });
    setBusy(false);
    if (!result.ok) {
      setError(result.error);
      return;
    }
    readKeysSoon();
    onClose();
  };
  return (
    <Dialog
      title={`End the turn of ${turn.keyName} here?`}
      size="small"
      onClose={onClose}
      onSubmit={() => void end()}
      footer={
        <>
          <Button onClick={onClose}>Keep turning</Button>
          <Button tone="danger" type="submit" busy={busy} disabled={!right}>
            End it here
          </Button>
        </>
      }
    >
      <Sentences words={endWords(turn)} />
      <ConfirmName name={turn.keyName} typed={typed} onTyped={setTyped} />
      <ErrorNote error={error} />
    </Dialog>
  );
};
