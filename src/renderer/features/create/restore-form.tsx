// Brings a vault back from a backup file where there is none yet. The file is chosen in the system's own dialog.
import { useRef, useState, type FormEvent, type ReactNode } from 'react';
import type { AppError } from '../../../core/model/app-error.ts';
import { readState } from '../../app/app-store.ts';
import { call } from '../../lib/call.ts';
import { counted } from '../../lib/time-words.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Gate, TextButton } from '../../ui/gate.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { PasswordInput, takeBytes } from '../../ui/password-input.tsx';
import { sayDone } from '../../ui/toast-store.ts';
import styles from './new-password.module.css';

export const RestoreForm = ({ onBack }: { readonly onBack: () => void }): ReactNode => {
  const field = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const onSubmit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const password = takeBytes(field.current);
    setBusy(true);
    const result = await call('restore.fromFile', { password });
    password.fill(0);
    setBusy(false);
    setError(result.ok ? null : result.error);
    if (!result.ok || result.value === null) return;
    sayDone(`Restored ${counted(result.value.keys, 'key')}. Unlock with the password of the backup.`);
    await readState();
  };
  return (
    <Gate
      title="Restore a backup"
      lead="Type the password that the vault had when the backup was made, then choose the file."
      foot={<TextButton onClick={onBack}>Back: create a new vault</TextButton>}
    >
      <form className={styles.form} onSubmit={(event) => void onSubmit(event)}>
        <Field label="Password of the backup">
          {(ids) => <PasswordInput {...ids} large ref={field} autoFocus required />}
        </Field>
        <ErrorNote error={error} />
        <Button tone="primary" type="submit" wide busy={busy}>
          Choose the file…
        </Button>
      </form>
    </Gate>
  );
};
