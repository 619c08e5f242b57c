// The places that a scan reads, and one way to change them: each choice takes effect at once.
import { useRef, useState } from 'react';
import { call } from '../../lib/call.ts';
import type { AppError } from '../../../core/model/app-error.ts';
import type { ScanRoot } from '../../lib/types.ts';
import { sayFailed } from '../../ui/toast-store.ts';
import { useLeakRead } from './use-leaks.ts';

export type RootChoice = Partial<Pick<ScanRoot, 'chosen' | 'history' | 'watched'>>;

export type RootsWork = {
  readonly roots: readonly ScanRoot[] | null;
  readonly error: AppError | null;
  readonly busy: boolean;
  /** What is chosen of some rows from now on: of one, or of all well-known places at once. */
  readonly change: (rows: readonly ScanRoot[], choice: RootChoice) => void;
  /** Makes the proposal that is shown one's own, before the first look. False where that failed. */
  readonly keep: () => Promise<boolean>;
  readonly addFolder: () => void;
};

/** What is not read is neither read back nor watched. */
const withChoice = (root: ScanRoot, choice: RootChoice): ScanRoot => {
  const next = { ...root, ...choice };
  return next.chosen ? next : { ...next, history: false, watched: false };
};

export const useRoots = (): RootsWork => {
  const { value: roots, error, put } = useLeakRead('scan.roots', {});
  const [busy, setBusy] = useState(false);
  const last = useRef(0);
  const set = async (next: readonly ScanRoot[], before: readonly ScanRoot[]): Promise<boolean> => {
    last.current += 1;
    const own = last.current;
    put([...next]);
    const result = await call('scan.setRoots', {
      roots: next.map(({ path, chosen, history, watched }) => ({ path, chosen, history, watched })),
    });
    // An answer to what was chosen before says nothing of what was chosen since.
    if (own === last.current) put(result.ok ? result.value : [...before]);
    if (!result.ok) sayFailed(result.error);
    return result.ok;
  };
  const change = async (rows: readonly ScanRoot[], choice: RootChoice): Promise<void> => {
    if (roots === null) return;
    const paths = new Set(rows.map(({ path }) => path));
    await set(
      roots.map((each) => (paths.has(each.path) ? withChoice(each, choice) : each)),
      roots,
    );
  };
  const addFolder = async (): Promise<void> => {
    setBusy(true);
    const result = await call('scan.addFolder', {});
    setBusy(false);
    if (!result.ok) sayFailed(result.error);
    else if (result.value !== null) put(result.value);
  };
  return {
    roots,
    error,
    busy,
    change: (rows, choice) => void change(rows, choice),
    keep: async () => roots !== null && set(roots, roots),
    addFolder: () => void addFolder(),
  };
};
