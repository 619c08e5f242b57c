// What lies on the clipboard of ours, and until when. Which key and field only: the value never comes here.
import { createStore } from 'zustand/vanilla';
import { call, onEvent } from '../lib/call.ts';
import { sayFailed } from '../ui/toast-store.ts';

export type Held = { readonly keyId: string; readonly field: string; readonly clearsAtMs: number };

export type ClipboardStore = {
  readonly held: Held | null;
  /** Said by the live region when something was copied or cleared. */
  readonly spoken: string;
};

export const clipboardStore = createStore<ClipboardStore>()(() => ({ held: null, spoken: '' }));

const secondsLeft = (held: Held): number => Math.max(0, Math.ceil((held.clearsAtMs - Date.now()) / 1_000));

const hold = (held: Held): void =>
  clipboardStore.setState({ held, spoken: `Copied, clears in ${secondsLeft(held)} seconds` });

export const startClipboardStore = (): void => {
  onEvent('clipboard.changed', ({ held, proven }) => {
    if (held !== null) {
      hold(held);
      return;
    }
    const had = clipboardStore.getState().held !== null;
    const spoken = proven ? 'Clipboard cleared' : 'The clipboard holds something else now';
    clipboardStore.setState({ held: null, spoken: had ? spoken : '' });
  });
  void call('clipboard.read', {}).then((result) => {
    if (result.ok && result.value !== null) clipboardStore.setState({ held: result.value });
  });
};

/** Clears what we hold, at once. */
export const clearClipboard = async (): Promise<void> => {
  const result = await call('clipboard.clear', {});
  if (!result.ok) sayFailed(result.error);
};

/** Copies one field, or clears it where it is the one on the clipboard: a second press clears at once. */
export const copyField = async (keyId: string, field: string, version?: string): Promise<void> => {
  const { held } = clipboardStore.getState();
  if (held?.keyId === keyId && held.field === field && version === undefined) {
    await clearClipboard();
    return;
  }
  const result = await call('keys.copy', { id: keyId, field, ...(version === undefined ? {} : { version }) });
  if (result.ok) hold(result.value);
  else sayFailed(result.error);
};
