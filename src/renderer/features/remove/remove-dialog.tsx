// Removes a key: says what stops working and who must be told, and asks for its name. It waits in the bin afterwards.
import { useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { AppError } from '../../../core/model/app-error.ts';
import { closeOverlay, closerOfOverlay } from '../../app/app-store.ts';
import { call } from '../../lib/call.ts';
import type { KeySummary } from '../../lib/types.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { sayRemoved } from '../keys/actions.ts';
import { focusList } from '../keys/find-field.tsx';
import { keysStore, refreshKeys } from '../keys/store.ts';
import { ConfirmName } from './confirm-name.tsx';
import styles from './remove.module.css';

const Consequences = ({ data }: { readonly data: KeySummary }): ReactNode => {
  const projects = keysStore.getState().overview?.projects ?? [];
  const environments = projects.flatMap((project) => project.environments);
  const names = data.environmentIds
    .map((id) => environments.find((environment) => environment.id === id)?.name)
    .filter((name) => name !== undefined);
  return (
    <ul className={styles.list}>
      {data.variables.length === 0 ? null : (
        <li>
          Exports of <strong>{names.join(', ')}</strong> will lack{' '}
          <strong>{data.variables.join(', ')}</strong>.
        </li>
      )}
      {data.handedTo.length === 0 ? null : (
        <li>
          <strong>{data.handedTo.join(', ')}</strong> should be told: the key was handed to them.
        </li>
      )}
      <li>
        The key itself goes on working{data.provider === null ? '' : ' at the provider'}: removing it here
        does not revoke it.
      </li>
      <li>It waits in the bin with all its versions until you empty it.</li>
    </ul>
  );
};

export const RemoveDialog = ({ keyId }: { readonly keyId: string }): ReactNode => {
  const data = useStore(keysStore, (store) => store.keys.find(({ id }) => id === keyId));
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  if (data === undefined) return null;
  const right = typed.trim() === data.name;

  const remove = async (): Promise<void> => {
    if (!right) return;
    const close = closerOfOverlay();
    setBusy(true);
    const result = await call('keys.remove', { id: keyId, confirmName: data.name });
    setBusy(false);
    if (!result.ok) {
      setError(result.error);
      return;
    }
    close();
    await refreshKeys();
    sayRemoved(keyId, data.name);
    // The row that had the focus is gone; somebody who has begun something else meanwhile keeps it.
    if (document.activeElement === null || document.activeElement === document.body) focusList();
  };

  return (
    <Dialog
      title={`Remove ${data.name}?`}
      size="small"
      onClose={closeOverlay}
      onSubmit={() => void remove()}
      footer={
        <>
          <Button onClick={closeOverlay}>Keep it</Button>
          <Button tone="danger" type="submit" busy={busy} disabled={!right}>
            Remove
          </Button>
        </>
      }
    >
      {data.kind === 'live' ? <Note severity="warning">This is a live key.</Note> : null}
      <Consequences data={data} />
      <ConfirmName name={data.name} typed={typed} onTyped={setTyped} />
      <ErrorNote error={error} />
    </Dialog>
  );
};
