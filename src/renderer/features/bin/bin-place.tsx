// Removed keys: taken back with one press, or gone for good after their name was typed.
import { Trash2, Undo2 } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { AppError } from '../../../core/model/app-error.ts';
import { call } from '../../lib/call.ts';
import { counted } from '../../lib/time-words.ts';
import type { KeySummary } from '../../lib/types.ts';
import { KindBadge } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Moment } from '../../ui/moment.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { Page } from '../../ui/page.tsx';
import { BinPicture } from '../../ui/pictures.tsx';
import { ProviderTile } from '../../ui/provider-tile.tsx';
import { sayDone } from '../../ui/toast-store.ts';
import table from '../../ui/table.module.css';
import { restoreKey } from '../keys/actions.ts';
import { keysStore, refreshKeys } from '../keys/store.ts';
import { ConfirmName } from '../remove/confirm-name.tsx';

type Asking = { readonly title: string; readonly confirm: string; readonly ids: readonly string[] };

const EmptyDialog = ({
  asking,
  onClose,
}: {
  readonly asking: Asking;
  readonly onClose: () => void;
}): ReactNode => {
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<AppError | null>(null);
  const right = typed.trim() === asking.confirm;
  const empty = async (): Promise<void> => {
    if (!right) return;
    const result = await call('keys.emptyRemoved', { ids: [...asking.ids] });
    if (!result.ok) {
      setError(result.error);
      return;
    }
    onClose();
    await refreshKeys();
    sayDone(`${counted(result.value.emptied, 'key')} deleted for good.`);
  };
  return (
    <Dialog
      title={asking.title}
      description="All versions of the value go with it. This cannot be undone; an older backup may still hold it."
      size="small"
      onClose={onClose}
      onSubmit={() => void empty()}
      footer={
        <>
          <Button onClick={onClose}>Keep</Button>
          <Button tone="danger" type="submit" disabled={!right}>
            Delete for good
          </Button>
        </>
      }
    >
      <ConfirmName name={asking.confirm} typed={typed} onTyped={setTyped} />
      <ErrorNote error={error} />
    </Dialog>
  );
};

const Row = ({ data, onDelete }: { readonly data: KeySummary; readonly onDelete: () => void }): ReactNode => {
  const providers = useStore(keysStore, (store) => store.providers);
  return (
    <tr>
      <td>
        <span className={table.cell}>
          <ProviderTile provider={data.provider === null ? null : (providers.get(data.provider) ?? null)} />
          <strong>{data.name}</strong>
          <KindBadge kind={data.kind} />
        </span>
      </td>
      <td className={`${table.mono ?? ''} ${table.quiet ?? ''}`}>{data.masked}</td>
      <td className={`${table.quiet ?? ''} ${table.nowrap ?? ''}`}>
        {data.removedAtMs === null ? null : (
          <>
            removed <Moment atMs={data.removedAtMs} />
          </>
        )}
      </td>
      <td className={`${table.end ?? ''} ${table.nowrap ?? ''}`}>
        <Button tone="quiet" icon={Undo2} onClick={() => void restoreKey(data.id, data.name)}>
          Take back
        </Button>
        <IconButton icon={Trash2} label={`Delete ${data.name} for good`} onClick={onDelete} />
      </td>
    </tr>
  );
};

const useRemoved = (): { readonly keys: readonly KeySummary[] | null; readonly error: AppError | null } => {
  const generation = useStore(keysStore, (store) => store.generation);
  const [keys, setKeys] = useState<readonly KeySummary[] | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  useEffect(() => {
    let live = true;
    void call('keys.list', { removed: true }).then((result) => {
      if (!live) return;
      if (result.ok) setKeys(result.value.filter((key) => key.removedAtMs !== null));
      setError(result.ok ? null : result.error);
    });
    return () => {
      live = false;
    };
  }, [generation]);
  return { keys, error };
};

export const BinPlace = (): ReactNode => {
  const { keys, error } = useRemoved();
  const [asking, setAsking] = useState<Asking | null>(null);
  const count = keys?.length ?? 0;
  const askAll = (): void =>
    setAsking({
      title: `Delete ${counted(count, 'key')} for good?`,
      confirm: 'DELETE',
      ids: (keys ?? []).map(({ id }) => id),
    });
  return (
    <Page
      title="Bin"
      lead="Removed keys wait here with all their versions until you delete them."
      actions={
        count > 0 ? (
          <Button icon={Trash2} onClick={askAll}>
            Empty the bin…
          </Button>
        ) : undefined
      }
    >
      <ErrorNote error={error} />
      {keys !== null && count === 0 ? (
        <EmptyState picture={<BinPicture />} title="The bin is empty">
          A key that you remove comes here first.
        </EmptyState>
      ) : null}
      {count > 0 ? (
        <table className={table.table}>
          <thead className="visually-hidden">
            <tr>
              <th scope="col">Key</th>
              <th scope="col">Value</th>
              <th scope="col">Removed</th>
              <th scope="col">Actions</th>
            </tr>
          </thead>
          <tbody>
            {(keys ?? []).map((key) => (
              <Row
                key={key.id}
                data={key}
                onDelete={() =>
                  setAsking({ title: `Delete ${key.name} for good?`, confirm: key.name, ids: [key.id] })
                }
              />
            ))}
          </tbody>
        </table>
      ) : null}
      {asking === null ? null : <EmptyDialog asking={asking} onClose={() => setAsking(null)} />}
    </Page>
  );
};
