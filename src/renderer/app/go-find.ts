// The way into the find field, from a key, a menu or the shell.
import { flushSync } from 'react-dom';
import { focusFind } from '../features/keys/find-field.tsx';
import { goTo } from './app-store.ts';

/** At once: what is typed right after it belongs into the field, and each of those letters is a shortcut elsewhere. */
export const goFind = (): void => {
  flushSync(() => {
    goTo('keys');
  });
  focusFind();
};
