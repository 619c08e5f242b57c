// The way back with the recovery code: the code, a new password, a new code. The old code is used up by it.
import { useRef, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { AppError } from '../../../core/model/app-error.ts';
import { appStore, readState, setFlow } from '../../app/app-store.ts';
import { callForCode } from '../../lib/call.ts';
import { Field } from '../../ui/field.tsx';
import { Gate, TextButton } from '../../ui/gate.tsx';
import { lookAtBytes, PasswordInput, takeBytes } from '../../ui/password-input.tsx';
import { NewPassword } from '../create/new-password.tsx';
import { RecoveryCode } from '../recovery/recovery-code.tsx';

const noCode: AppError = {
  kind: 'bad-input',
  message: 'The recovery code is missing.',
  next: 'Type the groups from your recovery sheet, with or without the dashes.',
};

const leave = (): void => {
  setFlow('none');
  void readState();
};

export const RecoverScreen = (): ReactNode => {
  const file = useStore(appStore, (store) => store.state?.file ?? '');
  const field = useRef<HTMLInputElement>(null);
  const [error, setError] = useState<AppError | null>(null);
  const [newCode, setNewCode] = useState<string | null>(null);

  const recover = async (password: Uint8Array<ArrayBuffer>): Promise<void> => {
    const code = lookAtBytes(field.current);
    if (code.length === 0) {
      setError(noCode);
      return;
    }
    const result = await callForCode('vault.recover', { code, password });
    code.fill(0);
    if (!result.ok) {
      setError(result.error);
      return;
    }
    takeBytes(field.current).fill(0);
    setNewCode(result.value);
  };

  if (newCode !== null) {
    return (
      <Gate
        wide
        step="Step 2 of 2"
        title="Your new recovery code"
        lead="The vault is open and your new password is set. The code you just used no longer works: keep this one."
      >
        <RecoveryCode code={newCode} file={file} onDone={leave} />
      </Gate>
    );
  }
  return (
    <Gate
      step="Step 1 of 2"
      title="Open with the recovery code"
      lead="Take your recovery sheet. You type the code once and choose a new password; your keys stay as they are."
      foot={<TextButton onClick={leave}>Back: I remember my password</TextButton>}
    >
      <NewPassword
        button="Open the vault"
        label="New password"
        error={error}
        onPassword={recover}
        before={
          <Field label="Recovery code" help="Capitals, dashes and spaces do not matter.">
            {(ids) => <PasswordInput {...ids} large ref={field} autoFocus what="recovery code" />}
          </Field>
        }
      />
    </Gate>
  );
};
