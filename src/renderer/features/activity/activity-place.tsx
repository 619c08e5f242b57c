// Every unlock, reveal, copy, export, change and removal, newest first, and the proof that nothing was taken out.
import { ShieldCheck } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { AppError } from '../../../core/model/app-error.ts';
import { goTo } from '../../app/app-store.ts';
import type { CallOutput } from '../../../contract/contract.ts';
import { auditWords } from '../../lib/audit-words.ts';
import { call } from '../../lib/call.ts';
import { counted } from '../../lib/time-words.ts';
import type { AuditEntry } from '../../lib/types.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Moment } from '../../ui/moment.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { Page } from '../../ui/page.tsx';
import { ActivityPicture } from '../../ui/pictures.tsx';
import { sayFailed } from '../../ui/toast-store.ts';
import table from '../../ui/table.module.css';
import { keysStore, showKey } from '../keys/store.ts';
import styles from './activity.module.css';

const pageSize = 200;
type Proof = CallOutput<'audit.verify'>;

const KeyCell = ({ entry }: { readonly entry: AuditEntry }): ReactNode => {
  const { keyId, keyName } = entry;
  const there = useStore(keysStore, (store) => keyId !== null && store.keys.some(({ id }) => id === keyId));
  if (keyName === null) return null;
  if (!there || keyId === null) return <span>{keyName}</span>;
  return (
    <button
      type="button"
      className={styles.link}
      onClick={() => {
        showKey(keyId);
        goTo('keys');
      }}
    >
      {keyName}
    </button>
  );
};

const ProofNote = ({ proof }: { readonly proof: Proof }): ReactNode =>
  proof.ok ? (
    <Note severity="info">
      {counted(proof.entries, 'entry', 'entries')} checked: each follows from the one before, none is missing.
    </Note>
  ) : (
    <Note
      severity="danger"
      next="Compare with a backup, and ask who else can write to the vault's file. Entries before it can be trusted."
    >
      The trail is broken{proof.firstBroken === null ? '' : ` at entry ${proof.firstBroken}`}: something was
      changed or taken out.
    </Note>
  );

const useEntries = (): {
  readonly entries: readonly AuditEntry[] | null;
  readonly error: AppError | null;
  readonly more: boolean;
  readonly readMore: () => void;
} => {
  const generation = useStore(keysStore, (store) => store.generation);
  const [entries, setEntries] = useState<readonly AuditEntry[] | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const [more, setMore] = useState(false);
  const read = async (before: number | null): Promise<void> => {
    const result = await call('audit.list', { limit: pageSize, ...(before === null ? {} : { before }) });
    setError(result.ok ? null : result.error);
    if (!result.ok) return;
    const next = result.value.toSorted((left, right) => right.seq - left.seq);
    setEntries((known) => (before === null ? next : [...(known ?? []), ...next]));
    setMore(result.value.length === pageSize);
  };
  useEffect(() => {
    void read(null);
  }, [generation]);
  return { entries, error, more, readMore: () => void read(entries?.at(-1)?.seq ?? null) };
};

const Table = ({ entries }: { readonly entries: readonly AuditEntry[] }): ReactNode => (
  <table className={table.table}>
    <thead>
      <tr>
        <th scope="col">When</th>
        <th scope="col">What</th>
        <th scope="col">Key</th>
        <th scope="col">Detail</th>
        <th scope="col">By</th>
      </tr>
    </thead>
    <tbody>
      {entries.map((entry) => (
        <tr key={entry.seq}>
          <td className={`${table.quiet ?? ''} ${table.nowrap ?? ''}`}>
            <Moment atMs={entry.atMs} />
          </td>
          <td>{auditWords(entry.event)}</td>
          <td>
            <KeyCell entry={entry} />
          </td>
          <td className={table.quiet}>{entry.detail}</td>
          <td className={`${table.quiet ?? ''} ${table.nowrap ?? ''}`}>{entry.by}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

export const ActivityPlace = (): ReactNode => {
  const { entries, error, more, readMore } = useEntries();
  const [proof, setProof] = useState<Proof | null>(null);
  const [busy, setBusy] = useState(false);
  const verify = async (): Promise<void> => {
    setBusy(true);
    const result = await call('audit.verify', {});
    setBusy(false);
    if (result.ok) setProof(result.value);
    else sayFailed(result.error);
  };
  return (
    <Page
      title="Activity"
      lead="Every unlock, reveal, copy, export, change and removal. It cannot be edited."
      actions={
        <Button icon={ShieldCheck} busy={busy} onClick={() => void verify()}>
          Verify the trail
        </Button>
      }
    >
      <div className={styles.content}>
        <div role="status">{proof === null ? null : <ProofNote proof={proof} />}</div>
        <ErrorNote error={error} />
        {entries !== null && entries.length === 0 ? (
          <EmptyState picture={<ActivityPicture />} title="Nothing has happened yet">
            What you do with your keys is noted here.
          </EmptyState>
        ) : null}
        {entries !== null && entries.length > 0 ? <Table entries={entries} /> : null}
        {more ? (
          <div>
            <Button onClick={readMore}>Show older entries</Button>
          </div>
        ) : null}
      </div>
    </Page>
  );
};
