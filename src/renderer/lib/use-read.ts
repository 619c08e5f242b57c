// Reads something for a screen, again whenever what it belongs to has changed; keeps showing the last while it reads.
import { useCallback, useEffect, useState } from 'react';
import type { CallInput, CallName, CallOutput } from '../../contract/contract.ts';
import type { AppError } from '../../core/model/app-error.ts';
import { call } from './call.ts';

export type Read<T> = { readonly value: T | null; readonly error: AppError | null };

export type ReadAndPut<T> = Read<T> & {
  /** Puts what a change has answered in place of what was read. */
  readonly put: (value: T) => void;
};

/** @param generation counts the changes of what is read */
export const useRead = <N extends CallName>(
  name: N,
  input: CallInput<N>,
  generation: number,
): ReadAndPut<CallOutput<N>> => {
  const [state, setState] = useState<Read<CallOutput<N>>>({ value: null, error: null });
  // The input is made anew at each drawing; its text tells it apart.
  const about = JSON.stringify(input);
  useEffect(() => setState({ value: null, error: null }), [name, about]);
  useEffect(() => {
    let live = true;
    void call(name, JSON.parse(about) as CallInput<N>).then((result) => {
      if (!live) return;
      setState((before) =>
        result.ok ? { value: result.value, error: null } : { value: before.value, error: result.error },
      );
    });
    return () => {
      live = false;
    };
  }, [generation, name, about]);
  const put = useCallback((value: CallOutput<N>) => setState({ value, error: null }), []);
  return { ...state, put };
};
