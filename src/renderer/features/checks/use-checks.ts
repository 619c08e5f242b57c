// Reads what is known from asking about one key, and what the person wants watched about it; again whenever the vault has changed.
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { call } from '../../lib/call.ts';
import type { KeyCare, KeyChecks } from '../../lib/types.ts';
import { keysStore } from '../keys/store.ts';

export type Known = { readonly checks: KeyChecks | null; readonly care: KeyCare | null };

const nothing: Known = { checks: null, care: null };

export const useChecks = (keyId: string): Known => {
  const generation = useStore(keysStore, (store) => store.generation);
  const [known, setKnown] = useState<Known>(nothing);
  useEffect(() => {
    let live = true;
    void Promise.all([call('keys.checks', { id: keyId }), call('keys.readCare', { id: keyId })]).then(
      ([checks, care]) => {
        // The pane itself says why a key cannot be read: an error here would say it twice.
        if (live) setKnown({ checks: checks.ok ? checks.value : null, care: care.ok ? care.value : null });
      },
    );
    return () => {
      live = false;
    };
  }, [keyId, generation]);
  return known;
};
