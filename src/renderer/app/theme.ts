// Puts the chosen theme on the document; `system` leaves it to the system's own preference.
import type { Settings } from '../lib/types.ts';
import { appStore } from './app-store.ts';

const apply = (theme: Settings['theme']): void => {
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
};

export const startTheme = (): void => {
  let last: Settings['theme'] = 'system';
  appStore.subscribe(({ state }) => {
    const theme = state?.settings.theme ?? 'system';
    if (theme !== last) apply(theme);
    last = theme;
  });
};
