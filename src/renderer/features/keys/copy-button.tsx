// Copy, answering at the place of the click: "Copied, clears in 20 s" with the ring draining; a second press clears at once.
import { Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { appStore } from '../../app/app-store.ts';
import { clipboardStore, copyField, type Held } from '../../app/clipboard-store.ts';
import { useNow } from '../../lib/use-now.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Ring } from '../../ui/ring.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import styles from './copy-button.module.css';

/** Seconds and share of the time that are left. */
export const useCountdown = (held: Held): { readonly seconds: number; readonly share: number } => {
  const now = useNow(250);
  const total = useStore(appStore, (store) => store.state?.settings.clipboardSeconds ?? 20);
  const leftMs = Math.max(0, held.clearsAtMs - now);
  return { seconds: Math.ceil(leftMs / 1_000), share: leftMs / (total * 1_000) };
};

const HeldButton = ({ held, onClear }: { readonly held: Held; readonly onClear: () => void }): ReactNode => {
  const { seconds, share } = useCountdown(held);
  return (
    <Tooltip label="Press again to clear it at once">
      <button type="button" data-held="" className={styles.held} onClick={onClear}>
        <Ring left={share} />
        <span>
          Copied, clears in <span className="tabular">{seconds}</span> s
        </span>
      </button>
    </Tooltip>
  );
};

export type CopyButtonProps = {
  readonly keyId: string;
  readonly field: string;
  /** What is copied, for a screen reader: "secret of payouts-prod". */
  readonly what: string;
  readonly chord?: string;
  readonly compact?: boolean;
};

export const CopyButton = ({ keyId, field, what, chord, compact = false }: CopyButtonProps): ReactNode => {
  const held = useStore(clipboardStore, (store) => store.held);
  const press = (): void => void copyField(keyId, field);
  if (held !== null && held.keyId === keyId && held.field === field) {
    return <HeldButton held={held} onClear={press} />;
  }
  if (compact) return <IconButton icon={Copy} label={`Copy ${what}`} small onClick={press} />;
  return (
    <Button
      icon={Copy}
      {...(chord === undefined ? {} : { chord, 'aria-keyshortcuts': chord })}
      aria-label={`Copy ${what}`}
      onClick={press}
    >
      Copy
    </Button>
  );
};

/** The narrow answer inside a list row. */
export const HeldMark = ({ held }: { readonly held: Held }): ReactNode => {
  const { seconds, share } = useCountdown(held);
  return (
    <span className={styles.mark}>
      <Ring left={share} size={14} />
      <span className="tabular">
        <span className="visually-hidden">clears in </span>
        {seconds} s
      </span>
    </span>
  );
};
