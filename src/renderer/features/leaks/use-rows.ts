// The rows of the list: filtered, grouped, with the chosen one still among them. Made once per change, not per drawing.
import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { filterFindings, groupFindings, leakRows, type LeakRow } from './group-findings.ts';
import { chooseFinding, leaksStore } from './leaks-store.ts';

export const useRows = (): { readonly rows: readonly LeakRow[]; readonly shown: number } => {
  const { findings, filter, findingId } = useStore(leaksStore);
  const made = useMemo(() => {
    const shown = filterFindings(findings, filter);
    return { rows: leakRows(groupFindings(shown)), shown: shown.length };
  }, [findings, filter]);
  useEffect(() => {
    const { rows } = made;
    if (rows.some((row) => row.type === 'finding' && row.id === findingId)) return;
    // What was in sight is gone, or none was: the worst is.
    chooseFinding(rows.find((row) => row.type === 'finding')?.id ?? null);
  }, [made, findingId]);
  return made;
};
