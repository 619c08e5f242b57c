// Open turns, for the count beside the place and the state in a key's detail; and which turn the place shows. Names and words, never a value.
import { createStore } from 'zustand/vanilla';
import { goTo, openOverlay } from '../../app/app-store.ts';
import { call } from '../../lib/call.ts';
import type { TurnView } from '../../lib/types.ts';
import { keysStore } from '../keys/store.ts';

export type TurnsTab = 'turns' | 'calendar' | 'files';

export type TurnsStore = {
  readonly open: readonly TurnView[];
  /** The turn that is looked at; null for the list. */
  readonly turnId: string | null;
  readonly tab: TurnsTab;
};

const start: TurnsStore = { open: [], turnId: null, tab: 'turns' };
export const turnsStore = createStore<TurnsStore>()(() => start);

export const needYou = (open: readonly TurnView[]): number =>
  open.filter(({ state }) => state === 'needs-you').length;

export const openTurnOf = (keyId: string): TurnView | undefined =>
  turnsStore.getState().open.find((turn) => turn.keyId === keyId);

/** Shows one turn, or the list of them. */
export const showTurn = (turnId: string | null): void =>
  turnsStore.setState(turnId === null ? { turnId } : { turnId, tab: 'turns' });

export const showTurnsTab = (tab: TurnsTab): void => turnsStore.setState({ tab, turnId: null });

export const openTurn = (turnId: string): void => {
  showTurn(turnId);
  goTo('turns');
};

export const openTurns = (tab: TurnsTab = 'turns'): void => {
  showTurnsTab(tab);
  goTo('turns');
};

/** Plans a turn; one that is under way is shown instead. */
export const turnKey = (keyId: string, leak = false, foundAtMs?: number): void => {
  const under = openTurnOf(keyId);
  if (under === undefined)
    openOverlay({ type: 'turn', keyId, leak, ...(foundAtMs === undefined ? {} : { foundAtMs }) });
  else openTurn(under.id);
};

const readOpen = async (): Promise<void> => {
  const result = await call('rotation.list', { open: true });
  // A list that cannot be read is said by the place itself.
  if (result.ok && keysStore.getState().loaded) turnsStore.setState({ open: result.value });
};

/** When the vault locks, nothing of it stays here. */
export const forgetTurns = (): void => turnsStore.setState(start);

/** Reads again whenever the keys were read again. */
export const startTurnsStore = (): void => {
  keysStore.subscribe((next, before) => {
    if (next.generation > before.generation) void readOpen();
  });
};
