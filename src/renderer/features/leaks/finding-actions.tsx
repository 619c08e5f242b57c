// What can be done about one place: turn the key first; then the place itself.
import { Check, Eraser, Radar, RotateCw, Undo2, Vault } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { openOverlay } from '../../app/app-store.ts';
import type { FindingView } from '../../lib/types.ts';
import { Button } from '../../ui/button.tsx';
import { turnKey, turnsStore } from '../turns/turns-store.ts';
import { ownerName } from './leak-words.ts';
import { askProvider, reopen, takeIntoVault } from './scan-acts.ts';
import styles from './finding-detail.module.css';

const Turn = ({ finding, keyId }: { readonly finding: FindingView; readonly keyId: string }): ReactNode => {
  const isTurning = useStore(turnsStore, ({ open }) => open.some((turn) => turn.keyId === keyId));
  return (
    <Button
      tone="primary"
      icon={RotateCw}
      chord="R"
      aria-keyshortcuts="R"
      onClick={() => turnKey(keyId, true, finding.firstSeenMs)}
    >
      {isTurning ? 'Open the turn' : 'Turn this key'}
    </Button>
  );
};

const Ask = ({ finding }: { readonly finding: FindingView }): ReactNode => {
  const [busy, setBusy] = useState(false);
  const ask = async (): Promise<void> => {
    setBusy(true);
    await askProvider(finding);
    setBusy(false);
  };
  return (
    <Button icon={Radar} busy={busy} onClick={() => void ask()}>
      Does it still work?
    </Button>
  );
};

export const FindingActions = ({ finding }: { readonly finding: FindingView }): ReactNode => {
  const { id, keyId, provider, state, scrub } = finding;
  const isThere = state === 'open' || state === 'returned' || state === 'accepted';
  return (
    <div className={styles.actions} role="group" aria-label={`What to do about ${ownerName(finding)} here`}>
      {keyId === null ? (
        <Button tone="primary" icon={Vault} onClick={() => takeIntoVault(finding)}>
          Take it into the vault…
        </Button>
      ) : state === 'resolved' ? null : (
        <Turn finding={finding} keyId={keyId} />
      )}
      {provider === null ? null : <Ask finding={finding} />}
      {scrub === null || !isThere ? null : (
        <Button icon={Eraser} onClick={() => openOverlay({ type: 'scrub', findingId: id })}>
          {scrub === 'replace' ? 'Replace it there…' : 'Remove the line…'}
        </Button>
      )}
      {state === 'accepted' ? (
        <Button icon={Undo2} onClick={() => void reopen(finding)}>
          Open it again
        </Button>
      ) : null}
      {state === 'open' || state === 'returned' ? (
        <Button icon={Check} onClick={() => openOverlay({ type: 'accept-place', findingId: id })}>
          Accept…
        </Button>
      ) : null}
    </div>
  );
};
