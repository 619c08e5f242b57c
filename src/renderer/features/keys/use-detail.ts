// Reads one key for the pane on the right, again whenever the vault has changed; keeps showing the last while it reads.
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { AppError } from '../../../core/model/app-error.ts';
import { call } from '../../lib/call.ts';
import type { KeyDetail } from '../../lib/types.ts';
import { keysStore } from './store.ts';

export type DetailState = { readonly detail: KeyDetail | null; readonly error: AppError | null };

/** Arrow keys held down pass over many keys: only the one that stays for this long is read. */
const settleMs = 40;

export const useDetail = (keyId: string | null): DetailState => {
  const generation = useStore(keysStore, (store) => store.generation);
  const [state, setState] = useState<DetailState>({ detail: null, error: null });
  useEffect(() => {
    if (keyId === null) {
      setState({ detail: null, error: null });
      return undefined;
    }
    let live = true;
    const timer = setTimeout(() => {
      void call('keys.read', { id: keyId }).then((result) => {
        if (!live) return;
        setState(result.ok ? { detail: result.value, error: null } : { detail: null, error: result.error });
      });
    }, settleMs);
    return () => {
      live = false;
      clearTimeout(timer);
    };
  }, [keyId, generation]);
  return state;
};
