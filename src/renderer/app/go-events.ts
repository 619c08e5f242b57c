// Menu items and global keys of the shell, led to the same places as the window's own.
import type { EventPayload } from '../../contract/events.ts';
import { openLeaks } from '../features/leaks/leaks-store.ts';
import { onEvent } from '../lib/call.ts';
import { appStore, goTo, openOverlay } from './app-store.ts';
import { goFind } from './go-find.ts';

type Target = EventPayload<'window.go'>['to'];

const ways: Readonly<Record<Target, () => void>> = {
  find: goFind,
  add: () => openOverlay({ type: 'add', paste: false }),
  settings: () => goTo('settings'),
  import: () => goTo('import'),
  export: () => goTo('export'),
  'cheat-sheet': () => openOverlay({ type: 'cheat-sheet' }),
  palette: () => openOverlay({ type: 'palette' }),
  activity: () => goTo('activity'),
  due: () => goTo('due'),
  leaks: () => openLeaks(),
};

export const startGoEvents = (): void => {
  onEvent('window.go', ({ to }) => {
    const { state, flow } = appStore.getState();
    if (state?.vault === 'unlocked' && flow === 'none') ways[to]();
  });
};
