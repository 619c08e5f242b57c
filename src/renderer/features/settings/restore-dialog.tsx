// A look into a backup: what is in it and what would change. Only then, with its password and a typed word, may it take the vault's
// place; the vault that is there is kept.
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import type { AppError } from '../../../core/model/app-error.ts';
import { call } from '../../lib/call.ts';
import { counted, exactTime } from '../../lib/time-words.ts';
import type { BackupEntry, RestorePreview } from '../../lib/types.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { lookAtBytes, PasswordInput } from '../../ui/password-input.tsx';
import { sayDone } from '../../ui/toast-store.ts';
import { ConfirmName } from '../remove/confirm-name.tsx';
import styles from './settings.module.css';

/** The contract's swapWord: the agent compares what was typed with it. */
const word = 'replace';

type Names = { readonly count: number; readonly names: readonly string[] };

const Line = (props: { readonly words: string; readonly of: Names }): ReactNode =>
  props.of.count === 0 ? null : (
    <li>
      {counted(props.of.count, 'key')} {props.words}:{' '}
      <strong className="selectable">{props.of.names.join(', ')}</strong>
      {props.of.count > props.of.names.length ? ', and others' : null}
    </li>
  );

const Changes = ({ preview }: { readonly preview: RestorePreview }): ReactNode => {
  const { keys, lastChangeMs, changes } = preview;
  const facts = `It is whole, holds ${counted(keys, 'key')}${lastChangeMs === null ? '' : ` and was last used ${exactTime(lastChangeMs)}`}.`;
  if (changes === null) return <p>{facts} There is no open vault to compare it with.</p>;
  const { gone, back, changed, others } = changes;
  const isSame = gone.count + back.count + changed.count + others === 0;
  return (
    <>
      <p>{facts}</p>
      {isSame ? (
        <p>It holds what the vault holds now.</p>
      ) : (
        <ul className={styles.changes} aria-label="What would change">
          <Line words="would be gone" of={gone} />
          <Line words="would come back" of={back} />
          <Line words="would be as they were then" of={changed} />
          {others === 0 ? null : (
            <li>
              {counted(others, 'other record')} (projects, environments, plain variables) would be as then
            </li>
          )}
        </ul>
      )}
    </>
  );
};

type RestoreDialogProps = {
  readonly backup: BackupEntry;
  readonly what: string;
  readonly onClose: () => void;
  readonly onSwapped?: () => void;
};

const useLook = (name: string) => {
  const [preview, setPreview] = useState<RestorePreview | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const [busy, setBusy] = useState(true);
  const look = useCallback(
    async (password?: Uint8Array): Promise<void> => {
      setBusy(true);
      const result = await call('restore.preview', password === undefined ? { name } : { name, password });
      setBusy(false);
      if (result.ok) setPreview(result.value);
      // Without a password this is only a try: the field below asks for it.
      setError(result.ok || (password === undefined && needsPassword(result.error)) ? null : result.error);
    },
    [name],
  );
  useEffect(() => void look(), [look]);
  return { preview, error, setError, busy, setBusy, look };
};

const needsPassword = ({ kind }: AppError): boolean => kind === 'wrong-password' || kind === 'locked';

export const RestoreDialog = ({ backup, what, onClose, onSwapped }: RestoreDialogProps): ReactNode => {
  const { name } = backup;
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const { preview, error, setError, busy, setBusy, look } = useLook(name);
  const isMeant = typed.trim().toLowerCase() === word;

  const swap = async (password: Uint8Array): Promise<void> => {
    setBusy(true);
    const result = await call('restore.swap', { name, password, confirm: typed });
    setBusy(false);
    if (!result.ok) {
      setError(result.error);
      return;
    }
    onClose();
    onSwapped?.();
    sayDone(
      `${counted(result.value.keys, 'key')} are back. The vault from before is kept in ${result.value.kept}.`,
    );
  };
  const submit = async (): Promise<void> => {
    const password = lookAtBytes(field.current);
    await (preview === null ? look(password) : swap(password));
    password.fill(0);
  };

  return (
    <Dialog
      title={`Backup of ${exactTime(backup.atMs)}`}
      description={what}
      onClose={onClose}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          {preview === null ? (
            <Button tone="primary" type="submit" busy={busy}>
              Look into it
            </Button>
          ) : (
            <Button tone="danger" type="submit" busy={busy} disabled={!isMeant}>
              Put it in the vault’s place
            </Button>
          )}
        </>
      }
    >
      <div aria-live="polite" className={styles.look}>
        {preview === null ? (
          <p>Type the password that the vault had when the copy was made. Nothing is changed by looking.</p>
        ) : (
          <Changes preview={preview} />
        )}
      </div>
      {preview === null ? null : (
        <Note severity="warning" next="The window locks, and opens with the password of the backup.">
          In the vault’s place it undoes what came later. The present vault is kept among the backups.
        </Note>
      )}
      <Field label="Password of the backup">
        {(ids) => <PasswordInput {...ids} large ref={field} what="password of the backup" />}
      </Field>
      {preview === null ? null : <ConfirmName name={word} typed={typed} onTyped={setTyped} />}
      <ErrorNote error={error} />
    </Dialog>
  );
};
