// Copy, answering at the place of the click: "Copied, clears in 20 s" with the ring draining; a second press clears at once. A key that
// moves money is asked about first, at the same place.
import { Copy } from 'lucide-react';
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react';
import { useStore } from 'zustand';
import { appStore } from '../../app/app-store.ts';
import { clipboardStore, type Held } from '../../app/clipboard-store.ts';
import { useNow } from '../../lib/use-now.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Ring } from '../../ui/ring.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { copyQuestionStore, isAsked, pressCopy, type CopyKey, type CopyPart } from './copy-question.ts';
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
  readonly owner: CopyKey;
  readonly field: CopyPart;
  /** What is copied, for a screen reader: "secret of payouts-prod". */
  readonly what: string;
  readonly chord?: string;
  readonly compact?: boolean;
};

const question = 'Moves money. Copy it?';

/** A key that is held down, and the second half of a double click, are no second press. */
const ignoreRepeats = (event: KeyboardEvent): void => {
  if (event.key === 'Enter' && event.repeat) event.preventDefault();
};

export const CopyButton = ({ owner, field, what, chord, compact = false }: CopyButtonProps): ReactNode => {
  const held = useStore(clipboardStore, (store) => store.held);
  const asked = useStore(copyQuestionStore, (store) => isAsked(store, owner.id, field.name));
  const press = (event?: MouseEvent): void => {
    if (!asked || event === undefined || event.detail < 2) void pressCopy(owner, field);
  };
  if (held !== null && held.keyId === owner.id && held.field === field.name) {
    return <HeldButton held={held} onClear={() => press()} />;
  }
  if (compact) return <IconButton icon={Copy} label={`Copy ${what}`} small onClick={press} />;
  // One button for both: it keeps the focus when it begins to ask.
  return (
    <Button
      tone={asked ? 'asking' : 'plain'}
      {...(asked ? { 'data-asking': '' } : { icon: Copy })}
      {...(chord === undefined ? {} : { chord, 'aria-keyshortcuts': chord })}
      aria-label={asked ? `${question} ${what}` : `Copy ${what}`}
      onKeyDown={ignoreRepeats}
      onClick={press}
    >
      {asked ? question : 'Copy'}
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

/** The same question inside a list row, where the button may be out of sight. */
export const AskedMark = (): ReactNode => (
  <span className={styles.asked} title="It moves money: C or Enter copies it, Escape leaves it">
    <span className="visually-hidden">moves money, </span>
    copy it?
  </span>
);
