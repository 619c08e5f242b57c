// Puts a new value into a key: a new version; the old one is kept until the person deletes it.
import { useEffect, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { AppError } from '../../../core/model/app-error.ts';
import { closeOverlay, closerOfOverlay } from '../../app/app-store.ts';
import { call } from '../../lib/call.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { sayDone } from '../../ui/toast-store.ts';
import { keysStore, refreshKeys } from '../keys/store.ts';
import { Warnings } from './add-form.tsx';
import { DraftFields } from './draft-fields.tsx';
import { useDraft } from './use-draft.ts';

export const ReplaceDialog = ({ keyId }: { readonly keyId: string }): ReactNode => {
  const key = useStore(keysStore, (store) => store.keys.find(({ id }) => id === keyId));
  const provider = key?.provider ?? null;
  const work = useDraft(provider);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const { draft } = work;
  useEffect(() => {
    work.beginEmpty(provider);
    // Once, when the dialog opens.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);
  const ready = draft !== null && draft.fields.some((field) => field.filled);

  const save = async (): Promise<void> => {
    if (draft === null || key === undefined || !ready) return;
    const close = closerOfOverlay();
    setBusy(true);
    const whole = await work.settled();
    const result = whole === null ? null : await call('keys.replace', { id: keyId, draftId: whole.draftId });
    setBusy(false);
    if (result === null) return;
    if (!result.ok) {
      setError(result.error);
      return;
    }
    work.spend();
    close();
    await refreshKeys();
    sayDone(`${key.name} has a new value. The old one is kept as a version.`);
  };

  return (
    <Dialog
      title={`A new value for ${key?.name ?? 'this key'}`}
      description="The present value stays in the vault as an older version."
      onClose={closeOverlay}
      onSubmit={() => void save()}
      footer={
        <>
          <Button onClick={closeOverlay}>Cancel</Button>
          <Button tone="primary" type="submit" busy={busy} disabled={!ready}>
            Put in the new value
          </Button>
        </>
      }
    >
      {draft === null ? null : (
        <DraftFields work={work} fields={draft.fields} variables={{}} onVariables={null} />
      )}
      <ErrorNote error={work.error ?? error} />
      <Warnings warnings={ready ? (draft?.warnings ?? []) : []} />
    </Dialog>
  );
};
