// Reads turns for a screen, again whenever the vault has changed.
import { useStore } from 'zustand';
import type { CallInput, CallName, CallOutput } from '../../../contract/contract.ts';
import type { TrackedFile, TurnDate, TurnView } from '../../lib/types.ts';
import { useRead, type Read } from '../../lib/use-read.ts';
import { keysStore } from '../keys/store.ts';

const useTurnRead = <N extends CallName>(name: N, input: CallInput<N>): Read<CallOutput<N>> =>
  useRead(
    name,
    input,
    useStore(keysStore, (store) => store.generation),
  );

export const useAllTurns = (): Read<readonly TurnView[]> => useTurnRead('rotation.list', {});

export const useTurnsOf = (keyId: string): Read<readonly TurnView[]> =>
  useTurnRead('rotation.list', { keyId });

export const useTurn = (id: string): Read<TurnView> => useTurnRead('rotation.read', { id });

export const useTurnCalendar = (): Read<readonly TurnDate[]> => useTurnRead('rotation.calendar', {});

export const useTrackedFiles = (): Read<readonly TrackedFile[]> => useTurnRead('tracked.list', {});
