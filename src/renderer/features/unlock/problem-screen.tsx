// Something stands where the vault should be and cannot be opened: what it is, that it was left alone, what to do.
import { CircleCheck, CircleX } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { readState } from '../../app/app-store.ts';
import { call } from '../../lib/call.ts';
import type { AppState } from '../../lib/types.ts';
import { Button } from '../../ui/button.tsx';
import { Gate } from '../../ui/gate.tsx';
import { Note } from '../../ui/note.tsx';
import { sayFailed } from '../../ui/toast-store.ts';
import { BackupChoice } from '../settings/backups-group.tsx';
import styles from './unlock-screen.module.css';

const titles: Readonly<Record<string, string>> = {
  'newer-format': 'This vault was written by a newer Keyturn',
  'not-a-vault': 'This file is not a vault',
  damaged: 'This vault is damaged',
  io: 'The vault cannot be read',
  busy: 'The vault is in use',
};

/** A newer format and a busy or unreachable file are no damage: a backup in their place would be a loss. */
const mendable: ReadonlySet<string> = new Set(['damaged', 'not-a-vault']);

type Check = { readonly name: string; readonly ok: boolean; readonly hint: string };

export const Checks = ({ checks }: { readonly checks: readonly Check[] }): ReactNode => (
  <ul className={styles.checks}>
    {checks.map((check) => (
      <li key={check.name} className={styles.check}>
        {check.ok ? (
          <CircleCheck size={16} className={styles.ok} role="img" aria-label="Good" />
        ) : (
          <CircleX size={16} className={styles.notOk} role="img" aria-label="Not good" />
        )}
        <div className="selectable">
          {check.name}
          {check.hint === '' ? null : <p className={styles.hint}>{check.hint}</p>}
        </div>
      </li>
    ))}
  </ul>
);

export const ProblemScreen = ({ state }: { readonly state: AppState }): ReactNode => {
  const [checks, setChecks] = useState<readonly Check[] | null>(null);
  const [choosing, setChoosing] = useState(false);
  const look = async (): Promise<void> => {
    const result = await call('doctor.run', {});
    if (result.ok) setChecks(result.value.checks);
    else sayFailed(result.error);
  };
  const { problem } = state;
  return (
    <Gate
      wide
      title={titles[problem?.kind ?? ''] ?? 'The vault cannot be opened'}
      lead="It was left exactly as it is. Nothing was changed."
    >
      {problem === null ? null : (
        <Note severity="danger" next={problem.next}>
          {problem.message}
        </Note>
      )}
      <p className={`${styles.file ?? ''} selectable`} title={state.file}>
        <bdi>{state.file}</bdi>
      </p>
      <div className={styles.buttons}>
        <Button tone="primary" onClick={() => void readState()}>
          Look again
        </Button>
        <Button onClick={() => void look()}>Check what is wrong</Button>
        {problem !== null && mendable.has(problem.kind) ? (
          <Button onClick={() => setChoosing(true)}>Restore a backup…</Button>
        ) : null}
      </div>
      {choosing ? <BackupChoice onDone={() => void readState()} /> : null}
      {checks === null ? null : <Checks checks={checks} />}
    </Gate>
  );
};
