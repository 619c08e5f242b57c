// Where keys of the keyboard lead in the place of pasted keys.
import { turnKey } from '../turns/turns-store.ts';
import { leaksStore } from './leaks-store.ts';

export const leakListId = 'leak-list';
export const leakFindId = 'leak-find';

const focus = (id: string): boolean => {
  const element = document.getElementById(id);
  element?.focus();
  if (element instanceof HTMLInputElement) element.select();
  return element !== null;
};

/** False where there is no list in sight. */
export const focusLeakList = (): boolean => focus(leakListId);
export const focusLeakFind = (): boolean => focus(leakFindId);

/** Turns the key whose place is in sight. */
export const turnFound = (): void => {
  const { findings, findingId, tab } = leaksStore.getState();
  const finding = tab === 'found' ? findings.find(({ id }) => id === findingId) : undefined;
  if (finding !== undefined && finding.keyId !== null) turnKey(finding.keyId, true, finding.firstSeenMs);
};
