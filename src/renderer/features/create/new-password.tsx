// A new password, twice, with its strength: for the first run, the way back with the code, and the change in settings.
import { useRef, useState, type FormEvent, type ReactNode } from 'react';
import type { AppError } from '../../../core/model/app-error.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { lookAtBytes, PasswordInput, takeBytes } from '../../ui/password-input.tsx';
import { leastScore, StrengthMeter, useStrength } from './strength.tsx';
import styles from './new-password.module.css';

export type NewPasswordProps = {
  readonly button: string;
  readonly label?: string;
  readonly autoFocus?: boolean;
  /** More fields above, such as the present password. */
  readonly before?: ReactNode;
  readonly error: AppError | null;
  /** Takes over the bytes: it wipes them. Both fields are empty by then. */
  readonly onPassword: (password: Uint8Array<ArrayBuffer>) => Promise<void>;
};

const same = (left: Uint8Array, right: Uint8Array): boolean =>
  left.length === right.length && left.every((byte, index) => byte === right[index]);

export const NewPassword = (props: NewPasswordProps): ReactNode => {
  const { button, label = 'Password', autoFocus = false, before, error, onPassword } = props;
  const first = useRef<HTMLInputElement>(null);
  const second = useRef<HTMLInputElement>(null);
  const { strength, changed } = useStrength(first);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ readonly field: 1 | 2; readonly text: string } | null>(null);

  const problemOf = (left: Uint8Array, right: Uint8Array): typeof problem => {
    if (left.length === 0) return { field: 1, text: 'Choose a password.' };
    if (strength !== null && strength.score < leastScore) {
      return { field: 1, text: 'Too easy to guess. Add a word or two.' };
    }
    return same(left, right) ? null : { field: 2, text: 'The two are not the same. Type it again.' };
  };

  const onSubmit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const left = lookAtBytes(first.current);
    const right = lookAtBytes(second.current);
    const found = problemOf(left, right);
    left.fill(0);
    right.fill(0);
    setProblem(found);
    if (found !== null) {
      (found.field === 1 ? first : second).current?.focus();
      return;
    }
    const password = takeBytes(first.current);
    takeBytes(second.current).fill(0);
    setBusy(true);
    await onPassword(password);
    password.fill(0);
    setBusy(false);
  };

  return (
    <form className={styles.form} onSubmit={(event) => void onSubmit(event)} noValidate>
      {before}
      <Field label={label} error={problem?.field === 1 ? problem.text : undefined}>
        {(ids) => (
          <>
            <PasswordInput {...ids} large ref={first} autoFocus={autoFocus} onChange={changed} />
            <StrengthMeter strength={strength} />
          </>
        )}
      </Field>
      <Field label="The same again" error={problem?.field === 2 ? problem.text : undefined}>
        {(ids) => <PasswordInput {...ids} large ref={second} what="repeated password" />}
      </Field>
      <ErrorNote error={error} />
      <Button tone="primary" type="submit" wide busy={busy}>
        {button}
      </Button>
    </form>
  );
};
