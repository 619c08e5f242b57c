// Reads what a screen shows of pasted keys besides the list, again whenever findings have changed.
import { useStore } from 'zustand';
import type { CallInput, CallName, CallOutput } from '../../../contract/contract.ts';
import type { FindingView } from '../../lib/types.ts';
import { useRead, type ReadAndPut } from '../../lib/use-read.ts';
import { leaksStore } from './leaks-store.ts';

export const useLeakRead = <N extends CallName>(name: N, input: CallInput<N>): ReadAndPut<CallOutput<N>> =>
  useRead(
    name,
    input,
    useStore(leaksStore, (store) => store.generation),
  );

/** One finding as it is now; undefined once it is not there any more. */
export const useFinding = (findingId: string | null): FindingView | undefined =>
  useStore(leaksStore, ({ findings }) => findings.find(({ id }) => id === findingId));
