// A fresh vault key, for the day after a leak: says when it helps and when it does not, asks for the password, and ends with the new
// recovery code. Progress and the way to stop stand in the dialog.
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { AppError } from '../../../core/model/app-error.ts';
import { tasksStore, type Task } from '../../app/tasks-store.ts';
import { call, callForCode } from '../../lib/call.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { PasswordInput, takeBytes } from '../../ui/password-input.tsx';
import { sayDone } from '../../ui/toast-store.ts';
import { RecoveryCode } from '../recovery/recovery-code.tsx';
import { Group, Row } from './settings-parts.tsx';

/** The task of the agent: the dialog lies over the place where others show. */
const running = (tasks: readonly Task[]): Task | undefined =>
  tasks.find(({ label, ended, cancellable }) => ended === null && cancellable && label.includes('vault key'));

/** Who stops while the backup is still being made stops what would come after it. */
const Progress = ({ stopping }: { readonly stopping: boolean }): ReactNode => {
  const task = useStore(tasksStore, ({ tasks }) => running(tasks));
  const taskId = task?.taskId;
  useEffect(() => {
    if (stopping && taskId !== undefined) void call('task.cancel', { taskId });
  }, [stopping, taskId]);
  if (stopping) return 'Stopping…';
  return task === undefined
    ? 'Making a backup first…'
    : `${String(task.done)} of ${String(task.total ?? 0)} records sealed anew…`;
};

type DialogProps = { readonly onClose: () => void; readonly file: string };

const ReplaceDialog = ({ onClose, file }: DialogProps): ReactNode => {
  const field = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [stopping, setStopping] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const [code, setCode] = useState<string | null>(null);
  const replace = async (): Promise<void> => {
    const password = takeBytes(field.current);
    setStopping(false);
    setError(null);
    setBusy(true);
    const result = await callForCode('vault.replaceKey', { password });
    password.fill(0);
    setBusy(false);
    setError(result.ok ? null : result.error);
    if (result.ok) setCode(result.value);
  };
  if (code !== null) {
    const done = (): void => {
      onClose();
      sayDone('Every record is sealed under a new key. The old recovery code no longer works.');
    };
    return (
      <Dialog title="Your new recovery code" description="Shown now and never again." onClose={onClose}>
        <RecoveryCode code={code} file={file} onDone={done} />
      </Dialog>
    );
  }
  return (
    <Dialog
      title="Replace the vault key"
      description="Seals every record anew. Your password stays; the recovery code is replaced. A backup is made first."
      size="small"
      onClose={onClose}
      onSubmit={() => void replace()}
      footer={
        <>
          {busy ? (
            <Button onClick={() => setStopping(true)}>Stop</Button>
          ) : (
            <Button onClick={onClose}>Cancel</Button>
          )}
          <Button tone="primary" type="submit" busy={busy}>
            Replace the key
          </Button>
        </>
      }
    >
      <Note
        severity="info"
        next="Replace the keys in it at their providers, and change your password before or after this."
      >
        A copy that somebody has already still opens with the password of its time.
      </Note>
      <Field label="Password">{(ids) => <PasswordInput {...ids} large ref={field} autoFocus />}</Field>
      <p role="status">{busy ? <Progress stopping={stopping} /> : null}</p>
      <ErrorNote error={error} />
    </Dialog>
  );
};

export const ReplaceKeyGroup = ({ file }: { readonly file: string }): ReactNode => {
  const [open, setOpen] = useState(false);
  return (
    <Group title="After a leak">
      <Row
        label="Vault key"
        help="If somebody may have had both a copy of this vault and a password or code that opened it."
      >
        {() => <Button onClick={() => setOpen(true)}>Replace the vault key…</Button>}
      </Row>
      {open ? <ReplaceDialog file={file} onClose={() => setOpen(false)} /> : null}
    </Group>
  );
};
