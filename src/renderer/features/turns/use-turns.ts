// Reads turns for a screen, again whenever the vault has changed; keeps showing the last while it reads.
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { CallInput, CallName, CallOutput } from '../../../contract/contract.ts';
import type { AppError } from '../../../core/model/app-error.ts';
import { call } from '../../lib/call.ts';
import type { TrackedFile, TurnDate, TurnView } from '../../lib/types.ts';
import { keysStore } from '../keys/store.ts';

export type Read<T> = { readonly value: T | null; readonly error: AppError | null };

const useRead = <N extends CallName>(name: N, input: CallInput<N>, about: string): Read<CallOutput<N>> => {
  const generation = useStore(keysStore, (store) => store.generation);
  const [state, setState] = useState<Read<CallOutput<N>>>({ value: null, error: null });
  useEffect(() => setState({ value: null, error: null }), [name, about]);
  useEffect(() => {
    let live = true;
    void call(name, input).then((result) => {
      if (!live) return;
      setState((before) =>
        result.ok ? { value: result.value, error: null } : { value: before.value, error: result.error },
      );
    });
    return () => {
      live = false;
    };
    // The input is made anew at each drawing; what it is about tells it apart.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [generation, name, about]);
  return state;
};

export const useAllTurns = (): Read<readonly TurnView[]> => useRead('rotation.list', {}, '');

export const useTurnsOf = (keyId: string): Read<readonly TurnView[]> =>
  useRead('rotation.list', { keyId }, keyId);

export const useTurn = (id: string): Read<TurnView> => useRead('rotation.read', { id }, id);

export const useTurnCalendar = (): Read<readonly TurnDate[]> => useRead('rotation.calendar', {}, '');

export const useTrackedFiles = (): Read<readonly TrackedFile[]> => useRead('tracked.list', {}, '');
