// The lock screen: one field. Wrong passwords are answered in words, and after several with a growing wait.
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import type { AppError } from '../../../core/model/app-error.ts';
import { readState, setFlow } from '../../app/app-store.ts';
import { call } from '../../lib/call.ts';
import type { AppState } from '../../lib/types.ts';
import { useNow } from '../../lib/use-now.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Gate, TextButton } from '../../ui/gate.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { PasswordInput, takeBytes } from '../../ui/password-input.tsx';
import { Ring } from '../../ui/ring.tsx';
import { KeychainButton } from './keychain-button.tsx';
import styles from './unlock-screen.module.css';

const Wait = ({ untilMs }: { readonly untilMs: number }): ReactNode => {
  const now = useNow(250);
  const [whole] = useState(() => Math.max(1, untilMs - Date.now()));
  const left = Math.max(0, untilMs - now);
  return (
    <p className={styles.wait}>
      <Ring left={left / whole} />
      <span>
        Too many wrong passwords. Try again in <span className="tabular">{Math.ceil(left / 1_000)}</span> s.
      </span>
    </p>
  );
};

/** The demo vault protects nothing, so its password may stand here. */
const demoLead = (
  <>
    Every key in it is invented. Its password is <code className="selectable">keyturn-demo</code>
  </>
);

/** True until the given moment has passed. */
const useWaiting = (untilMs: number | null): boolean => {
  const [waiting, setWaiting] = useState(false);
  useEffect(() => {
    const left = (untilMs ?? 0) - Date.now();
    setWaiting(left > 0);
    if (left <= 0) return undefined;
    const timer = setTimeout(() => setWaiting(false), left);
    return () => clearTimeout(timer);
  }, [untilMs]);
  return waiting;
};

export const UnlockScreen = ({ state }: { readonly state: AppState }): ReactNode => {
  const field = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const waiting = useWaiting(state.retryAtMs);

  const onSubmit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy || waiting || (field.current?.value ?? '') === '') {
      field.current?.focus();
      return;
    }
    const password = takeBytes(field.current);
    setBusy(true);
    setError(null);
    const result = await call('vault.unlock', { password });
    password.fill(0);
    setBusy(false);
    if (!result.ok) setError(result.error);
    await readState();
    field.current?.focus();
  };

  return (
    <Gate
      {...(state.demo ? { lead: demoLead } : {})}
      title={state.demo ? 'Unlock the demo vault' : 'Unlock your vault'}
      foot={<TextButton onClick={() => setFlow('recovery')}>I lost my password</TextButton>}
    >
      <form className={styles.form} onSubmit={(event) => void onSubmit(event)}>
        <Field label="Password">
          {(ids) => <PasswordInput {...ids} large ref={field} autoFocus disabled={busy} />}
        </Field>
        {waiting && state.retryAtMs !== null ? (
          <Wait untilMs={state.retryAtMs} />
        ) : (
          <ErrorNote error={error} />
        )}
        <Button tone="primary" type="submit" wide busy={busy} disabled={waiting}>
          {busy ? 'Unlocking' : 'Unlock'}
        </Button>
        <KeychainButton onError={setError} />
        <p className={styles.file} title={state.file}>
          <bdi>{state.file}</bdi>
        </p>
      </form>
    </Gate>
  );
};
