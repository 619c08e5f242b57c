// The master password and the recovery code: change, renew, prove that the paper is right.
import { useRef, useState, type ReactNode } from 'react';
import type { AppError } from '../../../core/model/app-error.ts';
import { call, callForCode } from '../../lib/call.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { lookAtBytes, PasswordInput, takeBytes } from '../../ui/password-input.tsx';
import { sayDone } from '../../ui/toast-store.ts';
import { NewPassword } from '../create/new-password.tsx';
import { RecoveryCode } from '../recovery/recovery-code.tsx';
import { KeychainRow } from './keychain-row.tsx';
import { Group, Row } from './settings-parts.tsx';

type Open = 'none' | 'change' | 'renew' | 'verify';
type DialogProps = { readonly onClose: () => void };

const ChangeDialog = ({ onClose }: DialogProps): ReactNode => {
  const field = useRef<HTMLInputElement>(null);
  const [error, setError] = useState<AppError | null>(null);
  const change = async (next: Uint8Array<ArrayBuffer>): Promise<void> => {
    const current = lookAtBytes(field.current);
    const result = await call('password.change', { current, next });
    current.fill(0);
    if (!result.ok) {
      setError(result.error);
      return;
    }
    onClose();
    sayDone('The password is changed. The recovery code stays as it is.');
  };
  return (
    <Dialog title="Change the password" size="small" onClose={onClose}>
      <NewPassword
        button="Change the password"
        label="New password"
        error={error}
        onPassword={change}
        before={
          <Field label="Present password">
            {(ids) => <PasswordInput {...ids} large ref={field} autoFocus what="present password" />}
          </Field>
        }
      />
    </Dialog>
  );
};

const RenewDialog = ({ onClose, file }: DialogProps & { readonly file: string }): ReactNode => {
  const field = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const [code, setCode] = useState<string | null>(null);
  const renew = async (): Promise<void> => {
    const password = takeBytes(field.current);
    setBusy(true);
    const result = await callForCode('recovery.renew', { password });
    password.fill(0);
    setBusy(false);
    setError(result.ok ? null : result.error);
    if (result.ok) setCode(result.value);
  };
  if (code !== null) {
    const done = (): void => {
      onClose();
      sayDone('The new recovery code is set. The old one no longer works.');
    };
    return (
      <Dialog title="Your new recovery code" description="Shown now and never again." onClose={onClose}>
        <RecoveryCode code={code} file={file} onDone={done} />
      </Dialog>
    );
  }
  return (
    <Dialog
      title="A new recovery code"
      description="The present one stops working. Your password is asked for again."
      size="small"
      onClose={onClose}
      onSubmit={() => void renew()}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" type="submit" busy={busy}>
            Make a new code
          </Button>
        </>
      }
    >
      <Field label="Password">{(ids) => <PasswordInput {...ids} large ref={field} autoFocus />}</Field>
      <ErrorNote error={error} />
    </Dialog>
  );
};

const VerifyDialog = ({ onClose }: DialogProps): ReactNode => {
  const field = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const [matches, setMatches] = useState<boolean | null>(null);
  const verify = async (): Promise<void> => {
    const code = takeBytes(field.current);
    setBusy(true);
    const result = await call('recovery.verify', { code });
    code.fill(0);
    setBusy(false);
    setError(result.ok ? null : result.error);
    setMatches(result.ok ? result.value.matches : null);
  };
  return (
    <Dialog
      title="Check your recovery code"
      description="Type the whole code from your sheet: it is tried, and nothing is changed."
      size="small"
      onClose={onClose}
      onSubmit={() => void verify()}
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button tone="primary" type="submit" busy={busy}>
            Check it
          </Button>
        </>
      }
    >
      <Field label="Recovery code">
        {(ids) => <PasswordInput {...ids} large ref={field} autoFocus what="recovery code" />}
      </Field>
      <div role="status">
        {matches === true ? (
          <Note severity="info">This code opens the vault. Keep the sheet where it is.</Note>
        ) : null}
        {matches === false ? (
          <Note
            severity="danger"
            next="Look for a newer sheet, or make a new code now while the vault is open."
          >
            This code does not open the vault.
          </Note>
        ) : null}
      </div>
      <ErrorNote error={error} />
    </Dialog>
  );
};

export const PasswordGroup = ({ file }: { readonly file: string }): ReactNode => {
  const [open, setOpen] = useState<Open>('none');
  const close = (): void => setOpen('none');
  return (
    <Group title="Ways in">
      <Row label="Password">{() => <Button onClick={() => setOpen('change')}>Change…</Button>}</Row>
      <Row label="Recovery code" help="The only way in without the password.">
        {() => (
          <>
            <Button onClick={() => setOpen('verify')}>Check mine…</Button>
            <Button onClick={() => setOpen('renew')}>Make a new one…</Button>
          </>
        )}
      </Row>
      <KeychainRow />
      {open === 'change' ? <ChangeDialog onClose={close} /> : null}
      {open === 'renew' ? <RenewDialog onClose={close} file={file} /> : null}
      {open === 'verify' ? <VerifyDialog onClose={close} /> : null}
    </Group>
  );
};
