// First run: a password, then the recovery code, then the open vault with its invitation to put in the first key.
import { useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { AppError } from '../../../core/model/app-error.ts';
import { appStore, readState, setFlow } from '../../app/app-store.ts';
import { callForCode } from '../../lib/call.ts';
import { Gate, TextButton } from '../../ui/gate.tsx';
import { RecoveryCode } from '../recovery/recovery-code.tsx';
import { NewPassword } from './new-password.tsx';
import { RestoreForm } from './restore-form.tsx';

const ChoosePassword = (props: {
  readonly onCode: (code: string) => void;
  readonly onRestore: () => void;
}): ReactNode => {
  const [error, setError] = useState<AppError | null>(null);
  const create = async (password: Uint8Array<ArrayBuffer>): Promise<void> => {
    // The vault is open as soon as it exists: this screen must stay until the code is kept.
    setFlow('first-run');
    const result = await callForCode('vault.create', { password });
    if (result.ok) props.onCode(result.value);
    else {
      setFlow('none');
      setError(result.error);
    }
  };
  return (
    <Gate
      step="Step 1 of 3"
      title="A vault for your keys"
      lead="One password opens it. It stays on this computer; nobody can reset it for you."
      foot={<TextButton onClick={props.onRestore}>I have a backup to restore</TextButton>}
    >
      <NewPassword button="Create the vault" autoFocus error={error} onPassword={create} />
    </Gate>
  );
};

export const CreateScreen = (): ReactNode => {
  const file = useStore(appStore, (store) => store.state?.file ?? '');
  const [code, setCode] = useState<string | null>(null);
  const [restoring, setRestoring] = useState(false);
  if (restoring) return <RestoreForm onBack={() => setRestoring(false)} />;
  if (code === null) return <ChoosePassword onCode={setCode} onRestore={() => setRestoring(true)} />;
  const finish = (): void => {
    setCode(null);
    setFlow('none');
    void readState();
  };
  return (
    <Gate
      wide
      step="Step 2 of 3"
      title="Your recovery code"
      lead="If you lose your password, this is the only way in. It is shown now and never again."
    >
      <RecoveryCode code={code} file={file} onDone={finish} />
    </Gate>
  );
};
