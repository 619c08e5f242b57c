// Reads the providers and one provider's page, again whenever the vault has changed: its settings are kept there.
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { AppError } from '../../../core/model/app-error.ts';
import { call } from '../../lib/call.ts';
import type { ProviderEntry, ProviderPage } from '../../lib/types.ts';
import { keysStore } from '../keys/store.ts';

type Read<T> = { readonly value: T | null; readonly error: AppError | null };

export const useProviders = (): Read<readonly ProviderEntry[]> => {
  const generation = useStore(keysStore, (store) => store.generation);
  const [state, setState] = useState<Read<readonly ProviderEntry[]>>({ value: null, error: null });
  useEffect(() => {
    void call('providers.list', {}).then((result) =>
      setState(result.ok ? { value: result.value, error: null } : { value: null, error: result.error }),
    );
  }, [generation]);
  return state;
};

export const useProvider = (id: string): Read<ProviderPage> => {
  const generation = useStore(keysStore, (store) => store.generation);
  const [state, setState] = useState<Read<ProviderPage>>({ value: null, error: null });
  useEffect(() => {
    let live = true;
    void call('providers.read', { id }).then((result) => {
      if (!live) return;
      setState(result.ok ? { value: result.value, error: null } : { value: null, error: result.error });
    });
    return () => {
      live = false;
    };
  }, [id, generation]);
  return state;
};
