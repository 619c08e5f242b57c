// The vault's care: a backup that is read back, and the checks of the doctor.
import { useState, type ReactNode } from 'react';
import { call } from '../../lib/call.ts';
import { counted } from '../../lib/time-words.ts';
import { Button } from '../../ui/button.tsx';
import { sayDone, sayFailed } from '../../ui/toast-store.ts';
import { Checks } from '../unlock/problem-screen.tsx';
import { Group, Row } from './settings-parts.tsx';
import styles from './settings.module.css';

export const BackupGroup = ({ file }: { readonly file: string }): ReactNode => {
  const [busy, setBusy] = useState(false);
  const backup = async (): Promise<void> => {
    setBusy(true);
    const result = await call('backup.toFile', {});
    setBusy(false);
    if (!result.ok) sayFailed(result.error);
    else if (result.value !== null) {
      sayDone(`${counted(result.value.keys, 'key')} written to ${result.value.file} and read back.`);
    }
  };
  return (
    <Group title="The vault's file">
      <Row label="Where it is">{() => <span className={`${styles.file ?? ''} selectable`}>{file}</span>}</Row>
      <Row label="Backup" help="One encrypted file. It opens with the password the vault has now.">
        {() => (
          <Button busy={busy} onClick={() => void backup()}>
            Make a backup…
          </Button>
        )}
      </Row>
    </Group>
  );
};

type Check = { readonly name: string; readonly ok: boolean; readonly hint: string };

export const DoctorGroup = (): ReactNode => {
  const [checks, setChecks] = useState<readonly Check[] | null>(null);
  const [busy, setBusy] = useState(false);
  const run = async (): Promise<void> => {
    setBusy(true);
    const result = await call('doctor.run', {});
    setBusy(false);
    if (result.ok) setChecks(result.value.checks);
    else sayFailed(result.error);
  };
  return (
    <Group title="Health">
      <Row label="Check the vault and this computer" help="File, folder, key derivation, clipboard, seals.">
        {() => (
          <Button busy={busy} onClick={() => void run()}>
            Run the checks
          </Button>
        )}
      </Row>
      <div role="status" className={checks === null ? undefined : styles.checks}>
        {checks === null ? null : <Checks checks={checks} />}
      </div>
    </Group>
  );
};
