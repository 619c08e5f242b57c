// The automatic backups as a person sees them: when, why, how large; one now; a look into one of them.
import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { call } from '../../lib/call.ts';
import { counted, exactTime } from '../../lib/time-words.ts';
import type { BackupEntry, BackupList } from '../../lib/types.ts';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/note.tsx';
import { sayDone, sayFailed } from '../../ui/toast-store.ts';
import { RestoreDialog } from './restore-dialog.tsx';
import { Group, Row } from './settings-parts.tsx';
import styles from './settings.module.css';

const shownAtFirst = 4;
const shownToChoose = 12;

const reasons: Readonly<Record<BackupEntry['reason'], string>> = {
  daily: 'Daily',
  asked: 'You asked for it',
  'before-password': 'Before a new password',
  'before-code': 'Before a new recovery code',
  'before-key': 'Before a new vault key',
  'before-format': 'Before a new format',
  'before-restore': 'Replaced by a backup',
  damaged: 'As it was, with damage',
  brought: 'Brought in from elsewhere',
};

const size = new Intl.NumberFormat('en-GB', { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 });

export const BackupRows = (props: {
  readonly backups: readonly BackupEntry[];
  readonly onLook: (backup: BackupEntry) => void;
}): ReactNode => (
  <ul className={styles.backups} aria-label="Backups">
    {props.backups.map((backup) => (
      <li key={backup.name} className={styles.backup}>
        <span className="tabular">{exactTime(backup.atMs)}</span>
        <span className={styles.reason}>{reasons[backup.reason]}</span>
        <span className={`${styles.size ?? ''} tabular`}>{size.format(Math.ceil(backup.bytes / 1_000))}</span>
        <Button
          aria-label={`Look into the backup of ${exactTime(backup.atMs)}`}
          onClick={() => props.onLook(backup)}
        >
          Look into…
        </Button>
      </li>
    ))}
  </ul>
);

/** The list as it is now, and a way to read it again. */
export const useBackups = (): readonly [BackupList | null, () => Promise<void>] => {
  const [list, setList] = useState<BackupList | null>(null);
  const read = useCallback(async (): Promise<void> => {
    const result = await call('backup.list', {});
    if (result.ok) setList(result.value);
    else sayFailed(result.error);
  }, []);
  useEffect(() => void read(), [read]);
  return [list, read];
};

const Listed = (props: {
  readonly list: BackupList;
  readonly onLook: (backup: BackupEntry) => void;
}): ReactNode => {
  const [all, setAll] = useState(false);
  const { backups, problem, folder } = props.list;
  return (
    <div className={styles.checks}>
      {problem === null ? null : (
        <Note severity="warning" next={problem.next}>
          The last automatic backup was not made. {problem.message}
        </Note>
      )}
      {backups.length === 0 ? (
        <p className={styles.rowHelp}>None yet: the first is made once something has changed.</p>
      ) : (
        <BackupRows backups={all ? backups : backups.slice(0, shownAtFirst)} onLook={props.onLook} />
      )}
      {all || backups.length <= shownAtFirst ? null : (
        <Button onClick={() => setAll(true)}>Show all {backups.length}</Button>
      )}
      <p className={`${styles.folder ?? ''} selectable`}>{folder}</p>
    </div>
  );
};

export const BackupsGroup = (): ReactNode => {
  const [list, read] = useBackups();
  const [busy, setBusy] = useState(false);
  const [looking, setLooking] = useState<BackupEntry | null>(null);
  const now = async (): Promise<void> => {
    setBusy(true);
    const result = await call('backup.now', {});
    setBusy(false);
    await read();
    if (result.ok) sayDone('A backup is written and was read back.');
    else sayFailed(result.error);
  };
  const bring = async (): Promise<void> => {
    const result = await call('backup.bring', {});
    if (!result.ok) sayFailed(result.error);
    else if (result.value !== null) {
      await read();
      setLooking(result.value);
    }
  };
  return (
    <Group title="Backups">
      <Row
        label="Automatic backups"
        help="Before a new password, code or vault key, and daily if something changed. Sealed like the vault, and beside it: a lost computer takes them along."
      >
        {() => (
          <>
            <Button onClick={() => void bring()}>From a file…</Button>
            <Button busy={busy} onClick={() => void now()}>
              Back up now
            </Button>
          </>
        )}
      </Row>
      {list === null ? null : <Listed list={list} onLook={setLooking} />}
      {looking === null ? null : (
        <RestoreDialog
          backup={looking}
          what={reasons[looking.reason]}
          onClose={() => {
            setLooking(null);
            void read();
          }}
        />
      )}
    </Group>
  );
};

/** Where the vault cannot be opened: choose a backup, or bring one in, and let it take the vault's place. */
export const BackupChoice = (props: { readonly onDone: () => void }): ReactNode => {
  const [list, read] = useBackups();
  const [looking, setLooking] = useState<BackupEntry | null>(null);
  const bring = async (): Promise<void> => {
    const result = await call('backup.bring', {});
    if (!result.ok) sayFailed(result.error);
    else if (result.value !== null) {
      await read();
      setLooking(result.value);
    }
  };
  return (
    <div className={styles.choice}>
      {list === null || list.backups.length === 0 ? (
        <p>{list === null ? null : 'There are no automatic backups.'}</p>
      ) : (
        <BackupRows backups={list.backups.slice(0, shownToChoose)} onLook={setLooking} />
      )}
      {list === null ? null : (
        <p className={styles.rowHelp}>{counted(list.backups.length, 'backup')} beside the vault</p>
      )}
      <Button onClick={() => void bring()}>Take a backup from a file…</Button>
      {looking === null ? null : (
        <RestoreDialog
          backup={looking}
          what={reasons[looking.reason]}
          onClose={() => setLooking(null)}
          onSwapped={props.onDone}
        />
      )}
    </div>
  );
};
