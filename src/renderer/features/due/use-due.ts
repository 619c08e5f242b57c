// Reads what is due, again whenever the vault has changed or something was put off.
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { AppError } from '../../../core/model/app-error.ts';
import { call } from '../../lib/call.ts';
import type { DueEntry } from '../../lib/types.ts';
import { keysStore } from '../keys/store.ts';

export type DueState = { readonly entries: readonly DueEntry[] | null; readonly error: AppError | null };

/** What lies within so many days, or past; null for what is within its lead time. */
export const useDue = (withinDays: number | null): DueState => {
  const generation = useStore(keysStore, (store) => store.generation);
  const [state, setState] = useState<DueState>({ entries: null, error: null });
  useEffect(() => {
    let live = true;
    void call('due.list', withinDays === null ? {} : { withinDays }).then((result) => {
      if (!live) return;
      setState((before) =>
        result.ok ? { entries: result.value, error: null } : { entries: before.entries, error: result.error },
      );
    });
    return () => {
      live = false;
    };
  }, [generation, withinDays]);
  return state;
};
