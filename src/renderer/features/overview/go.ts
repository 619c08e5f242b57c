// Where the pictures of the overview lead: to one key, or to a list of those that were meant.
import { goTo } from '../../app/app-store.ts';
import { focusList } from '../keys/find-field.tsx';
import { showFound, showKey } from '../keys/store.ts';

export const openKey = (keyId: string): void => {
  showKey(keyId);
  goTo('keys');
  requestAnimationFrame(focusList);
};

export const showList = (projectId: string, environmentId: string | null, query: string): void => {
  showFound(projectId, environmentId, query);
  goTo('keys');
  requestAnimationFrame(focusList);
};
